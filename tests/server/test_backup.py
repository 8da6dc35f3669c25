import io
import json
import shutil
import tarfile

import psycopg
import pytest

from xinfang.server import backup, keys, restore
from xinfang.server.postgres import Postgres
from xinfang.server.refusal import RefusedError

pytestmark = pytest.mark.slow

PHOTO = b"\x00\xff" * 5000


@pytest.fixture(scope="module")
def centre(new_home):
    """A centre whose database runs, as beside `xinfang up`."""
    home = new_home()
    with Postgres(home).running():
        yield home


@pytest.fixture(scope="module")
def saved(centre, xinfang, tmp_path_factory):
    """Its backup, with a row and a file in it."""
    done = xinfang(centre, "init", "--area", "341602", "--admin", "wang")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Copy" in done.stdout
    sql(centre, "CREATE TABLE kept (words text)", "INSERT INTO kept VALUES ('修路')")
    (centre.media / "2026").mkdir()
    (centre.media / "2026" / "photo").write_bytes(PHOTO)
    target = tmp_path_factory.mktemp("saved") / "monday.xinfang"
    done = xinfang(centre, "backup", str(target))
    assert done.returncode == 0, done.stderr
    assert "cannot be read. Keep a copy of it, apart from the backups" in done.stdout
    return target


def sql(home, *queries):
    with Postgres(home).running() as url, psycopg.connect(url, autocommit=True) as connection:
        for query in queries[:-1]:
            connection.execute(query)
        cursor = connection.execute(queries[-1])
        return cursor.fetchall() if cursor.description else None


def test_a_backup_comes_back_on_another_machine_that_has_the_keys(centre, saved, new_home, xinfang):
    with tarfile.open(saved) as tar:
        assert "keys.json" not in tar.getnames()
    other = new_home()

    done = xinfang(other, "restore", str(saved))
    assert done.returncode == 1
    assert "put the keys.json kept with it there first" in done.stderr
    assert not other.keys.exists()

    shutil.copy(centre.keys, other.keys)
    done = xinfang(other, "restore", str(saved))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Restored and verified" in done.stdout
    assert sql(other, "SELECT words FROM kept") == [("修路",)]
    assert (other.media / "2026" / "photo").read_bytes() == PHOTO


def test_what_is_there_is_replaced_only_when_asked_and_then_completely(centre, saved, xinfang):
    sql(centre, "INSERT INTO kept VALUES ('later')")
    (centre.media / "later").write_text("later")
    done = xinfang(centre, "restore", str(saved))
    assert done.returncode == 1
    assert "add --replace" in done.stderr
    assert sql(centre, "SELECT words FROM kept") == [("修路",), ("later",)]

    done = xinfang(centre, "restore", "--replace", str(saved))
    assert done.returncode == 0, done.stdout + done.stderr
    assert sql(centre, "SELECT words FROM kept") == [("修路",)]
    assert [path.name for path in centre.media.iterdir()] == ["2026"]
    assert sql(centre, "SELECT datname FROM pg_database WHERE datname LIKE 'xinfang_%'") == []
    assert not list(centre.path.glob("replaced-*"))


def test_a_ledger_that_was_tampered_with_is_restored_but_called_so(centre, saved, new_home, xinfang, tmp_path):
    other = new_home()
    shutil.copy(centre.keys, other.keys)
    with Postgres(other).running():
        assert xinfang(other, "restore", str(saved)).returncode == 0
        sql(other, "ALTER TABLE xinfang_event DISABLE TRIGGER USER", "UPDATE xinfang_event SET role = 'nobody'")
        assert xinfang(other, "backup", str(tmp_path / "tampered")).returncode == 0
        done = xinfang(other, "restore", "--replace", str(tmp_path / "tampered"))
        assert done.returncode == 1
        assert "Restored, but verify found faults (above). What was there is kept" in done.stdout
        assert len(sql(other, "SELECT datname FROM pg_database WHERE datname LIKE 'xinfang_replaced_%'")) == 1
    assert len(list(other.path.glob("replaced-*"))) == 1


def test_a_backup_that_cannot_be_upgraded_leaves_everything_as_it_was(home, xinfang, tmp_path):
    with Postgres(home).running():
        sql(home, "CREATE TABLE xinfang_unit (n int)", "CREATE TABLE mark AS SELECT 'then' AS words")
        keys.ensure(home.keys)
        (home.media / "then").write_text("then")
        assert xinfang(home, "backup", str(tmp_path / "odd")).returncode == 0
        sql(home, "UPDATE mark SET words = 'now'")
        (home.media / "then").rename(home.media / "now")
        done = xinfang(home, "restore", "--replace", str(tmp_path / "odd"))
        assert done.returncode == 1
        assert "Migrating the backup failed; what was there is back" in done.stderr
        assert sql(home, "SELECT words FROM mark") == [("now",)]
        assert sql(home, "SELECT datname FROM pg_database WHERE datname LIKE 'xinfang_%'") == []
    assert [path.name for path in home.media.iterdir()] == ["now"]


def test_other_keys_are_replaced_only_by_those_of_the_backup_and_kept_aside(centre, saved, new_home, xinfang, tmp_path):
    done = xinfang(centre, "backup", "--with-keys", str(tmp_path / "all"))
    assert "whoever has it can read everything" in done.stdout
    other = new_home()
    other.prepare()
    keys.ensure(other.keys)
    done = xinfang(other, "restore", str(tmp_path / "all"))
    assert done.returncode == 1
    assert "does not hold this backup's keys" in done.stderr
    mine = other.keys.read_bytes()
    done = xinfang(other, "restore", "--replace", str(tmp_path / "all"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert other.keys.read_bytes() == centre.keys.read_bytes()
    assert [file.read_bytes() for file in other.path.glob("keys.json.replaced-*")] == [mine]


def test_a_damaged_backup_is_refused_before_anything_is_touched(centre, saved, xinfang, tmp_path):
    damaged = tmp_path / "damaged"
    damaged.write_bytes(saved.read_bytes().replace(PHOTO, PHOTO[:-1] + b"?"))
    done = xinfang(centre, "restore", "--replace", str(damaged))
    assert done.returncode == 1
    assert "is damaged (media/2026/photo): use another one" in done.stderr
    assert sql(centre, "SELECT words FROM kept") == [("修路",)]


def test_a_backup_is_never_written_over_another_file(home, xinfang, tmp_path):
    (tmp_path / "taken").write_text("mine")
    done = xinfang(home, "backup", str(tmp_path / "taken"))
    assert done.returncode == 1
    assert "exists: choose another name" in done.stderr
    assert (tmp_path / "taken").read_text() == "mine"


def archive(path, parts, manifest):
    with path.open("wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
        for name, text in {**parts, backup.MANIFEST: json.dumps(manifest).encode()}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text))
    return path


@pytest.mark.parametrize(
    ("parts", "manifest"),
    [
        ({"media/a": b"a"}, {"format": 1, "parts": {}}),
        ({}, {"format": 1, "parts": {"media/a": {"sha256": "00", "size": 1}}}),
        ({"media/a": b"a"}, {"format": 1, "parts": {"media/a": {"sha256": "00", "size": 1}}}),
        ({}, {"format": 2, "parts": {}}),
    ],
)
def test_a_backup_with_more_less_or_other_than_it_lists_is_refused(tmp_path, parts, manifest):
    file = archive(tmp_path / "x", parts, manifest)
    with pytest.raises(RefusedError, match="is damaged"), restore.opened(file) as found:
        found.verify()


@pytest.mark.parametrize("text", [b"", b"not an archive", b"x" * 20_000])
def test_a_file_that_is_no_backup_is_refused_in_one_line(tmp_path, text):
    (tmp_path / "x").write_bytes(text)
    with pytest.raises(RefusedError) as caught, restore.opened(tmp_path / "x"):
        pass
    assert "\n" not in str(caught.value)


def test_a_backup_cut_short_is_refused(tmp_path):
    whole = archive(tmp_path / "x", {"media/a": b"a" * 40_000}, {"format": 1, "parts": {}}).read_bytes()
    (tmp_path / "short").write_bytes(whole[:20_000])
    with pytest.raises(RefusedError), restore.opened(tmp_path / "short"):
        pass


def test_a_backup_cannot_write_outside_its_folders(tmp_path):
    file = archive(tmp_path / "x", {"media/../../out": b"a"}, {"format": 1, "parts": {}})
    with restore.opened(file) as found, pytest.raises(RefusedError, match="is damaged"):
        found.extract_tree("media", tmp_path / "new" / "media")
    assert not (tmp_path / "out").exists()
