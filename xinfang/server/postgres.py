"""The embedded PostgreSQL: our own small wrapper over the programs alone."""

import fcntl
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psycopg

from xinfang.server import binaries, checks
from xinfang.server.binaries import Account, Binaries
from xinfang.server.home import Home, settle
from xinfang.server.refusal import RefusedError

NAME = "xinfang"
PATIENCE = 120  # seconds: recovery after a crash replays everything since the last checkpoint
PASSING = ("shared memory block", "lock file", "is another postmaster", "starting up", "still in use")
TRIES = 3

CONF = """\
# Written anew at every start. Your own settings: ALTER SYSTEM SET ..., or postgresql.conf above the include.
listen_addresses = ''
unix_socket_permissions = 0700
shared_buffers = 256MB
max_connections = 60
wal_compression = on
checkpoint_timeout = 10min
max_wal_size = 2GB
password_encryption = 'scram-sha-256'
log_timezone = 'Asia/Shanghai'
timezone = 'UTC'
logging_collector = on
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
# A statement, its parameters and the detail of an error may hold personal data: the log never does.
log_error_verbosity = terse
log_min_error_statement = panic
log_min_duration_statement = -1
log_statement = 'none'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


class Postgres:
    """One cluster under one home. `durable=False` is for throw-away test clusters and nothing else."""

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        self.home = home
        self.durable = durable

    @cached_property
    def binaries(self) -> Binaries:
        return binaries.find(self.home)

    @cached_property
    def account(self) -> Account:
        return binaries.account()

    @property
    def url(self) -> str:
        return socket_url(self.home, user=NAME, database=NAME)

    def start(self) -> None:
        """Make it answer: create, recover, adopt; then ask whether it can be trusted."""
        self._reachable()
        self.home.prepare()
        with self.home.locked("start.lock"):
            self._start()

    @contextmanager
    def running(self) -> Iterator[str]:
        """For the length of a command: whoever leaves last switches off what no `xinfang up` holds."""
        self._reachable()
        self.home.prepare()
        with (self.home.path / "users.lock").open("a") as users:
            with self.home.locked("start.lock"):
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start()
            try:
                yield self.url
            finally:
                with self.home.locked("start.lock"):
                    if _alone(users.fileno()):
                        self.stop()

    def stop(self) -> None:
        if self.pid() is None:
            return
        self._pg_ctl("stop", "-m", "fast", "-w", "-t", str(PATIENCE))

    def pid(self) -> int | None:
        """The postmaster, if there is a living one."""
        pid = _first_number(self.home.pg / "postmaster.pid")
        return pid if pid and self._is_ours(pid) else None

    def _start(self) -> None:
        if not (self.home.pg / "PG_VERSION").exists():
            self._create()
        self._same_major()
        self._configure()
        if self.pid() is not None and self._outdated():
            self.stop()
        adopted = self.pid() is not None
        self._launch()
        try:
            self._provide()
            checks.check(self.url, durable=self.durable)
        except BaseException:
            if not adopted:
                self.stop()
            raise

    def _reachable(self) -> None:
        """A path that ends before the database's user can enter, or a socket name too long for the kernel."""
        socket = self.home.run / ".s.PGSQL.5432"
        if len(os.fsencode(socket)) > 100:
            raise RefusedError(
                f"数据目录的路径过长（{self.home.path}）：请用 XINFANG_HOME 指定较短的路径。",
                f"{self.home.path} is too long for a socket: set XINFANG_HOME to a shorter path.",
            )
        if os.geteuid() == 0:
            folders = (folder for folder in self.home.path.parents if folder.is_dir())
            closed = [folder for folder in folders if not folder.stat().st_mode & 0o001]
            if closed:
                raise RefusedError(
                    f"数据库用户 {self.account.name} 进不了 {closed[0]}：请用 XINFANG_HOME 指定别处。",
                    f"{self.account.name}, who runs the database, may not enter {closed[0]}: "
                    "set XINFANG_HOME to a place such as /var/lib/xinfang.",
                )

    def _create(self) -> None:
        """Made beside its place, then a rename: a start that was interrupted here leaves nothing half made."""
        draft = self.home.path / "pg.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._folder(draft)
        locale = ["--locale=C.UTF-8", "--encoding=UTF8"]
        if self.binaries.major >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = self._run(
            "initdb", "-D", str(draft), "-U", "postgres", "--data-checksums",
            "--auth-local=peer", "--auth-host=reject", *locale, *([] if self.durable else ["--no-sync"]),
        )  # fmt: skip
        if done.returncode:
            raise _failed("initdb", done.stderr)
        with (draft / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = 'xinfang.conf'\n")
        draft.rename(self.home.pg)
        settle(self.home.path)

    def _same_major(self) -> None:
        found = int((self.home.pg / "PG_VERSION").read_text().strip())
        if found != self.binaries.major:
            raise RefusedError(
                f"{self.home.pg} 由 PostgreSQL {found} 写成，现在是 {self.binaries.major}：请用旧版本"
                f"（XINFANG_PG_BIN）执行 xinfang backup，移走该目录，再执行 xinfang restore。",
                f"{self.home.pg} is of PostgreSQL {found}, this is {self.binaries.major}: run xinfang backup "
                "with the old one (XINFANG_PG_BIN), move that folder away, and run xinfang restore.",
            )

    def _configure(self) -> None:
        for folder in (self.home.run, self.home.logs / "postgresql"):
            self._folder(folder)
        here = {"unix_socket_directories": self.home.run, "log_directory": self.home.logs / "postgresql"}
        places = "".join(f"{key} = '{_quoted(value)}'\n" for key, value in here.items())
        self._write("xinfang.conf", CONF + places)
        self._write(
            "pg_hba.conf",
            "# Only over the socket, and only as whom the kernel says you are.\nlocal all all peer map=xinfang\n",
        )
        people = sorted({self.account.name, pwd.getpwuid(os.geteuid()).pw_name})
        self._write(
            "pg_ident.conf", "".join(f'xinfang "{who}" {role}\n' for who in people for role in ("postgres", NAME))
        )

    def _outdated(self) -> bool:
        """Left running by a start before an upgrade of the programs?"""
        url = socket_url(self.home, user="postgres", database="postgres")
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                row = connection.execute("SHOW server_version").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and row[0].split()[0] != self.binaries.version

    def _launch(self) -> None:
        """The first try after a crash may meet leftovers of the dead: orphaned processes, lock files of reused pids."""
        give_up, tries = time.monotonic() + PATIENCE, 0
        log = self.home.logs / "postgresql" / "start.log"
        while not self._answers():
            before = log.stat().st_size if log.exists() else 0
            self._clear_stale_locks()
            done = self._pg_ctl("start", "-w", "-t", str(PATIENCE), "-l", str(log), "-o", self._options(), check=False)
            if done.returncode == 0:
                return
            said = log.read_bytes()[before:].decode("utf-8", "replace") if log.exists() else done.stderr
            tries += 1
            passing = any(sign in said for sign in PASSING)
            if time.monotonic() > give_up or (tries >= TRIES and not passing):
                raise _failed("PostgreSQL", said or done.stderr)
            time.sleep(0.5)

    def _clear_stale_locks(self) -> None:
        """After a reboot the number in such a file may be anybody's; PostgreSQL asks only whether it lives."""
        for file in (self.home.pg / "postmaster.pid", self.home.run / ".s.PGSQL.5432.lock"):
            pid = _first_number(file)
            if pid and not self._is_ours(pid):
                file.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """A postmaster works inside its data folder, and no other process does."""
        try:
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.home.pg.resolve()
        except OSError:
            return False

    def _answers(self) -> bool:
        if self.pid() is None:
            return False
        try:
            psycopg.connect(socket_url(self.home, user="postgres", database="postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _options(self) -> str:
        return "" if self.durable else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"

    def _provide(self) -> None:
        """The role that owns the product's database is nobody's superuser."""
        url = socket_url(self.home, user="postgres", database="postgres")
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE ROLE {NAME} LOGIN CREATEDB")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")

    def _pg_ctl(self, *args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = self._run("pg_ctl", "-D", str(self.home.pg), *args)
        if check and done.returncode:
            raise _failed("pg_ctl", done.stderr or done.stdout)
        return done

    def _run(self, name: str, *args: str) -> subprocess.CompletedProcess[str]:
        # As root the child becomes the database's user before it runs, with no group of root's left.
        root = os.geteuid() == 0
        return subprocess.run(
            [self.binaries.program(name), *args],
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            cwd=self.home.path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            user=self.account.uid if root else None,
            group=self.account.gid if root else None,
            extra_groups=[] if root else None,
        )

    def _folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._hand_over(folder)

    def _write(self, name: str, text: str) -> None:
        file = self.home.pg / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
        file.chmod(0o600)
        self._hand_over(file)

    def _hand_over(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.account.uid, self.account.gid)


def socket_url(home: Home, *, user: str, database: str) -> str:
    return f"postgresql://{user}@/{database}?host={quote(str(home.run), safe='')}"


def _alone(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _first_number(file: Path) -> int | None:
    try:
        return int(file.read_text("utf-8").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _failed(what: str, said: str) -> RefusedError:
    lines = [line for line in said.splitlines() if line.strip()]
    telling = next((line for line in lines if "FATAL" in line or "error" in line), lines[-1] if lines else "?").strip()
    return RefusedError(
        f"{what} 没有成功（{telling}）：请看数据目录中的 logs/postgresql。",
        f"{what} failed ({telling}): look into logs/postgresql of the home.",
    )
