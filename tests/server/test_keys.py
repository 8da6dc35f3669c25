import json
import stat

import pytest

from xinfang.server import keys
from xinfang.server.refusal import RefusedError


def test_keys_are_made_once_for_their_owner_alone(tmp_path):
    path = tmp_path / "keys.json"
    keys.ensure(path)
    first = path.read_bytes()
    keys.ensure(path, data_exists=True)
    assert path.read_bytes() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_there_are_five_different_keys_of_32_bytes(tmp_path):
    keys.ensure(tmp_path / "keys.json")
    document = json.loads((tmp_path / "keys.json").read_text())
    assert document["version"] == 1
    assert set(document["keys"]) == {"django_secret", "chain_key", "field_key", "index_key", "code_key"}
    found = keys.read(tmp_path / "keys.json")
    assert {len(key) for key in found.values()} == {32}
    assert len(set(found.values())) == 5


def test_of_two_starts_at_once_one_writes_and_both_use_the_same(tmp_path):
    path = tmp_path / "keys.json"
    keys.ensure(path)
    first = keys.read(path)
    keys.write(path, dict.fromkeys(keys.NAMES, b"x" * 32))
    assert keys.read(path) == first


def test_new_keys_are_never_made_over_old_data(tmp_path):
    with pytest.raises(RefusedError, match=r"put back your copy of keys.json"):
        keys.ensure(tmp_path / "keys.json", data_exists=True)
    assert not (tmp_path / "keys.json").exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_keys_that_others_may_read_are_refused(tmp_path, mode):
    path = tmp_path / "keys.json"
    keys.ensure(path)
    path.chmod(mode)
    with pytest.raises(RefusedError, match=rf"is open to others .{mode:o}.: run chmod 600"):
        keys.read(path)


@pytest.mark.parametrize("text", ["", "{}", '{"version": 1, "keys": {}}', "[1]", '{"version": 2, "keys": 3}'])
def test_damaged_keys_are_refused_and_not_replaced(tmp_path, text):
    path = tmp_path / "keys.json"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(RefusedError, match="is damaged"):
        keys.ensure(path)
    assert path.read_text() == text


def test_a_fingerprint_tells_keys_apart():
    one = {name: bytes([number]) * 32 for number, name in enumerate(keys.NAMES)}
    other = one | {"code_key": b"z" * 32}
    assert keys.fingerprint(one) == keys.fingerprint(dict(reversed(one.items())))
    assert keys.fingerprint(one) != keys.fingerprint(other)
    assert len(keys.fingerprint(one)) == 16
