"""SIGKILL of anything while citizens submit: nothing acknowledged is lost, nothing doubled, the next start is clean.

The short form runs with the suite. `XINFANG_KILLS=40 pytest tests/server/test_kills.py -s` is the long one.
"""

import os
import random
import threading
import time
from pathlib import Path

import pytest

from tests.server.drill import AREAS, CANARY, Acknowledged, Browser, Centre, Citizen, audit

PARTS = ("web_worker", "web", "worker", "database", "everything")
KILLS = int(os.environ.get("XINFANG_KILLS", len(PARTS)))
SEED = int(os.environ.get("XINFANG_SEED", random.SystemRandom().randrange(10**6)))
CITIZENS = 4
BACK_WITHIN = 180.0  # when to give up on a slow machine; how long it took is printed, not judged


@pytest.fixture
def centre(home, free_port, tmp_path):
    """A district with one town, as `xinfang init` founds it, and running."""
    centre = Centre(home, free_port, tmp_path / "up.log")
    areas = tmp_path / "areas.yaml"
    areas.write_text(AREAS)
    founded = centre.command("init", "--area", "999901", "--areas-file", str(areas), "--admin", "admin")
    assert founded.returncode == 0, founded.stderr
    centre.up()
    yield centre
    centre.process.kill()
    centre.process.wait()


@pytest.fixture
def citizens(centre, tmp_path):
    stop = threading.Event()
    crowd = [Citizen(centre.site, tmp_path / f"journal-{n}", stop) for n in range(CITIZENS)]
    for citizen in crowd:
        citizen.start()
    yield crowd
    stop.set()
    for citizen in crowd:
        citizen.join(30)


def answered_after(citizens, moment):
    """How long until somebody who began after this moment had a number, in seconds."""
    give_up = moment + BACK_WITHIN
    while time.monotonic() < give_up:
        if any(citizen.last > moment for citizen in citizens):
            return time.monotonic() - moment
        time.sleep(0.02)
    pytest.fail(f"nobody was answered for {BACK_WITHIN} s")


def order_of(chance):
    """Every part at least once in each round, in any order."""
    while True:
        yield from chance.sample(PARTS, len(PARTS))


def written_down(folder):
    """What the journals hold, which is what a citizen would hold up."""
    return [
        Acknowledged(*line.split(), "") for file in folder.glob("journal-*") for line in file.read_text().splitlines()
    ]


def strike_all(centre, citizens):
    chance = random.Random(SEED)  # noqa: S311  # a repeatable draw, not a secret
    outages = {part: [] for part in PARTS}
    answered_after(citizens, time.monotonic())
    for _strike, part in zip(range(KILLS), order_of(chance), strict=False):
        time.sleep(chance.uniform(0.05, 0.8))
        moment = time.monotonic()
        centre.strike(part)
        outages[part].append(round(answered_after(citizens, moment), 1))
    return outages


@pytest.mark.slow
def test_whatever_is_killed_nothing_acknowledged_is_lost_or_doubled(centre, citizens, tmp_path):
    outages = strike_all(centre, citizens)
    for citizen in citizens:
        citizen.stop_now.set()
    for citizen in citizens:
        citizen.join(30)
    told = written_down(tmp_path)
    print(f"seed {SEED}: {KILLS} kills, {len(told)} acknowledged, seconds to a number {outages}")  # noqa: T201  # the report of the long form
    assert len(told) >= KILLS
    assert [odd for citizen in citizens for odd in citizen.unexpected] == []
    assert audit(centre.database.url, told) == []
    assert_the_house_is_whole(centre)
    assert_the_codes_open(centre, [citizen.acknowledged[-1] for citizen in citizens if citizen.acknowledged])
    assert centre.down() == 0
    assert centre.database.pid() is None
    assert_nothing_was_said(centre)


def assert_the_house_is_whole(centre):
    for command in (("verify",), ("rebuild", "--check")):
        done = centre.command(*command)
        assert done.returncode == 0, done.stdout + done.stderr


def assert_the_codes_open(centre, seen):
    """What was shown on the screen opens the matter, also when its first answer was lost."""
    for receipt in seen:
        browser = Browser(centre.site, threading.Event())
        _path, page = browser.go("/track/")
        token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        where, _page = browser.go(
            "/track/", {"csrfmiddlewaretoken": token, "number": receipt.number, "code": receipt.code}
        )
        assert where == "/track/case/"


def assert_nothing_was_said(centre):
    """No log of any process holds a word or a name of a citizen."""
    logs = [file for file in Path(centre.home.logs).rglob("*") if file.is_file()]
    assert logs
    assert [file.name for file in [*logs, centre.said] if CANARY in file.read_text(errors="replace")] == []
