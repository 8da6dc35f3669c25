"""Calling people together for a matter: room, time, guests; moving and calling off; no stage and no clock moves.

The database refuses that a room or a person is taken twice (`models.sessions.SessionBooking`); whoever comes second
hears what is taken. Sources: domain B-04, B-06.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from xinfang.models import Party, Room, User
from xinfang.queries import sessions as known
from xinfang.rules.access.sight import may_see
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.shape import SHANGHAI
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import Asked, ahead, check_guests, check_time, may_convene
from xinfang.rules.sessions.codes import GuestKind
from xinfang.rules.sessions.session import Session, name_word, phone_word, room_seat, user_seat
from xinfang.services import sessions_inviting as inviting
from xinfang.services.ledger import Draft, When
from xinfang.services.turns import Turn, take

SUBJECT_MOST = 500
NAME_MOST, PHONE_MOST = 40, 20


@dataclass(frozen=True)
class Time:
    """Where and when: a room, a beginning, a length."""

    room: int
    starts: datetime
    minutes: int

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


@transaction.atomic
def call(
    *, matter: UUID, when: Time, guests: Sequence[Asked], subject: str, by: Actor, at: datetime
) -> tuple[MatterState, list[inviting.Code]]:
    """Call a session, take up its room and its people, and invite everybody; answers codes to hand over once."""
    turn = _turn(matter, by, at)
    check_time(when.starts, when.ends, at)
    clean = [_clean(guest) for guest in guests]
    check_guests(clean)
    _check_people(turn.state, clean, at)
    room = _room(turn.state, when.room, len(clean))
    payload = {
        "k": len(turn.state.sessions) + 1, **_when(when),
        "guests": [_row(guest) for guest in clean],
    }  # fmt: skip
    words = {"subject": _subject(subject)}
    for n, guest in enumerate(clean, start=1):
        words |= {name_word(n): guest.name, phone_word(n): guest.phone}
    turn.record(Draft(EventType.SESSION_CALLED, payload, words), When.now(at), by)
    session = turn.state.sessions[-1]
    _take_up(turn, room, session)
    return turn.state, inviting.invite(turn.state, session, clean, at)


@transaction.atomic
def move(*, matter: UUID, k: int, when: Time, by: Actor, at: datetime) -> MatterState:
    """Another room or time; everybody is asked anew, with the code that they have."""
    turn = _turn(matter, by, at)
    before = ahead(turn.state, k)
    check_time(when.starts, when.ends, at)
    room = _room(turn.state, when.room, len(before.guests))
    payload = {"k": k, **_when(when), "moves": before.moves + 1}
    turn.record(Draft(EventType.SESSION_MOVED, payload), When.now(at), by)
    session = ahead(turn.state, k)
    _take_up(turn, room, session)
    inviting.tell_moved(turn.state, before, session, at)
    return turn.state


@transaction.atomic
def call_off(*, matter: UUID, k: int, by: Actor, at: datetime) -> MatterState:
    """Call it off: room and people are free again, and everybody who was asked is told."""
    turn = _turn(matter, by, at)
    session = ahead(turn.state, k)
    turn.record(Draft(EventType.SESSION_CALLED_OFF, {"k": k}), When.now(at), by)
    inviting.tell_called_off(turn.state, session, at)
    return turn.finish()


def _turn(matter: UUID, by: Actor, at: datetime) -> Turn:
    turn = take(matter)
    if not may_see(turn.state, by, at):
        raise RuleBroken("not_found")
    if not may_convene(turn.state, by):
        raise RuleBroken("may_not_convene")
    return turn


def _when(when: Time) -> dict[str, Any]:
    starts, ends = (moment.astimezone(SHANGHAI).isoformat(timespec="minutes") for moment in (when.starts, when.ends))
    return {"room": when.room, "starts": starts, "ends": ends}


def _clean(guest: Asked) -> Asked:
    name, phone = (" ".join(tidy(text).split()) for text in (guest.name, guest.phone))
    if len(name) > NAME_MOST or len(phone) > PHONE_MOST:
        raise RuleBroken("text_too_long", field="other_name", most=NAME_MOST)
    return Asked(guest.kind, guest.user, guest.unit, guest.person, name, phone)


def _subject(text: str) -> str:
    subject = tidy(text)
    if not subject:
        raise RuleBroken("field_required", field="subject")
    if len(subject) > SUBJECT_MOST:
        raise RuleBroken("text_too_long", field="subject", most=SUBJECT_MOST)
    return subject


def _row(guest: Asked) -> dict[str, Any]:
    row = {"kind": guest.kind.value, "user": guest.user, "unit": guest.unit, "person": guest.person}
    return {name: value for name, value in row.items() if value}


def _check_people(state: MatterState, guests: Sequence[Asked], at: datetime) -> None:
    """Everybody of the house holds a post there, nobody is recused, and the petitioners are those of this matter."""
    today = local_day(at)
    own = {str(person) for person in Party.objects.filter(matter_id=state.id).values_list("person_id", flat=True)}
    for guest in guests:
        if guest.kind is GuestKind.PARTY and guest.person not in own:
            raise RuleBroken("user_unknown", field="guests")
        if guest.kind is not GuestKind.STAFF:
            continue
        if guest.user is None or not known.unit_at(guest.user, guest.unit, today):
            raise RuleBroken("user_unknown", field="guests")
        if known.why_left_out(state, guest.user, at, today) is not None:
            raise RuleBroken("guest_left_out", field="guests")


def _room(state: MatterState, room: int, guests: int) -> Room:
    """The room, in use, near the matter, with places for all."""
    found = next((row for row in known.rooms_of(state) if row.pk == room), None)
    if found is None:
        raise RuleBroken("room_unknown", field="slot")
    if found.places < guests:
        raise RuleBroken("room_too_small", field="slot", room=found.name, places=found.places)
    return found


def _take_up(turn: Turn, room: Room, session: Session) -> None:
    """Write the bookings; what the database refuses is said in words.

    The rows of room and people order those who book at one moment, so that they wait for each other and none of them
    is thrown out by a deadlock. What decides is the constraint.
    """
    list(Room.objects.select_for_update(no_key=True).filter(pk=room.pk))
    users = sorted(guest.user for guest in session.guests if guest.user is not None)
    list(User.objects.select_for_update(no_key=True).filter(pk__in=users).order_by("pk"))
    _refuse_duties(turn, session, users)
    try:
        with transaction.atomic():
            turn.finish()
    except IntegrityError as refused:
        if "seat_taken_once" not in str(refused):
            raise
        raise _taken(turn.state, session, room) from None


def _refuse_duties(turn: Turn, session: Session, users: Sequence[int]) -> None:
    """Whoever sits at a window or receives people then is not free."""
    day = local_day(session.starts)
    seats = [user_seat(user) for user in users]
    for each in known.busy(seats, day, day, (turn.state.id, session.k)):
        if each.meets(session.starts, session.ends):
            raise RuleBroken("guest_not_free", field="slot", name=_name_of(each.seat))


def _taken(state: MatterState, session: Session, room: Room) -> RuleBroken:
    """What stands in the way: the room, or whoever has another session then."""
    day = local_day(session.starts)
    taken = known.busy(session.seats, day, day, (state.id, session.k))
    seats = {each.seat for each in taken if each.meets(session.starts, session.ends)}
    if room_seat(room.pk) in seats:
        return RuleBroken("room_taken", field="slot", room=room.name)
    return RuleBroken("guest_not_free", field="slot", name="、".join(sorted(filter(None, map(_name_of, seats)))))


def _name_of(seat: str) -> str:
    kind, _colon, pk = seat.partition(":")
    return User.objects.get(pk=int(pk)).name if kind == "user" else ""
