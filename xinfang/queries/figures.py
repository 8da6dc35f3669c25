"""What did the figures say as of a moment, and which matters stand behind each number? (domain 1.5, 9.5; promise 6)

Read from the standings that the events left: `recorded_at` decides what was known by then, `occurred_at` (when a matter
came in) decides the period. A matter that was merged counts through the one that lives on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from xinfang.models import BatchItem, Matter, Standing
from xinfang.queries.access import matters_for
from xinfang.rules.access.sight import AREA_WIDE
from xinfang.rules.clocks.duties import midnight_after
from xinfang.rules.figures.definitions import DEFINITIONS, OUT, Counted, Definition, Part
from xinfang.rules.figures.marks import DUTIES, NONE, ORIGIN_MARKS, Duty, Mark
from xinfang.rules.figures.ratio import percentage
from xinfang.rules.people.seats import Actor, Role

OVERDUE = reduce(or_, (duty.overdue for duty in DUTIES))
EVERY = 2**40
ITEM_ROLES = frozenset({Role.PETITION_BUREAU, Role.SUPERVISOR})


@dataclass(frozen=True)
class Period:
    """The days on which a matter came in (or a batch was assigned), both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Asked:
    """One question to the figures: as of when, for whom (None: the whole ledger), for which period."""

    as_of: datetime
    viewer: Actor | None = None
    now: datetime | None = None
    period: Period = Period()


@dataclass(frozen=True)
class Figure:
    """One answer. `value` is a percentage, the count itself where there is no denominator, None without cases."""

    definition: Definition
    numerator: int
    denominator: int | None

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def value(self) -> Decimal | int | None:
        if self.denominator is None:
            return self.numerator
        return percentage(self.numerator, self.denominator, self.definition.decimals)


def figures_as_of(
    as_of: datetime, *, viewer: Actor | None = None, now: datetime | None = None, period: Period | None = None
) -> list[Figure]:
    """Every figure as of a moment, for a viewer within his or her sight (`now`), for matters of a period."""
    asked = Asked(as_of, viewer, now, period or Period())
    matters, items = _counts_of_matters(asked), _counts_of_items(asked)
    return [
        _figure(definition, items if definition.counted is Counted.ITEMS else matters) for definition in DEFINITIONS
    ]


def _figure(definition: Definition, counts: Mapping[Mark, int]) -> Figure:
    def count(part: Part) -> int:
        return sum(n for marks, n in counts.items() if part.holds(marks))

    below = count(definition.denominator) if definition.denominator is not None else None
    return Figure(definition, count(definition.numerator), below)


def seen_matters(asked: Asked) -> QuerySet[Matter]:
    """The matters that may be counted: those in sight, or all that are not sealed."""
    if asked.viewer is None:
        return Matter.objects.filter(sealed=False)
    return matters_for(asked.viewer, asked.now or asked.as_of)


def _known(as_of: datetime) -> QuerySet[Standing]:
    """The version of every matter that held as of a moment: one row each."""
    return Standing.objects.filter(since__lte=as_of).filter(Q(until__isnull=True) | Q(until__gt=as_of))


def _in_period(period: Period, column: str) -> Q:
    came = Q()
    if period.first is not None:
        came &= Q(**{f"{column}__gte": midnight_after(period.first - timedelta(days=1))})
    if period.last is not None:
        came &= Q(**{f"{column}__lt": midnight_after(period.last)})
    return came


def _overdue(duty: Duty, as_of: datetime) -> Q:
    return Q(**{f"{duty.name}_due_at__lte": as_of})


def _flags(as_of: datetime) -> dict[str, Any]:
    return {
        f"{duty.name}_overdue": Case(
            When(_overdue(duty, as_of), then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for duty in DUTIES
    }


def _marks(row: Mapping[str, Any]) -> Mark:
    late = NONE
    for duty in DUTIES:
        if row[f"{duty.name}_overdue"]:
            late |= duty.overdue
    return Mark(row["marks"]) | late


@dataclass(frozen=True)
class Family:
    """A matter that lives on with those merged into it: it counts wherever one of them came from."""

    survivor: UUID
    marks: Mark | None


def families(asked: Asked) -> list[Family]:
    """The survivors of merges as of the moment; few, so they are put together here and not in SQL."""
    flags = _flags(asked.as_of)
    fields = ("matter_id", "merged_into", "received_at", "marks", *flags)
    gone = _known(asked.as_of).filter(merged_into__isnull=False).annotate(**flags).values(*fields)
    merged = {row["matter_id"]: row for row in gone}
    if not merged:
        return []
    absorbed: dict[UUID, list[dict[str, Any]]] = {}
    for row in merged.values():
        absorbed.setdefault(_root(row["matter_id"], merged), []).append(row)
    alive = _known(asked.as_of).filter(matter_id__in=list(absorbed), matter__in=seen_matters(asked))
    return [
        Family(row["matter_id"], _together(row, absorbed[row["matter_id"]], asked.period))
        for row in alive.annotate(**flags).values(*fields)
    ]


def _root(matter: UUID, merged: Mapping[UUID, Mapping[str, Any]]) -> UUID:
    seen = set()
    while matter in merged and matter not in seen:
        seen.add(matter)
        matter = merged[matter]["merged_into"]
    return matter


def _together(survivor: Mapping[str, Any], absorbed: Iterable[Mapping[str, Any]], period: Period) -> Mark | None:
    """The survivor's marks, with the origin of an absorbed matter where it has none itself; None outside the period."""
    members = [row for row in (survivor, *absorbed) if _came_in(row["received_at"], period)]
    if not members:
        return None
    origins = [Mark(row["marks"]) & ORIGIN_MARKS for row in members]
    return (_marks(survivor) & ~ORIGIN_MARKS) | next((found for found in origins if found), NONE)


def _came_in(moment: datetime, period: Period) -> bool:
    if period.first is not None and moment < midnight_after(period.first - timedelta(days=1)):
        return False
    return period.last is None or moment < midnight_after(period.last)


def _alone(asked: Asked, survivors: Iterable[Family]) -> Q:
    """Standings of matters that have no part in any merge, in the period."""
    together = [family.survivor for family in survivors]
    plain = _in_period(asked.period, "received_at") & Q(merged_into__isnull=True)
    return plain & ~Q(matter_id__in=together) if together else plain


def _in_sight(asked: Asked) -> QuerySet[Standing]:
    rows = _known(asked.as_of)
    if asked.viewer is None and not Matter.objects.filter(sealed=True).exists():
        return rows
    seen = seen_matters(asked).values("pk")
    if asked.viewer is not None and not asked.viewer.roles & AREA_WIDE:
        # The limit keeps the planner from asking of each of all standings whether its matter is in sight.
        seen = seen[:EVERY]
    return rows.filter(matter_id__in=seen)


def _counts_of_matters(asked: Asked) -> dict[Mark, int]:
    """How many matters carry each combination of marks: one grouped statement, a few hundred rows at most."""
    survivors, flags = families(asked), _flags(asked.as_of)
    rows = _in_sight(asked).filter(_alone(asked, survivors)).order_by()
    counts: Counter[Mark] = Counter()
    for row in rows.annotate(**flags).values("marks", *flags).annotate(n=Count("*")):
        counts[_marks(row)] += row["n"]
    counts.update(family.marks for family in survivors if family.marks is not None)
    return {marks: n for marks, n in counts.items() if not marks & OUT}


def _condition(part: Part, as_of: datetime) -> Q:
    """The condition of a definition over rows; the same as `Part.holds` over the marks of one."""
    stored = {name: getattr(part, name) for name in ("all", "any", "bar")}
    late = {name: [duty for duty in DUTIES if duty.overdue & mark] for name, mark in stored.items()}
    kept = {name: int(mark & ~OVERDUE) for name, mark in stored.items()}
    rows = Q(all_of=kept["all"]) & Q(none_of=0)
    for duty in late["all"]:
        rows &= _overdue(duty, as_of)
    for duty in late["bar"]:
        rows &= ~_overdue(duty, as_of)
    if part.any:
        some = ~Q(any_of=0)
        for duty in late["any"]:
            some |= _overdue(duty, as_of)
        rows &= some
    return rows


def _masks(part: Part) -> dict[str, Any]:
    return {
        "all_of": F("marks").bitand(int(part.all & ~OVERDUE)),
        "any_of": F("marks").bitand(int(part.any & ~OVERDUE)),
        "none_of": F("marks").bitand(int((part.bar | OUT) & ~OVERDUE)),
    }


def standings_behind(part: Part, asked: Asked) -> QuerySet[Standing]:
    """The standings that make up one number of a figure that counts matters: exactly as many as the number says."""
    survivors = families(asked)
    members = [f.survivor for f in survivors if f.marks is not None and part.holds(f.marks) and not f.marks & OUT]
    rows = _in_sight(asked).annotate(**_masks(part))
    alone = _alone(asked, survivors) & _condition(part, asked.as_of)
    return rows.filter(alone | Q(matter_id__in=members) if members else alone)


def _items(asked: Asked) -> QuerySet[BatchItem]:
    """Every item of every batch that stood as of the moment, in the period of its assignment."""
    rows = BatchItem.objects.filter(batch__entered_at__lte=asked.as_of)
    rows = rows.filter(Q(batch__revoked_at__isnull=True) | Q(batch__revoked_at__gt=asked.as_of))
    if asked.period.first is not None:
        rows = rows.filter(batch__assigned_on__gte=asked.period.first)
    if asked.period.last is not None:
        rows = rows.filter(batch__assigned_on__lte=asked.period.last)
    return rows


def marks_of_items(asked: Asked) -> dict[int, Mark]:
    """The marks of every item in sight: those of its matter, or of the one that lives on; none while it has none.

    Rows without a matter that may be seen (blocked, suspected, diverted) are for bureau and supervisors alone.
    """
    items = list(_items(asked).values_list("pk", "matter_id", "matter_since", "matter__sealed"))
    ours = _items(asked).filter(matter__isnull=False).values("matter_id")
    in_sight = set(seen_matters(asked).filter(pk__in=ours).values_list("pk", flat=True)) if items else set()
    standing = _standings_of(in_sight, asked.as_of)
    merged = {matter: row for matter, row in standing.items() if row["merged_into"]}
    without = asked.viewer is None or bool(asked.viewer.roles & ITEM_ROLES)
    marks: dict[int, Mark] = {}
    for item, matter, since, sealed in items:
        if matter in in_sight and since is not None and since <= asked.as_of:
            row = standing.get(_root(matter, merged))
            marks[item] = _marks(row) if row is not None else NONE
        elif matter in in_sight or (without and (matter is None or sealed)):
            marks[item] = NONE
    return marks


def _standings_of(matters: set[UUID], as_of: datetime) -> dict[UUID, dict[str, Any]]:
    """The standings of these matters and of those into which they were merged."""
    flags = _flags(as_of)
    known = _known(as_of).annotate(**flags).values("matter_id", "merged_into", "marks", *flags)
    found: dict[UUID, dict[str, Any]] = {}
    while matters:
        rows = {row["matter_id"]: row for row in known.filter(matter_id__in=matters)}
        found |= rows
        matters = {row["merged_into"] for row in rows.values() if row["merged_into"]} - found.keys()
    return found


def _counts_of_items(asked: Asked) -> dict[Mark, int]:
    return dict(Counter(marks_of_items(asked).values()))
