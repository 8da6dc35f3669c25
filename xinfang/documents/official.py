"""What stands on every official paper of a petition: number, issuer, date, what it is, what one can do, until when.

Source: domain 5, principles (a) and (b); the text itself comes from the record and is typed nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from xinfang.labels.dates import day
from xinfang.labels.grounds import Section, counted_sections
from xinfang.labels.limits import RULES
from xinfang.queries.dossier import Dossier
from xinfang.queries.issuers import Issuer, issuer_of
from xinfang.queries.year_notices import notices
from xinfang.rules.clocks.duties import Clock, local_day
from xinfang.rules.clocks.grounds import explain_clock
from xinfang.rules.clocks.limits import own_limits
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.events import EventType

Line = tuple[str, str]


@dataclass(frozen=True)
class Counted:
    """A last day on a paper and how it was counted, line by line; without a day the limit waits for its trigger."""

    name: str
    until: str
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Body:
    """What one kind of paper says: lines of name and text, sentences, and the box in plain words."""

    title: str
    lines: Sequence[Line]
    meaning: str
    can: Sequence[str]
    latest: Sequence[str]
    says: Sequence[str] = ()
    limits: Sequence[Counted] = ()
    signs: Sequence[str] = ()
    addressee: str = ""
    is_issued: bool = True
    contact: str | None = None


@dataclass(frozen=True)
class Frame:
    """Where a paper comes from: form, number, organ and day; `contact` and `asks`: whom to ask, and at which organ."""

    form: str
    number: str
    matter: str
    issuer: Issuer | None
    issued_on: date
    addressee: str
    contact: str = ""
    asks: Issuer | None = None


@dataclass(frozen=True)
class Record:
    """The event that a paper is printed from, inside its dossier; `petitioner`: the name as far as it is open."""

    dossier: Dossier
    event: Event
    petitioner: str
    issuer: Issuer | None = field(default=None)

    def word(self, name: str, seq: int = 0) -> str:
        """Words of this event, or of another one; what the law masked says so."""
        text = self.dossier.word(name, seq or self.event.seq)
        return _("（已依法遮蔽）") if text is None else text

    def fact(self, name: str) -> str:
        return str(self.event.payload.get(name) or "")

    @property
    def demand(self) -> str:
        """What the petitioner asks for: as written down, else in their own words."""
        return self.word("demand", 1) or self.word("original_words", 1)

    def last(self, *kinds: EventType) -> Event | None:
        """The newest of these events before this one."""
        before = [event for event in self.dossier.events if event.type in kinds and event.seq < self.event.seq]
        return before[-1] if before else None


def record_of(dossier: Dossier, event: Event, petitioner: str, unit: str | None = None) -> Record:
    """`unit`: whose paper it is, where that is not the unit that made the entry; "" for none of this house."""
    code = event.unit if unit is None else unit
    return Record(dossier, event, petitioner, issuer_of(code) if code else None)


def framed(record: Record, form: str, body: Body, place: int = 0) -> Frame:
    """What was numbered keeps its number; a paper without one is found by the matter and the line of its record.

    `place`: among the papers of the same line, from 0.
    """
    drawn = f"{record.dossier.matter.number}-{record.event.seq}" + (f"-{place + 1}" if place else "")
    number = record.fact("document") if body.is_issued and record.fact("document") else drawn
    return Frame(
        form=form,
        number=number,
        matter=record.dossier.matter.number,
        issuer=record.issuer if body.is_issued else None,
        issued_on=local_day(record.event.occurred_at),
        addressee=body.addressee or record.petitioner,
        contact=record.dossier.person(record.event.actor) if body.contact is None else body.contact,
        asks=record.issuer or issuer_of(record.dossier.state.holder),
    )


def counted(dossier: Dossier, clock: Clock) -> Counted:
    """The safe last day of a clock, with its days."""
    name = str(RULES[clock.rule])
    if clock.due is None:
        return Counted(name, "")
    asked = dossier.asked
    parts = counted_sections(explain_clock(clock, asked.state, asked.counting), notices())
    return Counted(name, day(clock.due.prudent), tuple(parts))


def rights_left(dossier: Dossier) -> list[str]:
    """The petitioner's own rights that run, each with its safe last day, soonest first."""
    own = own_limits(dossier.asked.clocks, dossier.state, 1)
    running = [clock for clock in own if clock.code is ClockCode.RIGHT and clock.is_running and clock.due]
    found = sorted((clock.due.prudent, str(RULES[clock.rule])) for clock in running if clock.due)
    return [_("%(right)s：请注意，最迟 %(day)s。") % {"right": name, "day": day(on)} for on, name in found]
