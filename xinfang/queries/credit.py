"""How did each unit do its parts in other units' matters, and which parts stand behind a number? (B-04, promise 6)

The rule is `rules.tasks.credit`; here it is said over rows, and a test holds both together. Counted are the parts in
matters within the viewer's sight.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate

from xinfang.models import Matter, Task, Unit
from xinfang.queries.access import matters_for
from xinfang.queries.keyset import PAGE
from xinfang.rules.clocks.duties import SHANGHAI, midnight_after
from xinfang.rules.matters.codes import TaskPart
from xinfang.rules.people.seats import Actor
from xinfang.rules.tasks.credit import Credit


@dataclass(frozen=True)
class Given:
    """The days on which the parts were given, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None


@dataclass
class UnitCredit:
    """One unit's parts by how they stand; `again`: how many of them were sent back to be done once more."""

    unit: str
    name: str
    path: str
    counts: Counter[Credit] = field(default_factory=Counter)
    again: int = 0

    @property
    def total(self) -> int:
        return self.counts.total()


@dataclass(frozen=True)
class PartPage:
    """One page of parts with their matters, and whether there are more: pages go on from a row number."""

    rows: list[tuple[Task, Matter]]
    older: int = 0


def credit_by_unit(viewer: Actor, now: datetime, given: Given) -> list[UnitCredit]:
    """Every unit that was given a part, in the order of the units, never by number (H-07). Two statements."""
    found: dict[str, UnitCredit] = {}
    rows = (
        _parts(viewer, now, given)
        .values("unit", "credit")
        .annotate(n=Count("k"), again=Count("k", filter=Q(follows__gt=0)))
    )
    counted = list(rows.order_by("unit", "credit"))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={row["unit"] for row in counted})}
    for row in counted:
        unit = units.get(row["unit"])
        name, path = (unit.short_name, unit.path) if unit else (row["unit"], row["unit"])
        mine = found.setdefault(row["unit"], UnitCredit(row["unit"], name, path))
        mine.counts[Credit(row["credit"])] += row["n"]
        mine.again += row["again"]
    return sorted(found.values(), key=lambda one: (one.path, one.unit))


def parts_behind(
    viewer: Actor, now: datetime, given: Given, unit: str, credit: Credit | None, after: int = 0
) -> PartPage:
    """A page of the parts behind one number, the last given first; None for all of a unit."""
    rows = _parts(viewer, now, given).filter(unit=unit)
    if credit is not None:
        rows = rows.filter(credit=credit.value)
    found = list(rows.order_by("-assigned_at", "matter_id", "k")[after : after + PAGE + 1])
    page = found[:PAGE]
    matters = matters_for(viewer, now).in_bulk([part.matter_id for part in page])
    return PartPage([(part, matters[part.matter_id]) for part in page], after + PAGE if len(found) > PAGE else 0)


def _parts(viewer: Actor, now: datetime, given: Given) -> QuerySet[Any]:
    """The parts of co-units with their credit, in matters that the viewer sees."""
    rows = Task.objects.filter(part=TaskPart.CO.value, matter__in=matters_for(viewer, now))
    if given.first is not None:
        rows = rows.filter(assigned_at__gte=midnight_after(given.first - timedelta(days=1)))
    if given.last is not None:
        rows = rows.filter(assigned_at__lt=midnight_after(given.last))
    return rows.annotate(
        stopped_on=TruncDate(Coalesce("done_at", "returned_at", Value(now)), tzinfo=SHANGHAI, output_field=DateField()),
        credit=_credit(),
    )


def _credit() -> Case:
    """The rule over rows: a day is over when the next one has begun."""
    open_, late = Q(done_at__isnull=True, returned_at__isnull=True), Q(stopped_on__gt=F("due_on"))
    answers = (
        (Q(sent_back=True), Credit.TAKEN_OFF),
        (open_ & late, Credit.OVERDUE),
        (open_, Credit.OPEN),
        (late, Credit.LATE),
        (Q(done_at__isnull=True), Credit.TAKEN_OFF),
        (Q(due_on__isnull=True), Credit.UNDATED),
    )
    whens = [When(condition, then=Value(credit.value)) for condition, credit in answers]
    return Case(*whens, default=Value(Credit.IN_TIME.value), output_field=CharField())
