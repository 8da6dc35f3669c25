"""`xinfang up`: everything that a centre needs, started, watched and stopped by one process."""

import argparse
import fcntl
import ipaddress
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from types import FrameType

from xinfang.server import ground, schema
from xinfang.server.home import Home
from xinfang.server.postgres import Postgres
from xinfang.server.processes import Child, python
from xinfang.server.refusal import RefusedError

WEB_WORKERS, WEB_THREADS = 2, 4
READY_WITHIN = 90.0
LOOK_EVERY = 0.5


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="xinfang up", description="启动信访超市：数据库、网站、后台任务。")
    parser.add_argument("--demo", action="store_true", help="载入演示数据（仅限本机访问）")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    chosen = parser.parse_args(arguments)
    ground.refuse_test_mode()
    if chosen.demo and not is_loopback(chosen.host):
        raise RefusedError(
            "演示数据带有公开的账号，只能在本机使用：请去掉 --demo 或 --host。",
            "The demo has accounts that everybody knows: leave out --demo or --host.",
        )
    return Supervisor(Home.of(), host=chosen.host, port=chosen.port, demo=chosen.demo).run()


class Supervisor:
    def __init__(self, home: Home, *, host: str, port: int, demo: bool) -> None:
        self.home, self.host, self.port, self.demo = home, host, port, demo
        self.stopping = threading.Event()
        self.children: list[Child] = []
        self.postgres = None if os.environ.get("DATABASE_URL") else Postgres(home)

    @property
    def address(self) -> str:
        name = "localhost" if is_loopback(self.host) else self.host
        return f"http://{name}:{self.port}/"

    def run(self) -> int:
        self.home.prepare()
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(sign) is not signal.SIG_IGN:
                signal.signal(sign, self._asked_to_stop)
        with only_one(self.home, self.address):
            refuse_taken(self.host, self.port)
            try:
                with ground.database() as url:
                    self._work(url)
            finally:
                if self.postgres:
                    self.postgres.stop()
        say("已停止，数据已保存。Stopped; the data is kept.")
        return 0

    def _work(self, url: str) -> None:
        try:
            self._prepare(url)
            self._serve(url)
        finally:
            for child in self.children:
                child.stop()

    def _prepare(self, url: str) -> None:
        say(f"数据目录 home  {self.home.path}")
        schema.refuse_newer(schema.applied(url), "数据库 The database")
        self._command(url, "migrate", "--no-input", "--verbosity", "0")
        if self.demo and not self.stopping.is_set():
            say("正在准备演示数据…… Preparing the demo ...")
            self._command(url, "loaddemo")
        if not is_loopback(self.host) and self._demo_accounts(url):
            raise RefusedError(
                "数据库中是演示数据，其账号是公开的，只能在本机访问：请换一个 XINFANG_HOME，再执行 xinfang init。",
                "This database holds the demo, with accounts that everybody knows: use another XINFANG_HOME.",
            )

    def _serve(self, url: str) -> None:
        if self.stopping.is_set():
            return
        self.children = [self._web(url), self._worker(url)]
        for child in self.children:
            child.start()
        self._wait_until_ready()
        if not self.stopping.is_set():
            say(f"\n  {self.address}\n")
            if self.demo:
                print(self._demo_accounts(url), flush=True)
            say("按 Ctrl-C 停止。Press Ctrl-C to stop.")
        while not self.stopping.wait(LOOK_EVERY):
            self._look_after()

    def _look_after(self) -> None:
        if self.postgres and self.postgres.pid() is None:
            say("数据库已退出，正在恢复…… The database is gone; recovering ...")
            try:
                self.postgres.start()
            except RefusedError as refusal:
                say(str(refusal))
                self.stopping.wait(5)
        for child in self.children:
            child.keep_alive()
            child.trim_log()

    def _web(self, url: str) -> Child:
        command = [
            *python("granian"), "--interface", "wsgi", "--host", self.host, "--port", str(self.port),
            "--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS), "--respawn-failed-workers",
            "--respawn-interval", "0.5", "--workers-kill-timeout", "10", "--no-ws", "--http", "1",
            # No access log: the addresses of petitioners are personal data.
            "--no-access-log", "--log-level", "warning", "xinfang.wsgi:application",
        ]  # fmt: skip
        return Child("web", command, self._env(url) | {"XINFANG_PROCESS": "web"}, self.home.logs / "web.log", say)

    def _worker(self, url: str) -> Child:
        command = [*python("xinfang"), "worker"]
        return Child("worker", command, self._env(url), self.home.logs / "worker.log", say)

    def _env(self, url: str) -> dict[str, str]:
        return {**os.environ, "DATABASE_URL": url, "XINFANG_HOME": str(self.home.path), "XINFANG_SUPERVISED": "1"}

    def _command(self, url: str, *arguments: str) -> None:
        """A step before serving; a failed one has said why on the terminal."""
        done = subprocess.run([*python("xinfang"), *arguments], env=self._env(url), check=False)
        if done.returncode and not self.stopping.is_set():
            raise RefusedError(
                f"xinfang {arguments[0]} 没有成功：原因见上一行。",
                f"xinfang {arguments[0]} failed: it has said why above.",
            )

    def _demo_accounts(self, url: str) -> str:
        command = [*python("xinfang"), "demoaccounts"]
        done = subprocess.run(command, env=self._env(url), stdout=subprocess.PIPE, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + READY_WITHIN
        web = self.children[0]
        while not self.stopping.is_set() and not healthy(self.host, self.port):
            if not web.alive() or time.monotonic() > give_up:
                raise RefusedError(f"网站未能启动：原因见 {web.log}", f"The web server did not start: see {web.log}")
            self.stopping.wait(0.2)

    def _asked_to_stop(self, _sign: int, _frame: FrameType | None) -> None:
        self.stopping.set()


@contextmanager
def only_one(home: Home, address: str) -> Iterator[None]:
    """Two supervisors over one home would fight; the lock dies with its holder, whatever killed it."""
    with (home.path / "up.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _already_running(home) from None
        file.truncate(0)
        file.write(f"{os.getpid()} {address}\n")
        file.flush()
        yield


def running(home: Home) -> tuple[int, str] | None:
    """Pid and address of the supervisor of this home."""
    try:
        with (home.path / "up.lock").open("r") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                pid, _, address = file.readline().strip().partition(" ")
                return int(pid or 0), address
    except FileNotFoundError:
        pass
    return None


def refuse_taken(host: str, port: int, *, patience: float = 3.0) -> None:
    """Asked before anything is started; what a killed start left behind is given a moment to go."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    give_up = time.monotonic() + patience
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if time.monotonic() > give_up:
                    raise _taken(host, port, error) from error
            else:
                return
        time.sleep(0.15)


def healthy(host: str, port: int) -> bool:
    connection = HTTPConnection("127.0.0.1" if host in {"0.0.0.0", "localhost"} else host, port, timeout=5)  # noqa: S104  # compared, not bound
    try:
        connection.request("GET", "/health/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def say(line: str) -> None:
    print(line, flush=True)


def _already_running(home: Home) -> RefusedError:
    pid, address = running(home) or (0, "")
    return RefusedError(
        f"已有一个 xinfang up 在运行（进程 {pid}，{address}）：请直接使用，或先停止它。",
        f"xinfang up is already running (process {pid}, {address}): use it, or stop it first.",
    )


def _taken(host: str, port: int, error: OSError) -> RefusedError:
    return RefusedError(
        f"不能监听 {host}:{port}（{error.strerror}）：请换一个端口，例如 xinfang up --port {port + 1}。",
        f"Cannot listen on {host}:{port} ({error.strerror}): try xinfang up --port {port + 1}.",
    )
