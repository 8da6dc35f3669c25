"""Two exchange duties, or one stands in for the other (AB角, B12): both agree, and nobody sits at two windows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xinfang.rules.refusals import RuleBroken


class ExchangeState(StrEnum):
    """How what one asked of the other stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Sitting:
    """Somebody at a window on a day."""

    day: date
    window: int
    holder: int


def exchanged(mine: Sitting, of: int, theirs: Sitting | None, today: date) -> list[Sitting]:
    """Who sits where once the other agrees: they take mine, and I take theirs if it is one for one."""
    if of == mine.holder:
        raise RuleBroken("exchange_with_oneself")
    if theirs is not None and theirs.holder != of:
        raise RuleBroken("exchange_moved_on")
    if min(each.day for each in (mine, theirs or mine)) < today:
        raise RuleBroken("duty_in_the_past")
    after = [Sitting(mine.day, mine.window, of)]
    return after if theirs is None else [*after, Sitting(theirs.day, theirs.window, mine.holder)]


def require_free(after: Iterable[Sitting], others: Iterable[Sitting]) -> None:
    """Nobody sits at two windows on one day. `others`: what the two of them have beside what they exchange."""
    kept = {(each.day, each.holder): each.window for each in others}
    for each in after:
        if (each.day, each.holder) in kept:
            raise RuleBroken("sits_elsewhere", day=each.day.isoformat(), window=kept[each.day, each.holder])
