"""F-28, the record of a leader's reception, the handling slip of an instruction and the entry of who is in charge.

Source: article 18 of the Regulation, domain 5.1: date, persons, demands, instruction with its day, result.
"""

from dataclasses import dataclass
from datetime import date, datetime

from xinfang.queries.dossier import Dossier
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType


@dataclass(frozen=True)
class Reception:
    """A leader heard the petitioner; `instruction` is None where it was masked by law."""

    at: datetime
    leader: str
    instruction: str | None
    ordered: str
    due_on: date | None


@dataclass(frozen=True)
class Charge:
    """A leader is in charge of the matter, from a day to a day."""

    leader: str
    since: datetime
    until: datetime | None = None
    why: str | None = ""


@dataclass(frozen=True)
class LeaderSheet:
    """The fields of F-28; without any record yet it is a form to fill in by hand."""

    receptions: tuple[Reception, ...]
    charges: tuple[Charge, ...]


def leader_sheet(dossier: Dossier) -> LeaderSheet:
    """What the events of the matter say about receptions and who is in charge."""
    receptions: list[Reception] = []
    charges: list[Charge] = []
    for event in dossier.told:
        if event.type == EventType.LEADER_RECEIVED:
            receptions.append(_reception(dossier, event))
        if event.type == EventType.CHARGE_TAKEN or event.payload.get("in_charge"):
            charges = [*_ended(charges, event), _charge(dossier, event)]
        elif event.type == EventType.CHARGE_LEFT:
            charges = _ended(charges, event, dossier.word("reason", event.seq))
    return LeaderSheet(tuple(receptions), tuple(charges))


def _reception(dossier: Dossier, event: Event) -> Reception:
    told = event.payload
    return Reception(
        at=event.occurred_at,
        leader=dossier.person(told["leader"]),
        instruction=dossier.word("instruction", event.seq),
        ordered=dossier.unit(told["ordered"]) if told.get("ordered") else "",
        due_on=date.fromisoformat(told["due_on"]) if told.get("due_on") else None,
    )


def _charge(dossier: Dossier, event: Event) -> Charge:
    return Charge(leader=dossier.person(event.payload["leader"]), since=event.occurred_at)


def _ended(charges: list[Charge], event: Event, why: str | None = "") -> list[Charge]:
    """One leader is in charge at a time: whoever was is so no longer."""
    if not charges or charges[-1].until is not None:
        return charges
    last = charges[-1]
    return [*charges[:-1], Charge(last.leader, last.since, event.occurred_at, why)]
