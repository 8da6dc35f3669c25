"""Look over the ledger and say what asks to be looked at: signals of published rules, each with its evidence (B13).

Raising one changes nothing in any matter. A signal that is no longer so passes by itself; what a person decided stays
quiet for a while. Run by the worker alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xinfang.models import Notice, RiskSignal
from xinfang.queries.people import posts_held
from xinfang.queries.risk_facts import (
    TOWN,
    VILLAGE,
    OpenMatter,
    asking_matters,
    backlogs,
    baseline_days,
    cells,
    paths_of,
)
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.people.seats import Role, within
from xinfang.rules.risk.codes import DECIDED, RAISED, SUBJECTS, RiskLevel, RiskRule, SignalState
from xinfang.rules.risk.growth import grown
from xinfang.rules.risk.places import RECENT_DAYS
from xinfang.rules.risk.signals import Decision, of_backlog, of_matter, stays_quiet

TOLD = frozenset({Role.PETITION_BUREAU, Role.CENTRE_DIRECTOR})
_GROWTH = {RiskRule.GROWTH_TOWN: TOWN, RiskRule.GROWTH_VILLAGE: VILLAGE}


@dataclass(frozen=True)
class Seen:
    """One thing that meets a rule now."""

    rule: RiskRule
    key: str
    path: str
    level: RiskLevel
    figures: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[UUID, ...] = ()


@transaction.atomic
def watch(*, at: datetime) -> int:
    """Look once over everything; returns how many signals are new."""
    seen = {(one.rule.value, one.key): one for one in (*_matters(at), *_places(at), *_units(at))}
    open_now = {(s.rule, s.key): s for s in RiskSignal.objects.select_for_update().filter(state=SignalState.OPEN.value)}
    for name, signal in open_now.items():
        _renew(signal, seen.get(name), at)
    quiet = _decisions(set(seen) - set(open_now))
    fresh = [one for name, one in seen.items() if name not in open_now]
    fresh = [one for one in fresh if not stays_quiet(quiet.get((one.rule.value, one.key)), one.level, at)]
    rows = RiskSignal.objects.bulk_create([_row(one, at) for one in fresh])
    _tell([row for row in rows if row.level == RiskLevel.RED.value], at)
    return len(rows)


def _matters(at: datetime) -> Iterator[Seen]:
    for matter in asking_matters(at):
        for rule, level in of_matter(matter.facts).items():
            yield Seen(rule, str(matter.id), matter.path, level, _figures(rule, matter), (matter.id,))


def _figures(rule: RiskRule, matter: OpenMatter) -> dict[str, Any]:
    facts = matter.facts
    return {
        RiskRule.GROUP: {"present": facts.present, "concerned": facts.concerned},
        RiskRule.MONEY: {"amount": facts.amount},
        RiskRule.AGAIN: {"contacts": facts.contacts},
        RiskRule.DANGER_WORDS: {},
    }[rule]


def _places(at: datetime) -> Iterator[Seen]:
    days = baseline_days(at)
    for rule, digits in _GROWTH.items():
        counted, which = cells(at, digits, days)
        found = grown(counted, days)
        paths = paths_of(place for place, _category in found)
        for (place, category), growth in found.items():
            if place not in paths:
                continue
            figures = {
                "place": place,
                "category": category,
                "recent": growth.cell.recent,
                "recent_days": RECENT_DAYS,
                "before": growth.cell.before,
                "before_days": days,
                "usual": round(growth.cell.usual_a_week(days), 2),
                "p": growth.p,
                "q": growth.q,
            }
            evidence = tuple(which[place, category])
            yield Seen(rule, f"{place}|{category}", paths[place], growth.level, figures, evidence)


def _units(at: datetime) -> Iterator[Seen]:
    for one in backlogs(at):
        level = of_backlog(one.overdue, one.at_work)
        if level is not None:
            figures = {"overdue": one.overdue, "at_work": one.at_work}
            yield Seen(RiskRule.BACKLOG, one.unit, one.path, level, figures, one.matters)


def _renew(signal: RiskSignal, seen: Seen | None, at: datetime) -> None:
    """What is still so keeps its place with new figures; what is not passes."""
    if seen is None:
        RiskSignal.objects.filter(pk=signal.pk).update(state=SignalState.PASSED.value, looked_at=at)
        return
    graver = seen.level is RiskLevel.RED and signal.level == RiskLevel.YELLOW.value
    signal.level, signal.figures, signal.evidence = seen.level.value, seen.figures, list(seen.evidence)
    signal.path, signal.looked_at = seen.path, at
    signal.save(update_fields=["level", "figures", "evidence", "path", "looked_at"])
    if graver:
        _tell([signal], at)


def _decisions(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Decision]:
    """What was decided last about each of these. One statement."""
    wanted = set(names)
    rows = RiskSignal.objects.filter(
        rule__in={rule for rule, _key in wanted},
        key__in={key for _rule, key in wanted},
        state__in=[state.value for state in DECIDED],
        decided_at__isnull=False,
    ).order_by("decided_at")
    return {
        (row.rule, row.key): Decision(SignalState(row.state), RiskLevel(row.level), row.decided_at)
        for row in rows
        if row.decided_at is not None
    }


def _row(seen: Seen, at: datetime) -> RiskSignal:
    return RiskSignal(
        rule=seen.rule.value,
        subject=SUBJECTS[seen.rule].value,
        key=seen.key,
        path=seen.path,
        level=seen.level.value,
        figures=seen.figures,
        evidence=list(seen.evidence),
        raised_at=at,
        looked_at=at,
    )


def _tell(signals: list[RiskSignal], at: datetime) -> None:
    """Tell the director of the place and the bureau of what is red: once for each signal, and nobody else."""
    if not signals:
        return
    posts = posts_held(local_day(at), TOLD)
    for signal in signals:
        near = sorted({post.user for post in posts if within(signal.path, post.scope)})
        rows = [
            Notice(
                user_id=user,
                code=RAISED,
                facts={"number": "", "clock": "", "signal": signal.pk},
                effect_key=f"{RAISED}:{signal.pk}:{user}",
                at=at,
            )
            for user in near
        ]
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        RiskSignal.objects.filter(pk=signal.pk).update(told=len(near))
