"""One supervisor to a home: who it is, and that there is no second."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from xinfang.server.home import Home
from xinfang.server.place import Place
from xinfang.server.refusal import RefusedError

FILE = "up.lock"


@dataclass(frozen=True)
class Supervising:
    pid: int
    place: Place


@contextmanager
def only_one(home: Home, place: Place) -> Iterator[None]:
    """Two over one home would fight; the lock dies with its holder, whatever killed it."""
    with (home.path / FILE).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _already(running(home)) from None
        file.truncate(0)
        file.write(f"{os.getpid()} {place.port} {place.host}\n")
        file.flush()
        yield


def running(home: Home) -> Supervising | None:
    try:
        with (home.path / FILE).open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                pid, port, host = file.readline().split() or (0, 0, "127.0.0.1")
                return Supervising(int(pid), Place(str(host), int(port)))
    except FileNotFoundError:
        pass
    return None


def refuse_running(home: Home) -> None:
    if found := running(home):
        raise RefusedError(
            f"xinfang up 正在运行（进程 {found.pid}）：请先停止它。",
            f"xinfang up is running (process {found.pid}): stop it first.",
        )


def _already(found: Supervising | None) -> RefusedError:
    who = f"{found.pid}, {found.place.address}" if found else "?"
    return RefusedError(
        f"已有一个 xinfang up 在运行（进程 {who}）：请直接使用，或先停止它。",
        f"xinfang up is already running (process {who}): use it, or stop it first.",
    )
