"""The Excel template for batches of assigned matters, and the report on a file that was read (domain 9.6).

Every text is written as a string, so that nothing in it can become a formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from xinfang.rules.intake.batch_rows import (
    CHANNELS,
    HEAD_COLUMNS,
    HEAD_REQUIRED,
    HEAD_SHEET,
    LEVELS,
    PURPOSES,
    ROW_COLUMNS,
    ROW_REQUIRED,
    ROW_SHEET,
)

ROWS = 2000
OFFERED_PURPOSES = (*(word for word in PURPOSES if word not in {"申诉求决", "建议", "咨询求助"}), "揭发控告")
OFFERED_CHANNELS = tuple(word for word in CHANNELS if word not in {"网信", "下访", "交办"})
LISTS: dict[str, Sequence[str]] = {
    "channel": OFFERED_CHANNELS,
    "purpose": OFFERED_PURPOSES,
    "in_court": ("否", "是"),
    "backlog": ("否", "是"),
    "joint": ("否", "是"),
    "restricted": ("否", "是"),
}
DATES = frozenset({"petitioned_on", "due_on", "assigned_on", "default_due_on"})
HINTS: dict[str, str] = {
    "row": "从 1 起，每行一件，不重复。",
    "name": "不愿留名的填“匿名”。",
    "purpose": "揭发控告的行不会导入，另按检举控告程序处理，只记行号。",
    "area": "区划代码或名称，例如村、社区的名称。",
    "unit": "单位代码或全称。",
    "petitioned_on": "例如 2026-03-16。",
    "due_on": "空着就用默认反馈期限。不早于交办日期，也不能已经过去。",
    "category": "一级_二级_三级。",
    "restricted": "填“是”的，只有必须办理的人能看到。",
}


def template() -> bytes:
    """The empty template: headings, choices to pick from, hints as comments; no person in it."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        _head(book.add_worksheet(HEAD_SHEET), bold, day)
        _rows(book.add_worksheet(ROW_SHEET), bold, day)
    return out.getvalue()


def _head(sheet: Any, bold: Any, day: Any) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 40)
    for y, (name, key) in enumerate(HEAD_COLUMNS.items()):
        sheet.write_string(y, 0, name + ("*" if key in HEAD_REQUIRED else ""), bold)
        if key in DATES:
            sheet.write_blank(y, 1, None, day)
        if key == "level":
            sheet.data_validation(y, 1, y, 1, {"validate": "list", "source": list(LEVELS)})


def _rows(sheet: Any, bold: Any, day: Any) -> None:
    sheet.freeze_panes(1, 3)
    for x, (name, key) in enumerate(ROW_COLUMNS.items()):
        sheet.write_string(0, x, name + ("*" if key in ROW_REQUIRED or key == "row" else ""), bold)
        sheet.set_column(x, x, 30 if key in {"summary", "demand"} else 14, day if key in DATES else None)
        if key in HINTS:
            sheet.write_comment(0, x, HINTS[key])
        if key in LISTS:
            sheet.data_validation(1, x, ROWS, x, {"validate": "list", "source": list(LISTS[key])})


@dataclass(frozen=True)
class ReportLine:
    """One line of the report: the row, what became of it, its number, and one problem with the place of its cell."""

    row: str
    fate: str
    number: str = ""
    place: str = ""
    problem: str = ""


def report(title: str, headings: Sequence[str], lines: Sequence[ReportLine]) -> bytes:
    """The report on a file as a workbook."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(title[:31]), book.add_format({"bold": True})
        sheet.set_column(0, 3, 16)
        sheet.set_column(4, 4, 60)
        sheet.freeze_panes(1, 0)
        for x, name in enumerate(headings):
            sheet.write_string(0, x, name, bold)
        for y, line in enumerate(lines, start=1):
            for x, text in enumerate((line.row, line.fate, line.number, line.place, line.problem)):
                sheet.write_string(y, x, text)
    return out.getvalue()
