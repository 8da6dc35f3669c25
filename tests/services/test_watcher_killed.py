"""SIGKILL of the watcher, again and again: every level is told once, none is missed and none is told twice."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests.cast import at, build_cast
from tests.factories import registered
from xinfang.models import Deadline, Event, Notice

NINE = at("2026-03-16 09:00")

SWEEPER = """
import django; django.setup()
from datetime import datetime
from xinfang.services import clocks
clocks.CHUNK = 2
at = datetime.fromisoformat("2026-04-20T00:00:00+08:00")
while clocks.sweep(at, limit=6): pass
print("done", flush=True)
"""


# The short form runs with the suite; `XINFANG_KILLS=100 pytest tests/services/test_watcher_killed.py -s` is the long.
KILLS = int(os.environ.get("XINFANG_KILLS", "10"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_sweep_that_is_killed_again_and_again_tells_everything_exactly_once():
    cast = build_cast()
    matters = [registered(cast, NINE).matter for _ in range(10 * KILLS)]
    parts = connection.settings_dict
    url = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}?host={parts['HOST']}&port={parts['PORT']}"
    env = {**os.environ, "DATABASE_URL": url}
    chance = random.Random(13710)  # noqa: S311  -- a repeatable draw, not a secret
    killed = 0
    for _round in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", SWEEPER], env=env, stdout=subprocess.DEVNULL)
        before, give_up = Event.objects.count(), time.monotonic() + 20
        while Event.objects.count() == before and process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.06)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    left = Deadline.objects.filter(look_at__lte=at("2026-04-20 00:00")).values("matter_id").distinct().count()
    subprocess.run([sys.executable, "-c", SWEEPER], env=env, check=True, stdout=subprocess.DEVNULL)
    notices = Notice.objects.filter(code="breached").count()
    print(f"{killed} kills, {left} of {len(matters)} matters left to the last sweep, {notices} notices of breaches")  # noqa: T201  -- the report of the long form
    assert killed == KILLS
    expected = ["13710-1", "13710-3", "13710-7", "XF-REG15", "XF-TELL15"] * 2
    for matter in matters:
        written = Event.objects.filter(chain_id=matter, role="system").order_by("seq")
        assert [event.payload["clock"] for event in written] == expected
        assert Notice.objects.filter(matter=matter, code="breached").count() == 3 * 3 + 2 * 4
