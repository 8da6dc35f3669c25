"""When can they all sit together? Slots from the calendar, opening hours, duties and what is booked (B8).

Pure: whoever asks brings the open days and everything that is taken up. A blocked slot says by what.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from xinfang.rules.clocks.shape import SHANGHAI
from xinfang.rules.sessions.codes import Why

STEP = timedelta(minutes=30)
# What is suggested leaves people their meal; whoever must may still choose it.
NOON_REST = (time(12, 0), time(14, 0))


@dataclass(frozen=True)
class Busy:
    """A room or a person (`seat`) is taken up from `starts` until before `ends`."""

    seat: str
    starts: datetime
    ends: datetime
    why: Why

    def meets(self, starts: datetime, ends: datetime) -> bool:
        return self.starts < ends and starts < self.ends


@dataclass(frozen=True)
class Wanted:
    """What a session needs: how long, one of these rooms (the best first), all of these, and if possible these."""

    minutes: int
    rooms: Sequence[str]
    required: Sequence[str]
    optional: Sequence[str] = ()


@dataclass(frozen=True)
class Slot:
    """One time: the rooms that are free, and who is not, each with the reason."""

    starts: datetime
    ends: datetime
    rooms: tuple[str, ...]
    blocked: Mapping[str, Why]
    missed: Mapping[str, Why]

    @property
    def fits(self) -> bool:
        """A room is free and everybody who must come."""
        return bool(self.rooms) and not self.blocked


def slots(
    days: Iterable[date], opens: time, closes: time, wanted: Wanted, busy: Collection[Busy], not_before: datetime
) -> list[Slot]:
    """Every time of these open days at which such a session could begin, in order, with what stands against it."""
    length = timedelta(minutes=wanted.minutes)
    return [
        _slot(starts, starts + length, wanted, busy)
        for day in days
        for starts in _starts(day, opens, closes, length)
        if starts >= not_before
    ]


def _starts(day: date, opens: time, closes: time, length: timedelta) -> Iterable[datetime]:
    """The whole and half hours at which it ends before closing and leaves the meal alone."""
    moment, last = _at(day, opens), _at(day, closes)
    rest, again = (_at(day, at) for at in NOON_REST)
    while moment + length <= last:
        if moment + length <= rest or moment >= again:
            yield moment
        moment += STEP


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI)


def _slot(starts: datetime, ends: datetime, wanted: Wanted, busy: Collection[Busy]) -> Slot:
    taken = {each.seat: each.why for each in busy if each.meets(starts, ends)}
    return Slot(
        starts,
        ends,
        tuple(room for room in wanted.rooms if room not in taken),
        {seat: taken[seat] for seat in wanted.required if seat in taken},
        {seat: taken[seat] for seat in wanted.optional if seat in taken},
    )


def best_first(found: Iterable[Slot]) -> list[Slot]:
    """The times that fit: the nearest day first, on it where most of the others can come, then the earliest."""
    return sorted((slot for slot in found if slot.fits), key=lambda s: (s.starts.date(), len(s.missed), s.starts))
