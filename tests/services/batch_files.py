"""Batch files of the template, written for tests: forty-nine invented rows of S16 and any other."""

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from xinfang.rules.intake.batch_rows import HEAD_COLUMNS, HEAD_NAMES, ROW_COLUMNS, ROW_NAMES

HEAD = {
    "name": "第二批专项工作", "number": "2026-02", "assigned_by": "示范市联席会议办公室",
    "document": "示信联办〔2026〕3号",
    "assigned_on": date(2026, 3, 16), "default_due_on": date(2026, 9, 15), "level": "市",
}  # fmt: skip
THINGS = ("路灯", "水渠", "村道", "过渡费", "工资", "承包地", "电梯", "自来水", "围墙", "烟囱")
PLACES = ("村口", "村西", "桥头", "学校旁", "集市边")


def row(number: int, **changes: Any) -> dict[str, Any]:
    """One sound row; every row is about something else and somebody else."""
    thing, place = THINGS[number % len(THINGS)], PLACES[number // len(THINGS) % len(PLACES)]
    return {
        "row": number, "name": f"张{number}", "phone": f"199{number:08d}", "channel": "来信",
        "petitioned_on": date(2026, 2, 3),
        "purpose": "求决", "area": "甲村", "summary": f"{place}的{thing}出了问题，第{number}户反映过几次。",
        "demand": f"解决{place}{thing}的问题", "unit": "999901-RS", **changes,
    }  # fmt: skip


def forty_nine() -> list[dict[str, Any]]:
    """S16: 44 sound, 3 with unusual identity numbers, one that is here already (row 45), one with a past date (46)."""
    rows = [row(number) for number in range(1, 50)]
    for number in (8, 19, 41):
        rows[number - 1]["id_number"] = f"3416021890010100{number}"
    rows[44] |= {"phone": "19900000001", "summary": "村口的路灯坏了半个月，晚上走路看不见。", "demand": "把路灯修好"}
    rows[45]["due_on"] = date(2026, 3, 2)
    return rows


def write(path: Path, rows: list[dict[str, Any]], head: dict[str, Any] | None = None) -> Path:
    """The file: dates as dates, everything else as it comes."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        first, second = book.add_worksheet("批次"), book.add_worksheet("明细")
        for y, key in enumerate(HEAD_COLUMNS.values()):
            first.write(y, 0, HEAD_NAMES[key] + "*")
            _cell(first, y, 1, (head or HEAD).get(key), day)
        for x, key in enumerate(ROW_COLUMNS.values()):
            second.write(0, x, ROW_NAMES[key])
            for y, cells in enumerate(rows, start=1):
                _cell(second, y, x, cells.get(key), day)
    return path


def _cell(sheet: Any, y: int, x: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(y, x, value, day)
    elif isinstance(value, str) and value.startswith("=="):
        sheet.write_formula(y, x, value[1:], None, value[2:].strip('"'))
    elif isinstance(value, str):
        sheet.write_string(y, x, value)
    elif value is not None:
        sheet.write(y, x, value)
