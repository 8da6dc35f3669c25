"""Joint sessions in a story: a room, who sits together when, what they answer, what was decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from xinfang.models import Party, Room, Unit
from xinfang.queries.people import holders
from xinfang.queries.sessions import UNIT_ROLES, rooms_of
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.shape import SHANGHAI
from xinfang.rules.sessions.calling import Asked, session_of
from xinfang.rules.sessions.codes import GuestKind
from xinfang.services import sessions, sessions_answers
from xinfang.services.sessions_rooms import set_room
from xinfang.services.turns import state_of
from xinfang.stories.story import NotAStory
from xinfang.stories.verbs import Doing, Verb

MINUTES = 60


def _set_room(doing: Doing) -> list[UUID]:
    given, centre = doing.values, doing.by.seats[0].unit
    set_room(
        centre=centre, name=str(given.get("name", "")), places=str(given.get("places", "")), is_active=True,
        by=doing.by, at=doing.at,
    )  # fmt: skip
    return []


def _unit(name: object) -> Unit:
    found = Unit.objects.filter(Q(pk=name) | Q(name=name) | Q(short_name=name)).first()
    if found is None:
        raise NotAStory(f"sessions: no unit is called {name!r}")
    return found


def _matter(doing: Doing) -> UUID:
    if doing.matter is None:
        raise NotAStory("sessions: 'on' is missing")
    return doing.matter


def _guests(doing: Doing) -> list[Asked]:
    """One of each unit, and the petitioners where the story says so."""
    guests = []
    for name in doing.values.get("units", ()):
        unit = _unit(name)
        people = holders({unit.pk}, UNIT_ROLES, local_day(doing.at))
        guests += [Asked(GuestKind.STAFF, user=user, unit=unit.pk) for user in people[:1]]
    if doing.values.get("petitioners"):
        rows = Party.objects.filter(matter=_matter(doing)).order_by("pk")
        guests += [Asked(GuestKind.PARTY, person=str(row.person_id)) for row in rows]
    return guests


def _call(doing: Doing) -> list[UUID]:
    given, matter = doing.values, _matter(doing)
    rooms: list[Room] = rooms_of(state_of(matter))
    room = next((row.pk for row in rooms if row.name == given.get("room")), 0)
    starts = datetime.fromisoformat(str(given["starts"]))
    when = sessions.Time(room, starts if starts.tzinfo else starts.replace(tzinfo=SHANGHAI), MINUTES)
    subject = str(given.get("subject", ""))
    sessions.call(matter=matter, when=when, guests=_guests(doing), subject=subject, by=doing.by, at=doing.at)
    return []


def _answer(doing: Doing) -> list[UUID]:
    given = doing.values
    sessions_answers.answer(
        matter=_matter(doing), k=int(given.get("k", 1)), n=int(given["n"]), said=str(given.get("said", "")),
        by=doing.by, at=doing.at,
    )  # fmt: skip
    return []


def _hold(doing: Doing) -> list[UUID]:
    """Everybody came, unless `absent` names the numbers of those who did not."""
    given, matter, k = doing.values, _matter(doing), int(doing.values.get("k", 1))
    absent = {int(n) for n in given.get("absent", ())}
    guests = session_of(state_of(matter), k).guests
    rows: list[dict[str, Any]] = [{**row, "unit": _unit(row["unit"]).pk} for row in given.get("tasks", ())]
    sessions_answers.hold(
        matter=matter, k=k, by=doing.by, at=doing.at, give_tasks=bool(rows),
        attendance={guest.n: "absent" if guest.n in absent else "came" for guest in guests},
        words={name: str(given.get(name, "")) for name in ("subject", "facts", "opinions", "decisions")},
        tasks=[{name: str(value) for name, value in row.items()} for row in rows],
    )  # fmt: skip
    return []


SESSION_VERBS = (
    Verb("set_room", ("name: words", "places: 1..", "of the unit of whoever does it"), False, _set_room),
    Verb(
        "call_session",
        ("room: its name", "starts: moment", "subject: words", "units: list of units", "petitioners?: yes_no"),
        False, _call,
    ),
    Verb("answer_session", ("k?: 1..", "n: 1..", "said: coming|not_coming|other_time"), False, _answer),
    Verb(
        "hold_session",
        (
            "k?: 1..", "subject: words", "facts?: words", "opinions?: words", "decisions: words",
            "absent?: list of numbers", "tasks?: list of {unit, who, what, due_on}",
        ),
        False, _hold,
    ),
)  # fmt: skip
