"""Those who use the site while it is measured: pages asked for over HTTP, forms sent by clerks."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode
from uuid import uuid4

PASSWORD = "bench-only-password"  # noqa: S105  -- lives as long as the run
PEOPLE = {"clerk": "hall1", "director": "director1", "bureau": "bureau1", "supervisor": "supervisor1"}


def line(name: str, text: str) -> None:
    print(f"{name:<34} {text}", flush=True)


@contextmanager
def serving(port: int) -> Iterator[int]:
    """The site as `xinfang up` starts it: granian, two workers of four threads."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--no-ws", "--http", "1", "--no-access-log",
        "--log-level", "warning", "xinfang.wsgi:application",
    ]  # fmt: skip
    child = subprocess.Popen(command, env=os.environ | {"XINFANG_PROCESS": "web"})
    try:
        for _try in range(120):
            try:
                ask(port, "GET", "/health/")
                break
            except OSError:
                time.sleep(0.5)
        yield child.pid
    finally:
        child.terminate()
        child.wait(20)


def ask(port: int, method: str, address: str, body: str = "", cookies: str = "") -> tuple[int, dict[str, str], str]:
    """One request on a connection of its own: status, cookies that were set, body."""
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies, "Host": f"127.0.0.1:{port}"}
    wire.request(method, quoted(address), body.encode(), headers)
    answer = wire.getresponse()
    text = answer.read().decode()
    given = dict(re.match(r"([^=]+)=([^;]*)", value).groups() for value in answer.headers.get_all("Set-Cookie") or ())
    wire.close()
    return answer.status, given, text


def quoted(address: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in address)


def signed_in(port: int, who: str) -> dict[str, str]:
    """The cookies of somebody who signed in over HTTP."""
    _status, cookies, page_text = ask(port, "GET", "/sign-in/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page_text)
    fields = {"username": PEOPLE[who], "password": PASSWORD, "csrfmiddlewaretoken": token.group(1) if token else ""}
    status, more, _text = ask(port, "POST", "/sign-in/", urlencode(fields), written(cookies))
    if status != 302:
        raise SystemExit(f"sign-in answered {status}")
    return {**cookies, **more}


def written(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def timed(times: int, what: Callable[[], None]) -> list[float]:
    seconds = []
    for _turn in range(times):
        began = time.perf_counter()
        what()
        seconds.append(time.perf_counter() - began)
    return sorted(seconds)


def form(n: int) -> dict[str, str]:
    return {
        "submission_key": str(uuid4()), "unit": "999901", "channel": "visit", "name": f"测{n}", "phone": "19900000000",
        "original_words": "村口路灯不亮，请修一修。", "demand": "修好路灯",
    }  # fmt: skip


class Clerk:
    """Somebody at a window, who sends the intake form again and again."""

    def __init__(self, port: int) -> None:
        self.port = port
        cookies = signed_in(port, "clerk")
        _status, more, text = ask(port, "GET", "/desk/intake/new/", cookies=written(cookies))
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        self.cookies, self.token, self.sent = cookies | more, token.group(1) if token else "", 0

    def register(self) -> None:
        """One registration, acknowledged."""
        self.sent += 1
        fields = {"csrfmiddlewaretoken": self.token} | form(self.sent)
        cookies = written(self.cookies)
        status, _more, answer = ask(self.port, "POST", "/desk/intake/new/", urlencode(fields), cookies)
        if status != 302:
            raise SystemExit(f"registration answered {status}: {answer[:300]}")
