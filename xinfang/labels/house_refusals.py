"""Sentences for refusals of the house itself: units, posts, accounts, hours, calendar and files."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

HOUSE_REFUSALS: dict[str, Words] = {
    "account_closed": _("这个账号已停用，请先选择在用的账号。"),
    "account_unknown": _("没有找到这个账号，请从列表中选择。"),
    "area_unknown": _("没有找到这个区划，请从列表中选择。"),
    "calendar_own_proposal": _("工作日历要由信访局的另一个人核准，提交的人不能自己核准。"),
    "calendar_not_proposed": _("没有等待核准的这一年日历。"),
    "calendar_unreadable": _("这个文件不是可用的工作日历：%(why)s"),
    "code_at_the_window_only": _("查询码只能在窗口核对本人后更换。"),
    "dates_reversed": _("结束日期不能早于开始日期。"),
    "file_damaged": _("第 %(place)s 个文件打不开，可能已损坏，请换一份再传。其他内容已保留。"),
    "file_empty": _("第 %(place)s 个是空文件，请换一份再传。其他内容已保留。"),
    "file_kind_unknown": _("第 %(place)s 个文件的类型不能接收。可以传图片、PDF、Word、Excel、录音和录像。"),
    "file_name_differs": _("第 %(place)s 个文件的内容和扩展名不一致，请核对后再传。"),
    "file_too_large": _("第 %(place)s 个文件太大，每个文件不超过 %(most)s MB。"),
    "file_unsafe": _("第 %(place)s 个文件含有宏或外部链接等不安全内容，请另存为普通文件或打印成 PDF 再传。"),
    "files_too_many": _("一次最多传 %(most)s 个文件。"),
    "hours_reversed": _("开门时间要早于关门时间。"),
    "installation_differs": _("这里已经装好了另一个地方的系统，不能混用。"),
    "last_administrator": _("这是最后一位系统管理员，请先安排另一位。"),
    "login_taken": _("这个账号名已经有人用了，请换一个。"),
    "login_unreal": _("账号名用 2 到 40 个小写字母、数字、点、横线，例如 wangfang。"),
    "materials_closed": _("这个事项现在不能再加材料。"),
    "name_needed": _("请写下姓名或名称。"),
    "no_file": _("请先选择文件。"),
    "office_only": _("您的岗位不能办理这项内部管理。"),
    "organ_head_needs_organ": _("这个单位不是有权处理机关，不能设单位负责人的签发岗位。"),
    "own_account": _("不能停用或重置自己的账号，请另一位系统管理员办理。"),
    "own_rights": _("不能给自己安排岗位，请另一位系统管理员办理。"),
    "password_weak": _("密码至少 10 位，不能全是数字，也不能太常见或和账号相近。"),
    "password_wrong": _("原密码不对，请重新输入。"),
    "post_held_already": _("这个人已经在这个岗位上。"),
    "post_left_already": _("这个岗位已经离任。"),
    "post_unknown": _("没有找到这个岗位。"),
    "role_not_in_such_unit": _("这类单位没有这个岗位，请核对单位和岗位。"),
    "time_unreal": _("请填写真实的时间，例如 08:30。"),
    "unit_closed": _("这个单位已撤销，请选择在用的单位。"),
    "unit_code_taken": _("这个单位编码已经有了，请换一个。"),
    "unit_code_unreal": _("单位编码用数字、大写字母和横线，最多 24 位，例如 999901-RS。"),
    "unit_has_open_matters": _("这个单位还有 %(count)s 件没有销号的事项，请先移交再撤销。"),
    "unit_has_open_units": _("这个单位下面还有 %(count)s 个在用的单位，请先处理它们。"),
    "unit_too_deep": _("单位层级太深，请选择更高一级的上级单位。"),
}
