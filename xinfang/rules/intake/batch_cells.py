"""What does a cell of a batch workbook mean? Dates however they were typed, numbers, yes and no (domain 9.6)."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Final

from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.refusals import RuleBroken

Cell = str | int | float | bool | date | datetime | None
EXCEL_ZERO: Final = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)  # 1954 to 2119
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
YES, NO = (
    frozenset({"是", "1", "有", "√", "y", "yes", "true"}),
    frozenset({"", "否", "0", "无", "×", "n", "no", "false"}),
)


def text(cell: Cell) -> str:
    """The text of a cell on one line or several; a whole number without its point, full width folded where typed."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return tidy(str(cell))


def folded(cell: Cell) -> str:
    """The text for comparing: composed, narrow, without any blank."""
    return "".join(unicodedata.normalize("NFKC", text(cell)).split())


def day(cell: Cell) -> date | None:
    """A date from a date cell, an Excel serial or a text such as 2026年3月16日; None for an empty cell."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) in SERIALS:
        return EXCEL_ZERO + timedelta(days=int(cell))
    plain = unicodedata.normalize("NFKC", text(cell)).strip()
    if not plain:
        return None
    if plain.isdigit() and len(plain) == 5 and int(plain) in SERIALS:
        return EXCEL_ZERO + timedelta(days=int(plain))
    found = _DATE.fullmatch(plain) or _PACKED.fullmatch(plain)
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(plain)
    except ValueError:
        raise RuleBroken("date_unreal") from None


def whole(cell: Cell, *, least: int, most: int) -> int | None:
    """A whole number; None for an empty cell."""
    plain = folded(cell)
    if not plain:
        return None
    try:
        number = int(plain.removesuffix("人"))
    except ValueError:
        raise RuleBroken("number_unreal") from None
    if not least <= number <= most:
        raise RuleBroken("number_out_of_range", least=least, most=most)
    return number


def yes(cell: Cell) -> bool:
    """Yes or no; empty is no."""
    plain = folded(cell).lower()
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise RuleBroken("yes_or_no")
