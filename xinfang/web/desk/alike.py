"""While one types at the window: what may be the same matter, and what the person at the window decides about it.

The panel is a part of the form. With script it is fetched anew as one types; without, "look" brings it with the page.
What was typed is only ever sent, never put into an address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from xinfang.labels.alike import CHOICES, WHY
from xinfang.labels.matters import STAGES
from xinfang.models.protection import SEARCHED
from xinfang.queries.alike import Alike, alike_matters
from xinfang.queries.intake import counters_of, places_of
from xinfang.rules.intake.alike import OFFERED_MOST, Choice
from xinfang.rules.intake.cards import read_card
from xinfang.rules.intake.places import find_places
from xinfang.rules.intake.registration import WORDS_MOST, PersonEntry, tidy_number
from xinfang.rules.matters.numbers import read_number
from xinfang.services.contacts import Decision
from xinfang.web.desk.intake_forms import OTHERS
from xinfang.web.parts.context import REGISTRARS
from xinfang.web.parts.doors import SEND, staff
from xinfang.web.parts.requests import StaffRequest

SAME_AS, OFFERED = "same_as", "offered"
PEOPLE = ("", "agent_", *(f"other{n}_" for n in range(1, OTHERS + 1)))
LONGEST = 60


@dataclass(frozen=True)
class Row:
    """One matter to choose from, and the two answers that name it; `join` is "" where nobody can join any more."""

    alike: Alike
    stage_word: Any
    why: tuple[Any, ...]
    again: str
    join: str


@dataclass(frozen=True)
class Panel:
    """What the panel shows; `chosen` is the answer that stands, `looked` says that there was something to compare."""

    rows: tuple[Row, ...] = ()
    chosen: str = Choice.NEW.value
    looked: bool = False
    new: Any = CHOICES[Choice.NEW]
    again: Any = CHOICES[Choice.AGAIN]
    join: Any = CHOICES[Choice.JOIN]


@staff(*sorted(REGISTRARS), methods=SEND)
def show(request: StaffRequest) -> HttpResponse:
    """The inside of the panel for what has been typed so far."""
    return render(request, "desk/parts/alike.html", {"alike": panel_of(request, request.POST)})


def panel_of(request: StaffRequest, posted: QueryDict) -> Panel:
    """The panel for what stands in the form, and always what was chosen in it.

    Empty for what is told in confidence, which goes into no other file.
    """
    words = {name: posted.get(name, "")[:WORDS_MOST] for name in SEARCHED if posted.get(name)}
    if not words or any(posted.get(name) == "True" for name in ("own", "secret")):
        return Panel()
    found = alike_matters(
        request.actor,
        words=words,
        people=_people(posted),
        area=_area(request, posted),
        chosen=decision_of(posted).number,
        now=request.now,
    )
    rows = tuple(_row(one) for one in found)
    answers = {answer for row in rows for answer in (row.again, row.join) if answer}
    chosen = posted.get(SAME_AS, "")
    return Panel(rows, chosen if chosen in answers else Choice.NEW.value, looked=True)


def decision_of(posted: QueryDict, visit: UUID | None = None) -> Decision:
    """What was decided in the form; whatever is no answer means a matter of its own."""
    offered = tuple(number for text in posted.getlist(OFFERED)[:OFFERED_MOST] if (number := read_number(text)))
    choice, _colon, text = posted.get(SAME_AS, "")[:LONGEST].partition(":")
    number = read_number(text)
    if choice not in (Choice.AGAIN.value, Choice.JOIN.value) or number is None:
        return Decision(offered=offered, visit=visit)
    return Decision(Choice(choice), number, offered, visit)


def _people(posted: QueryDict) -> Iterable[PersonEntry]:
    for prefix in PEOPLE:
        number = read_card(posted.get(f"{prefix}id_number", "")).number
        phone = tidy_number(posted.get(f"{prefix}phone", ""))
        if number or phone:
            yield PersonEntry(id_number=tidy_number(number)[:40], phone=phone[:24])


def _area(request: StaffRequest, posted: QueryDict) -> str:
    """The code of the place as typed, if it is one place."""
    text = posted.get("area", "").strip()
    counters = counters_of(request.actor, request.today) if text else []
    found = find_places(text, places_of(counters[0], request.today)) if counters else ()
    return found[0].code if len(found) == 1 else ""


def _row(one: Alike) -> Row:
    again, join = (f"{choice.value}:{one.number}" for choice in (Choice.AGAIN, Choice.JOIN))
    return Row(one, STAGES[one.stage], tuple(WHY[why] for why in one.why), again, "" if one.is_finished else join)
