"""Is a calendar file fit to become published years? One notice of the State Council a year, nothing outside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xinfang.rules.clocks.calendar import Calendar

ENOUGH_AHEAD = 60


@dataclass(frozen=True)
class YearNotice:
    """One year as announced: the number of the notice ("" when unknown), days off and weekend days that are worked."""

    year: int
    number: str
    off: tuple[date, ...]
    makeup: tuple[date, ...]

    @property
    def document(self) -> dict[str, list[str]]:
        """What is stored: ISO days under `off` and `makeup`."""
        return {"off": [day.isoformat() for day in self.off], "makeup": [day.isoformat() for day in self.makeup]}


def year_notices(document: Mapping[str, Any]) -> tuple[YearNotice, ...]:
    """The years of a file shaped like `policies/calendar_cn.json`; raises ValueError with a sentence."""
    calendar = Calendar.of(document)
    if not calendar.years:
        raise ValueError("a calendar file must cover at least one year")
    stray = min((day for day in calendar.off | calendar.makeup if day.year not in calendar.years), default=None)
    if stray is not None:
        raise ValueError(f"{stray} lies outside the covered years")
    weekday = min((day for day in calendar.makeup if day.weekday() < 5), default=None)
    if weekday is not None:
        raise ValueError(f"{weekday} is no weekend day, so it cannot be a make-up day")
    numbers = notice_numbers(document)
    return tuple(
        YearNotice(
            year,
            numbers.get(year, "")[:120],
            tuple(sorted(day for day in calendar.off if day.year == year)),
            tuple(sorted(day for day in calendar.makeup if day.year == year)),
        )
        for year in sorted(calendar.years)
    )


def notice_numbers(document: Mapping[str, Any]) -> dict[int, str]:
    """The number of the notice of each year, as far as such a file names it; remarks that cannot be read are none."""
    notices = document.get("notices")
    rows = [row for row in notices if isinstance(row, Mapping)] if isinstance(notices, list) else []
    return {row["year"]: str(row.get("number") or "") for row in rows if isinstance(row.get("year"), int)}


def published_ahead(years: frozenset[int], today: date) -> int:
    """How many days after today lie in years published without a break from this year on; -1 if this year is not."""
    if today.year not in years:
        return -1
    last = today.year
    while last + 1 in years:
        last += 1
    return (date(last, 12, 31) - today).days
