"""What a database must be before anybody's grievance is written into it; asked over a connection at every start."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from xinfang.server.binaries import OLDEST
from xinfang.server.refusal import RefusedError

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def check(url: str, *, durable: bool = True, embedded: bool = True) -> None:
    """Refuse a database that would lose, garble or not find what it is given."""
    with connected(url) as connection:
        _version(connection)
        _encoding(connection)
        _locale(connection, exact=embedded)
        if durable:
            _durability(connection)
            if embedded:
                _checksums(connection)


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    try:
        connection = psycopg.connect(url, connect_timeout=10, autocommit=True, client_encoding="utf8")
    except psycopg.OperationalError as error:
        said = str(error).splitlines()[0]
        raise RefusedError(
            f"数据库没有回应（{said}）：请检查 DATABASE_URL 和数据库服务。",
            f"The database does not answer ({said}): look at DATABASE_URL and at its server.",
        ) from error
    with connection:
        yield connection


def _version(connection: psycopg.Connection) -> None:
    major = connection.info.server_version // 10000
    if major < OLDEST:
        raise RefusedError(
            f"数据库是 PostgreSQL {major}：需要 {OLDEST} 或更新版本。",
            f"The database is PostgreSQL {major}: {OLDEST} or newer is needed.",
        )


def _encoding(connection: psycopg.Connection) -> None:
    found = _show(connection, "server_encoding")
    if found != "UTF8":
        raise RefusedError(
            f"数据库编码是 {found}：请用 createdb --encoding=UTF8 --template=template0 重新建库。",
            f"The database's encoding is {found}: create it with createdb --encoding=UTF8 --template=template0.",
        )


def _locale(connection: psycopg.Connection, *, exact: bool) -> None:
    # Not the name alone: under C, no Chinese character is a letter and text search finds nothing.
    letters = _one(connection, "SELECT '信访' ~ '^[[:alpha:]]{2}$'")
    row = connection.execute("SELECT datcollate FROM pg_database WHERE datname = current_database()").fetchone()
    collate = str(row[0]) if row else ""
    if not letters or (exact and collate.lower().replace("-", "") != "c.utf8"):
        raise RefusedError(
            f"数据库区域设置是 {collate}，查不到中文：请用 createdb --locale=C.UTF-8 --template=template0 重建。",
            f"The database's locale is {collate}: create it with createdb --locale=C.UTF-8 --template=template0.",
        )


def _durability(connection: psycopg.Connection) -> None:
    for setting in DURABLE:
        if _show(connection, setting) == "off":
            raise RefusedError(
                f"数据库设置 {setting}=off，断电会丢失已受理的事项：请执行 ALTER SYSTEM RESET {setting} 后重新启动。",
                f"The database runs with {setting}=off and may lose what it has acknowledged: "
                f"run ALTER SYSTEM RESET {setting}, take it out of postgresql.conf, and start again.",
            )


def _checksums(connection: psycopg.Connection) -> None:
    if _show(connection, "data_checksums") != "on":
        raise RefusedError(
            "数据库没有启用数据页校验：请先停止，再执行 pg_checksums --enable。",
            "The database has no data checksums: stop it, run pg_checksums --enable, and start again.",
        )


def _show(connection: psycopg.Connection, setting: str) -> str:
    return str(_one(connection, "SELECT current_setting(%s)", setting))


def _one(connection: psycopg.Connection, query: str, *parameters: object) -> object:
    row = connection.execute(query, parameters or None).fetchone()
    return row[0] if row else None


def has_tables(url: str) -> bool:
    with connected(url) as connection:
        return bool(_one(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
