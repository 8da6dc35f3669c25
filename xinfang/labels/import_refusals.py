"""Sentences for files and rows that cannot be taken in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

IMPORT_REFUSALS: dict[str, Words] = {
    "moment_unreal": _("请写真实的时刻，例如 2026-10-31 或 2026-10-31T24:00。"),
    "not_a_demo_database": _("这个数据库不是演示用的，演示数据没有载入。请另用一个空的 XINFANG_HOME。"),
    "demo_batch_unfit": _("演示批次不合模板。"),
    "file_unreadable": _("打不开这个文件，请核对路径和权限。"),
    "file_empty": _("文件是空的。"),
    "file_too_large": _("文件超过 %(most)s MB，请分成几份。"),
    "file_not_csv": _("这不是 UTF-8 或 GB18030 编码的 CSV 文件。"),
    "file_columns_missing": _("表头缺少这些列：%(columns)s。"),
    "file_columns_unknown": _("表头有不认识的列：%(columns)s。"),
    "file_columns_twice": _("表头有重复的列。"),
    "file_columns_mixed": _("这些列不能放在同一个文件里：%(columns)s。"),
    "row_unreadable": _("这一行的引号不成对，读不出来。"),
    "row_cells_differ": _("这一行的列数和表头不同。"),
    "text_has_nul": _("“%(field)s”里有空字符。"),
    "text_unreadable": _("“%(field)s”里有读不出的字节，编码已损坏。"),
    "reply_incomplete": _("答复和答复时间要么都有，要么都没有，缺“%(field)s”。"),
    "reply_before_message": _("答复时间早于来信时间。"),
    "file_not_workbook": _("这不是 .xlsx 工作簿。"),
    "file_old_excel": _("旧格式或加密的工作簿读不了，请另存为不加密的 .xlsx。"),
    "file_has_macros": _("工作簿里有宏或嵌入对象，请另存为不含宏的 .xlsx。"),
    "file_too_heavy": _("工作簿展开后太大，没有打开。请只保留批次和明细两张表。"),
    "file_sheets_missing": _("缺少工作表：%(sheets)s。"),
    "batch_needs_bureau": _("批次由信访局的人导入和处理。"),
    "batch_number_taken": _("批次号 %(number)s 已经有了，交办文号或交办日期不同。"),
    "batch_item_settled": _("这一行已经处理过。"),
    "batch_not_revocable": _("导入超过24小时，或者已经撤回，不能再撤回。"),
    "batch_worked_on": _("这个批次里有的事项已经开始办理，不能整批撤回。"),
    "row_changed": _("这一行已经导入，文件里的内容和当时不同，没有改动。"),
    "row_number_missing": _("请填写序号，从 1 起的整数。"),
    "row_number_twice": _("序号重复。"),
    "yes_or_no": _("请填是或否。"),
    "choice_guess": _("不认识“%(word)s”，是不是“%(guess)s”？"),
    "choice_guess_no_guess": _("不认识“%(word)s”，请从下拉列表中选择。"),
    "unit_guess": _("没有单位“%(word)s”，是不是“%(guess)s”？"),
    "unit_guess_no_guess": _("没有单位“%(word)s”，请填单位代码或全称。"),
    "area_guess": _("没有区划“%(word)s”，是不是“%(guess)s”？"),
    "area_guess_no_guess": _("没有区划“%(word)s”，请填区划代码或名称。"),
    "due_before_assignment": _("反馈期限早于交办日期。"),
    "due_in_the_past": _("反馈期限已经过去，请和交办单位核对后补正。"),
    "id_number_unusual": _("身份证号好像有误，已照录，请核对。"),
}
