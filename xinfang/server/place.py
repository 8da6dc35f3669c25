"""Where the pages answer, and whom they may be reached by."""

import ipaddress
import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from xinfang.server.refusal import RefusedError

OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # compared, not bound


@dataclass(frozen=True)
class Place:
    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        name = "localhost" if self.is_loopback else self._written
        return f"http://{name}:{self.port}/"

    def names(self, env: Mapping[str, str] = os.environ) -> str:
        """What XINFANG_HOSTS says, else the names of this machine and the one that it listens on."""
        told = env.get("XINFANG_HOSTS")
        own = OWN_NAMES if self.is_loopback or self.host in EVERYWHERE else (*OWN_NAMES, self._written)
        return told or ",".join(own)

    def is_private(self, env: Mapping[str, str] = os.environ) -> bool:
        """Nobody but this machine reaches it, not through a proxy either."""
        named = {name for name in env.get("XINFANG_HOSTS", "").split(",") if name}
        return self.is_loopback and named <= set(OWN_NAMES) and env.get("XINFANG_TLS") != "1"

    def refuse_taken(self, *, patience: float = 3.0) -> None:
        """Asked before anything is started; what a killed start left behind is given a moment to go."""
        give_up = time.monotonic() + patience
        while error := self._cannot_listen():
            if time.monotonic() > give_up:
                taken, other = f"{self.host}:{self.port}", self.port + 1
                raise RefusedError(
                    f"不能监听 {taken}（{error.strerror}）：请换一个端口，例如 xinfang up --port {other}。",
                    f"Cannot listen on {taken} ({error.strerror}): try xinfang up --port {other}.",
                ) from error
            time.sleep(0.15)

    def answers(self) -> bool:
        """Whether the health page is well."""
        connection = HTTPConnection(EVERYWHERE.get(self.host, self.host), self.port, timeout=5)
        try:
            connection.request("GET", "/health/", headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    @property
    def _written(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    def _cannot_listen(self) -> OSError | None:
        with socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                return error
        return None
