"""What touches two matters at once: links, merges and splits are events on both sides; and what was sealed late.

Chains are locked in the order of their ids (`turns.take_all`). Both histories are kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xinfang.models import Event, Party
from xinfang.queries.access import matter_id_for
from xinfang.rules.access.sight import may_see
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.intake.window import goes_on
from xinfang.rules.lifecycle.allowed import why_not
from xinfang.rules.lifecycle.contact_moves import REGISTRARS
from xinfang.rules.lifecycle.pair_moves import SPLIT
from xinfang.rules.lifecycle.situation import situation
from xinfang.rules.matters.codes import INVERSE, LinkKind
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.pairs import require_address_free, require_merge, require_same_sight
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services.intake import Receipt, register
from xinfang.services.ledger import Draft, When
from xinfang.services.masking import SealedContent, seal
from xinfang.services.turns import Turn, state_of, take, take_all

PAIRED = frozenset({"link", "unlink", "merge", "unmerge"})
# What was done for the whole holds for each part of it.
CARRIED = (
    EventType.TRIAGED, EventType.RECLASSIFIED, EventType.PRELIM_REPORTED,
    EventType.URGENT_MARKED, EventType.URGENT_REPORTED, EventType.URGENT_ENDED,
)  # fmt: skip
LATE_PART = "split"


def other_side(move: str, *, matter: UUID, by: Actor, at: datetime, values: Mapping[str, Any]) -> UUID | None:
    """The second matter that a move touches; None for every other move, or if nobody like that can be seen."""
    if move not in PAIRED:
        return None
    if move == "unmerge":
        return state_of(matter).merged_into
    return matter_id_for(by, str(values.get("other", "")), at)


def mirror(turn: Turn, draft: Draft, *, matter: UUID, when: When, by: Actor, roles: frozenset[Role]) -> None:
    """Record on the other matter what was recorded on this one, seen from its side."""
    payload: dict[str, Any] = {"other": str(matter), "move": draft.payload["move"]}
    if draft.payload.get("link"):
        payload["link"] = INVERSE[LinkKind(draft.payload["link"])].value
    turn.record(Draft(draft.type, payload), when, by, roles)
    turn.finish()


def check_pair(move: str, going: MatterState, staying: MatterState) -> None:
    """The rules between two matters."""
    if move in {"link", "merge"}:
        require_same_sight(going, staying)
    if move == "merge":
        require_address_free(going)
        require_merge(going, staying)


@transaction.atomic
def tie_visit(*, matter: UUID, first: UUID, by: Actor, at: datetime) -> None:
    """Note on both that two matters were brought in one visit; nothing is noted of what must stay apart."""
    turns, when = take_all(matter, first), When.now(at)
    if not all(goes_on(turn.state, by, at) for turn in turns.values()):
        return
    for here, there in ((matter, first), (first, matter)):
        payload = {"link": LinkKind.SAME_VISIT.value, "other": str(there)}
        turns[here].record(Draft(EventType.LINKED, payload), when, by, REGISTRARS)
        turns[here].finish()


@transaction.atomic
def split(
    *,
    matter: UUID,
    by: Actor,
    at: datetime,
    parts: Sequence[Mapping[str, Any]],
    recorded_at: datetime | None = None,
) -> list[Receipt]:
    """Make a matter of its own out of each part (`title`, `original_words`, `demand`, `kind`); the first one stays.

    The parts are as old as the whole: they keep its moment of receipt, its triage and its dates, so no clock starts
    anew. Each has a number and a code of its own, which is shown once.
    """
    turn = take(matter)
    when = When.now(recorded_at or at)
    if not may_see(turn.state, by, when.recorded_at):
        raise RuleBroken("not_found")
    broken = why_not(SPLIT, situation(turn.state, by, at, turn.counting))
    if broken is not None:
        raise broken
    require_address_free(turn.state)
    if not parts:
        raise RuleBroken("field_required", field="parts")
    receipts = [_part(turn, part, when, by) for part in parts]
    turn.finish()
    return receipts


def _part(turn: Turn, part: Mapping[str, Any], when: When, by: Actor) -> Receipt:
    whole = turn.state
    late = LATE_PART if (when.recorded_at - whole.received_at).days >= 1 else ""
    receipt = register(
        values=_values(whole, part), by=by, at=whole.received_at, recorded_at=when.recorded_at, late_reason=late
    )
    child = take(receipt.matter, turn.counting)
    _carry(whole, child, when, by)
    for side, other, kind in ((turn, receipt.matter, LinkKind.SPLIT_INTO), (child, whole.id, LinkKind.SPLIT_FROM)):
        side.record(Draft(EventType.SPLIT, {"link": kind.value, "other": str(other)}), when, by, SPLIT.roles)
    child.finish()
    return receipt


def _values(whole: MatterState, part: Mapping[str, Any]) -> dict[str, Any]:
    words = {name: part[name] for name in ("title", "original_words", "demand", "facts") if part.get(name)}
    return {
        **words,
        "kind": part.get("kind") or (whole.kind.value if whole.kind else None),
        "unit": whole.holder,
        "area": whole.area,
        "channel": whole.channel,
        "level": whole.level,
        "addressee": whole.addressee,
        "present": whole.present,
        "concerned": whole.concerned,
        "anonymous": whole.anonymous,
        "restricted": whole.restricted,
        "recused_users": sorted(whole.recused_users),
        "recused_units": sorted(whole.recused_units),
        "people": [_person(party) for party in Party.objects.filter(matter_id=whole.id).select_related("person")],
    }


def _person(party: Party) -> dict[str, Any]:
    columns = {name: party.person.opened(name) for name in ("name", "id_number", "phone", "address")}
    needs = party.person.accessibility_needs
    return {**columns, "id_type": party.person.id_type, "part": party.part, "accessibility_needs": needs}


def _carry(whole: MatterState, child: Turn, when: When, by: Actor) -> None:
    for event in Event.objects.filter(chain_id=whole.id, type__in=CARRIED).order_by("seq"):
        payload = {name: value for name, value in event.payload.items() if name not in {"texts", "move"}}
        _carried(child, Draft(event.type, {**payload, "carried": str(whole.id)}), event.occurred_at, when, by)
    own = whole.explicit
    if own is not None and child.state.explicit is None:
        payload = {"explicit_on": own.on.isoformat(), "explicit_source": own.source.value,
                   "explicit_document": own.document, "carried": str(whole.id)}  # fmt: skip
        _carried(child, Draft(EventType.EXPLICIT_DATE_SET, payload), own.set_at, when, by)


def _carried(child: Turn, draft: Draft, occurred_at: datetime, when: When, by: Actor) -> None:
    late = LATE_PART if (when.recorded_at - occurred_at).days >= 1 else ""
    child.record(draft, When(occurred_at, when.recorded_at, late), by, SPLIT.roles)


@dataclass(frozen=True)
class Handed:
    """What left the ledger with a late sealing: it exists only here, for the hand-over, and is kept nowhere."""

    content: SealedContent
    on: str = field(default="")


@transaction.atomic
def seal_late(*, matter: UUID, by: Actor, at: datetime) -> Handed:
    """Take an accusation that was found too late out of the ledger; only the petition bureau may.

    Words, people and files leave, the row is out of everybody's sight, the query code is dead. What remains is the
    chain: that something was sealed, when, and by which bureau. Raises `role_may_not` and `not_found`.
    """
    turn = take(matter)
    if not may_see(turn.state, by, at):
        raise RuleBroken("not_found")
    if Role.PETITION_BUREAU not in by.roles:
        raise RuleBroken("role_may_not", move="seal_late")
    turn.record(Draft(EventType.SEALED_LATE), When.now(at), by, frozenset({Role.PETITION_BUREAU}))
    content = seal(matter=matter, seq=turn.state.seq, at=at)
    turn.finish()
    return Handed(content, local_day(at).isoformat())
