import os
import signal
from pathlib import Path

import psycopg
import pytest

from tests.server.conftest import home_at
from xinfang.server import checks
from xinfang.server.postgres import Postgres, socket_url
from xinfang.server.refusal import RefusedError

DEAF = "TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'"


def ask(postgres, query, database="xinfang"):
    url = socket_url(postgres.home, user="xinfang", database=database)
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchall()


def admin(postgres, *queries):
    url = socket_url(postgres.home, user="postgres", database="postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        for query in queries:
            connection.execute(query)


def owner_of(pid):
    return Path(f"/proc/{pid}").stat().st_uid


def test_it_never_runs_as_root(cluster):
    assert owner_of(cluster.pid()) != 0


def test_it_listens_on_its_socket_alone(cluster):
    assert ask(cluster, "SHOW listen_addresses") == [("",)]
    assert [file.name for file in cluster.home.run.iterdir() if file.is_socket()] == [".s.PGSQL.5432"]


def test_the_role_of_the_product_may_make_databases_and_nothing_more(cluster):
    query = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    assert ask(cluster, query) == [(False, True, False, False)]


def test_chinese_words_are_found_by_their_trigrams(cluster):
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    assert ask(cluster, "SELECT cardinality(show_trgm('信访局'))") == [(4,)]


def test_its_log_keeps_no_statement_and_no_value(cluster):
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE TEMPORARY TABLE t (phone text UNIQUE)")
        connection.execute("INSERT INTO t VALUES ('13855550000')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO t VALUES ('13855550000')")
    # Read once the logger has written everything and gone.
    cluster.stop()
    logs = "".join(file.read_text() for file in (cluster.home.logs / "postgresql").glob("*.log"))
    cluster.start()
    assert "duplicate key value" in logs
    assert "13855550000" not in logs


def test_after_kill_9_it_comes_back_with_everything_acknowledged(cluster):
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    killed = cluster.pid()
    os.kill(killed, signal.SIGKILL)
    cluster.start()
    assert cluster.pid() not in {None, killed}
    assert ask(cluster, "SELECT count(*) FROM kept") == [(1000,)]


def test_a_server_left_running_is_adopted(cluster):
    before = cluster.pid()
    Postgres(cluster.home).start()
    assert cluster.pid() == before


def test_the_last_command_to_leave_switches_off(cluster):
    cluster.stop()
    with Postgres(cluster.home).running() as url:
        with Postgres(cluster.home).running() as same:
            assert url == same
        assert cluster.pid() is not None
    assert cluster.pid() is None


def test_a_lock_file_with_the_number_of_some_other_process_does_not_stop_the_start(cluster):
    cluster.stop()
    (cluster.home.pg / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.home.pg}\n")
    (cluster.home.run / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    cluster.start()
    assert ask(cluster, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_server_that_may_lose_data_is_refused_and_not_left_running(cluster, setting):
    cluster.start()
    admin(cluster, f"ALTER SYSTEM SET {setting} = off")
    cluster.stop()
    with pytest.raises(RefusedError, match=rf"{setting}=off .*: run ALTER SYSTEM RESET {setting}") as caught:
        cluster.start()
    assert "\n" not in str(caught.value)
    assert cluster.pid() is None
    (cluster.home.pg / "postgresql.auto.conf").write_text("")


def test_a_locale_that_does_not_know_chinese_letters_is_refused(cluster):
    cluster.start()
    admin(cluster, f"CREATE DATABASE deaf OWNER xinfang {DEAF} ENCODING 'UTF8'")
    with pytest.raises(RefusedError, match=r"locale is C: create it with createdb --locale=C.UTF-8"):
        checks.check(socket_url(cluster.home, user="xinfang", database="deaf"), embedded=False)


def test_an_encoding_other_than_utf8_is_refused(cluster):
    cluster.start()
    admin(cluster, f"CREATE DATABASE ascii OWNER xinfang {DEAF} ENCODING 'SQL_ASCII'")
    with pytest.raises(RefusedError, match="encoding is SQL_ASCII: create it with createdb --encoding=UTF8"):
        checks.check(socket_url(cluster.home, user="xinfang", database="ascii"), embedded=False)


def test_data_of_another_major_version_is_refused_before_anything_touches_it(home):
    home.prepare()
    home.pg.mkdir()
    (home.pg / "PG_VERSION").write_text("14\n")
    with pytest.raises(RefusedError, match=r"is of PostgreSQL 14, this is \d+: run xinfang backup") as caught:
        Postgres(home).start()
    assert "\n" not in str(caught.value)
    assert [file.name for file in home.pg.iterdir()] == ["PG_VERSION"]


def test_a_creation_that_was_interrupted_is_begun_anew(home):
    home.prepare()
    (home.path / "pg.new").mkdir()
    (home.path / "pg.new" / "PG_VERSION").write_text("18\n")
    postgres = Postgres(home, durable=False)
    postgres.start()
    assert ask(postgres, "SELECT 1") == [(1,)]
    assert not (home.path / "pg.new").exists()


def test_a_server_that_will_not_start_says_why_in_one_line(home):
    postgres = Postgres(home, durable=False)
    postgres.start()
    postgres.stop()
    with (home.pg / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'nonsense'\n")
    with pytest.raises(RefusedError, match="logs/postgresql") as caught:
        postgres.start()
    assert "FATAL" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_home_where_the_database_user_cannot_go_is_refused(tmp_path, somebody_else):
    tmp_path.chmod(0o700)
    with pytest.raises(RefusedError, match="may not enter"):
        Postgres(home_at(tmp_path / "home")).start()


def test_a_home_too_deep_for_a_socket_is_refused(home):
    with pytest.raises(RefusedError, match="too long for a socket: set XINFANG_HOME to a shorter path"):
        Postgres(home_at(home.path / ("d" * 100))).start()
