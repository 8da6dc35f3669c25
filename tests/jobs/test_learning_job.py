"""The worker begins a lesson that waits in a process of its own, one at a time, and ends it with itself."""

import sys

import pytest

from tests.cast import at
from xinfang.jobs.learning import Learning
from xinfang.services.learning import ask

pytestmark = pytest.mark.django_db
NOON = at("2026-03-10 12:00")
WAITS = (sys.executable, "-c", "import sys; sys.stdin.read(); import time; time.sleep(600)")
ENDS = (sys.executable, "-c", "")


def test_nothing_is_begun_that_nobody_asked_for(cast):
    job = Learning(WAITS)
    assert job.run(NOON) is False
    assert job.process is None
    job.stop()


def test_a_lesson_is_begun_once_and_ends_with_the_worker(cast):
    ask(by=cast.administrator, at=NOON)
    job = Learning(WAITS)
    job.run(NOON)
    first = job.process
    job.run(NOON)
    assert job.process is first
    assert first.poll() is None
    job.stop()
    assert first.poll() is not None
    job.stop()


def test_one_that_ended_without_its_lesson_is_begun_anew(cast):
    ask(by=cast.administrator, at=NOON)
    job = Learning(ENDS)
    job.run(NOON)
    first = job.process
    first.wait()
    job.run(NOON)
    assert job.process is not first
    job.process.wait()
