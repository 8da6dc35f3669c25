"""How was it ruled before whose matters of this kind are? Shown where the next one is assigned (article 24)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from xinfang.models import Precedent
from xinfang.queries.units import unit_names
from xinfang.rules.matters.codes import RuledBy, TaskPart
from xinfang.rules.matters.state import MatterState

SHOWN = 3


@dataclass(frozen=True)
class Ruled:
    """One ruling: `unit` does it ("" if only `objector` was let off), since when, decided by whom, on which paper."""

    decided_at: datetime
    unit: str
    unit_name: str
    objector: str
    part: TaskPart
    ruled_by: RuledBy
    document: str


def precedents_for(state: MatterState) -> list[Ruled]:
    """The newest rulings on the same line of the catalogue, else on the same class of content; two statements."""
    if not (state.item or state.category):
        return []
    same = Q(item=state.item) if state.item else Q(category=state.category)
    rows = Precedent.objects.filter(same).exclude(matter_id=state.id).order_by("-decided_at")[:SHOWN]
    return _named(rows)


def _named(rows: Iterable[Precedent]) -> list[Ruled]:
    found = list(rows)
    names = unit_names(code for row in found for code in (row.unit, row.objector)) if found else {}
    return [
        Ruled(
            row.decided_at,
            row.unit,
            names.get(row.unit, row.unit),
            names.get(row.objector, row.objector),
            TaskPart(row.part),
            RuledBy(row.ruled_by),
            row.document,
        )
        for row in found
    ]
