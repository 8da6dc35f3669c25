"""What does the supervision office watch: every open matter's five clocks, what is overdue, what lies in the inbox?

Source: 13710 and the duties of 督查考核办 (E-1, E-2). Breaches of the house's clocks and of the law's limits are two
lists and are never added (C-R7).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xinfang.models import Deadline, Matter
from xinfang.queries.access import matters_for
from xinfang.queries.keyset import Key, Page, soonest_first
from xinfang.queries.matters import Filters, Line, lines, narrowed, overdue_deadlines
from xinfang.rules.matters.codes import HOUSE_CLOCKS, ClockCode
from xinfang.rules.people.seats import Actor
from xinfang.rules.tasks.waiting import ABOUT_PLAN, ABOUT_REPORT

DATED = (ClockCode.C1, ClockCode.C3, ClockCode.C7, ClockCode.CM, ClockCode.CMF, ClockCode.CP)
OWN_DATES = (ClockCode.EXPLICIT, ClockCode.TASK, ClockCode.OWN_LIMIT, ClockCode.CALL, ClockCode.RULING,
             ClockCode.RESTUDY)  # fmt: skip
LAW = (
    ClockCode.URG, ClockCode.REG15, ClockCode.TELL15, ClockCode.TELL15T, ClockCode.DO60, ClockCode.EXT30,
    ClockCode.SHADOW60, ClockCode.LIMIT, ClockCode.TELL_RIGHT,
)  # fmt: skip
WATCHED = tuple(sorted({*HOUSE_CLOCKS, *OWN_DATES, *LAW}))


@dataclass(frozen=True)
class BoardLine:
    """One matter with every clock that the board counts."""

    line: Line
    clocks: tuple[Deadline, ...]


def watched(actor: Actor, now: datetime) -> QuerySet[Matter]:
    """Every open matter in sight."""
    return matters_for(actor, now).filter(is_open=True)


def board(
    actor: Actor,
    now: datetime,
    filters: Filters,
    overdue: str = "",
    *,
    after: Key | None = None,
    before: Key | None = None,
) -> Page[BoardLine]:
    """One page of the board, the soonest date first; `overdue` narrows it to one clock that is past its date."""
    rows = narrowed(watched(actor, now), filters)
    if overdue:
        rows = rows.filter(Exists(overdue_deadlines(now).filter(matter=OuterRef("pk"), code=overdue)))
    return soonest_first(rows, after=after, before=before).map(_with_clocks)


def _with_clocks(rows: list[Matter]) -> list[BoardLine]:
    clocks = _clocks_of(row.pk for row in rows)
    return [BoardLine(line, tuple(clocks.get(line.matter.pk, ()))) for line in lines(rows)]


def _clocks_of(ids: Iterable[UUID]) -> dict[UUID, list[Deadline]]:
    found: dict[UUID, list[Deadline]] = {}
    for row in Deadline.objects.filter(matter_id__in=list(ids), code__in=WATCHED).order_by("code", "k"):
        found.setdefault(row.matter_id, []).append(row)
    return found


def overdue_by_clock(actor: Actor, now: datetime) -> dict[str, int]:
    """How many matters are overdue under each clock. One statement."""
    rows = overdue_deadlines(now).filter(matter__in=watched(actor, now))
    counted = rows.values("code").annotate(n=Count("matter_id", distinct=True)).order_by("code")
    return dict(counted.values_list("code", "n"))


def inbox(
    actor: Actor, now: datetime, about: str, *, after: Key | None = None, before: Key | None = None
) -> Page[Line]:
    """Matters with an unread report, or with a plan that waits, the soonest date first."""
    rows = watched(actor, now).filter(Q(waits_on__contains=[about]))
    return soonest_first(rows, after=after, before=before).map(lines)


def inbox_counts(actor: Actor, now: datetime) -> dict[str, int]:
    """How much lies in each inbox; not counted further than a hundred."""
    rows = watched(actor, now)
    return {about: rows.filter(waits_on__contains=[about])[:100].count() for about in (ABOUT_REPORT, ABOUT_PLAN)}
