"""Signing in: who, from where, how often wrong, and what becomes of an idle session and of what was typed in it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import STORY, TRIAGE, moved, registered
from xinfang.models import CodeFailure, Event, User

pytestmark = pytest.mark.django_db
RIGHT = {"username": "director", "password": "cast-password-1"}


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def go_idle(browser, minutes):
    session = browser.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=minutes)).isoformat()
    session.save()


def test_a_page_of_the_desk_asks_to_sign_in_and_then_opens(cast):
    browser = Client()
    answer = browser.get("/desk/queue/unit/")
    assert answer["Location"] == "/sign-in/?next=%2Fdesk%2Fqueue%2Funit%2F"
    before = browser.session.session_key
    answer = browser.post("/sign-in/", {**RIGHT, "next": "/desk/queue/unit/"})
    assert answer["Location"] == "/desk/queue/unit/"
    assert browser.session.session_key != before
    assert "赵敏" in text(browser.get("/desk/"))


def test_a_foreign_address_is_never_where_one_goes_next(cast):
    for wanted in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        assert Client().post("/sign-in/", {**RIGHT, "next": wanted})["Location"] == "/desk/"


def test_an_unknown_name_and_a_wrong_password_are_told_alike(cast):
    told = {
        text(Client().post("/sign-in/", {"username": name, "password": "wrong"})).count("账号或密码不对")
        for name in ("director", "nobody-at-all")
    }
    assert told == {1}


def test_wrong_passwords_make_the_next_try_wait_and_never_lock_the_account(cast):
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(5):
        stranger.post("/sign-in/", {"username": "director", "password": "wrong"})
    assert "请稍后再试" in text(stranger.post("/sign-in/", RIGHT))
    assert Client(REMOTE_ADDR="203.0.113.10").post("/sign-in/", RIGHT).status_code == 302
    CodeFailure.objects.update(last_at=timezone.now() - timedelta(hours=1))
    assert stranger.post("/sign-in/", RIGHT).status_code == 302


def test_a_browser_that_signed_in_before_is_not_slowed_by_strangers(cast):
    mine = Client(REMOTE_ADDR="203.0.113.10")
    assert mine.post("/sign-in/", RIGHT).status_code == 302
    mine.post("/sign-out/")
    for n in range(24):
        Client(REMOTE_ADDR=f"203.0.113.{100 + n}").post("/sign-in/", {"username": "director", "password": "wrong"})
    assert "请稍后再试" in text(Client(REMOTE_ADDR="203.0.113.11").post("/sign-in/", RIGHT))
    assert mine.post("/sign-in/", RIGHT).status_code == 302


def test_addresses_of_who_tried_are_not_kept(cast):
    Client(REMOTE_ADDR="203.0.113.9").post("/sign-in/", {"username": "director", "password": "wrong"})
    assert CodeFailure.objects.count() == 3
    assert all(b"203.0.113" not in bytes(row.subject) for row in CodeFailure.objects.all())


def test_accounts_of_the_demo_open_on_this_machine_alone(cast):
    User.objects.filter(username="director").update(is_demo=True)
    assert Client().post("/sign-in/", RIGHT).status_code == 302
    for outside in ({"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}):
        assert "账号或密码不对" in text(Client(**outside).post("/sign-in/", RIGHT))


def test_a_session_of_the_demo_ends_when_it_is_used_from_elsewhere(cast):
    User.objects.filter(username="director").update(is_demo=True)
    browser = Client()
    browser.post("/sign-in/", RIGHT)
    assert browser.get("/desk/").status_code == 200
    assert browser.get("/desk/", REMOTE_ADDR="203.0.113.9").status_code == 302


def test_signing_out_takes_a_post_and_ends_the_session(cast, desk):
    browser = desk("director")
    assert browser.get("/sign-out/").status_code == 405
    browser.post("/sign-out/")
    assert browser.get("/desk/").status_code == 302


def test_half_an_hour_without_a_sign_of_life_ends_the_session(cast, desk):
    browser = desk("director")
    browser.get("/desk/")
    go_idle(browser, 29)
    assert browser.get("/desk/").status_code == 200
    go_idle(browser, 31)
    answer = browser.get("/desk/", follow=True)
    assert "您离开太久" in text(answer)


def test_what_was_typed_into_an_ended_session_waits_sealed_for_its_owner(cast, desk):
    receipt = registered(cast, timezone.now())
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE))
    address = f"/desk/m/{receipt.number}/move/record_progress/"
    browser = desk("director")
    browser.get("/desk/")
    go_idle(browser, 45)
    answer = browser.post(address, {"seq": "2", "note": "约了电工明天来"}, follow=True)
    assert "刚才填写的内容还在" in text(answer)
    assert "电工" not in str(dict(browser.session))
    page = text(browser.post("/sign-in/", {**RIGHT, "next": address}, follow=True))
    assert "约了电工明天来" in page
    assert "约了电工明天来" not in text(browser.get(address))


@pytest.mark.parametrize(("asked", "answer"), [("draft/", 204), ("read/", 302), ("alike/", 302), ("suggest/", 302)])
def test_what_a_script_asks_neither_ends_a_session_nor_is_told_anything_after_its_end(cast, desk, asked, answer):
    receipt = registered(cast, timezone.now())
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE))
    browser = desk("director")
    browser.get("/desk/")
    go_idle(browser, 45)
    assert browser.post(f"/desk/intake/{asked}", STORY).status_code == answer
    address = f"/desk/m/{receipt.number}/move/record_progress/"
    browser.post(address, {"seq": "2", "note": "约了电工明天来"})
    page = text(browser.post("/sign-in/", {**RIGHT, "next": address}, follow=True))
    assert "约了电工明天来" in page, "what was sent beside it came from nobody"


def test_what_was_typed_is_not_given_to_somebody_else(cast, desk):
    receipt = registered(cast, timezone.now())
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE))
    address = f"/desk/m/{receipt.number}/move/record_progress/"
    browser = desk("director")
    browser.get("/desk/")
    go_idle(browser, 45)
    browser.post(address, {"seq": "2", "note": "约了电工明天来"})
    page = text(browser.post("/sign-in/", {**RIGHT, "username": "deputy", "next": address}, follow=True))
    assert "约了电工" not in page


def test_a_one_time_password_is_changed_before_anything_else(cast):
    User.objects.filter(username="director").update(must_change_password=True)
    browser = Client()
    assert browser.post("/sign-in/", RIGHT)["Location"] == "/sign-in/password/"
    assert browser.get("/desk/")["Location"] == "/sign-in/password/"
    new = "稻香村的路灯亮了2026"
    twice = {"old": RIGHT["password"], "new": new, "again": new}
    assert "两次输入的新密码不一样" in text(browser.post("/sign-in/password/", {**twice, "again": "x"}))
    weak = {**twice, "new": "1234567890", "again": "1234567890"}
    assert "密码至少 10 位" in text(browser.post("/sign-in/password/", weak))
    assert browser.post("/sign-in/password/", twice)["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200
    assert not User.objects.get(username="director").must_change_password
    said = Event.objects.get(type="password_changed")
    assert (said.actor, said.payload) == (cast.users["director"].pk, {"user": cast.users["director"].pk})
