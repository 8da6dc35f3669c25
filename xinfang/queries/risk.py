"""What stands on the risk board for this member of staff, and how often was each rule right? (B13)"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left

from xinfang.models import Area, Matter, RiskSignal
from xinfang.queries.access import below, matters_for
from xinfang.queries.risk_facts import TOWN, looked_at
from xinfang.rules.people.seats import Actor, Role, Seat
from xinfang.rules.risk.codes import DECIDED, RiskRule, SignalState, Subject

VIEWERS = frozenset({Role.PETITION_BUREAU, Role.SUPERVISOR, Role.CENTRE_DIRECTOR, Role.LEADER})
DECIDERS = frozenset({Role.PETITION_BUREAU, Role.SUPERVISOR, Role.CENTRE_DIRECTOR})
PRECISION_DAYS, GRID_DAYS, MOST = 90, 30, 200


@dataclass(frozen=True)
class Precision:
    """How often a rule was right of those that people decided in the last 90 days."""

    rule: RiskRule
    right: int
    decided: int


def _near(actor: Actor, column: str) -> Q:
    near = Q(pk__in=[])
    for seat in actor.seats:
        if seat.role in VIEWERS:
            near |= below(column, _scope(seat))
    return near


def _scope(seat: Seat) -> str:
    return seat.scope or seat.path


def signals_near(actor: Actor) -> QuerySet[RiskSignal]:
    """Every signal in the scope of this member of staff."""
    return RiskSignal.objects.filter(_near(actor, "path"))


def signal_for(actor: Actor, pk: int) -> RiskSignal | None:
    """One signal, if it is in scope."""
    return signals_near(actor).filter(pk=pk).first()


def open_signals(actor: Actor, subject: Subject | None = None) -> list[RiskSignal]:
    """What is open, red before yellow, the oldest first: who waits longest comes first."""
    rows = signals_near(actor).filter(state=SignalState.OPEN.value)
    if subject is not None:
        rows = rows.filter(subject=subject.value)
    return list(rows.order_by("level", "raised_at", "pk")[:MOST])


def counts(actor: Actor, now: datetime) -> Counter[str]:
    """How many are red and yellow now, and how many were handled in the last 30 days. Two statements."""
    near = signals_near(actor)
    found = Counter(dict(near.filter(state=SignalState.OPEN.value).values_list("level").annotate(n=Count("pk"))))
    since = now - timedelta(days=GRID_DAYS)
    found["handled"] = near.filter(state=SignalState.HANDLED.value, decided_at__gt=since).count()
    return found


def evidence_of(actor: Actor, signal: RiskSignal, now: datetime) -> list[Matter]:
    """The matters behind a signal that this member of staff may open."""
    return list(matters_for(actor, now).filter(pk__in=signal.evidence).order_by("-received_at", "pk"))


def precision(now: datetime) -> list[Precision]:
    """Every rule with how often it was right lately. One statement."""
    rows = RiskSignal.objects.filter(
        state__in=[state.value for state in DECIDED], decided_at__gt=now - timedelta(days=PRECISION_DAYS)
    )
    counted = Counter(
        {(row["rule"], row["state"]): row["n"] for row in rows.values("rule", "state").annotate(n=Count("pk"))}
    )
    return [
        Precision(
            rule,
            counted[rule.value, SignalState.HANDLED.value],
            sum(counted[rule.value, state.value] for state in DECIDED),
        )
        for rule in RiskRule
    ]


def grid(actor: Actor, now: datetime) -> dict[tuple[str, str], int]:
    """How many matters of each class came from each town in the last 30 days. One statement."""
    rows = looked_at().filter(_near(actor, "origin_path"), received_at__gt=now - timedelta(days=GRID_DAYS))
    counted = rows.exclude(category="").values("category", place=Left("area", TOWN)).annotate(n=Count("pk"))
    return {(row["category"], row["place"]): row["n"] for row in counted.order_by("category", "place")}


def area_names(codes: set[str]) -> dict[str, str]:
    """Names of places by code. One statement."""
    return dict(Area.objects.filter(code__in=codes).values_list("code", "name"))


def numbers_of(actor: Actor, now: datetime, matters: set[UUID]) -> dict[UUID, str]:
    """The public numbers of those of these matters that may be opened. One statement."""
    return dict(matters_for(actor, now).filter(pk__in=matters).values_list("pk", "number"))
