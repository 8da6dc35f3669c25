"""The measurements themselves, each printed as one line: name, median, p95 or p99, number of SQL statements."""

import argparse
import re
import statistics
import subprocess
import threading
import time
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import alike as of_alike
from benchmarks import clocks as of_clocks
from benchmarks import paint as of_paint
from benchmarks.visitors import PASSWORD, PEOPLE, Clerk, ask, line, serving, signed_in, timed, written
from benchmarks.world import World
from xinfang.models import Deadline, Matter, Unit, User
from xinfang.policies import shipped
from xinfang.queries.people import actor_of
from xinfang.services import clocks, founding


def found(now: object) -> None:
    """The demo district without its ledgers, and a password for those who are asked for."""
    district, people = shipped("demo_district.yaml"), shipped("demo_people.yaml")
    founding.found(district="999901", is_demo=False, at=now)
    founding.load_areas(rows=district["areas"])
    founding.load_units(rows=district["units"], at=now)
    founding.load_calendar(at=now)
    founding.load_people(rows=people["people"], at=now, from_on=people["posts_valid_from"])
    for login in PEOPLE.values():
        user = User.objects.get(username=login)
        user.set_password(PASSWORD)
        user.must_change_password = False
        user.save()


def run(chosen: argparse.Namespace) -> None:
    now = timezone.now()
    found(now - timedelta(days=800))
    centres = list(Unit.objects.filter(kind__in=["centre", "station"]).values_list("code", "path", "area_id"))
    began = time.perf_counter()
    for done in World(centres).build(chosen.matters, now - timedelta(days=400), now - timedelta(minutes=5)):
        if done % 20_000 == 0:
            line("  written", f"{done} matters, {time.perf_counter() - began:.0f} s")
    line("matters", f"{Matter.objects.count()}, built in {time.perf_counter() - began:.0f} s")
    of_clocks.pure_rules()
    sweep(now)
    number = Matter.objects.filter(is_open=True, stage="assigned").order_by("-received_at").values_list("number")[0][0]
    pages = {
        "queue page (township director)": ("director", "/desk/queue/unit/"),
        "queue page (petition bureau)": ("bureau", "/desk/queue/unit/"),
        "queue page, own (director)": ("director", "/desk/"),
        "matter page": ("bureau", f"/desk/m/{number}/"),
        "supervision board": ("supervisor", "/desk/supervision/"),
        "search by words": ("bureau", "/desk/search/?q=路灯不亮"),
        "statistics page": ("bureau", "/desk/figures/"),
    }
    counts = {name: statements(*where) for name, where in pages.items()}
    receipt = of_paint.tracked(now)
    with serving(chosen.port) as web:
        of_paint.first_paints(chosen.port, number, receipt)
        for name, (who, address) in pages.items():
            page(name, chosen.port, who, address, counts[name])
        registrations(chosen)
        of_clocks.recounting(chosen, number, now)
        line("peak memory", f"{peak_memory(web)} MiB over all processes of the site")
    of_clocks.sweeping_many(chosen, now)
    of_alike.panel(chosen, now)


def statements(who: str, address: str) -> int:
    """How many SQL statements one page takes, in this process."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=PEOPLE[who]))
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    if answer.status_code != 200:
        line("  " + address, f"answers {answer.status_code}")
    return len(caught)


def sweep(now: object) -> None:
    """The watcher: nothing due, a round of due clocks, and how many statements that takes."""
    waiting = Deadline.objects.filter(look_at__lte=now).count()
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as caught:
        handled = clocks.sweep(at=now, limit=500)
    took = time.perf_counter() - began
    line(
        "watcher sweep",
        f"{handled} of {waiting} due in {took:.2f} s, {len(caught)} SQL ({len(caught) / max(handled, 1):.1f} each)",
    )
    idle = []
    with CaptureQueriesContext(connection) as caught:
        for _round in range(20):
            began = time.perf_counter()
            clocks.sweep(at=now - timedelta(days=3000), limit=500)
            idle.append(time.perf_counter() - began)
    line("watcher, nothing due", f"{statistics.median(idle) * 1000:.2f} ms, {len(caught) // 20} SQL")


def page(name: str, port: int, who: str, address: str, sql: int) -> None:
    cookies = written(signed_in(port, who))
    seconds = timed(60, lambda: ask(port, "GET", address, cookies=cookies))
    line(name, f"median {seconds[30] * 1000:.0f} ms, p95 {seconds[57] * 1000:.0f} ms, {sql} SQL")


def registrations(chosen: argparse.Namespace) -> None:
    """Clerks who send the intake form as fast as it is answered."""
    seconds: list[float] = []
    before = Matter.objects.count()
    ready = threading.Barrier(chosen.clients + 1)

    def one_clerk() -> None:
        clerk = Clerk(chosen.port)
        ready.wait()
        until = time.perf_counter() + chosen.seconds
        while time.perf_counter() < until:
            seconds.extend(timed(1, clerk.register))

    clerks = [threading.Thread(target=one_clerk) for _ in range(chosen.clients)]
    for clerk in clerks:
        clerk.start()
    ready.wait()
    began = time.perf_counter()
    for clerk in clerks:
        clerk.join()
    took = time.perf_counter() - began
    seconds.sort()
    stored = Matter.objects.count() - before
    user = User.objects.get(username=PEOPLE["clerk"])
    sql = registration_statements(actor_of(user, timezone.localdate()))
    middle, worst = seconds[len(seconds) // 2] * 1000, seconds[int(len(seconds) * 0.99)] * 1000
    rate = f"{len(seconds) / took:.0f}/s with {chosen.clients} clients, median {middle:.0f} ms, p99 {worst:.0f} ms"
    line("registrations over HTTP", f"{rate}, {sql} SQL; acknowledged {len(seconds)}, stored {stored}")


def registration_statements(actor: object) -> int:
    from xinfang.services.intake import register  # noqa: PLC0415  -- beside its use

    values = {"unit": "999901", "channel": "visit", "original_words": "路灯", "people": [{"name": "测", "phone": "1"}]}
    with CaptureQueriesContext(connection) as caught:
        register(values=values, by=actor, at=timezone.now())
    return len(caught)


def peak_memory(parent: int) -> int:
    """VmHWM of a process and its children, in MiB."""
    total = 0
    for pid in [parent, *children(parent)]:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123  -- a kernel file
            found_line = re.search(r"VmHWM:\s+(\d+)", status.read())
        total += int(found_line.group(1)) if found_line else 0
    return total // 1024


def children(parent: int) -> list[int]:
    listed = subprocess.run(["/usr/bin/pgrep", "-P", str(parent)], capture_output=True, text=True, check=False).stdout
    return [int(pid) for pid in listed.split()]
