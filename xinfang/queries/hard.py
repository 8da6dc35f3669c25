"""Which hard matters are there, who is in charge of each, and how far is its plan? (疑难台账; C-M, C-MF, S17)"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from xinfang.models import Deadline, Matter
from xinfang.queries.access import matters_for
from xinfang.queries.keyset import Key, Page, soonest_first
from xinfang.queries.matters import Line, lines
from xinfang.queries.people import user_names
from xinfang.rules.matters.codes import ClockCode, Nature
from xinfang.rules.people.seats import Actor
from xinfang.rules.tasks.waiting import ABOUT_PLAN

_CODES = (ClockCode.CM, ClockCode.CMF, ClockCode.CP, ClockCode.RESTUDY)


@dataclass(frozen=True)
class HardLine:
    """One hard matter: its line, the leader in charge, and its clocks of plan, months and years.

    `reported` and `missed`: how many of the plan's months were reported in time or late, and how many were missed or
    late. `steps` and `done`: of the plan. `next_month`, `restudy`: the clocks that run.
    """

    line: Line
    leader: str
    plan_waits: bool
    steps: int = 0
    done: int = 0
    reported: int = 0
    missed: int = 0
    next_month: Deadline | None = None
    next_step: Deadline | None = None
    month_one: Deadline | None = None
    restudy: Deadline | None = None


@dataclass
class _Clocks:
    of: dict[ClockCode, list[Deadline]] = field(default_factory=dict)

    def running(self, code: ClockCode) -> Deadline | None:
        waiting = (row for row in self.of.get(code, ()) if row.met_at is None and row.ended_at is None and row.due_at)
        return min(waiting, key=lambda row: (row.due_on, row.k), default=None)


def hard_matters(actor: Actor, now: datetime, *, without_leader: bool = False) -> QuerySet[Matter]:
    """The open hard matters in sight."""
    hard = Q(nature__in=[Nature.COMPLEX.value, Nature.MAJOR.value]) | Q(solvable=False)
    rows = matters_for(actor, now).filter(hard, is_open=True)
    return rows.filter(in_charge__isnull=True) if without_leader else rows


def hard_lines(
    actor: Actor, now: datetime, *, without_leader: bool = False, after: Key | None = None, before: Key | None = None
) -> Page[HardLine]:
    """One page of the register, the soonest date first."""
    rows = hard_matters(actor, now, without_leader=without_leader)
    return soonest_first(rows, after=after, before=before).map(lambda page: _lines(page, now))


def _lines(rows: list[Matter], now: datetime) -> list[HardLine]:
    clocks = _clocks_of(row.pk for row in rows)
    names = user_names(row.in_charge for row in rows if row.in_charge)
    return [_line(line, clocks.get(line.matter.pk, _Clocks()), names, now) for line in lines(rows)]


def _clocks_of(ids: Iterable[UUID]) -> dict[UUID, _Clocks]:
    found: dict[UUID, _Clocks] = {}
    rows = Deadline.objects.filter(matter_id__in=list(ids), code__in=[code.value for code in _CODES])
    for row in rows.order_by("code", "k"):
        found.setdefault(row.matter_id, _Clocks()).of.setdefault(ClockCode(row.code), []).append(row)
    return found


def _line(line: Line, clocks: _Clocks, names: dict[int, str], now: datetime) -> HardLine:
    months, steps = clocks.of.get(ClockCode.CMF, []), clocks.of.get(ClockCode.CP, [])
    return HardLine(
        line,
        names.get(line.matter.in_charge, "") if line.matter.in_charge else "",
        ABOUT_PLAN in line.matter.waits_on,
        steps=len(steps),
        done=sum(step.met_at is not None for step in steps),
        reported=sum(month.met_at is not None for month in months),
        missed=sum(_is_late(month, now) for month in months),
        next_month=clocks.running(ClockCode.CMF),
        next_step=clocks.running(ClockCode.CP),
        month_one=clocks.running(ClockCode.CM),
        restudy=clocks.running(ClockCode.RESTUDY),
    )


def _is_late(row: Deadline, now: datetime) -> bool:
    stopped = row.met_at or row.ended_at or now
    return row.due_at is not None and stopped >= row.due_at
