"""The worker: jobs in turn, a failing one put off, a database that goes away and comes back, a clean end."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection

from tests.cast import at
from xinfang.jobs import forgetting, schedule
from xinfang.jobs.worker import Job, Worker
from xinfang.queries.worker import life_of_worker
from xinfang.services.heartbeat import beat

NOON = at("2026-03-16 12:00")


class Ticks:
    def __init__(self):
        self.passed = 0.0

    def __call__(self):
        return self.passed


def worker(*jobs):
    ticks = Ticks()
    return Worker(jobs, now=lambda: NOON, ticks=ticks), ticks


@pytest.mark.django_db
def test_each_job_runs_when_it_is_due_and_at_once_again_while_there_is_more():
    ran, more = [], iter([True, False, False])
    mine, ticks = worker(
        Job("often", 5, lambda at: bool(ran.append("often"))),
        Job("batches", 20, lambda at: bool(ran.append("batches")) or next(more)),
    )
    assert mine.round() == 0.0
    assert mine.round() == 5.0
    assert ran == ["often", "batches", "batches"]
    ticks.passed = 5.0
    assert mine.round() == 5.0
    assert ran == ["often", "batches", "batches", "often"]
    ticks.passed = 20.0
    mine.round()
    assert ran[-2:] == ["often", "batches"]


@pytest.mark.django_db
def test_a_job_that_fails_is_logged_without_its_words_and_the_others_go_on(caplog):
    ran = []

    def fails(at):
        raise ValueError("张一 19900000001")

    mine, _ticks = worker(Job("fails", 5, fails), Job("works", 5, lambda at: bool(ran.append("works"))))
    mine.round()
    assert ran == ["works"]
    assert [record.getMessage() for record in caplog.records] == ["a job failed"]
    assert mine.jobs[0].due == 60.0


@pytest.mark.django_db
def test_while_the_database_is_away_the_worker_asks_again_ever_more_rarely(monkeypatch):
    answers = iter([False] * 7 + [True])
    monkeypatch.setattr("xinfang.jobs.worker._answers", lambda: next(answers))

    def away(at):
        raise OperationalError

    mine, _ticks = worker(Job("needs it", 5, away))
    assert [mine.round() for _ in range(7)] == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    mine.round()
    assert mine.failures == 0


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_cut_is_replaced():
    """The server throws the worker out in the middle; the job after it has a connection again."""
    seen = []

    def cut(at):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def asks(at):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 7")
            seen.append(cursor.fetchone()[0])

    mine, _ticks = worker(Job("cut", 5, cut), Job("asks", 5, asks))
    mine.round()
    assert seen == [7]


@pytest.mark.django_db
def test_a_worker_that_is_asked_to_stop_finishes_its_job_and_starts_no_other():
    ran = []
    mine, _ticks = worker(
        Job("first", 5, lambda at: bool(ran.append("first")) or bool(mine.stop())),
        Job("second", 5, lambda at: bool(ran.append("second"))),
    )
    mine.round()
    mine.round()
    assert ran == ["first"]


@pytest.mark.django_db
def test_the_scheduled_jobs_run_on_an_empty_ledger(cast, settings, tmp_path):
    settings.XINFANG_CHECKPOINTS = tmp_path
    ran = {job.name: job.run(NOON) for job in schedule.jobs()}
    names = (
        "heartbeat",
        "outbox",
        "arrivals",
        "watcher",
        "attendance",
        "sessions",
        "recounting",
        "learning",
        "checkpoints",
        "risk",
        "orphans",
        "forgetting",
    )
    assert ran == dict.fromkeys(names, False)


@pytest.mark.django_db
def test_a_session_that_is_over_leaves_with_the_draft_sealed_in_it():
    over, going = SessionStore(), SessionStore()
    for session, seconds in ((over, -1), (going, 60)):
        session["draft"] = "sealed"
        session.set_expiry(seconds)
        session.save()
    forgetting.run(NOON)
    assert list(Session.objects.values_list("session_key", flat=True)) == [going.session_key]


@pytest.mark.django_db
def test_the_sign_of_life_is_read_where_it_is_asked_for():
    assert life_of_worker(NOON).seen_at is None
    assert not life_of_worker(NOON).is_alive(NOON)
    beat(at=NOON)
    life = life_of_worker(at("2026-03-16 12:01"))
    assert (life.seen_at, life.is_alive(at("2026-03-16 12:01"))) == (NOON, True)
    assert not life.is_alive(at("2026-03-16 12:03"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_process_works_and_ends_cleanly_on_sigterm(tmp_path):
    process = start_worker(tmp_path)
    try:
        give_up = time.monotonic() + 60
        while life_of_worker(NOON).seen_at is None and process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.2)
        assert life_of_worker(NOON).seen_at is not None
        assert os.getpriority(os.PRIO_PROCESS, process.pid) > os.getpriority(os.PRIO_PROCESS, 0)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def start_worker(folder):
    """`xinfang worker` on the database of this test."""
    parts = connection.settings_dict
    url = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}?host={parts['HOST']}&port={parts['PORT']}"
    env = {**os.environ, "DATABASE_URL": url, "XINFANG_CHECKPOINTS": str(folder)}
    return subprocess.Popen([sys.executable, "-P", "-m", "xinfang", "worker"], env=env)
