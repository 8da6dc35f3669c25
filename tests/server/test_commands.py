import pytest

import xinfang as package
from xinfang.__main__ import SERVER, WORDS, offline
from xinfang.server.postgres import socket_url


@pytest.mark.parametrize(
    ("arguments", "needs_no_database"),
    [
        (["clock"], True),
        (["check", "--deploy"], True),
        (["scenario", "--verbs"], True),
        (["importbatch", "--template", "x.xlsx"], True),
        (["stats", "--help"], True),
        (["makemigrations", "--check"], True),
        (["scenario", "a.yaml"], False),
        (["verify"], False),
        (["migrate"], False),
    ],
)
def test_only_what_reads_the_ledger_needs_a_database(arguments, needs_no_database):
    assert offline(arguments) is needs_no_database


def test_the_list_of_commands_names_every_server_command():
    assert [name for name in SERVER if name not in WORDS] == []


def test_without_a_command_it_lists_them_and_touches_nothing(home, xinfang):
    done = xinfang(home)
    assert done.returncode == 0
    assert "up [--demo]" in done.stdout
    assert not home.pg.exists()


def test_it_knows_its_version(home, xinfang):
    assert xinfang(home, "--version").stdout == f"{package.__version__}\n"


def test_a_command_without_database_leaves_no_trace(home, xinfang):
    assert xinfang(home, "check").returncode == 0
    assert not home.pg.exists()
    assert not home.keys.exists()


def test_status_of_what_does_not_run_is_3_as_service_managers_expect(home, xinfang):
    done = xinfang(home, "status")
    assert done.returncode == 3
    assert "未运行 not running" in done.stdout


def test_a_command_starts_the_database_for_itself_and_stops_it(home, xinfang):
    done = xinfang(home, "psql", "-At", "-c", "SELECT 6 * 7")
    assert done.stdout == "42\n"
    assert not (home.pg / "postmaster.pid").exists()
    assert home.keys.exists()


def test_a_lost_key_file_is_not_replaced_under_a_ledger(home, xinfang):
    xinfang(home, "psql", "-c", "CREATE TABLE ledger (n int)")
    home.keys.unlink()
    done = xinfang(home, "psql", "-c", "SELECT 1")
    assert done.returncode == 1
    assert "put back your copy of keys.json" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_database_of_your_own_is_used_and_no_other_started(home, cluster, xinfang):
    done = xinfang(home, "psql", "-At", "-c", "SHOW unix_socket_directories", DATABASE_URL=superuser(cluster))
    assert done.stdout.strip() == str(cluster.home.run)
    assert not home.pg.exists()


def test_a_database_of_your_own_that_may_lose_data_is_refused(home, cluster, xinfang):
    url = f"{superuser(cluster)}&options=-c%20synchronous_commit%3Doff"
    done = xinfang(home, "migrate", DATABASE_URL=url)
    assert done.returncode == 1
    assert "run ALTER SYSTEM RESET synchronous_commit" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_database_that_does_not_answer_is_said_in_one_line_without_its_password(home, xinfang):
    done = xinfang(home, "migrate", DATABASE_URL="postgresql://me:secret@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "look at DATABASE_URL" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "secret" not in done.stderr


def superuser(cluster):
    return socket_url(cluster.home, user="postgres", database="xinfang")


def test_an_empty_database_is_said_in_one_line(home, xinfang):
    for command in (("stats", "--as-of", "2026-10-31T24:00"), ("verify",)):
        done = xinfang(home, *command)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert "xinfang migrate" in done.stderr


def test_a_database_that_is_not_there_is_said_in_one_line(home, xinfang):
    done = xinfang(home, "verify", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
