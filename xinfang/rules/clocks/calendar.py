"""Which days are working days in China?

Source: the yearly notices of the State Council's General Office (国务院办公厅关于部分节假日安排的通知), and for a year
without a notice the statutory holidays of 《全国年节及纪念日放假办法》 alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Self

ONE_DAY = timedelta(days=1)
PAST_THE_END = "the count runs past the last day that a calendar can hold"

# The statutory holidays that fall on the same date every year: 元旦, 劳动节, 国庆节. Those of the lunar calendar
# (春节, 清明, 端午, 中秋) differ from year to year and have to be listed in `statutory`.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Calendar:
    """The working days of China, as far as the State Council has announced them.

    `years` are the years with a notice. In them `off` and `makeup` (weekend days that are worked) say everything.
    In any other year neither is looked at: off are the weekend, the days listed in `statutory`, and the statutory
    holidays with a fixed date (1 January, 1 and 2 May, 1 to 3 October). A year that `statutory` does not list either,
    such as 2028, therefore has no lunar holidays here, and whatever touches it is provisional.
    """

    years: frozenset[int]
    off: frozenset[date]
    makeup: frozenset[date]
    statutory: frozenset[date] = frozenset()

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """Read `{"covered_years": [2026], "off": ["2026-01-01"], "makeup": ["2026-01-04"], "statutory": [...]}`.

        `statutory` may be missing and may carry an ending (`statutory_2027`); other keys are remarks.
        Raises ValueError with a sentence that says which entry cannot be read.
        """
        if not isinstance(document, Mapping):
            raise ValueError("a calendar must be an object with covered_years, off, makeup")  # noqa: TRY004 - the document is at fault, not a caller
        off = frozenset(_days(document, "off"))
        makeup = frozenset(_days(document, "makeup"))
        both = min(off & makeup, default=None)
        if both is not None:
            raise ValueError(f"{both} is listed both as off and as makeup")
        names = [name for name in document if name.startswith("statutory")]
        statutory = frozenset(day for name in names for day in _days(document, name))
        return cls(years=frozenset(_years(document)), off=off, makeup=makeup, statutory=statutory)

    def is_published(self, day: date) -> bool:
        return day.year in self.years

    def covers(self, first: date, last: date) -> bool:
        """Whether every day from first to last lies in a year with a notice."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def is_working(self, day: date) -> bool:
        if day.year in self.years:
            return day in self.makeup or (day.weekday() < 5 and day not in self.off)
        return day.weekday() < 5 and day not in self.statutory and (day.month, day.day) not in FIXED_HOLIDAYS

    def next_working(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        return self._walk(day, ONE_DAY)

    def previous_working(self, day: date) -> date:
        """The day itself if it is a working day, else the last one before it."""
        return self._walk(day, -ONE_DAY)

    def nth_working_after(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is itself not counted; n is at least 1."""
        if n < 1:
            raise ValueError("working days are counted from the first")
        passed = bisect_right(self._working_days(day.year), day.toordinal())
        wanted = passed + n
        for year in range(day.year, date.max.year + 1):
            days = self._working_days(year)
            if wanted <= len(days):
                return date.fromordinal(days[wanted - 1])
            wanted -= len(days)
        raise ValueError(PAST_THE_END)

    def _walk(self, day: date, step: timedelta) -> date:
        try:
            while not self.is_working(day):
                day += step
        except OverflowError as beyond:
            raise ValueError(PAST_THE_END) from beyond
        return day

    def _working_days(self, year: int) -> tuple[int, ...]:
        """The ordinals of the working days of a year: counted once, so that 60 working days cost one look."""
        if year not in self._counted:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = range(first, last + 1)
            self._counted[year] = tuple(day for day in days if self.is_working(date.fromordinal(day)))
        return self._counted[year]

    @cached_property
    def _counted(self) -> dict[int, tuple[int, ...]]:
        return {}


def iso_day(text: object) -> date:
    """The date written as YYYY-MM-DD and in no other way; raises ValueError with a sentence."""
    if not isinstance(text, str):
        raise ValueError("a date must be text of the form YYYY-MM-DD")  # noqa: TRY004 - the document is at fault, not a caller
    if not _ISO_DAY.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not a date of the form YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as unreal:
        raise ValueError(f"there is no day {text}") from unreal


def _days(document: Mapping[str, Any], name: str) -> Iterator[date]:
    for place, entry in _entries(document, name):
        try:
            yield iso_day(entry)
        except ValueError as wrong:
            raise ValueError(f"{name}, entry {place}: {wrong}") from wrong


def _years(document: Mapping[str, Any]) -> Iterator[int]:
    for place, entry in _entries(document, "covered_years"):
        if not isinstance(entry, int) or isinstance(entry, bool) or not date.min.year <= entry <= date.max.year:
            raise ValueError(f"covered_years, entry {place}: a year must be a whole number such as 2026")
        yield entry


def _entries(document: Mapping[str, Any], name: str) -> Iterator[tuple[int, Any]]:
    entries = document.get(name)
    if not isinstance(entries, list):
        raise ValueError(f"a calendar must have a list {name}")  # noqa: TRY004 - the document is at fault, not a caller
    return enumerate(entries, start=1)
