"""`xinfang up`: everything that a centre needs, started, watched and stopped by one process."""

import argparse
import os
import signal
import subprocess
import threading
import time
from types import FrameType

import psycopg

from xinfang.server import ground, schema
from xinfang.server.home import Home
from xinfang.server.place import Place
from xinfang.server.postgres import Postgres
from xinfang.server.processes import Child, python
from xinfang.server.refusal import RefusedError
from xinfang.server.single import only_one

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
    place = Place(chosen.host, chosen.port)
    if chosen.demo and not place.is_private():
        raise RefusedError(
            "演示数据带有公开的账号，只能在本机使用：请去掉 --demo，或去掉 --host、XINFANG_HOSTS、XINFANG_TLS。",
            "The demo has accounts that everybody knows: leave out --demo, or --host, XINFANG_HOSTS and XINFANG_TLS.",
        )
    return Supervisor(Home.of(), place, demo=chosen.demo).run()


class Supervisor:
    def __init__(self, home: Home, place: Place, *, demo: bool) -> None:
        self.home, self.place, self.demo = home, place, demo
        self.stopping = threading.Event()
        self.children: list[Child] = []
        self.postgres = None if os.environ.get("DATABASE_URL") else Postgres(home)

    def run(self) -> int:
        self.home.prepare()
        # A shell starts background jobs deaf to SIGINT; who sends one to us means it. Only nohup's wish is kept.
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if sign != signal.SIGHUP or signal.getsignal(sign) is not signal.SIG_IGN:
                signal.signal(sign, self._asked_to_stop)
        with only_one(self.home, self.place):
            self.place.refuse_taken()
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
        if not self.place.is_private() and self._demo_accounts(url):
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
            self._welcome(url)
        while not self.stopping.wait(LOOK_EVERY):
            self._look_after()

    def _welcome(self, url: str) -> None:
        say(f"\n  {self.place.address}\n")
        if self.demo:
            say(self._demo_accounts(url))
        if not self.place.is_loopback and os.environ.get("XINFANG_TLS") != "1":
            say("注意：没有 TLS，密码会明文传输，见 docs/operate.md。ATTENTION: no TLS, see docs/operate.md.")
        say("按 Ctrl-C 停止。Press Ctrl-C to stop.")

    def _look_after(self) -> None:
        """One look at everything; whatever cannot be mended now is tried again at the next."""
        try:
            if self.postgres and self.postgres.pid() is None:
                say("数据库已退出，正在恢复…… The database is gone; recovering ...")
                self.postgres.start()
            for child in self.children:
                child.keep_alive()
                child.trim_log()
        except (RefusedError, psycopg.Error, OSError) as trouble:
            say(str(trouble))
            self.stopping.wait(5)

    def _web(self, url: str) -> Child:
        command = [
            *python("granian"), "--interface", "wsgi", "--host", self.place.host, "--port", str(self.place.port),
            "--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS), "--respawn-failed-workers",
            "--respawn-interval", "0.5", "--workers-kill-timeout", "10", "--no-ws", "--http", "1",
            # No access log: the addresses of petitioners are personal data.
            "--no-access-log", "--log-level", "warning", "xinfang.wsgi:application",
        ]  # fmt: skip
        return Child("web", command, self._env(url) | {"XINFANG_PROCESS": "web"}, self.home.logs / "web.log", say)

    def _worker(self, url: str) -> Child:
        return Child("worker", [*python("xinfang"), "worker"], self._env(url), self.home.logs / "worker.log", say)

    def _env(self, url: str) -> dict[str, str]:
        own = {"DATABASE_URL": url, "XINFANG_HOME": str(self.home.path), "XINFANG_HOSTS": self.place.names()}
        return {**os.environ, **own, "XINFANG_SUPERVISED": "1"}

    def _command(self, url: str, *arguments: str) -> None:
        """A step before serving; a failed one has said why on the terminal."""
        done = subprocess.run([*python("xinfang"), *arguments], env=self._env(url), check=False)
        if done.returncode and not self.stopping.is_set():
            name = arguments[0]
            raise RefusedError(f"xinfang {name} 没有成功：原因见上。", f"xinfang {name} failed: it has said why above.")

    def _demo_accounts(self, url: str) -> str:
        command = [*python("xinfang"), "demoaccounts"]
        done = subprocess.run(command, env=self._env(url), stdout=subprocess.PIPE, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + READY_WITHIN
        web = self.children[0]
        while not self.stopping.is_set() and not self.place.answers():
            if not web.alive() or time.monotonic() > give_up:
                raise RefusedError(f"网站未能启动：原因见 {web.log}", f"The web server did not start: see {web.log}")
            self.stopping.wait(0.2)

    def _asked_to_stop(self, _sign: int, _frame: FrameType | None) -> None:
        self.stopping.set()


def say(line: str) -> None:
    print(line, flush=True)
