"""Learning that somebody asked for, in a process of its own: it takes minutes, and clocks and messages must not wait.

The process claims the lesson for itself. Should it or the worker die, the claim runs out and another begins anew.
"""

import atexit
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime

from xinfang.queries.lessons import is_due

COMMAND = (sys.executable, "-m", "xinfang", "suggest", "work")


class Learning:
    """At most one process at a time; it ends with the worker."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def run(self, at: datetime) -> bool:
        """Begin what waits, unless it is being done."""
        if (self.process is None or self.process.poll() is not None) and is_due(at):
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL)  # noqa: S603  -- our own command
        return False

    def stop(self) -> None:
        """End with the worker; what was begun waits for the next one."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
