"""What does a petitioner read of their own matter? Where it is, who has it, what comes next, what happened, who looked.

Only what `rules.access.petitioner_sight` shows leaves this file.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from xinfang.models import Attachment, Event, Look, Party, SealedSlip
from xinfang.queries.clocks import counting
from xinfang.queries.dossier import Texts, texts_of
from xinfang.queries.looks import looks_at
from xinfang.queries.units import unit_names
from xinfang.rules.access.masking import masked_name, masked_number
from xinfang.rules.access.petitioner_sight import (
    OPINION_WORDS,
    PETITIONER_DOCUMENTS,
    shown,
    shown_words,
)
from xinfang.rules.access.proving import proves_from
from xinfang.rules.access.sight import may_see
from xinfang.rules.clocks.due import Due
from xinfang.rules.clocks.duties import Clock, local_day
from xinfang.rules.clocks.shape import by_rule
from xinfang.rules.ledger.chain import Event as Fact
from xinfang.rules.lifecycle.allowed import allowed_moves
from xinfang.rules.lifecycle.situation import Situation, situation
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.codes import NOT_OURS, ClockCode, Proof
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import DocumentFact, MatterState
from xinfang.rules.people.seats import PETITIONER, Actor

INSIDE = frozenset({*NOT_OURS, ClockCode.C0, ClockCode.TASK, ClockCode.TELL_RIGHT, ClockCode.OWN_LIMIT, ClockCode.URG})
PROVED = Actor(user_id=None, petitioner=True, proof=Proof.PHONE_CODE.value)


@dataclass(frozen=True)
class Contact:
    """What was left to reach the petitioner, masked: enough to know it again, not enough to use it."""

    name: str = ""
    phone: str = ""
    address: bool = False
    paused_until: datetime | None = None

    def proves(self, now: datetime) -> bool:
        """Can a code to this phone prove who it is?"""
        return bool(self.phone) and (self.paused_until is None or self.paused_until <= now)


@dataclass(frozen=True)
class Tracked:
    """One matter as its petitioner may read it. `events` and `texts` are already cut to what is theirs to see."""

    state: MatterState
    asked: Situation
    since: datetime
    events: tuple[Fact, ...]
    texts: Texts
    units: dict[str, str]
    looks: list[Look]
    files: list[Attachment]
    contact: Contact
    has_slip: bool

    @property
    def title(self) -> str:
        return self.word(1, "title")

    def word(self, seq: int, name: str) -> str:
        return self.texts.get(seq, {}).get(name) or ""

    def unit(self, code: str) -> str:
        return self.units.get(code, code)

    @property
    def running(self) -> list[Clock]:
        """Every promise that still runs, the nearest first."""
        clocks = [c for c in self.asked.clocks if c.is_running and c.due and c.code not in INSIDE]
        return sorted(clocks, key=lambda c: (c.due.due, c.due.raw, c.key) if c.due else (date.max, date.max, c.key))

    @property
    def rights(self) -> list[Clock]:
        """The petitioner's own rights that still run, the first to lapse first."""
        found = [c for c in self.asked.clocks if c.code is ClockCode.RIGHT and c.is_running and c.due]
        return sorted(found, key=lambda c: (c.due.prudent, c.key) if c.due else (date.max, c.key))

    @property
    def may(self) -> frozenset[str]:
        """The moves that the petitioner could make now, proof or no proof."""
        asked = Situation(self.state, PROVED, self.asked.at, self.asked.counting, self.asked.clocks)
        names = {move.name for move in allowed_moves(asked)}
        return frozenset(names if self.state.refusal_ground else names - {"contest_refusal"})

    @property
    def documents(self) -> list[DocumentFact]:
        """The papers that are meant for the petitioner, oldest first."""
        return [d for d in self.state.documents if d.kind in PETITIONER_DOCUMENTS]

    @property
    def review_until(self) -> Due | None:
        """Until when a review can be asked for: thirty days from the service of the opinion (article 35)."""
        served = self.state.review_from
        return by_rule(self.asked.counting, "XF-FC-REQ30", local_day(served)) if served else None

    @property
    def call_by(self) -> Due:
        """Until when somebody would call about a bad rating that is given today."""
        return by_rule(self.asked.counting, ClockCode.CALL.value, self.asked.today)


def tracked(matter: UUID, now: datetime) -> Tracked | None:
    """The matter of a petitioner who has proved to hold its number and code; None when it is out of their sight."""
    events = [event.plain() for event in Event.objects.filter(chain_id=matter).order_by("seq")]
    if not events:
        return None
    state = fold(events)
    if not may_see(state, PETITIONER, now):
        return None
    seen = tuple(event for event in events if shown(event))
    looks = looks_at(matter)
    return Tracked(
        state=state,
        asked=situation(state, PETITIONER, now, counting()),
        since=_since(events),
        events=seen,
        texts=_readable(events, texts_of(matter), state),
        units=unit_names(_named(state, seen) | {look.unit for look in looks}),
        looks=looks,
        files=list(Attachment.objects.filter(matter=matter, masked_by__isnull=True).order_by("seq", "pk")),
        contact=_contact(matter, events),
        has_slip=SealedSlip.objects.filter(matter=matter).exists(),
    )


def _since(events: list[Fact]) -> datetime:
    """When it came into the stage in which it is."""
    since, stage = events[0].occurred_at, ""
    for event in events:
        now = event.payload.get("stage") or stage
        if now != stage:
            since, stage = event.occurred_at, now
    return since


def _readable(events: list[Fact], texts: Texts, state: MatterState) -> Texts:
    readable: Texts = {}
    for event in events:
        names = shown_words(event)
        if event.type == EventType.OPINION_SIGNED and state.opinion_served_at and event.occurred_at <= _served(state):
            names = OPINION_WORDS
        found = {name: text for name, text in texts.get(event.seq, {}).items() if name in names}
        if found:
            readable[event.seq] = found
    return readable


def _served(state: MatterState) -> datetime:
    return state.opinion_served_at or state.received_at


def _named(state: MatterState, events: tuple[Fact, ...]) -> set[str]:
    codes = {state.holder, state.origin_unit, state.organ, *(task.unit for task in state.tasks)}
    codes |= {document.issuer for document in state.documents}
    for event in events:
        codes |= {event.unit, str(event.payload.get("lead", ""))}
        codes |= {row["unit"] for name in ("co_units", "steps") for row in event.payload.get(name, ())}
    return codes


def _contact(matter: UUID, events: list[Fact]) -> Contact:
    parties = list(Party.objects.filter(matter_id=matter).select_related("person").order_by("id"))
    own = [party for party in parties if party.part != Party.Part.AGENT]
    if not own:
        return Contact()
    called = next((party for party in own if party.person.opened("phone")), None)
    return Contact(
        name=masked_name(own[0].person.opened("name")),
        phone=masked_number(called.person.opened("phone")) if called else "",
        address=bool(own[0].person.opened("address")),
        paused_until=proves_from(events, called.person_id, called.seq) if called else None,
    )
