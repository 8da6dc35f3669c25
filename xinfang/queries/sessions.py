"""Rooms, who can be asked, what is taken up when, and one's own sessions (B-06, B8)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from xinfang.models import HallDuty, Post, ReceptionDay, Room, SessionBooking, User
from xinfang.queries.access import below
from xinfang.queries.hall_roster import open_days
from xinfang.queries.people import actor_of
from xinfang.rules.access.sight import may_see
from xinfang.rules.clocks.shape import SHANGHAI
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Role
from xinfang.rules.sessions.calling import LeftOut, left_out
from xinfang.rules.sessions.codes import Why
from xinfang.rules.sessions.session import Session, user_seat
from xinfang.rules.sessions.slots import Busy

UNIT_ROLES = frozenset({Role.HANDLER, Role.ORGAN_HEAD, Role.MEMBER_OFFICER})
CENTRE_ROLES = frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.STATION_HEAD})
SHOWN_BACK = timedelta(days=30)
_DAY_END = time(23, 59, 59)


@dataclass(frozen=True)
class Person:
    """Somebody of the house who can be asked, in words; `why` when they cannot."""

    user: int
    name: str
    unit: str
    unit_name: str
    role: Role
    why: LeftOut | None = None


def rooms_of(state: MatterState, *, every: bool = False) -> list[Room]:
    """The rooms of the centre that has the matter and of those above it, the nearest and smallest first."""
    rows = Room.objects.filter(centre__in=state.holder_path.split(".")).select_related("centre")
    found = rows if every else rows.filter(is_active=True)
    return sorted(found, key=lambda room: (-room.centre.path.count("."), room.places, room.name))


def people_for(state: MatterState, more: Collection[str], now: datetime, today: date) -> list[Person]:
    """Who comes into question: those of the units with a part, mediators, the centre's directors; `more` units.

    Whoever is left out stands among them with the reason.
    """
    units, above = set(state.handling_units) | set(more), state.holder_path.split(".")
    posts = Post.objects.filter(from_on__lte=today, holder__is_active=True).exclude(to_on__lt=today)
    asked = posts.filter(unit__in=units, role__in=UNIT_ROLES) | posts.filter(unit=state.holder, role__in=CENTRE_ROLES)
    # Those of the centre itself, of its stations, and of the centres above it.
    near = below("unit__path", state.holder_path) | Q(unit__in=above)
    mediators = posts.filter(near, role=Role.MEDIATOR)
    rows = (asked | mediators).select_related("holder", "unit").order_by("unit__path", "holder__name", "pk").distinct()
    found: dict[int, Person] = {}
    for post in rows:
        why = _left_out(state, post.holder, now, today)
        person = Person(post.holder_id, post.holder.name, post.unit_id, post.unit.short_name, Role(post.role), why)
        found.setdefault(post.holder_id, person)
    return list(found.values())


def _left_out(state: MatterState, user: User, now: datetime, today: date) -> LeftOut | None:
    if not (state.recused_users or state.recused_units or state.restricted):
        return None
    actor = actor_of(user, today)
    return left_out(state, user.pk, actor.units, sees=may_see(state, actor, now))


def why_left_out(state: MatterState, user: int, now: datetime, today: date) -> LeftOut | None:
    """Why this account cannot be asked to a session of this matter; None for who can."""
    row = User.objects.filter(pk=user, is_active=True).first()
    return _left_out(state, row, now, today) if row is not None else LeftOut.OUT_OF_SIGHT


def unit_at(user: int, unit: str, today: date) -> bool:
    """Does this account hold a post in this unit today?"""
    posts = Post.objects.filter(holder=user, unit=unit, from_on__lte=today, holder__is_active=True)
    return posts.exclude(to_on__lt=today).exists()


def busy(seats: Collection[str], first: date, last: date, without: tuple[UUID, int] | None = None) -> list[Busy]:
    """What takes these seats up on the days of a span: sessions, duty at a window, a leader's reception day.

    `without`: a session that is about to be moved does not stand in its own way.
    """
    span = DateTimeTZRange(_moment(first, time()), _moment(last, _DAY_END))
    rows = SessionBooking.objects.filter(seat__in=list(seats), span__overlap=span)
    if without is not None:
        rows = rows.exclude(matter=without[0], k=without[1])
    booked = [Busy(row.seat, row.span.lower, row.span.upper, Why.BOOKED) for row in rows]
    users = {user_seat(user): user for user in _users(seats)}
    return booked + _on_duty(users.values(), first, last) + _receiving(users.values(), first, last)


def _users(seats: Iterable[str]) -> list[int]:
    return [int(seat.partition(":")[2]) for seat in seats if seat.startswith("user:")]


def _on_duty(users: Iterable[int], first: date, last: date) -> list[Busy]:
    rows = HallDuty.objects.filter(holder__in=list(users), day__range=(first, last))
    return [
        Busy(user_seat(row.holder_id), _moment(row.day, time()), _moment(row.day, _DAY_END), Why.ON_DUTY)
        for row in rows
    ]


def _receiving(users: Iterable[int], first: date, last: date) -> list[Busy]:
    rows = ReceptionDay.objects.filter(leader__in=list(users), day__range=(first, last), called_off_at__isnull=True)
    return [
        Busy(user_seat(row.leader_id), _moment(row.day, row.opens), _moment(row.day, row.closes), Why.RECEIVES)
        for row in rows
    ]


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI)


def working_days(first: date, count: int) -> list[date]:
    """The next open days from a day on."""
    return open_days(first, first + timedelta(days=count * 3 + 14))[:count]


@dataclass(frozen=True)
class Own:
    """A session of somebody of the house: enough to go there, whether or not the matter may be seen.

    `number` is "" where the petitioner wants secrecy: a calendar is read by more eyes than one's own.
    """

    matter: UUID
    session: Session
    number: str
    place: str
    n: int


def sessions_of_user(user: int, states: Iterable[MatterState]) -> list[Own]:
    """The sessions in which this person has a seat, out of these matters, in order of time."""
    found = []
    for state in states:
        if user in state.recused_users or state.sealed:
            continue
        for session in state.sessions:
            guest = next((guest for guest in session.guests if guest.user == user), None)
            if guest is not None:
                found.append(Own(state.id, session, number_in(state), place_of(session.room), guest.n))
    return sorted(found, key=lambda own: (own.session.starts, own.session.k))


def matters_of_user(user: int, now: datetime) -> list[UUID]:
    """The matters with sessions of this person that are not long over."""
    rows = SessionBooking.objects.filter(seat=user_seat(user), span__endswith__gt=now - SHOWN_BACK)
    return sorted(set(rows.values_list("matter_id", flat=True)))


def place_of(room: int) -> str:
    """Centre and room in words."""
    row = Room.objects.select_related("centre").get(pk=room)
    return f"{row.centre.name} {row.name}"


def address_of_room(room: int) -> str:
    """Where the centre of a room stands."""
    return Room.objects.select_related("centre").get(pk=room).centre.address


def number_in(state: MatterState) -> str:
    """The public number of a matter as it may stand in a calendar; none where the petitioner wants secrecy."""
    return "" if state.restricted else state.number
