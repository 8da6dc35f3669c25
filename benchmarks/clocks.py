"""How fast clocks are counted, counted again after a calendar has changed, and watched among a million others."""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import cycle
from math import ceil

from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from benchmarks.visitors import Clerk, ask, line, signed_in, timed, written
from xinfang.models import CalendarYear, Deadline, Event, Matter
from xinfang.queries.clocks import counting
from xinfang.rules.clocks.calendar import ONE_DAY
from xinfang.rules.clocks.due import Count, due
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.year_notices import YearNotice
from xinfang.rules.people.seats import SYSTEM
from xinfang.services import clocks
from xinfang.services.house import publish_calendar_year
from xinfang.services.turns import state_of

PERIODS = {"60 calendar days": (Count.CAL_D, 60), "1 month": (Count.CAL_M, 1), "15 working days": (Count.WD, 15)}


def pure_rules() -> None:
    """Due dates by the pure function, and all clocks of a matter, on one core."""
    count = counting()
    days = [date(2025, 1, 1) + n * ONE_DAY for n in range(500)] * 20
    for name, (unit, n) in PERIODS.items():
        [took] = timed(1, lambda unit=unit, n=n: [due(unit, n, day, count.calendar) for day in days])
        line(f"due dates, {name}", f"{len(days) / took:,.0f}/s")
    states = [state_of(matter) for matter in Matter.objects.order_by("pk").values_list("pk", flat=True)[:500]]
    [took] = timed(1, lambda: [clocks_of(state, count) for state in states])
    clocks_each = sum(len(clocks_of(state, count)) for state in states) / len(states)
    line("all clocks of a matter", f"{len(states) / took:,.0f} matters/s, {clocks_each:.1f} clocks each")


# The worker with this one job: the watcher would begin with all that is due in a district nobody ever looked at.
RECOUNTER = """
import django; django.setup()
from xinfang.jobs import recounting
from xinfang.jobs.worker import Job, Worker
Worker([Job("recounting", 1, recounting.run)]).run()
"""


class Desk:
    """Somebody who opens a list and a matter and registers another, by turns, and how long each of it took."""

    def __init__(self, port: int, number: str) -> None:
        clerk = Clerk(port)

        def opening(who: str, address: str) -> Callable[[], object]:
            cookies = written(signed_in(port, who))
            return lambda: ask(port, "GET", address, cookies=cookies)

        self.does: dict[str, Callable[[], object]] = {
            "queue page": opening("director", "/desk/queue/unit/"),
            "matter page": opening("bureau", f"/desk/m/{number}/"),
            "registration": clerk.register,
        }

    def work(self, enough: Callable[[int], bool]) -> dict[str, list[float]]:
        """Do each in turn until it is enough; seconds by what was done, sorted."""
        took: dict[str, list[float]] = {name: [] for name in self.does}
        for done, (name, act) in enumerate(cycle(self.does.items())):
            if done >= 3 and enough(done):
                break
            took[name] += timed(1, act)
        return {name: sorted(seconds) for name, seconds in took.items()}


def recounting(chosen: argparse.Namespace, number: str, now: datetime) -> None:
    """The notice of a year is corrected; what that may move is counted again while a desk goes on working."""
    desk = Desk(chosen.port, number)
    before = desk.work(lambda done: done >= 120)
    [took] = timed(1, lambda: correct_notice(now))
    waiting = Deadline.objects.filter(stale=True)
    every = waiting.values("matter_id").distinct().count()
    line("calendar notice corrected", f"{every} matters marked in {took:.1f} s")
    child = subprocess.Popen([sys.executable, "-c", RECOUNTER])
    began = time.perf_counter()
    during = desk.work(lambda _done: not waiting.exists() or time.perf_counter() - began > chosen.recount_seconds)
    took = time.perf_counter() - began
    counted = every - waiting.values("matter_id").distinct().count()
    child.terminate()
    child.wait(30)
    moved = Event.objects.filter(type="recomputed").values("chain_id").distinct().count()
    rate = counted / took
    rest = "" if counted == every else f"; all of them would take {every / rate:.0f} s"
    line(
        "recount in the background", f"{counted} of {every} matters in {took:.0f} s, {rate:.0f}/s, {moved} moved{rest}"
    )
    for name, seconds in during.items():
        line(f"  {name} meanwhile", f"{said(seconds)}; before {said(before[name])}; {ratio(seconds, before[name])}")


def correct_notice(now: datetime) -> None:
    """The newest year is published again with two working days off that it had not named, among the coming weeks."""
    year = CalendarYear.objects.order_by("-year")[0]
    calendar = counting().calendar
    first = max(date(year.year, 1, 1), now.date())
    fresh = [day for n in range(5, 40) if calendar.is_working(day := first + n * ONE_DAY)][:2]
    off = sorted({*(date.fromisoformat(day) for day in year.document["off"]), *fresh})
    makeup = tuple(date.fromisoformat(day) for day in year.document["makeup"])
    notice = YearNotice(year.year, year.notice, tuple(day for day in off if day.year == year.year), makeup)
    publish_calendar_year(notice=notice, by=SYSTEM, at=now)


def said(seconds: list[float]) -> str:
    """Median and 95th percentile of sorted seconds, in words."""
    return f"median {statistics.median(seconds) * 1000:.0f} ms, p95 {seconds[int(len(seconds) * 0.95)] * 1000:.0f} ms"


def ratio(later: list[float], earlier: list[float]) -> str:
    return f"x {statistics.median(later) / statistics.median(earlier):.2f}"


def sweeping_many(chosen: argparse.Namespace, now: datetime) -> None:
    """The watcher's query and its sweep while the index of looks holds a million rows."""
    leave_due(500, now)
    [took] = timed(1, lambda: fill(chosen.deadlines, now))
    looks = Deadline.objects.filter(look_at__isnull=False)
    line("deadlines to look at", f"{looks.count()}, filled up in {took:.0f} s")
    print(clocks.due(now, 500).explain(analyze=True, buffers=True), flush=True)
    for name in ("500 due", "nothing due"):
        with CaptureQueriesContext(connection) as caught:
            began = time.perf_counter()
            handled = clocks.sweep(now, 500)
            took = time.perf_counter() - began
        line(f"sweep of them, {name}", f"{handled} matters in {took * 1000:.1f} ms, {len(caught)} SQL")


def leave_due(most: int, now: datetime) -> None:
    """So many matters stay due, longest waiting first; the others of the backlog are looked at next month."""
    waiting = Deadline.objects.filter(look_at__lte=now).order_by("look_at").values_list("matter_id", flat=True)
    kept = list(dict.fromkeys(waiting))[:most]
    Deadline.objects.filter(look_at__lte=now).exclude(matter_id__in=kept).update(look_at=now + timedelta(days=30))


def fill(most: int, now: datetime) -> None:
    """Deadlines under keys of their own, hung on matters that are not due.

    The table and its indexes get their real size in a minute; true ones would need a hundred thousand matters more.
    What is measured does not care what a row is about: the sweep only ever reads the rows that are due, and no matter
    that is looked at has any of these.
    """
    idle = Matter.objects.exclude(Exists(Deadline.objects.filter(matter_id=OuterRef("pk"), look_at__lte=now)))
    missing = most - Deadline.objects.filter(look_at__isnull=False).count()
    each = ceil(max(missing, 0) / max(idle.count(), 1))
    chosen, parameters = idle.values("pk", "unit_path", "received_at").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO xinfang_deadline (matter_id, key, code, k, unit, unit_path, trigger_at, due_at, provisional,"  # noqa: S608  -- the inner query is Django's
            " why_not, rule, paused, stale, level, look_at) SELECT m.id, 'BENCH#' || n, 'BENCH', n, '', unit_path,"
            " received_at, %s + interval '90 days', false, '', '', false, false, 0, %s + random() * interval '60 days'"
            f" FROM ({chosen}) m(id, unit_path, received_at), generate_series(1, {each}) n LIMIT {max(missing, 0)}",
            [now, now, *parameters],
        )
        cursor.execute("VACUUM ANALYZE xinfang_deadline")
