import os
import stat

import pytest

from tests.server.conftest import home_at
from xinfang.server.home import OF_ROOT, Home
from xinfang.server.refusal import RefusedError


def test_root_keeps_its_data_under_var_lib_and_anybody_else_in_their_own_folder(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert Home.of({}).path == OF_ROOT
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert Home.of({"XDG_DATA_HOME": "/srv/wang"}).path.as_posix() == "/srv/wang/xinfang"


def test_checkpoints_and_keys_may_lie_elsewhere():
    home = Home.of({"XINFANG_HOME": "/a", "XINFANG_CHECKPOINTS": "/b/points", "XINFANG_KEYS_FILE": "/c/keys.json"})
    assert (home.checkpoints.as_posix(), home.keys.as_posix()) == ("/b/points", "/c/keys.json")
    assert home.pg.as_posix() == "/a/pg"


def test_what_is_missing_is_made_for_its_owner_alone(tmp_path):
    home = home_at(tmp_path / "new")
    home.prepare()
    for folder in (home.media, home.checkpoints, home.outbox):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
    assert stat.S_IMODE(home.path.stat().st_mode) == 0o711


def test_a_home_of_somebody_else_is_refused_with_what_to_do(tmp_path, somebody_else):
    os.chown(tmp_path, somebody_else.pw_uid, somebody_else.pw_gid)
    with pytest.raises(
        RefusedError, match=r"属于用户 nobody.*belongs to nobody: run as that user, or set XINFANG_HOME"
    ) as caught:
        home_at(tmp_path).prepare()
    assert "\n" not in str(caught.value)


def test_a_home_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RefusedError, match="set XINFANG_HOME to a folder that you may write to"):
        home_at(tmp_path / "file").prepare()
