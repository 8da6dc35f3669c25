"""A second database beside the first, with the same locale, that can take its name."""

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from xinfang.server import checks
from xinfang.server.refusal import RefusedError


class Twin:
    def __init__(self, url: str, stamp: str) -> None:
        self.original = str(conninfo_to_dict(url)["dbname"])
        self.name = f"{self.original}_restored_{stamp}"
        self.replaced = f"{self.original}_replaced_{stamp}"
        self.url = make_conninfo(url, dbname=self.name)
        self._elsewhere = make_conninfo(url, dbname="postgres")

    def create(self) -> None:
        try:
            with self._connect() as connection:
                connection.execute(self._creation(connection))
        except psycopg.errors.InsufficientPrivilege as error:
            raise RefusedError(
                "数据库用户不能建库：请由管理员执行 ALTER ROLE ... CREATEDB。",
                "The database's role may not create a database: let an administrator run ALTER ROLE ... CREATEDB.",
            ) from error
        checks.check(self.url, durable=False, embedded=False)

    def drop(self) -> None:
        self._drop(self.name)

    def swap(self) -> None:
        self._rename(self.original, self.replaced)
        self._rename(self.name, self.original)

    def swap_back(self) -> None:
        self._rename(self.original, self.name)
        self._rename(self.replaced, self.original)
        self.drop()

    def drop_replaced(self) -> None:
        self._drop(self.replaced)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self._elsewhere, autocommit=True, connect_timeout=10)

    def _creation(self, connection: psycopg.Connection) -> sql.Composed:
        locale = "datlocale" if connection.info.server_version >= 170000 else "daticulocale"
        query = sql.SQL("SELECT datlocprovider, datcollate, datctype, {} FROM pg_database WHERE datname = %s")
        row = connection.execute(query.format(sql.Identifier(locale)), [self.original]).fetchone()
        if row is None:
            raise LookupError(self.original)
        provider, collate, ctype, name = row
        words = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"
        values: list[sql.Composable] = [sql.Identifier(self.name), sql.Literal(collate), sql.Literal(ctype)]
        if provider in {"b", b"b"}:
            words, values = words + " LOCALE_PROVIDER builtin BUILTIN_LOCALE {}", [*values, sql.Literal(name)]
        elif provider in {"i", b"i"}:
            words, values = words + " LOCALE_PROVIDER icu ICU_LOCALE {}", [*values, sql.Literal(name)]
        else:
            words += " LOCALE_PROVIDER libc"
        return sql.SQL(words).format(*values)

    def _rename(self, old: str, new: str) -> None:
        with self._connect() as connection:
            self._disconnect(connection, old)
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
            )

    def _drop(self, name: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _disconnect(self, connection: psycopg.Connection, name: str) -> None:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
