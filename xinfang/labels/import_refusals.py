"""Sentences for files and rows that cannot be taken in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

IMPORT_REFUSALS: dict[str, Words] = {
    "moment_unreal": _("请写真实的时刻，例如 2026-10-31 或 2026-10-31T24:00。"),
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
}
