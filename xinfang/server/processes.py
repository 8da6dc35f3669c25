"""One child process: it cannot outlive its parent, comes back when it dies, and stops with everything under it."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
HEALTHY = 60.0  # seconds after which a death no longer counts as one of a series
SLOWEST = 30.0
LOG_LIMIT = 20 * 1024 * 1024


def python(module: str) -> list[str]:
    """Run an installed module; -P: what happens to lie in the current folder is nobody's module."""
    return [sys.executable, "-P", "-m", module]


def die_with_parent(sign: int = signal.SIGKILL) -> None:
    """Ask the kernel to end this process when the one that started it is gone, however it went."""
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), sign)


@dataclass
class Child:
    name: str
    command: list[str]
    env: Mapping[str, str]
    log: Path
    say: Callable[[str], None]
    process: "subprocess.Popen[bytes] | None" = None
    deaths: int = 0
    born: float = field(default=0.0)
    not_before: float = field(default=0.0)

    def start(self) -> None:
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops in order.
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.env),
                cwd=self.log.parent,  # granian imports from where it stands
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_when_supervisor_ends,  # noqa: PLW1509  # the supervisor has no other threads
            )
        self.born = time.monotonic()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def keep_alive(self) -> None:
        """Bring it back: at once the first time, then after 1, 2, 4 ... 30 seconds."""
        now = time.monotonic()
        if self.alive():
            return
        if self.process is not None:
            self._bury(now)
        if now >= self.not_before:
            self.start()

    def stop(self, patience: float = 20.0) -> None:
        if self.process is None:
            return
        if self.alive():
            self.process.terminate()
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.say(f"{self.name}: {patience:.0f} s")
        self._sweep()

    def trim_log(self) -> None:
        """Keep one older part; the child appends, so cutting the file under it is safe."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)

    def _bury(self, now: float) -> None:
        assert self.process is not None  # noqa: S101  # for the type checker; the caller has asked
        self.deaths = 1 if now - self.born > HEALTHY else self.deaths + 1
        pause = 0.0 if self.deaths == 1 else min(2.0 ** (self.deaths - 2), SLOWEST)
        self.say(f"{self.name}: 退出 exit {self.process.returncode}，{pause:.0f} s 后重启 restarting（{self.log}）")
        self._sweep()
        self.process, self.not_before = None, now + pause

    def _sweep(self) -> None:
        """Whatever it had started goes too: an orphan would go on answering on the same port."""
        assert self.process is not None  # noqa: S101  # for the type checker; the caller has asked
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()


def _end_when_supervisor_ends() -> None:
    die_with_parent(signal.SIGTERM)
