import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xinfang.server import processes
from xinfang.server.processes import Child, die_with_parent

SLEEP = ["sleep", "60"]


def child_of(tmp_path, command, said=None):
    return Child("web", command, dict(os.environ), tmp_path / "web.log", (said if said is not None else []).append)


def gone(pid, within=5.0):
    give_up = time.monotonic() + within
    while time.monotonic() < give_up:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def until(question, within=5.0):
    give_up = time.monotonic() + within
    while time.monotonic() < give_up:
        if found := question():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


@pytest.fixture
def sleeper(tmp_path):
    child = child_of(tmp_path, SLEEP)
    child.start()
    yield child
    child.stop()


def test_a_child_stops_when_asked(sleeper):
    pid = sleeper.process.pid
    assert sleeper.alive()
    sleeper.stop()
    assert gone(pid)


def test_a_dead_child_comes_back_at_once_and_says_so(tmp_path):
    said = []
    child = child_of(tmp_path, SLEEP, said)
    child.start()
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: not child.alive())
    child.keep_alive()
    assert child.alive()
    assert child.process.pid != first
    assert said == [f"web: 退出 exit -9，0 s 后重启 restarting（{tmp_path / 'web.log'}）"]
    child.stop()


def test_a_child_that_keeps_dying_is_brought_back_more_and_more_slowly(tmp_path):
    said = []
    child = child_of(tmp_path, [sys.executable, "-S", "-c", "raise SystemExit(3)"], said)
    child.start()
    for _ in range(3):
        child.not_before = 0.0
        child.keep_alive()
        until(lambda: not child.alive())
        child.keep_alive()
    assert [line.split("，")[1].split(" ")[0] for line in said] == ["0", "1", "2", "4"][: len(said)]
    assert len(said) >= 3


def test_what_a_dead_child_had_started_goes_with_it(tmp_path):
    script = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    child = child_of(tmp_path, [sys.executable, "-S", "-c", script])
    child.start()
    orphan = int(until(lambda: (tmp_path / "web.log").read_text().strip()))
    os.kill(child.process.pid, signal.SIGKILL)
    until(lambda: not child.alive())
    assert not gone(orphan, within=0.2)
    child.keep_alive()
    assert gone(orphan)
    child.stop()


def test_a_child_that_does_not_listen_is_ended_all_the_same(tmp_path):
    script = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    child = child_of(tmp_path, [sys.executable, "-S", "-c", script])
    child.start()
    until((tmp_path / "web.log").read_text)
    pid = child.process.pid
    child.stop(patience=0.2)
    assert gone(pid)


def test_children_do_not_outlive_a_supervisor_that_was_killed(tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from xinfang.server.processes import Child\n"
        "child = Child('web', ['sleep', '60'], {}, Path(sys.argv[1]), print)\n"
        "child.start(); print(child.process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, tmp_path / "log"], stdout=subprocess.PIPE, text=True
    ) as parent:
        orphan = int(parent.stdout.readline())
        parent.kill()
    assert gone(orphan)


def test_a_web_worker_does_not_outlive_the_web_server_above_it():
    script = (
        "import os, time; from xinfang.server.processes import die_with_parent\n"
        "pid = os.fork()\n"
        "if pid == 0:\n    die_with_parent(); print(os.getpid(), flush=True); time.sleep(60)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        orphan = int(parent.stdout.readline())
        parent.kill()
        assert gone(orphan)


def test_asking_to_die_with_a_living_parent_changes_nothing():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from xinfang.server.processes import die_with_parent; die_with_parent(); print('here')",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "here\n"
    assert callable(die_with_parent)


def test_a_log_that_grew_too_long_keeps_one_older_part(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "LOG_LIMIT", 100)
    child = child_of(tmp_path, SLEEP)
    child.log.write_text("x" * 99)
    child.trim_log()
    assert child.log.stat().st_size == 99
    child.log.write_text("y" * 101)
    child.trim_log()
    assert child.log.stat().st_size == 0
    assert (tmp_path / "web.log.1").read_text() == "y" * 101
