"""What do the rules of the risk board look at? Counts of open matters, places and backlogs (B-07).

Sealed and restricted matters, those from which somebody is kept away, and those that were imported with their old
answers are not looked at: neither a signal nor a number may tell anybody of what they may not see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Left, Length

from xinfang.models import Contact, Matter, Unit
from xinfang.queries.matters import overdue_deadlines
from xinfang.rules.people.seats import UnitKind
from xinfang.rules.risk.places import BASELINE_DAYS, RECENT_DAYS, Cell, Place
from xinfang.rules.risk.signals import AGAIN_DAYS, AGAIN_YELLOW, CONCERNED_RED, GROUP_YELLOW, MONEY_YELLOW, MatterFacts

TOWN, VILLAGE = 9, 12
EVIDENCE_MOST = 200


@dataclass(frozen=True)
class OpenMatter:
    """One open matter with what the rules ask of it."""

    id: UUID
    path: str
    facts: MatterFacts


@dataclass(frozen=True)
class Backlog:
    """What a unit has at work, and how much of it is past its day."""

    unit: str
    path: str
    overdue: int
    at_work: int
    matters: tuple[UUID, ...]


def looked_at() -> QuerySet[Matter]:
    """Every matter that the board may speak of; where somebody is kept away, not even a number tells of it (RC-4)."""
    rows = Matter.objects.filter(sealed=False, restricted=False, imported=False, merged_into__isnull=True)
    return rows.filter(recused_users=[], recused_units=[])


def asking_matters(now: datetime) -> list[OpenMatter]:
    """The open matters that meet a rule of their own, with their facts. One statement."""
    since = now - timedelta(days=AGAIN_DAYS)
    own = Contact.objects.filter(matter=OuterRef("pk"), received_at__gt=since, seq__gt=1).order_by()
    rows = looked_at().filter(is_open=True, closed_at__isnull=True)
    rows = rows.annotate(came=Count("contacts", filter=Q(contacts__received_at__gt=since)))
    asks = Q(present__gte=GROUP_YELLOW) | Q(concerned__gte=CONCERNED_RED) | Q(amount__gte=MONEY_YELLOW)
    rows = rows.filter(asks | Q(danger_at__isnull=False) | Exists(own)).filter(
        asks | Q(danger_at__isnull=False) | Q(came__gte=AGAIN_YELLOW)
    )
    return [
        OpenMatter(
            row.pk,
            row.unit_path,
            MatterFacts(row.present, row.concerned, row.amount, row.came, row.danger_at is not None),
        )
        for row in rows.order_by("pk")
    ]


def baseline_days(now: datetime) -> int:
    """How many days of the year before the recent days the ledger has."""
    first: datetime | None = Matter.objects.filter(imported=False).aggregate(first=Min("received_at"))["first"]
    if first is None:
        return 0
    return max(0, min(BASELINE_DAYS, (now - timedelta(days=RECENT_DAYS) - first).days))


def cells(now: datetime, digits: int, days: int) -> tuple[dict[Place, Cell], dict[Place, list[UUID]]]:
    """How many matters of each class came from each place, lately and before; and the late ones. One statement."""
    recent = now - timedelta(days=RECENT_DAYS)
    rows = (
        looked_at()
        .filter(received_at__gt=recent - timedelta(days=days), received_at__lte=now)
        .exclude(category="")
        .annotate(place=Left("area", digits), length=Length("area"))
        .filter(length__gte=digits)
        .values("place", "category")
        .annotate(
            lately=Count("pk", filter=Q(received_at__gt=recent)),
            before=Count("pk", filter=Q(received_at__lte=recent)),
            which=ArrayAgg("pk", filter=Q(received_at__gt=recent), default=[]),
        )
        .order_by("place", "category")
    )
    counted, which = {}, {}
    for row in rows:
        key = (row["place"], row["category"])
        counted[key] = Cell(row["lately"], row["before"])
        which[key] = sorted(row["which"])[:EVIDENCE_MOST]
    return counted, which


def backlogs(now: datetime) -> list[Backlog]:
    """What every unit has at work and what of it is overdue. Two statements."""
    late = Exists(overdue_deadlines(now).filter(matter=OuterRef("pk")))
    rows = (
        looked_at()
        .filter(is_open=True, closed_at__isnull=True)
        .annotate(is_late=late)
        .values("holder")
        .annotate(
            overdue=Count("pk", filter=Q(is_late=True)),
            at_work=Count("pk"),
            which=ArrayAgg("pk", filter=Q(is_late=True), default=[]),
        )
        .filter(overdue__gt=0)
        .order_by("holder")
    )
    counted = list(rows)
    paths = dict(Unit.objects.filter(code__in=[row["holder"] for row in counted]).values_list("code", "path"))
    return [
        Backlog(r["holder"], paths[r["holder"]], r["overdue"], r["at_work"], tuple(sorted(r["which"])[:EVIDENCE_MOST]))
        for r in counted
        if r["holder"] in paths
    ]


def paths_of(places: Iterable[str]) -> dict[str, str]:
    """The dotted path of the centre or station of each area. One statement."""
    kinds = [UnitKind.CENTRE.value, UnitKind.STATION.value]
    rows = Unit.objects.filter(area__in=set(places), kind__in=kinds).order_by(F("path").desc())
    return {row.area_id: row.path for row in rows}
