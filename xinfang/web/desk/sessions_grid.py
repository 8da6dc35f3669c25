"""The week of a session that is being planned: rows of rooms and people, free times as buttons (B8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.labels.sessions import REASONS
from xinfang.models import Room
from xinfang.queries.clocks import installation_settings
from xinfang.queries.sessions import busy, working_days
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.sessions.codes import Why
from xinfang.rules.sessions.session import room_seat
from xinfang.rules.sessions.slots import Busy, Slot, Wanted, best_first, slots

DAYS, SHOWN, ROOMS = 5, 3, 3


@dataclass(frozen=True)
class Line:
    """One row: a room with its free times, or a person with what takes them up."""

    name: str
    cells: tuple[tuple[date, tuple[tuple[str, str], ...], str], ...]


@dataclass(frozen=True)
class Week:
    """The grid, the best time if there is one, and where the next week begins."""

    days: tuple[date, ...]
    rooms: tuple[Line, ...]
    people: tuple[Line, ...]
    best: tuple[str, str] | None
    found: int
    next_week: str


@dataclass(frozen=True)
class Planned:
    """What is being planned: how long, in which rooms, with whom (seat and name), and which session is moved."""

    minutes: int
    rooms: Sequence[Room]
    people: Sequence[tuple[str, str]]
    guests: int
    moving: Any = None


def week_of(planned: Planned, first: date, skip: int, now: datetime) -> Week:
    """Five open days from a day on."""
    days = working_days(max(first, local_day(now)), DAYS)
    rooms = [room for room in planned.rooms if room.places >= planned.guests][:ROOMS]
    wanted = Wanted(planned.minutes, [room_seat(room.pk) for room in rooms], [seat for seat, _name in planned.people])
    taken = busy([*wanted.rooms, *wanted.required], days[0], days[-1], planned.moving) if days else []
    hours = installation_settings()
    opens, closes = (time.fromisoformat(hours[name]) for name in ("opens", "closes"))
    found = slots(days, opens, closes, wanted, taken, now)
    best = best_first(found)
    chosen = best[skip % len(best)] if best else None
    return Week(
        tuple(days),
        tuple(_room_line(room, days, found) for room in rooms),
        tuple(_person_line(seat, name, days, taken) for seat, name in planned.people),
        _best(chosen, rooms) if chosen else None,
        len(best),
        working_days(days[-1], 2)[-1].isoformat() if days else "",
    )


def slot_value(room: Room, starts: datetime) -> str:
    return f"{room.pk}@{timezone.localtime(starts):%Y-%m-%dT%H:%M}"


def _best(slot: Slot, rooms: Sequence[Room]) -> tuple[str, str]:
    room = next(room for room in rooms if room_seat(room.pk) == slot.rooms[0])
    starts, ends = timezone.localtime(slot.starts), timezone.localtime(slot.ends)
    words = _("%(day)s %(starts)s–%(ends)s，%(room)s") % {
        "day": f"{starts:%m-%d}", "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}", "room": room.name,
    }  # fmt: skip
    return slot_value(room, slot.starts), words


def _room_line(room: Room, days: Sequence[date], found: Sequence[Slot]) -> Line:
    cells = []
    for day in days:
        own = [slot for slot in found if local_day(slot.starts) == day]
        free = [slot for slot in own if slot.fits and room_seat(room.pk) in slot.rooms]
        times = tuple(
            (slot_value(room, slot.starts), f"{timezone.localtime(slot.starts):%H:%M}") for slot in _spread(free)
        )
        cells.append((day, times, "" if times else _why_not(room, own)))
    named = {"room": room.name, "n": room.places, "centre": room.centre.short_name}
    return Line(_("%(centre)s %(room)s（%(n)s 座）") % named, tuple(cells))


def _spread(free: Sequence[Slot]) -> list[Slot]:
    """A few times over the whole day instead of the first half hours of it."""
    if len(free) <= SHOWN:
        return list(free)
    return [free[n * (len(free) - 1) // (SHOWN - 1)] for n in range(SHOWN)]


def _why_not(room: Room, own: Sequence[Slot]) -> str:
    if not own:
        return _("时间已过")
    if any(room_seat(room.pk) in slot.rooms for slot in own):
        return _("人不齐")
    return _("占用")


def _person_line(seat: str, name: str, days: Sequence[date], taken: Sequence[Busy]) -> Line:
    cells = []
    for day in days:
        own = sorted((each for each in taken if each.seat == seat and local_day(each.starts) == day), key=_start)
        cells.append((day, (), "；".join(dict.fromkeys(_taken(each) for each in own)) or _("空")))
    return Line(name, tuple(cells))


def _start(each: Busy) -> datetime:
    return each.starts


def _taken(each: Busy) -> str:
    if each.why is Why.ON_DUTY:
        return str(REASONS[each.why])
    starts, ends = timezone.localtime(each.starts), timezone.localtime(each.ends)
    return f"{starts:%H:%M}–{ends:%H:%M} {REASONS[each.why]}"
