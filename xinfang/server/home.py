"""XINFANG_HOME: the one folder that an installation must not lose."""

import fcntl
import os
import pwd
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xinfang.server.refusal import RefusedError

OF_ROOT = Path("/var/lib/xinfang")


@dataclass(frozen=True)
class Home:
    path: Path
    checkpoints: Path
    keys: Path

    @classmethod
    def of(cls, env: Mapping[str, str] = os.environ) -> "Home":
        path = Path(env.get("XINFANG_HOME") or _default(env)).expanduser().absolute()
        return cls(
            path=path,
            checkpoints=Path(env.get("XINFANG_CHECKPOINTS") or path / "checkpoints").absolute(),
            keys=Path(env.get("XINFANG_KEYS_FILE") or path / "keys.json").absolute(),
        )

    @property
    def pg(self) -> Path:
        return self.path / "pg"

    @property
    def pgbin(self) -> Path:
        return self.path / "pgbin"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def outbox(self) -> Path:
        return self.path / "outbox"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    def prepare(self) -> None:
        """Create what is missing; refuse a folder of somebody else."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            owner = self.path.stat().st_uid
        except OSError as error:
            raise _unusable(self.path, error) from error
        if owner != os.geteuid():
            raise _of_somebody_else(self.path, owner)
        # The database's own system user passes through, and sees only what belongs to it.
        self.path.chmod(0o711)
        for folder in (self.media, self.outbox, self.logs, self.checkpoints):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.chmod(0o711)

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Wait for our turn; the lock dies with the process that holds it."""
        with (self.path / name).open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def settle(folder: Path) -> None:
    """A rename is durable when its folder is on disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _default(env: Mapping[str, str]) -> Path:
    if os.geteuid() == 0:
        return OF_ROOT
    return Path(env.get("XDG_DATA_HOME") or "~/.local/share") / "xinfang"


def _unusable(path: Path, error: OSError) -> RefusedError:
    return RefusedError(
        f"不能使用数据目录 {path}（{error.strerror}）：请用 XINFANG_HOME 指定一个可写的目录。",
        f"Cannot use {path} ({error.strerror}): set XINFANG_HOME to a folder that you may write to.",
    )


def _of_somebody_else(path: Path, owner: int) -> RefusedError:
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = str(owner)
    return RefusedError(
        f"数据目录 {path} 属于用户 {name}：请以该用户运行，或用 XINFANG_HOME 指定别的目录。",
        f"{path} belongs to {name}: run as that user, or set XINFANG_HOME to another folder.",
    )
