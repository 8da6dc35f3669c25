"""What does a petitioner read of their own matter? Where it is, who has it, what comes next, what happened, who looked.

Only what `rules.access.petitioner_sight` shows leaves this file.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from xinfang.models import Attachment, Event, Look, SealedSlip
from xinfang.queries.clocks import counting
from xinfang.queries.dossier import Texts, texts_of
from xinfang.queries.looks import looks_at
from xinfang.queries.reaching import parties_of
from xinfang.queries.units import unit_names
from xinfang.rules.access.masking import masked_name, masked_number
from xinfang.rules.access.petitioner_sight import (
    OPINION_WORDS,
    PETITIONER_DOCUMENTS,
    REVIEW_WORDS,
    shown,
    shown_words,
    whose,
)
from xinfang.rules.access.proving import proves_from
from xinfang.rules.access.sight import may_see
from xinfang.rules.clocks.due import Due
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.clocks.limits import own_limits
from xinfang.rules.clocks.reviews import review_until, second_until
from xinfang.rules.clocks.shape import by_rule
from xinfang.rules.ledger.chain import Event as Fact
from xinfang.rules.lifecycle.allowed import allowed_moves
from xinfang.rules.lifecycle.reviewing import appealable
from xinfang.rules.lifecycle.situation import Situation, situation
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.codes import NOT_OURS, ClockCode, Proof
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import DocumentFact, MatterState
from xinfang.rules.people.seats import PETITIONER, Actor
from xinfang.rules.review.codes import ReviewLevel

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
    decided: tuple[Fact, ...]
    looks: list[Look]
    files: list[Attachment]
    contact: Contact
    has_slip: bool
    actor: Actor = PETITIONER

    @property
    def title(self) -> str:
        """What the matter is about, in the words of whoever brought it; "" for whoever joined."""
        return self.word(1, "title")

    @property
    def joined(self) -> bool:
        return self.actor.joined

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
        running = own_limits(self.asked.clocks, self.state, self.actor.came_with)
        found = [c for c in running if c.code is ClockCode.RIGHT and c.is_running and c.due]
        return sorted(found, key=lambda c: (c.due.prudent, c.key) if c.due else (date.max, c.key))

    @property
    def may(self) -> frozenset[str]:
        """The moves that the petitioner could make now, proof or no proof."""
        proved = PROVED.on_part_of(self.actor.came_with)
        asked = Situation(self.state, proved, self.asked.at, self.asked.counting, self.asked.clocks)
        names = {move.name for move in allowed_moves(asked)}
        return frozenset(names if self.state.refusal_ground else names - {"contest_refusal"})

    @property
    def documents(self) -> list[DocumentFact]:
        """The papers that are meant for the petitioner, oldest first; whoever joined is served their own."""
        return [] if self.joined else [d for d in self.state.documents if d.kind in PETITIONER_DOCUMENTS]

    @property
    def review_until(self) -> Due | None:
        """Until when a review can be asked for: thirty days from the service of what can be reviewed (article 35)."""
        served = None if self.joined else self.state.review_from
        if served is None:
            return None
        appeal = appealable(self.asked)
        if appeal is not None and appeal.level is ReviewLevel.SECOND:
            return second_until(appeal.since, self.asked.counting)
        return review_until(served, self.asked.counting)

    @property
    def call_by(self) -> Due:
        """Until when somebody would call about a bad rating that is given today."""
        return by_rule(self.asked.counting, ClockCode.CALL.value, self.asked.today)


def tracked(matter: UUID, now: datetime, came_with: int = 1) -> Tracked | None:
    """The matter of a petitioner who has proved to hold its number and code; None when it is out of their sight.

    Whoever joined it (`came_with` more than 1) reads what becomes of it and their own part, and no other petitioner's.
    """
    events = [event.plain() for event in Event.objects.filter(chain_id=matter).order_by("seq")]
    if not events:
        return None
    state = fold(events)
    actor = PETITIONER.on_part_of(came_with)
    if not may_see(state, actor, now):
        return None
    seen = tuple(event for event in events if shown(event, came_with))
    own = {event.seq: event.occurred_at for event in events if whose(event) == came_with}
    if not own:
        return None
    looks = [look for look in looks_at(matter) if look.at >= min(own.values())]
    files = Attachment.objects.filter(matter=matter, masked_by__isnull=True, seq__in=own)
    return Tracked(
        state=state,
        asked=situation(state, actor, now, counting()),
        since=_since(events),
        events=seen,
        texts=_readable(events, texts_of(matter), state, came_with),
        units=unit_names(_named(state, seen) | {look.unit for look in looks}),
        decided=tuple(event for event in events if event.type == EventType.REVIEW_DECIDED),
        looks=looks,
        files=list(files.order_by("seq", "pk")),
        contact=_contact(matter, events, came_with),
        has_slip=came_with == 1 and SealedSlip.objects.filter(matter=matter).exists(),
        actor=actor,
    )


def _since(events: list[Fact]) -> datetime:
    """When it came into the stage in which it is."""
    since, stage = events[0].occurred_at, ""
    for event in events:
        now = event.payload.get("stage") or stage
        if now != stage:
            since, stage = event.occurred_at, now
    return since


def _readable(events: list[Fact], texts: Texts, state: MatterState, came_with: int) -> Texts:
    readable: Texts = {}
    opinion_until = state.opinion_served_at if came_with == 1 else None
    reviewed = [r.served_at for r in state.reviews if r.served_at and came_with == 1]
    reviewed_until = max(reviewed, default=None)
    for event in events:
        names = shown_words(event, came_with)
        if event.type == EventType.OPINION_SIGNED and opinion_until and event.occurred_at <= opinion_until:
            names = OPINION_WORDS
        if event.type == EventType.REVIEW_DECIDED and reviewed_until and event.occurred_at <= reviewed_until:
            names = REVIEW_WORDS
        found = {name: text for name, text in texts.get(event.seq, {}).items() if name in names}
        if found:
            readable[event.seq] = found
    return readable


def _named(state: MatterState, events: tuple[Fact, ...]) -> set[str]:
    codes = {state.holder, state.origin_unit, state.organ, *(task.unit for task in state.tasks)}
    codes |= {review.organ for review in state.reviews}
    codes |= {document.issuer for document in state.documents}
    for event in events:
        codes |= {event.unit, str(event.payload.get("lead", ""))}
        codes |= {row["unit"] for name in ("co_units", "steps") for row in event.payload.get(name, ())}
    return codes


def _contact(matter: UUID, events: list[Fact], came_with: int) -> Contact:
    own = parties_of(matter, came_with)
    if not own:
        return Contact()
    called = next((party for party in own if party.person.opened("phone")), None)
    return Contact(
        name=masked_name(own[0].person.opened("name")),
        phone=masked_number(called.person.opened("phone")) if called else "",
        address=bool(own[0].person.opened("address")),
        paused_until=proves_from(events, called.person_id, called.seq) if called else None,
    )
