"""A new build takes the place of the old one under a running server: nobody gets a broken page."""

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.http import HttpResponse
from django.test import RequestFactory

from xinfang.web.parts import static_files
from xinfang.web.parts.static_files import StaticFiles

pytestmark = pytest.mark.django_db  # the suite looks after its database
OLD, NEW, PLAIN = "/static/built/desk.0123456789ab.css", "/static/built/desk.ba9876543210.css", "/static/built/desk.css"


@pytest.fixture
def root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    write(tmp_path, OLD, "old")
    write(tmp_path, PLAIN, "old")
    return tmp_path


def write(root, address, content):
    file = root / address.removeprefix("/static/")
    file.parent.mkdir(exist_ok=True)
    file.write_text(content, encoding="utf-8")


def remove(root, *addresses):
    for address in addresses:
        (root / address.removeprefix("/static/")).unlink()


def rebuild(root):
    remove(root, OLD, PLAIN)
    write(root, NEW, "the new one")
    write(root, PLAIN, "the new one")


def asked(server, address):
    answer = server(RequestFactory().get(address))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return answer.status_code, body.decode(), answer.headers.get("Cache-Control", "")


@pytest.fixture
def server(root, monkeypatch):
    monkeypatch.setattr(StaticFiles, "pause", 0.0)
    return StaticFiles(lambda request: HttpResponse("the page", status=404))


def test_a_file_is_served_as_it_is(server):
    assert asked(server, OLD)[:2] == (200, "old")
    assert "no-store" not in asked(server, OLD)[2]
    assert asked(server, "/desk/")[:2] == (404, "the page")
    assert asked(server, "/static/built/none.css")[:2] == (404, "the page")


def test_whoever_asks_by_an_older_name_is_given_what_is_there_today_and_keeps_it_not(root, server):
    rebuild(root)
    assert asked(server, OLD) == (200, "the new one", "no-store")
    assert asked(server, OLD) == (200, "the new one", "no-store")
    assert asked(server, NEW)[:2] == (200, "the new one")
    assert "no-store" not in asked(server, NEW)[2]


def test_the_newer_name_is_found_by_a_server_that_began_before_it(root, server):
    rebuild(root)
    assert asked(server, NEW)[:2] == (200, "the new one")
    assert "no-store" not in asked(server, NEW)[2]


def test_in_the_middle_of_a_build_a_missing_file_is_a_plain_404(root, server):
    remove(root, OLD, PLAIN)
    assert asked(server, OLD) == (404, "", "no-store")
    assert asked(server, OLD)[:2] == (404, "the page")
    for address in (NEW, PLAIN):
        write(root, address, "the new one")
    assert asked(server, OLD) == (200, "the new one", "no-store")
    assert asked(server, NEW)[:2] == (200, "the new one")


def test_names_of_nothing_keep_no_server_busy(root, server):
    assert asked(server, "/static/built/none.css")[0] == 404
    server.pause = 10_000.0
    write(root, "/static/built/none.css", "late")
    assert asked(server, "/static/built/none.css")[0] == 404
    server.pause = 0.0
    assert asked(server, "/static/built/none.css")[:2] == (200, "late")


def test_pages_call_files_by_their_new_names_and_by_the_old_ones_while_a_build_is_half_done(root, server, monkeypatch):
    storage = ManifestStaticFilesStorage(location=str(root), base_url="/static/")
    storage.hashed_files = {"built/desk.css": "built/desk.0123456789ab.css"}
    monkeypatch.setattr(static_files, "staticfiles_storage", storage)
    rebuild(root)
    assert asked(server, OLD)[0] == 200
    assert storage.hashed_files == {"built/desk.css": "built/desk.0123456789ab.css"}
    manifest = '{"version": "1.1", "paths": {"built/desk.css": "built/desk.ba9876543210.css"}, "hash": "x"}'
    (root / "staticfiles.json").write_text(manifest, encoding="utf-8")
    server.files[OLD] = server.files[NEW]
    remove(root, NEW)
    assert asked(server, OLD) == (200, "the new one", "no-store")
    assert (storage.hashed_files, storage.manifest_hash) == ({"built/desk.css": "built/desk.ba9876543210.css"}, "x")
