"""Half-written petitions put aside: opened by their code alone, by nobody in the house, gone after fourteen days."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from tests.cast import at
from xinfang.gateways import files as shelf
from xinfang.jobs import forgetting
from xinfang.models import CodeFailure, SavedDraft
from xinfang.models.protection import reveal_with_code
from xinfang.rules.refusals import RuleBroken
from xinfang.services import saved_drafts as drafts
from xinfang.services.materials import sweep_orphans

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")
HOME = "198.51.100.7"
CONTENT = {"words": "村口的路灯坏了", "name": "张一", "files": []}
NOBODYS = "0000-0000-0000-0000"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def put(when=NOW, code="", files=(), **changed):
    return drafts.put_aside(content={**CONTENT, **changed}, files=files, code=code, at=when)


def opened(code, when=NOW):
    return drafts.open_saved(code=code, address=HOME, at=when)


def refusal(call, **given):
    with pytest.raises(RuleBroken) as caught:
        call(**{"address": HOME, "at": NOW, **given})
    return caught.value


def test_what_was_put_aside_comes_back_word_for_word_with_its_code():
    code = put()
    assert opened(code.lower().replace("-", " ")) == {**CONTENT, "resume": code}
    assert opened(code, NOW + timedelta(days=13)) == {**CONTENT, "resume": code}


def test_saving_again_keeps_the_code_and_one_row():
    code = put()
    assert put(code=code, words="改过") == code
    assert opened(code)["words"] == "改过"
    assert SavedDraft.objects.count() == 1


def test_a_code_that_is_over_is_not_used_again():
    code = put()
    later = NOW + timedelta(days=14)
    fresh = put(later, code=code)
    assert fresh != code
    assert refusal(drafts.open_saved, code=code, at=later).code == "resume_code_wrong"
    assert opened(fresh, later)["words"] == CONTENT["words"]


def test_without_the_code_our_own_keys_open_nothing():
    put()
    row = SavedDraft.objects.get()
    with pytest.raises(InvalidTag):
        reveal_with_code(row.content_sealed, NOBODYS, "draft")


def test_wrong_over_and_nonsense_are_one_answer():
    over = put(NOW - timedelta(days=14))
    answers = {
        (broken.code, str(broken.facts), broken.field)
        for code in (NOBODYS, over, "", "x" * 500)
        for broken in [refusal(drafts.open_saved, code=code)]
    }
    assert answers == {("resume_code_wrong", "{}", "code")}


def test_failures_make_the_next_try_wait_and_the_right_code_still_opens_afterwards():
    code = put()
    for _try in range(4):
        assert refusal(drafts.open_saved, code=NOBODYS).code == "resume_code_wrong"
    waiting = refusal(drafts.open_saved, code=NOBODYS)
    assert (waiting.code, waiting.facts["seconds"]) == ("wait_before_trying", 5)
    assert opened(code)["name"] == "张一"
    assert CodeFailure.objects.exists()


def test_opening_keeps_it_for_fourteen_days_more():
    code = put()
    opened(code, NOW + timedelta(days=10))
    assert drafts.kept_until(code=code, at=NOW) == NOW + timedelta(days=24)
    assert drafts.kept_until(code=NOBODYS, at=NOW) is None


def test_whoever_has_the_code_has_it_removed_files_and_all(django_capture_on_commit_callbacks, folder):
    own = uuid4()
    code = put(files=[shelf.store(own, b"photo")])
    assert refusal(drafts.throw_away, code=NOBODYS).code == "resume_code_wrong"
    with django_capture_on_commit_callbacks(execute=True):
        drafts.throw_away(code=code, address=HOME, at=NOW)
    assert not SavedDraft.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_that_the_newer_version_has_no_more_goes(django_capture_on_commit_callbacks):
    kept, gone = (shelf.store(uuid4(), b"photo") for _n in range(2))
    code = put(files=[kept, gone])
    with django_capture_on_commit_callbacks(execute=True):
        put(code=code, files=[kept])
    assert [stored for stored, _when in shelf.kept()] == [kept]


def test_files_of_a_saved_draft_are_no_orphans_until_it_goes(django_capture_on_commit_callbacks):
    code = put(files=[shelf.store(uuid4(), b"photo")])
    shelf.store(uuid4(), b"of nobody")
    later = at("2036-03-16 09:00")
    assert sweep_orphans(at=later) == 1
    with django_capture_on_commit_callbacks(execute=True):
        drafts.drop(code=code)
    assert not list(shelf.kept())


def test_the_worker_removes_what_nobody_came_back_to(django_capture_on_commit_callbacks):
    put(files=[shelf.store(uuid4(), b"photo")])
    kept = put(NOW + timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert forgetting.run(NOW + timedelta(days=14)) is False
    assert not list(shelf.kept())
    assert opened(kept, NOW + timedelta(days=14))["name"] == "张一"
    assert drafts.forget(at=NOW + timedelta(days=14)) == 0
