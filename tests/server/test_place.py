import os
import socket

import pytest

from xinfang.server.place import Place
from xinfang.server.refusal import RefusedError
from xinfang.server.single import only_one, refuse_running, running

HERE = Place("127.0.0.1", 8000)


def test_a_port_in_use_is_refused_with_another_one_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RefusedError, match=f"try xinfang up --port {port + 1}") as caught:
            Place("127.0.0.1", port).refuse_taken(patience=0)
    assert "\n" not in str(caught.value)


def test_a_free_port_is_not_refused_and_nothing_answers_there(free_port):
    place = Place("127.0.0.1", free_port)
    place.refuse_taken(patience=0)
    assert place.answers() is False


@pytest.mark.parametrize(
    ("host", "loopback", "address"),
    [
        ("127.0.0.1", True, "http://localhost:8000/"),
        ("localhost", True, "http://localhost:8000/"),
        ("::1", True, "http://localhost:8000/"),
        ("::", False, "http://[::]:8000/"),
        ("192.0.2.1", False, "http://192.0.2.1:8000/"),
        ("xf.example", False, "http://xf.example:8000/"),
    ],
)
def test_loopback_is_this_machine_alone(host, loopback, address):
    assert Place(host, 8000).is_loopback is loopback
    assert Place(host, 8000).address == address


@pytest.mark.parametrize(
    ("host", "env", "private"),
    [
        ("127.0.0.1", {}, True),
        ("127.0.0.1", {"XINFANG_HOSTS": "localhost,127.0.0.1"}, True),
        ("127.0.0.1", {"XINFANG_HOSTS": "xf.example"}, False),
        ("127.0.0.1", {"XINFANG_TLS": "1"}, False),
        ("192.0.2.1", {}, False),
    ],
)
def test_what_a_proxy_shows_to_others_is_not_private(host, env, private):
    assert Place(host, 8000).is_private(env) is private


@pytest.mark.parametrize(
    ("host", "env", "names"),
    [
        ("127.0.0.1", {}, "localhost,127.0.0.1,[::1]"),
        ("::", {}, "localhost,127.0.0.1,[::1]"),
        ("192.0.2.1", {}, "localhost,127.0.0.1,[::1],192.0.2.1"),
        ("192.0.2.1", {"XINFANG_HOSTS": "xf.example"}, "xf.example"),
    ],
)
def test_it_answers_to_the_names_it_was_told_or_to_its_own(host, env, names):
    assert Place(host, 8000).names(env) == names


def test_a_second_supervisor_of_the_same_home_is_refused(home):
    home.prepare()
    with only_one(home, HERE):
        found = running(home)
        assert (found.pid, found.place) == (os.getpid(), HERE)
        with (
            pytest.raises(
                RefusedError, match=f"already running .process {os.getpid()}, http://localhost:8000/.: use it"
            ),
            only_one(home, Place("127.0.0.1", 8001)),
        ):
            pass
        with pytest.raises(RefusedError, match="stop it first"):
            refuse_running(home)
    assert running(home) is None
    refuse_running(home)


def test_nobody_runs_in_a_home_that_is_new(home):
    assert running(home) is None
