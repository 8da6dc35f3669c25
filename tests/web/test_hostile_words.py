"""Words as hostile as people can type them: never an error of ours, kept to the letter, shown as words (S-06, S-08)."""

import html
import re

import pytest
from django.test import Client

from tests.cast import at
from tests.factories import registered
from xinfang.models import Matter, Party, ProtectedText

pytestmark = pytest.mark.django_db

# What is typed, and what is kept of it.
AS_TYPED = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'-alert(1)-'", "</textarea><svg/onload=alert(1)>",
    "{{ 7|add:7 }}{% debug %}${7*7}#{7*7}", "javascript:1//<a href=javascript:1>x</a>",
    "';DROP TABLE xinfang_event;--", "=cmd|' /C calc'!A1", "%s%(x)d{0}{x}\\x00\\u0000", "&lt;b&gt;&amp;amp;",
    "<!--<![CDATA[<plaintext>", "../../../../etc/passwd", "村口\u202e灯路\u202c的", "零\u200d宽\u200b字\ufeff符",
    "👨‍👩‍👧‍👦🏳️‍🌈🇨🇳1️⃣", "𠮷𡈽𪚥𫞩𬎆𰻞", "ئۇيغۇرچە བོད་སྐད 哈萨克 ᠮᠣᠩᠭᠣᠯ", "ﷺ㎏Ⅷ①ｱ", "甲\n\n乙\t丙",
)  # fmt: skip
CHANGED = (
    ("a\x00b\x08c\x1b[31md\x7f", "abc[31md"), ("一\r\n二\r三", "一\n二\n三"), ("e\u0301 ｶ\u3099", "é ｶ\u3099"),
    ("\u1112\u1161\u11ab", "한"), ("  \u3000前后空白\n ", "前后空白"), ("\u212b", "Å"),
)  # fmt: skip
EVERY = tuple((text, text) for text in AS_TYPED) + CHANGED
WORDS = ("original_words", "demand", "facts", "wish", "earlier", "proceedings")
every = pytest.mark.parametrize(("typed", "kept"), EVERY, ids=range(len(EVERY)))


def browser_of(cast, who):
    browser = Client()
    browser.force_login(cast.users[who])
    return browser


def told(matter):
    return {row.field: row.text for row in ProtectedText.objects.filter(chain_id=matter, seq=1)}


def shown_in(page, kept):
    """The words stand in the page as words; nothing in it became a tag that is not ours."""
    text = page.content.decode()
    ours = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", text)))
    assert not re.search(
        r"<(script(?! src)|svg/|img src=x|plaintext|a href=javascript)|onerror=alert\(1\)>(?!&)|7 14", text
    )
    return re.sub(r"\s+", " ", kept) in ours or html.escape(kept) in text


@every
def test_words_of_the_window_are_kept_to_the_letter_and_shown_as_words(cast, typed, kept):
    clerk = browser_of(cast, "clerk")
    key = re.search(r'name="submission_key" value="([^"]+)"', clerk.get("/desk/intake/new/").content.decode())[1]
    said = dict.fromkeys([*WORDS, "name", "address", "papers", "agent_name", "other1_name", "late_reason"], typed)
    numbers = dict.fromkeys(["phone", "id_number", "agent_phone", "agent_id_number", "other1_phone"], typed)
    answer = clerk.post(
        "/desk/intake/new/", {"unit": "999901001", "channel": "visit", "submission_key": key} | said | numbers
    )
    assert answer.status_code == 302, answer.content.decode()
    matter = Matter.objects.get()
    assert {told(matter.pk)[name] for name in WORDS} == {kept}
    names = {row.person.opened("name") for row in Party.objects.filter(matter=matter)}
    assert names == {" ".join(kept.split())}
    assert {row.person.opened("address") for row in Party.objects.filter(matter=matter)} == {kept, ""}
    for who, page in (("clerk", answer.url), ("director", f"/desk/m/{matter.number}/"), ("director", "/desk/")):
        assert browser_of(cast, who).get(page).status_code == 200
    assert shown_in(browser_of(cast, "director").get(f"/desk/m/{matter.number}/"), kept)


@every
def test_words_of_a_petitioner_are_kept_to_the_letter_and_shown_as_words(cast, typed, kept):
    browser = Client()
    browser.post("/submit/", {"accusation": "no", "own_people": "no", "secrecy": "no"})
    browser.post("/submit/words/", dict.fromkeys(["words", "demand", "earlier"], typed))
    browser.post("/submit/where/", {"area": ""})
    browser.post("/submit/who/", dict.fromkeys(["name", "phone", "address", "id_number"], typed))
    browser.post("/submit/files/", {})
    check = browser.get("/submit/check/")
    assert shown_in(check, kept)
    assert browser.post("/submit/check/", {}).url == "/submit/done/"
    matter = Matter.objects.get()
    words = told(matter.pk)
    assert (words["original_words"], words["demand"], words["earlier"]) == (kept, kept, kept)
    person = Party.objects.get(matter=matter).person
    assert person.opened("name") == " ".join(kept.split())
    assert shown_in(browser.get("/track/case/"), kept)
    assert browser.post("/track/case/add/", {"words": typed}).url == "/track/case/"
    assert browser.post("/track/case/urge/", {"words": typed}).url == "/track/case/"
    assert shown_in(browser.get("/track/case/"), kept)
    assert shown_in(browser_of(cast, "bureau").get(f"/desk/m/{matter.number}/"), kept)


@every
def test_words_of_a_move_and_of_a_search_are_words(cast, typed, kept):
    receipt = registered(cast, at("2026-03-02 09:00"))
    director, page = browser_of(cast, "director"), f"/desk/m/{receipt.number}/"
    said = {
        "kind": "claim",
        "nature": "general",
        "solvable": "yes",
        "lane": "disposal",
        "seq": "1",
        "first_step": typed,
    }
    assert director.post(f"{page}move/triage/", said).url == page
    assert ProtectedText.objects.get(chain_id=receipt.matter, seq=2, field="first_step").text == kept
    assert shown_in(director.get(page), kept)
    assert director.post("/desk/search/", {"q": typed[:60]}, follow=True).status_code == 200
    assert director.post(f"{page}identity/", {"reason": typed}).status_code in {200, 302}


@every
def test_words_where_a_code_or_a_date_is_asked_for_are_no_error_of_ours(cast, typed, kept):
    receipt = registered(cast, at("2026-03-02 09:00"))
    director = browser_of(cast, "director")
    for move in ("triage", "assign", "transfer_out", "recuse", "link", "set_explicit_date"):
        page = director.get(f"/desk/m/{receipt.number}/move/{move}/")
        names = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page.content.decode())
        answer = director.post(f"/desk/m/{receipt.number}/move/{move}/", dict.fromkeys(names, typed) | {"seq": "1"})
        assert answer.status_code in {200, 302, 404, 409}, move
    assert kept


def test_a_half_character_is_left_out_and_everything_else_stays(cast):
    matter = registered(cast, at("2026-03-02 09:00"), original_words="路\ud83d灯\udc00坏了").matter
    assert told(matter)["original_words"] == "路灯坏了"


def test_bytes_that_are_no_text_are_marked_and_not_guessed(cast):
    browser = Client()
    browser.post("/submit/", {"accusation": "no", "own_people": "no", "secrecy": "no"})
    form = "application/x-www-form-urlencoded"
    assert (
        browser.generic("POST", "/submit/words/", b"words=%C2%B7%D6%FF%ED%A0%80", content_type=form).status_code == 302
    )
    assert "·\ufffd\ufffd" in browser.get("/submit/words/").content.decode()


@pytest.mark.parametrize(("length", "taken"), [(20_000, True), (20_001, False)])
def test_twenty_thousand_characters_are_taken_whole_and_one_more_is_refused_beside_its_field(cast, length, taken):
    browser = Client()
    browser.post("/submit/", {"accusation": "no", "own_people": "no", "secrecy": "no"})
    answer = browser.post("/submit/words/", {"words": "𠮷" * length})
    assert answer.status_code == (302 if taken else 200)
    if not taken:
        assert "20000" in answer.content.decode()
        assert "𠮷" * length in answer.content.decode()
