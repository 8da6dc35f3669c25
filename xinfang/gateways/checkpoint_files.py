"""Where checkpoints lie: one file a month under `XINFANG_CHECKPOINTS`, only ever appended to, one writer at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from xinfang.server.home import settle

BLOCK = 64 * 1024


def folder() -> Path:
    """The folder of checkpoints; may be a mount of another machine."""
    return Path(settings.XINFANG_CHECKPOINTS)


def files() -> list[Path]:
    """Every file of checkpoints, oldest first."""
    return sorted(folder().glob("????-??.jsonl"))


@contextmanager
def locked() -> Iterator[None]:
    """Keep every other writer away, and what is being read from growing; the lock dies with its holder."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def last_line() -> str | None:
    """The newest whole line; None if there is none."""
    for path in reversed(files()):
        line = _last_of(path)
        if line:
            return line
    return None


def _last_of(path: Path) -> str | None:
    tail = b""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        while end > 0:
            start = max(0, end - BLOCK)
            file.seek(start)
            tail, end = file.read(end - start) + tail, start
            whole = tail[: tail.rfind(b"\n") + 1]
            if whole.count(b"\n") > 1 or (whole and start == 0):
                return whole.splitlines()[-1].decode(errors="replace")
    return None


def append(month: str, line: str) -> None:
    """Add one line to the file of a month and wait until it is on the disk.

    Half a line at the end was never acknowledged to anybody: it goes first. A clock that was set back opens no file
    before the newest one.
    """
    path = folder() / f"{max([month, *(known.stem for known in files())])}.jsonl"
    is_new = not path.exists()
    with path.open("ab") as file:
        _drop_half_a_line(path, file.tell())
        file.seek(0, os.SEEK_END)
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        path.chmod(0o600)
        settle(folder())


def _drop_half_a_line(path: Path, size: int) -> None:
    with path.open("r+b") as file:
        start = max(0, size - BLOCK)
        while size:
            file.seek(start)
            end = file.read(size - start).rfind(b"\n")
            if end >= 0 or start == 0:
                file.truncate(start + end + 1)
                return
            start = max(0, start - BLOCK)


def lines(sizes: dict[Path, int]) -> Iterator[str]:
    """Every line of these files, no further than the size that each had."""
    for path, size in sizes.items():
        with path.open("rb") as file:
            while file.tell() < size:
                yield file.readline().decode(errors="replace")


def sizes() -> dict[Path, int]:
    """The files and how long they are now."""
    return {path: path.stat().st_size for path in files()}
