"""F-01, the registration form of a visit (来访登记表): what was said, by whom and to whom, for reading out and signing.

Source: articles 19 and 22 (truthful record), domain 5.1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xinfang.labels.codes import LEVELS
from xinfang.labels.intake import NEEDS, Words
from xinfang.labels.matters import CHANNELS
from xinfang.rules.intake.window import AccessNeed
from xinfang.rules.matters.state import MatterState

# Who cannot read what was written down: it is read to them, and somebody from outside the unit sees the fingerprint.
_READ_OUT = frozenset({AccessNeed.READ_ALOUD, AccessNeed.SCRIBE})


@dataclass(frozen=True)
class PersonLine:
    """One person on the form, in the clear: whoever prints it has given a reason that was noted."""

    part: str
    name: str
    id_number: str
    phone: str
    address: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class VisitForm:
    """The fields of F-01 in their order."""

    number: str
    ledger_number: str
    received_at: datetime
    registered_at: datetime
    place: str
    receptionist: str
    channel: Words
    addressee: Words
    present: int
    concerned: int
    wants_secrecy: bool
    petitioner: PersonLine | None
    agents: tuple[PersonLine, ...]
    representatives: tuple[PersonLine, ...]
    words: Mapping[str, str]
    needs: tuple[Words, ...]
    papers: tuple[str, ...]
    read_out: bool = False


def visit_form(
    state: MatterState,
    *,
    people: Sequence[PersonLine],
    words: Mapping[str, str],
    papers: Sequence[str],
    place: str,
    receptionist: str,
) -> VisitForm:
    """The form of a matter from its state, its people and what they said."""
    by_part = {part: tuple(p for p in people if p.part == part) for part in ("petitioner", "agent", "representative")}
    asked = [need for person in people for need in person.needs]
    return VisitForm(
        number=state.number,
        ledger_number=state.ledger_number,
        received_at=state.received_at,
        registered_at=state.registered_at,
        place=place,
        receptionist=receptionist,
        channel=CHANNELS[state.channel],
        addressee=LEVELS[state.addressee] if state.addressee else "",
        present=state.present,
        concerned=state.concerned,
        wants_secrecy=state.restricted,
        petitioner=by_part["petitioner"][0] if by_part["petitioner"] else None,
        agents=by_part["agent"],
        representatives=(*by_part["petitioner"][1:], *by_part["representative"]),
        words=words,
        needs=tuple(NEEDS[AccessNeed(need)] for need in dict.fromkeys(asked) if need in set(AccessNeed)),
        papers=tuple(papers),
        read_out=bool(_READ_OUT & set(asked)),
    )
