import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.server.conftest import home_at
from xinfang.server.postgres import socket_url
from xinfang.server.refusal import RefusedError
from xinfang.server.restore import Files
from xinfang.server.twin import Twin


def ask(url, query):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else None


def names(cluster):
    return {name for (name,) in ask(cluster.url, "SELECT datname FROM pg_database WHERE datname LIKE 'xinfang%'")}


@pytest.fixture
def twin(cluster):
    ask(cluster.url, "DROP TABLE IF EXISTS mark")
    ask(cluster.url, "CREATE TABLE mark AS SELECT 'old' AS words")
    twin = Twin(cluster.url, "20261122")
    twin.create()
    ask(twin.url, "CREATE TABLE mark AS SELECT 'new' AS words")
    yield twin
    twin.drop()
    twin.drop_replaced()


def test_a_twin_has_the_same_locale(cluster, twin):
    query = "SELECT datlocprovider, datcollate, datctype, encoding FROM pg_database WHERE datname = current_database()"
    assert ask(twin.url, query) == ask(cluster.url, query)


def test_a_twin_takes_the_name_and_the_former_stays_until_it_is_dropped(cluster, twin):
    twin.swap()
    assert ask(cluster.url, "SELECT words FROM mark") == [("new",)]
    assert names(cluster) == {"xinfang", "xinfang_replaced_20261122"}
    twin.drop_replaced()
    assert names(cluster) == {"xinfang"}


def test_the_exchange_can_be_taken_back(cluster, twin):
    twin.swap()
    twin.swap_back()
    assert ask(cluster.url, "SELECT words FROM mark") == [("old",)]
    assert names(cluster) == {"xinfang"}


def test_sessions_that_are_open_do_not_hold_up_the_exchange(cluster, twin):
    with psycopg.connect(cluster.url) as open_session:
        open_session.execute("SELECT 1")
        twin.swap()
        with pytest.raises(psycopg.OperationalError):
            open_session.execute("SELECT 1")


def test_a_role_that_may_not_create_databases_is_told_what_to_ask_for(cluster):
    admin = socket_url(cluster.home, user="postgres", database="postgres")
    ask(admin, "ALTER ROLE xinfang NOCREATEDB")
    try:
        with pytest.raises(RefusedError, match=r"run ALTER ROLE ... CREATEDB"):
            Twin(cluster.url, "1").create()
    finally:
        ask(admin, "ALTER ROLE xinfang CREATEDB")


def test_a_database_with_a_libc_locale_gets_a_twin_of_the_same_kind(cluster):
    options = "OWNER xinfang TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C.UTF-8' ENCODING 'UTF8'"
    ask(socket_url(cluster.home, user="postgres", database="postgres"), f"CREATE DATABASE plain {options}")
    twin = Twin(make_conninfo(cluster.url, dbname="plain"), "1")
    twin.create()
    query = "SELECT datlocprovider::text, datcollate FROM pg_database WHERE datname = current_database()"
    assert ask(twin.url, query) == [("c", "C.UTF-8")]
    twin.drop()


def test_files_trade_places_and_back(tmp_path):
    home, aside = home_at(tmp_path / "home"), tmp_path / "home" / "replaced"
    home.prepare()
    (home.media / "old").write_text("old")
    for tree in ("media", "checkpoints"):
        (aside / "new" / tree).mkdir(parents=True)
    (aside / "new" / "media" / "new").write_text("new")
    files = Files(home, aside)
    files.swap()
    assert [path.name for path in home.media.iterdir()] == ["new"]
    files.swap_back()
    assert [path.name for path in home.media.iterdir()] == ["old"]
