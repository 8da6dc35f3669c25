"""The rooms of the demo's centres, and a joint session ahead in a matter that several units work on."""

from datetime import datetime

from xinfang.models import Matter, Party, Room, SessionBooking, Unit, User
from xinfang.queries.hall_roster import open_days
from xinfang.queries.people import actor_of, holders
from xinfang.queries.sessions import people_for
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.shape import SHANGHAI
from xinfang.rules.hall.roster import LOOK_AHEAD
from xinfang.rules.matters.codes import Stage
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import Asked
from xinfang.rules.sessions.codes import GuestKind
from xinfang.services import sessions
from xinfang.services.matters import state_of
from xinfang.services.sessions_rooms import set_room

ROOMS = (("调解室1", "8"), ("调解室2", "6"), ("联合调处室", "16"))
TRIED = 12
SUBJECT = "各单位一起定下一步"
HOURS = (9, 10, 15, 16)


def open_rooms(*, centres: tuple[str, ...], now: datetime) -> None:
    """Rooms for every centre; and one session near the first matter of each that can have one."""
    for centre in Unit.objects.filter(pk__in=centres).order_by("pk"):
        heads = holders({centre.pk}, {Role.CENTRE_DIRECTOR}, local_day(now))
        if heads and not Room.objects.filter(centre=centre).exists():
            director = _actor(heads[0], now)
            for name, places in ROOMS:
                set_room(centre=centre.pk, name=name, places=places, is_active=True, by=director, at=now)
            _call_one(centre, director, now)


def _actor(user: int, now: datetime) -> Actor:
    return actor_of(User.objects.get(pk=user), local_day(now))


def _call_one(centre: Unit, director: Actor, now: datetime) -> None:
    rows = Matter.objects.filter(holder=centre.pk, stage__in=(Stage.HANDLING, Stage.ASSIGNED, Stage.ACCEPTED))
    for matter in rows.filter(restricted=False, is_open=True).order_by("-received_at")[:TRIED]:
        if _called(matter, centre, director, now):
            return


def _called(matter: Matter, centre: Unit, director: Actor, now: datetime) -> bool:
    """Whether a time was found: the first at which nobody is taken."""
    state, today = state_of(matter.pk), local_day(now)
    units = {task.unit for task in state.open_tasks}
    wanted: set[str] = units | {Role.MEDIATOR.value}
    guests = [Asked(GuestKind.STAFF, user=director.user_id, unit=centre.pk)]
    for person in people_for(state, [], now, today):
        what = Role.MEDIATOR.value if person.role is Role.MEDIATOR else person.unit
        if person.why is None and what in wanted and person.user != director.user_id:
            wanted.discard(what)
            guests.append(Asked(GuestKind.STAFF, user=person.user, unit=person.unit))
    first = Party.objects.filter(matter=matter).exclude(part=Party.Part.AGENT).first()
    if first is not None:
        guests.append(Asked(GuestKind.PARTY, person=str(first.person_id)))
    room = Room.objects.filter(centre=centre, places__gte=len(guests)).order_by("places").first()
    if room is None or SessionBooking.objects.filter(matter=matter).exists():
        return False
    for day in open_days(today, today + LOOK_AHEAD)[1:]:
        for hour in HOURS:
            starts = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)
            try:
                when = sessions.Time(room.pk, starts, 60)
                sessions.call(matter=matter.pk, when=when, guests=guests, subject=SUBJECT, by=director, at=now)
            except RuleBroken:
                continue
            return True
    return False
