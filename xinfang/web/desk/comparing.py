"""Same facts and reasons? What the final review examined stands beside what is asked now; a person compares (N-2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xinfang.queries.dossier import Dossier, dossier_for
from xinfang.queries.units import unit_full_name
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.ledger.chain import Event
from xinfang.rules.lifecycle.move import Move
from xinfang.rules.matters.events import EventType
from xinfang.rules.review.ladder import final_review
from xinfang.rules.review.sameness import demands_in

_NAME = "no_longer_accept"


@dataclass(frozen=True)
class Earlier:
    """A tied matter after its final review, as this person may read it; `organ`: "" where it sits above this house."""

    number: str
    title: str
    document: str
    on: date
    organ: str
    rows: dict[str, tuple[str, ...]]


def earlier_of(dossier: Dossier) -> list[Earlier]:
    """The tied matters whose final review reached the petitioner, the newest first."""
    tied = {link.other for link in dossier.state.links}
    numbers = [number for other, number in dossier.others.items() if other in tied]
    asked = dossier.asked
    found = [_read(other) for number in numbers if (other := dossier_for(asked.actor, number, asked.at))]
    return sorted((one for one in found if one), key=lambda one: (one.on, one.number), reverse=True)


def _read(dossier: Dossier) -> Earlier | None:
    review = final_review(dossier.state.reviews)
    if review is None or review.decided_at is None:
        return None
    asked = [event for event in dossier.told if event.type == EventType.REVIEW_ASKED]
    said = tuple(line for event in asked for line in _lines(dossier, "reasons", event))
    decided = _last(dossier, EventType.REVIEW_DECIDED)
    rows = told(dossier) | {
        "reasons": (*told(dossier)["reasons"], *said),
        "review": (*_lines(dossier, "findings", decided), *_lines(dossier, "opinion", decided)),
    }
    return Earlier(
        dossier.matter.number,
        dossier.word("title") or "",
        review.document,
        local_day(review.decided_at),
        unit_full_name(review.organ) if review.organ else "",
        rows,
    )


def _last(dossier: Dossier, kind: EventType) -> Event | None:
    return next((event for event in reversed(dossier.told) if event.type == kind), None)


def _lines(dossier: Dossier, name: str, event: Event | None) -> tuple[str, ...]:
    if event is None:
        return ()
    text = dossier.word(name, event.seq)
    return (_("（已依法遮蔽）") if text is None else text,) if text != "" else ()


def told(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """What a petitioner asks for, demand by demand, what happened, and why."""
    demand = dossier.word("demand") or dossier.word("original_words") or ""
    first = dossier.events[0]
    return {
        "demands": demands_in(demand),
        "facts": (*_lines(dossier, "original_words", first), *_lines(dossier, "facts", first)),
        "reasons": _lines(dossier, "wish", first),
    }


def side_by_side(dossier: Dossier, move: Move) -> dict[str, Any]:
    """For the page of N-2: every earlier matter, and this one; nothing for any other move."""
    if move.name != _NAME:
        return {}
    return {"now": told(dossier), "earlier": earlier_of(dossier)}


def found_for(dossier: Dossier, move: Move) -> dict[str, str]:
    """Number, day and organ of the final review, so that nobody types them."""
    found = earlier_of(dossier) if move.name == _NAME else []
    if not found:
        return {}
    first = found[0]
    return {
        "reviewed_matter": first.number,
        "final_document": first.document,
        "final_on": first.on.isoformat(),
        "final_organ": first.organ,
    }


def earlier_choices(dossier: Dossier) -> list[tuple[str, Any]]:
    return [(one.number, f"{one.number} {one.title}".strip()) for one in earlier_of(dossier)]


def demand_choices(dossier: Dossier) -> list[tuple[str, Any]]:
    """The demands of this matter, each to be ticked after it was compared."""
    return [(str(k), demand) for k, demand in enumerate(told(dossier)["demands"], start=1)]
