"""What would a version of the 13710 parameters have made of matters that came in before it? (it never touches them)

Each matter is read twice from the same events: as it is counted, under the version that it came in with, and as if it
had come in with the other one. What people did is what they did; only dates and what is late by them can differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from xinfang.rules.clocks.duties import Clock, Counting, clocks_of
from xinfang.rules.clocks.policy import HousePolicy
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.state import MatterState


@dataclass(frozen=True)
class Shift:
    """One clock that would have another date, or is late in one reading and not in the other.

    A date is None where the clock does not apply in that reading.
    """

    code: ClockCode
    key: str
    before: date | None
    after: date | None
    was_late: bool
    would_be_late: bool


@dataclass
class Tally:
    """How many clocks would have another date, would be late that are not, and the other way round."""

    moved: int = 0
    more_late: int = 0
    fewer_late: int = 0

    def count(self, shift: Shift) -> None:
        self.moved += shift.before != shift.after
        self.more_late += shift.would_be_late and not shift.was_late
        self.fewer_late += shift.was_late and not shift.would_be_late


@dataclass
class Replay:
    """The sum over matters; `matters` were read, `touched` of them have a clock that differs."""

    matters: int = 0
    touched: int = 0
    total: Tally = field(default_factory=Tally)
    by_code: dict[ClockCode, Tally] = field(default_factory=dict)

    def add(self, shifts: Iterable[Shift]) -> None:
        """Count one matter."""
        found = tuple(shifts)
        self.matters += 1
        self.touched += bool(found)
        for shift in found:
            self.total.count(shift)
            self.by_code.setdefault(shift.code, Tally()).count(shift)


def shifts(state: MatterState, counting: Counting, policy: HousePolicy, now: datetime) -> tuple[Shift, ...]:
    """The clocks of one matter that this version would have changed, as of a moment."""
    other = replace(counting, policies={**counting.policies, policy.number: policy})
    as_if = replace(state, policy=policy.number, day_mode=policy.day_mode)
    is_so, would_be = _by_key(clocks_of(state, counting)), _by_key(clocks_of(as_if, other))
    found = (_shift(key, is_so.get(key), would_be.get(key), now) for key in is_so | would_be)
    return tuple(shift for shift in found if (shift.before, shift.was_late) != (shift.after, shift.would_be_late))


def _by_key(clocks: Iterable[Clock]) -> dict[str, Clock]:
    return {clock.key: clock for clock in clocks}


def _shift(key: str, is_so: Clock | None, would_be: Clock | None, now: datetime) -> Shift:
    return Shift(
        ClockCode(key.partition("#")[0]), key, _day(is_so), _day(would_be), _late(is_so, now), _late(would_be, now)
    )


def _day(clock: Clock | None) -> date | None:
    return clock.due.due if clock is not None and clock.applies and clock.due is not None else None


def _late(clock: Clock | None, now: datetime) -> bool:
    return clock is not None and clock.is_late(now)
