"""Everything about one matter for who may see it, in a constant number of statements."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from xinfang.models import Contact, Event, Matter, Party, ProtectedText, User
from xinfang.queries.access import matter_for, matters_for
from xinfang.queries.catalogue import names
from xinfang.queries.clocks import counting
from xinfang.queries.units import unit_names
from xinfang.rules.access.sight import MEDIATION_READERS, may_read, may_see, only_mediates
from xinfang.rules.ledger.chain import Event as Fact
from xinfang.rules.lifecycle.situation import Situation, situation
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.events import MEDIATION_EVENTS, SAFETY_EVENTS, EventType
from xinfang.rules.matters.parts import Task, what_name
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor

_NAMING_UNITS = ("lead", "ordered", "suggested", "recused_unit", "instead", "holder", "organ")
Texts = dict[int, dict[str, str | None]]
# What ties two matters and changes neither.
_TIES = frozenset({EventType.LINKED, EventType.UNLINKED, EventType.SPLIT})


@dataclass(frozen=True)
class Dossier:
    """One matter, read: its row, where it stands, its events and opened words, and the names that they mention.

    `asked` is the question that the rules are asked for this person at this moment. `others` are the numbers of
    matters that this one is or was tied to, as far as this person may see them.
    """

    matter: Matter
    state: MatterState
    asked: Situation
    events: list[Fact]
    texts: Texts
    people: dict[int, str]
    units: dict[str, str]
    parties: list[Party]
    others: dict[UUID, str]
    contacts: list[Contact]

    @property
    def told(self) -> list[Fact]:
        """The events that this person may read: a tie to a matter out of their sight would tell of it (RC-4)."""
        asked = self.asked
        tied_in_sight = (e for e in self.events if e.type not in _TIES or _other(e) in self.others)
        return [event for event in tied_in_sight if may_read(event, asked.actor, self.state, asked.at)]

    @property
    def read_to(self) -> int:
        """The last event that a form answers to: what few may read moves on nobody's form (`SAFETY_EVENTS`)."""
        return max(event.seq for event in self.events if event.type not in SAFETY_EVENTS)

    def word(self, name: str, seq: int = 1) -> str | None:
        """Words of one event; None when they were masked by law, "" when there are none."""
        return self.texts.get(seq, {}).get(name, "")

    def asked_of(self, task: Task) -> str | None:
        """What a unit is asked to do; None when it was masked by law, "" when only the matter itself says it."""
        seq, row = task.told_in
        return self.word(what_name(row), seq) if seq else ""

    @cached_property
    def things(self) -> dict[str, str]:
        """The everyday names of the catalogue, for the lines that events name; read when one is asked for."""
        return names()

    def unit(self, code: str) -> str:
        return self.units.get(code, code)

    def person(self, user: int | None) -> str:
        return self.people.get(user or 0, "")


def dossier_for(actor: Actor, number: str, now: datetime) -> Dossier | None:
    """The dossier of that public number; None when it is missing or out of sight."""
    matter = matter_for(actor, number, now)
    if matter is None:
        return None
    events = [event.plain() for event in Event.objects.filter(chain_id=matter.pk).order_by("seq")]
    state = fold(events)
    if not may_see(state, actor, now):
        return None
    return Dossier(
        matter=matter,
        state=state,
        asked=situation(state, actor, now, counting()),
        events=events,
        texts=_texts_for(actor, state, events, now),
        people=_people(state, events),
        units=unit_names(_units(state, events)),
        parties=list(Party.objects.filter(matter=matter).select_related("person").order_by("seq", "pk")),
        others=_others(matters_for(actor, now), state, events),
        contacts=[]
        if only_mediates(state, actor, now)
        else list(Contact.objects.filter(matter=matter).order_by("seq")),
    )


def _texts_for(actor: Actor, state: MatterState, events: list[Fact], now: datetime) -> Texts:
    """Every opened text; for whoever only mediates, of the petition no more than its title, and the mediation file.

    What was said in a mediation is read by those who mediate and guide it, by nobody who decides on the petition.
    """
    texts = texts_of(state.id)
    if only_mediates(state, actor, now):
        kept = {event.seq for event in events if event.type in MEDIATION_EVENTS}
        title = {name: text for name, text in texts.get(1, {}).items() if name == "title"}
        return {seq: said for seq, said in texts.items() if seq in kept} | {1: title}
    if not actor.petitioner and not actor.roles & MEDIATION_READERS:
        closed = {event.seq for event in events if event.type == EventType.MEDIATION_HELD}
        return {seq: said for seq, said in texts.items() if seq not in closed}
    return texts


def texts_of(matter: UUID) -> Texts:
    """Every opened text of a matter by event and field."""
    found: Texts = {}
    for text in ProtectedText.objects.filter(chain_id=matter).order_by("seq", "field"):
        found.setdefault(text.seq, {})[text.field] = text.text
    return found


def _people(state: MatterState, events: list[Fact]) -> dict[int, str]:
    named = {event.actor for event in events}
    for event in events:
        named |= {event.payload.get(name) for name in ("handler", "reviewed_by", "recused_user", "leader", "mediator")}
    wanted = {user for user in named | set(state.recused_users) if isinstance(user, int)}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _units(state: MatterState, events: list[Fact]) -> set[str]:
    codes = {state.holder, state.origin_unit, state.organ, *state.handling_units, *state.recused_units}
    for event in events:
        codes |= {event.unit, *(str(event.payload.get(name, "")) for name in _NAMING_UNITS)}
        codes |= set(str(event.payload.get("offered", "")).split())
        for name in ("co_units", "steps"):
            codes |= {row["unit"] for row in event.payload.get(name, ())}
    return codes


def _other(event: Fact) -> UUID | None:
    return UUID(event.payload["other"]) if event.payload.get("other") else None


def _others(seen: QuerySet[Matter], state: MatterState, events: list[Fact]) -> dict[UUID, str]:
    tied = {link.other for link in state.links} | {_other(event) for event in events} - {None}
    return dict(seen.filter(pk__in=tied).values_list("pk", "number"))
