"""What every answer says to the browser, and which requests change anything at all (S-03, S-05, S-19)."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import at
from tests.factories import registered
from tests.web.addresses import ROWS
from xinfang.models import Event, Matter, Notice, Party, User
from xinfang.rules.lifecycle.allowed import BY_NAME
from xinfang.rules.refusals import RuleBroken
from xinfang.services.matters import perform, state_of

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip
ELSEWHERE = (
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "javascript:alert(1)", "https:///evil.example", "/%09/evil.example", "\thttps://evil.example",
    "https://localhost@evil.example", "/\n/evil.example", "ftp://testserver/", "http://testserver.evil.example/",
)  # fmt: skip
COLUMNS = {
    "id": "1", "chain": "1", "pk": "1", "stage": "struck_off", "holder": "999901", "unit_path": "999901", "seq": "99",
    "origin_path": "999901", "lead": "999901-RS", "organ": "999901-RS", "restricted": "True", "sealed": "True",
    "imported": "True", "batch": "x", "recused_users": "1", "recused_units": "999901001", "closed_at": "2026-01-01",
    "struck_off_at": "2026-01-01", "at_rest_at": "2026-01-01", "resolved_at": "2026-01-01", "result": "withdrawn",
    "is_open": "", "ledger_number": "999901001-2026-000999", "code_hash": "00", "body_hash": "00", "tokens": "1",
    "registered_by": "1", "registered_at": "2020-01-01", "by": "1", "actor": "1", "user": "1",
    "role": "petition_bureau", "is_staff": "1", "is_superuser": "1", "is_active": "", "is_demo": "1",
    "must_change_password": "", "level": "province",
    "proof": "phone_code", "at": "2020-01-01", "recorded_at": "2020-01-01", "holder_path": "999901", "matter": "1",
}  # fmt: skip

TRIAGE = {"kind": "claim", "nature": "general", "solvable": "yes", "lane": "disposal", "first_step": "先看一看"}


@pytest.fixture
def world(cast):
    user = cast.users["labour_officer"]
    return {
        "number": registered(cast, timezone.now()).number,
        "user": user.pk,
        "post": user.posts.get().pk,
        "letter": 0,
        "signal": 0,
    }


@pytest.fixture
def ask(cast, world):
    def asked(row, method, *, strict=False, **sent):
        browser = Client(enforce_csrf_checks=strict)
        if row.happy:
            browser.force_login(cast.users[row.happy])
        return browser.generic(method, reverse(row.name, args=[world.get(a, a) for a in row.args]), **sent)

    return asked


def counts():
    return [table.objects.count() for table in (Event, Matter, Notice, Party, User)]


def test_nothing_is_changed_by_a_form_that_is_not_ours(ask):
    before = counts()
    sending = [row for row in ROWS if "POST" in row.methods]
    assert len(sending) > 40
    for row in sending:
        for sent in ({}, {"HTTP_ORIGIN": "https://evil.example"}, {"content_type": "text/plain", "data": b"{}"}):
            assert ask(row, "POST", strict=True, **sent).status_code == 403, row.name
    assert counts() == before


def test_every_page_tells_the_browser_the_same_strict_things(ask):
    for row in ROWS:
        for method in ("GET", "POST"):
            answer = ask(row, method)
            told = {name: answer.headers.get(name) for name in HEADERS}
            assert told == HEADERS, (row.name, method)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, row.name
            assert "unsafe" not in policy, row.name
            assert "no-store" in answer.headers["Cache-Control"], row.name
            assert "camera=()" in answer.headers["Permissions-Policy"], row.name


def test_no_page_has_a_script_a_style_or_an_image_of_somebody_else(ask):
    outside = re.compile(
        r'<(?:script|link|img|iframe|object|embed|form)[^>]+(?:src|href|action|data)="(?:https?:)?//', re.IGNORECASE
    )
    inline = re.compile(r'<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+="|\sstyle="|javascript:', re.IGNORECASE)
    for row in ROWS:
        text = ask(row, "GET").content.decode(errors="replace") if "GET" in row.methods else ""
        assert outside.findall(text) == [], row.name
        if "svg" not in row.name:
            assert inline.findall(text) == [], row.name


def test_nobody_is_sent_to_another_house(cast):
    for target in ELSEWHERE:
        browser = Client()
        signed = browser.post("/sign-in/", {"username": "clerk", "password": "cast-password-1", "next": target})
        assert signed.status_code == 302
        sent = [signed, browser.post("/mode/elder/", {"on": "1", "next": target}),
                browser.post("/i18n/", {"language": "en", "next": target}),
                Client().get("/i18n/", {"next": target}), Client().get("/i18n/", HTTP_REFERER=target)]  # fmt: skip
        for answer in sent:
            assert re.match(r"/(?![/\\])", answer.url), (target, answer.url)


def test_the_session_of_before_is_worth_nothing_after_signing_in(cast):
    browser = Client()
    browser.post("/submit/", {"accusation": "no", "own_people": "no", "secrecy": "no"})
    before = browser.cookies["sessionid"].value
    browser.post("/sign-in/", {"username": "clerk", "password": "cast-password-1"})
    assert browser.cookies["sessionid"].value != before
    stale = Client()
    stale.cookies["sessionid"] = before
    assert stale.get("/desk/").status_code == 302


def test_more_fields_than_the_form_has_change_nothing_at_the_window(cast):
    clerk = Client()
    clerk.force_login(cast.users["clerk"])
    page = clerk.get("/desk/intake/new/").content.decode()
    key = re.search(r'name="submission_key" value="([^"]+)"', page)[1]
    told = {
        "unit": "999901001",
        "channel": "visit",
        "name": "张一",
        "original_words": "路灯坏了",
        "submission_key": key,
    }
    answer = clerk.post("/desk/intake/new/", COLUMNS | told)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    matter = Matter.objects.get()
    assert (matter.stage, matter.holder, matter.is_open, matter.sealed) == ("registered", "999901001", True, False)
    assert (matter.imported, matter.batch, matter.recused_users, matter.recused_units) == (False, "", [], [])
    assert (matter.restricted, matter.closed_at, matter.struck_off_at, matter.result) == (False, None, None, "")
    assert matter.registered_by == cast.users["clerk"].pk
    assert matter.ledger_number.endswith("000001")


def test_more_fields_than_the_form_has_change_nothing_in_a_move(cast):
    receipt = registered(cast, at("2026-03-02 09:00"))
    director = Client()
    director.force_login(cast.users["director"])
    said = {
        "kind": "claim",
        "nature": "general",
        "solvable": "yes",
        "lane": "disposal",
        "first_step": "先看一看",
        "seq": "1",
    }
    answer = director.post(reverse("desk:move", args=[receipt.number, "triage"]), COLUMNS | said)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    state, event = state_of(receipt.matter), Event.objects.get(chain_id=receipt.matter, seq=2)
    assert (state.stage, state.holder, state.restricted, state.recused_users) == (
        "triaged",
        "999901001",
        False,
        frozenset(),
    )
    known = {spec.name for spec in BY_NAME["triage"].fields} | {"move", "stage", "texts"}
    assert set(event.payload) <= known
    assert event.actor == cast.users["director"].pk


@pytest.mark.parametrize("extra", ["stage", "holder", "move", "texts", "proof", "at", "restricted", "slip"])
def test_a_move_refuses_a_value_that_it_does_not_have(cast, extra):
    receipt = registered(cast, at("2026-03-02 09:00"))
    with pytest.raises(RuleBroken, match="field_unknown"):
        perform("triage", matter=receipt.matter, by=cast.director, at=at("2026-03-02 10:00"), values={extra: "x"})
    assert state_of(receipt.matter).seq == 1


@pytest.mark.parametrize("seq", ["-1", "-9999", "0", "99999999999999999999", "1e3", "²", "", "１"])
def test_a_form_that_lies_about_what_was_read_breaks_nothing(cast, seq):
    receipt = registered(cast, at("2026-03-02 09:00"))
    director = Client()
    director.force_login(cast.users["director"])
    answer = director.post(reverse("desk:move", args=[receipt.number, "triage"]), TRIAGE | {"seq": seq})
    assert answer.status_code in {200, 302, 409}


@pytest.mark.parametrize("notice", ["²", "9" * 400, "9" * 5000, "-1", "1.5", "１", "99999999999999999999"])
def test_a_notice_that_there_cannot_be_is_marked_as_read_by_nobody(cast, notice):
    director = Client()
    director.force_login(cast.users["director"])
    assert director.post("/desk/notices/", {"notice": notice}).status_code == 302
