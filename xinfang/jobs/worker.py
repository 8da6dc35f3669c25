"""The one worker process: everything that must happen without anybody pressing a button, again and again.

Each job is safe to be killed at any point and to run twice. The database may go away and come back.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

SLOWEST = 30.0
AGAIN = 60.0
GIVES_WAY = 5
log = logging.getLogger(__name__)


@dataclass
class Job:
    """One thing to do every `every` seconds. `run` answers whether there is more to do at once."""

    name: str
    every: float
    run: Callable[[datetime], bool]
    due: float = field(default=0.0)


class Worker:
    """Runs its jobs in turn until it is asked to stop. `now` and `ticks` are the wall clock and a steady one."""

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        now: Callable[[], datetime] = timezone.now,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.jobs = jobs
        self.now, self.ticks = now, ticks
        self.stopping = threading.Event()
        self.failures = 0

    def stop(self) -> None:
        """Finish the job at hand, then end."""
        self.stopping.set()

    def run(self) -> None:
        """Work until asked to stop. Whoever waits for a page comes first: this process gives way to them."""
        os.nice(GIVES_WAY)
        while not self.stopping.is_set():
            self.stopping.wait(self.round())
        connection.close()

    def round(self) -> float:
        """Do what is due, once; returns the seconds until something will be due again."""
        for job in self.jobs:
            if self.stopping.is_set():
                return 0.0
            if job.due <= self.ticks() and not self._do(job):
                return self._pause()
        return max(0.0, min(job.due for job in self.jobs) - self.ticks())

    def _do(self, job: Job) -> bool:
        """Run one job; False if the database is away. A job that fails is put off and the others go on."""
        try:
            close_old_connections()
            more = job.run(self.now())
            job.due = self.ticks() + (0.0 if more else job.every)
        except Exception as broken:
            if isinstance(broken, DatabaseError) and not _answers():
                log.warning("the database does not answer", extra={"job": job.name})
                return False
            log.exception("a job failed", extra={"job": job.name})
            job.due = self.ticks() + max(job.every, AGAIN)
        self.failures = 0
        return True

    def _pause(self) -> float:
        """1, 2, 4 ... 30 seconds until the database is asked again."""
        self.failures += 1
        return min(2.0 ** (self.failures - 1), SLOWEST)


def _answers() -> bool:
    """Whether a new connection can be had."""
    connection.close()
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return bool(connection.is_usable())
