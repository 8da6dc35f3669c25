"""A half-written petition is put aside and gone on with on another telephone, by a code that only its writer has."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.canaries import plain
from tests.web.public.conftest import NO, NOW, STORY, Browser, text
from tests.web.public.test_submitting import PNG, numbers_on
from xinfang.models import Attachment, Matter, SavedDraft

pytestmark = pytest.mark.django_db
NOBODYS = "0000-0000-0000-0000"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def code_on(browser):
    return re.search(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b", text(browser.get("/submit/saved/")))[0]


def elsewhere(code):
    """Another telephone with the code."""
    other = Browser()
    other.send("/submit/resume/", code=code)
    return other


@pytest.mark.parametrize(
    ("until", "page", "typed", "kept"),
    [
        ("questions", "words", {"words": "", "demand": "修好路灯"}, "修好路灯"),
        ("questions", "words", {"words": STORY}, STORY),
        ("words", "where", {"area": "999901001"}, 'value="999901001" selected'),
        ("where", "village", {"area": "999901001201"}, 'value="999901001201" selected'),
        ("village", "who", {"name": "古丽·买买提", "phone": "19900000001"}, "古丽·买买提"),
        ("files", "check", {}, STORY),
    ],
)
def test_every_page_can_be_put_aside_as_it_stands_and_opened_elsewhere(citizen, until, page, typed, kept):
    citizen.wizard(until=until)
    assert citizen.send(f"/submit/{page}/", **typed, save="1").url == "/submit/saved/"
    other = elsewhere(code_on(citizen))
    assert kept in other.get(f"/submit/{page}/").content.decode()
    assert Matter.objects.count() == 0


def test_it_leads_on_where_it_was_left_and_becomes_one_matter_with_its_photos(citizen, upload, folder):
    citizen.wizard(until="who")
    citizen.post("/submit/files/", {"files": [upload("灯.png", PNG)], "save": "1"})
    other = elsewhere(code_on(citizen))
    assert "灯.png" in text(other.get("/submit/files/"))
    other.send("/submit/files/")
    first = numbers_on(other.submit_now())
    assert Attachment.objects.get().name == "灯.png"
    assert not SavedDraft.objects.exists()
    # The first telephone sends its own copy as well.
    citizen.send("/submit/files/")
    citizen.submit_now()
    assert Matter.objects.get().number == first[0]


def test_the_page_says_how_long_it_is_kept_and_shows_the_code_to_its_own_session_alone(citizen):
    citizen.wizard(until="questions")
    citizen.send("/submit/words/", words=STORY, save="1")
    said = text(citizen.get("/submit/saved/"))
    assert "还没有提交" in said
    assert "2026年3月29日 星期日" in said
    assert Browser().get("/submit/saved/").url == "/submit/"
    citizen.send("/submit/words/", words="改过的话", save="1")
    assert SavedDraft.objects.count() == 1


def test_what_is_wrong_is_said_before_it_is_put_aside(citizen):
    citizen.wizard(until="village")
    answer = citizen.send("/submit/who/", name="长" * 51, save="1")
    assert "姓名最多 50 个字。" in text(answer)
    assert not SavedDraft.objects.exists()


def test_before_the_three_questions_nothing_can_be_put_aside(citizen):
    citizen.send("/submit/", save="1", words="某局长收钱")
    assert citizen.get("/submit/saved/").url == "/submit/"
    assert not SavedDraft.objects.exists()
    assert not Session.objects.exists()


def test_whoever_turns_to_an_accusation_leaves_nothing_not_even_what_was_put_aside(
    citizen, upload, folder, django_capture_on_commit_callbacks
):
    citizen.wizard(until="who")
    citizen.post("/submit/files/", {"files": [upload("灯.png", PNG)], "save": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        assert citizen.send("/submit/", **{**NO, "accusation": "yes"}).url == "/accusations/"
    assert not SavedDraft.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert citizen.get("/submit/words/").url == "/submit/"


def test_an_unfinished_one_can_be_put_aside_from_the_first_page_too(citizen):
    citizen.wizard(until="words")
    assert citizen.send("/submit/", save="1").url == "/submit/saved/"
    code = code_on(citizen)
    citizen.send("/submit/", again="1")
    assert citizen.get("/submit/words/").url == "/submit/"
    assert STORY in text(elsewhere(code).get("/submit/words/"))


def test_a_photo_that_is_taken_out_here_is_still_there_for_whoever_opens_the_older_copy(citizen, upload):
    citizen.wizard(until="who")
    citizen.post("/submit/files/", {"files": [upload("灯.png", PNG)], "save": "1"})
    code = code_on(citizen)
    page = citizen.get("/submit/files/").content.decode()
    citizen.send("/submit/files/", remove=re.search(r'name="remove"\s+value="([0-9a-f-]{36})"', page)[1])
    other = elsewhere(code)
    other.send("/submit/files/")
    other.submit_now()
    assert Attachment.objects.get().name == "灯.png"


def test_it_is_removed_at_once_from_the_page_of_its_code_or_with_the_code(citizen):
    citizen.wizard(until="questions")
    for remove in (
        lambda code: citizen.send("/submit/saved/", throw_away="1"),
        lambda code: Browser().send("/submit/resume/", code=code, throw_away="1"),
        lambda code: citizen.send("/submit/resume/", code=code.lower(), throw_away="1"),
    ):
        citizen.send("/submit/", **NO)
        citizen.send("/submit/words/", words=STORY, save="1")
        remove(code_on(citizen))
        assert not SavedDraft.objects.exists()
        assert citizen.get("/submit/saved/").status_code == 302
    assert "没写完" not in text(citizen.get("/submit/"))


def test_another_one_that_is_open_here_is_told_of(citizen):
    citizen.wizard(until="words")
    assert "打开另一份，这一份就关掉了" in text(citizen.get("/submit/resume/"))
    assert "打开另一份" not in text(Browser().get("/submit/resume/"))


def cost(browser, code):
    with CaptureQueriesContext(connection) as kept:
        answer = browser.send("/submit/resume/", code=code)
    statements = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in kept]
    return answer.status_code, plain(answer, code), statements


def test_a_wrong_code_and_one_that_is_over_are_one_answer_by_the_same_work(citizen):
    citizen.wizard(until="questions")
    citizen.send("/submit/words/", words=STORY, save="1")
    over = code_on(citizen)
    SavedDraft.objects.update(expires_at=NOW)
    cost(Browser(), NOBODYS)
    answers = [cost(Browser(), code) for code in (NOBODYS, over, NOBODYS[:-1] + "U")]
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0][2]) > 3
    assert "没有找到。请核对续填码。" in answers[0][1]


def test_who_keeps_guessing_waits_and_a_flood_is_answered_in_words(citizen, monkeypatch):
    for _try in range(4):
        citizen.send("/submit/resume/", code=NOBODYS)
    assert "5 秒后再试" in text(citizen.send("/submit/resume/", code=NOBODYS))
    monkeypatch.setattr("xinfang.web.public.saving.SAVES", 1)
    monkeypatch.setattr("xinfang.web.public.saving.LOOKUPS", 1)
    assert citizen.send("/submit/resume/", code=NOBODYS).status_code == 429
    citizen.wizard(until="questions")
    assert citizen.send("/submit/words/", words=STORY, save="1").status_code == 302
    assert citizen.send("/submit/words/", words="再存", save="1").status_code == 429
    assert "再存" in text(citizen.get("/submit/words/"))
