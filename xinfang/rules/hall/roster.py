"""The duty roster of a hall (A-07, B12): who sits where on which day, as far ahead as a month, never in the past."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from xinfang.rules.refusals import RuleBroken

MOST_DAYS = 62
LOOK_AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Gap:
    """A window in use with nobody at it on a day on which the hall is open."""

    day: date
    window: int


def month_of(text: str, otherwise: date) -> date:
    """The first day of the month `2026-03`; of the month of `otherwise` for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return otherwise.replace(day=1)


def month_after(first: date, step: int) -> date:
    """The first day of the month so many months away."""
    count = first.year * 12 + first.month - 1 + step
    return date(count // 12, count % 12 + 1, 1)


def days_between(first: date, last: date) -> list[date]:
    """Every day of a span, both ends included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def check_span(first: date, last: date, today: date) -> None:
    """A duty begins today or later, and is entered for two months at most."""
    if first < today:
        raise RuleBroken("duty_in_the_past", field="from_on")
    if last < first:
        raise RuleBroken("dates_reversed", field="to_on")
    if (last - first).days >= MOST_DAYS:
        raise RuleBroken("too_many_days", field="to_on", most=MOST_DAYS)


def gaps(days: Iterable[date], windows: Iterable[int], seated: Collection[tuple[date, int]]) -> list[Gap]:
    """What nobody has been put down for, by day and window."""
    numbers = sorted(windows)
    return [Gap(day, window) for day in days for window in numbers if (day, window) not in seated]
