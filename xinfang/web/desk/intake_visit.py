"""The same visitor has one more matter: who came is filled in again, what they told before is not."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xinfang.queries.dossier import Dossier, dossier_for
from xinfang.rules.access.sight import may_open_identity
from xinfang.rules.intake.window import goes_on
from xinfang.rules.matters.numbers import read_number
from xinfang.services.looks import open_identity
from xinfang.web.parts.requests import StaffRequest

OTHERS = 4


@dataclass(frozen=True)
class Visit:
    """An earlier matter of the same visit."""

    number: str
    matter: UUID
    dossier: Dossier


def visit_of(request: StaffRequest, text: str) -> Visit | None:
    """The matter that this visit began with, if this very person registered it within these hours."""
    number = read_number(text) if text else None
    dossier = dossier_for(request.actor, number, request.now) if number else None
    if dossier is None or number is None or not goes_on(dossier.state, request.actor, request.now):
        return None
    return Visit(number, dossier.matter.pk, dossier)


def filled(request: StaffRequest, visit: Visit) -> dict[str, Any]:
    """Who came, for the form. Opening what was sealed is noted like any other look."""
    if not may_open_identity(visit.dossier.state, request.actor, request.now):
        return {}
    reason = _("同一次来访再登记一件")
    open_identity(matter=visit.matter, by=request.actor, reason=reason, at=request.now)
    state, others = visit.dossier.state, 0
    initial: dict[str, Any] = {}
    for party in visit.dossier.parties:
        prefix = {"petitioner": "", "agent": "agent_"}.get(party.part, "")
        if party.part == "representative":
            others += 1
            prefix = f"other{others}_"
        initial |= _of(party.person, prefix)
    counts = {"present": state.present, "concerned": state.concerned}
    return initial | {name: value for name, value in counts.items() if value > 1} | {"channel": state.channel.value}


def _of(person: Any, prefix: str) -> dict[str, Any]:
    given = {f"{prefix}{name}": person.opened(name) for name in ("name", "phone", "id_number", "address")}
    if not prefix:
        given |= {"needs": list(person.accessibility_needs), "id_type": person.id_type or None}
    return {name: value for name, value in given.items() if value}
