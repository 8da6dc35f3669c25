"""Sentences for what a petitioner cannot do at home, and for photos and papers that were not taken."""

from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from xinfang.rules.intake.file_names import extension
from xinfang.rules.refusals import RuleBroken

Words = str | Promise

CITIZEN_REFUSALS: dict[str, Words] = {
    "codes_too_many": _("一天最多发 %(most)s 次验证码。请明天再来，或者用密封确认码，或者到窗口。"),
    "nothing_to_correct": _("没有要改的。请填新的姓名、电话或者住址。"),
    "files_not_taken": "%(why)s",
    "nobody_to_correct": _("登记时没有留姓名和电话。请到窗口补上。"),
    "phone_proves_later": _("电话是工作人员改的，%(day)s起才能用它证明是您本人。"),
    "phone_unreal": _("电话只写数字，请核对。"),
    "resume_code_wrong": _("没有找到。请核对续填码。也可能已经到期删掉，或者已经提交。"),
}
# Why one of several files was not taken; said behind its name.
NOT_TAKEN: dict[str, Words] = {
    "file_damaged": _("打不开，可能坏了。请换一份再传。"),
    "file_empty": _("是空的。请换一份再传。"),
    "file_kind_unknown": _("这种文件收不了。可以传照片、PDF、Word、Excel、录音、录像。"),
    "file_name_differs": _("内容和名字对不上。请用原来的文件再传。"),
    "file_too_large": _("太大了，每个不超过 %(most)s MB。照片可以截个图再传。"),
    "file_unsafe": _("里面带有程序或外部链接。请打印成 PDF 再传。"),
    "files_too_many": _("最多传 %(most)s 个。其余的可以以后补充。"),
}
HEIC = _("这是苹果手机的 HEIC 格式，打不开。请截个图再传，或者在“设置－相机－格式”里选“兼容性最佳”。")
_HEIC_ENDINGS = frozenset({"heic", "heif"})


def not_taken(name: str, broken: RuleBroken) -> str:
    """One sentence on one file: its name, and what to do instead."""
    why = HEIC if extension(name) in _HEIC_ENDINGS else NOT_TAKEN[broken.code]
    return now_("“%(name)s”没有收下：%(why)s") % {"name": name, "why": str(why) % dict(broken.facts)}
