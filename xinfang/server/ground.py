"""A database that answers, can be trusted, and fits its keys: what every command stands on."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from xinfang.server import checks, keys
from xinfang.server.home import Home
from xinfang.server.postgres import Postgres
from xinfang.server.refusal import RefusedError


@contextmanager
def database(env: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The URL of a database together with the keys that it needs; both are made when there are none yet."""
    with answering(env) as url:
        if not _testing(env):
            keys.ensure(Home.of(env).keys, data_exists=checks.has_tables(url))
        yield url


@contextmanager
def answering(env: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The URL of DATABASE_URL's server or of the embedded one, which runs at least as long as this context."""
    home, durable = Home.of(env), not _testing(env)
    if url := env.get("DATABASE_URL"):
        home.prepare()
        checks.check(url, durable=durable, embedded=False)
        yield url
        return
    with Postgres(home, durable=durable).running() as url:
        yield url


def refuse_test_mode(env: Mapping[str, str] = os.environ) -> None:
    if _testing(env):
        raise RefusedError(
            "XINFANG_TEST=1 使用公开的测试密钥：请去掉它再启动。",
            "XINFANG_TEST=1 means keys that everybody knows: unset it before a real start.",
        )


def _testing(env: Mapping[str, str]) -> bool:
    return env.get("XINFANG_TEST") == "1"
