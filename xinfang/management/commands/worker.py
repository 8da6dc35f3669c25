"""`xinfang worker`: watches clocks, writes checkpoints and sends messages, until it is asked to stop."""

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from xinfang.jobs.schedule import jobs
from xinfang.jobs.worker import Worker


class Command(BaseCommand):
    help = "Runs the jobs of the house until SIGTERM or Ctrl-C."

    def handle(self, *_args: Any, **_options: Any) -> None:
        worker = Worker(jobs())

        def asked(_sign: int, _frame: FrameType | None) -> None:
            worker.stop()

        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, asked)
        worker.run()
