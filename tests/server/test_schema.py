import psycopg
import pytest

from xinfang.server import keys, schema
from xinfang.server.postgres import Postgres
from xinfang.server.refusal import RefusedError


def test_the_shapes_that_this_code_knows_are_its_migrations():
    assert {name[:4] for name in schema.known()} >= {"0001"}
    assert "__init__" not in schema.known()


def test_an_older_shape_is_welcome_and_a_newer_one_is_refused():
    schema.refuse_newer([], "The database")
    schema.refuse_newer(schema.known(), "The database")
    with pytest.raises(RefusedError, match=r"was written by a newer version .9999_later.: upgrade the program first"):
        schema.refuse_newer([*schema.known(), "9999_later"], "The database")


def test_an_empty_database_has_no_shape_yet(cluster):
    assert schema.applied(cluster.url) == []


def test_a_database_of_a_newer_program_is_refused(home, xinfang):
    with Postgres(home).running() as url, psycopg.connect(url, autocommit=True) as connection:
        keys.ensure(home.keys)
        connection.execute("CREATE TABLE django_migrations (id serial, app text, name text, applied timestamptz)")
        connection.execute("INSERT INTO django_migrations (app, name) VALUES ('xinfang', '9999_later'), ('auth', '1')")
        assert schema.applied(url) == ["9999_later"]
        done = xinfang(home, "init", "--area", "341602", "--admin", "wang")
    assert done.returncode == 1
    assert "The database was written by a newer version (9999_later)" in done.stderr
    assert len(done.stderr.splitlines()) == 1
