import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from tests.server.conftest import operator
from xinfang.server.place import Place
from xinfang.server.postgres import Postgres


def test_the_demo_is_refused_where_others_could_reach_it(home, xinfang):
    done = xinfang(home, "up", "--demo", "--host", "192.0.2.1")
    assert done.returncode == 1
    assert "leave out --demo, or --host" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert xinfang(home, "up", "--demo", XINFANG_TLS="1").stderr == done.stderr


def test_known_keys_are_refused_outside_tests(home, xinfang):
    done = xinfang(home, "up", XINFANG_TEST="1")
    assert done.returncode == 1
    assert "unset it before a real start" in done.stderr


@pytest.fixture
def start(home, free_port):
    """`xinfang up` in a process of its own, as from a terminal."""
    started = []

    def begin():
        command = [sys.executable, "-P", "-m", "xinfang", "up", "--port", str(free_port)]
        process = subprocess.Popen(
            command, env=operator(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        for line in process.stdout:
            if "Ctrl-C" in line:
                return process
        raise AssertionError(process.wait())

    yield begin
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def answers(port, within):
    give_up = time.monotonic() + within
    while time.monotonic() < give_up:
        if Place("127.0.0.1", port).answers():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
def test_a_centre_survives_the_death_of_each_of_its_processes(home, free_port, start, xinfang):
    postgres = Postgres(home)
    first = start()
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")

    status = xinfang(home, "status")
    assert status.returncode == 0
    assert f"http://localhost:{free_port}/，正常 healthy" in status.stdout
    assert "already running" in xinfang(home, "up", "--port", str(free_port + 1)).stderr

    os.kill(postgres.pid(), signal.SIGKILL)
    assert answers(free_port, within=15)

    first.kill()
    first.wait()
    second = start()
    assert answers(free_port, within=5)
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == [(7,)]

    second.send_signal(signal.SIGINT)
    assert second.wait(30) == 0
    assert postgres.pid() is None
    assert not answers(free_port, within=0.3)
