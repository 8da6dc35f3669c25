"""The self-service machine of a hall: only such a machine gives tickets, and it keeps nothing between two people."""

import pytest
from django.test import Client
from django.utils import timezone

from xinfang.models import HallTicket
from xinfang.services import hall
from xinfang.web.parts.kiosk import code_of

CENTRE = "999901001"
NO = {"accusation": "no", "own_people": "no", "secrecy": "no"}


@pytest.fixture
def machine(cast):
    """A machine that started with the address of its hall."""
    hall.set_window(
        centre=CENTRE, number="1", name="综合受理", lanes="AB", is_open=True, by=cast.director, at=timezone.now()
    )
    browser = Client()
    assert browser.get(f"/kiosk/{code_of(CENTRE)}/")["Location"] == "/kiosk/"
    return browser


def test_the_address_stands_on_the_page_of_the_hall_and_is_its_own(desk, machine):
    page = desk("clerk").get("/desk/hall/").content.decode()
    assert f"http://testserver/kiosk/{code_of(CENTRE)}/" in page
    assert code_of(CENTRE) != code_of("999901002")
    assert machine.cookies["kiosk"]["httponly"] is True


def test_the_head_of_every_page_on_it_names_its_own_centre(client, machine):
    for page in ("/kiosk/", "/", "/track/"):
        head = machine.get(page).content.decode().partition("brand-name")[2].partition("</span>")[0]
        assert "青禾镇" in head
        assert "青禾镇" not in client.get(page).content.decode().partition("brand-name")[2].partition("</span>")[0]


def test_an_address_that_is_not_right_makes_no_machine(client, machine):
    word = code_of(CENTRE).rpartition("-")[2]
    for code in (CENTRE, f"{CENTRE}-aaaaaaaa", f"999901002-{word}", f"-{word}", code_of("999901-RS")):
        assert client.get(f"/kiosk/{code}/").status_code == 404
    assert "kiosk" not in client.cookies


def test_whoever_is_signed_in_keeps_their_own_machine(desk, machine):
    browser = desk("clerk")
    assert "这台机器还不是大厅自助机" in browser.get(f"/kiosk/{code_of(CENTRE)}/").content.decode()
    assert "kiosk" not in browser.cookies
    assert browser.get("/desk/hall/").status_code == 200


def test_taking_a_ticket_leaves_the_mark_of_the_machine_and_the_guard_of_its_forms_and_no_session(machine):
    machine.get("/kiosk/")
    slip = machine.post("/kiosk/ticket/", {"lane": "A"})["Location"]
    for page in (slip, "/kiosk/", f"/hall/{CENTRE}/notice/", "/track/"):
        machine.get(page)
    assert set(machine.cookies) == {"kiosk", "csrftoken"}


def test_the_machine_shows_large_print_tickets_and_the_way_out_on_every_page(machine):
    start = machine.get("/kiosk/").content.decode()
    assert "您好，您要办什么事？" in start
    assert "请求调解" in start
    for page in ("/kiosk/", "/submit/", "/track/", f"/hall/{CENTRE}/notice/"):
        shown = machine.get(page).content.decode()
        assert 'class="elder"' in shown, page
        assert "我走了，清空" in shown, page
        assert 'data-idle="60"' in shown, page
        assert "标准版" not in shown, page
        assert 'href="http' not in shown, page


def test_any_other_machine_is_told_what_to_do_and_gives_no_tickets(client, machine):
    shown = client.get("/kiosk/").content.decode()
    assert "这台机器还不是大厅自助机" in shown
    assert "我走了，清空" not in shown
    assert client.post("/kiosk/ticket/", {"lane": "A"})["Location"] == "/kiosk/"
    client.cookies["kiosk"] = f"{CENTRE}:forged"
    assert client.post("/kiosk/ticket/", {"lane": "A"})["Location"] == "/kiosk/"
    assert HallTicket.objects.count() == 0


def test_a_ticket_is_taken_with_one_press(machine):
    answer = machine.post("/kiosk/ticket/", {"lane": "B", "priority": "on"})
    assert answer["Location"] == f"/hall/{CENTRE}/ticket/B001/"
    assert "好了，回到开始" in machine.get(answer["Location"]).content.decode()
    assert HallTicket.objects.get().is_priority is True


def test_why_there_is_no_ticket_is_said(machine):
    assert "今天没有窗口办这一类" in machine.post("/kiosk/ticket/", {"lane": "C"}).content.decode()


def test_nobody_fills_the_day_with_tickets(machine, monkeypatch):
    monkeypatch.setattr("xinfang.web.public.kiosk.MOST_TICKETS", 1)
    machine.post("/kiosk/ticket/", {"lane": "A"})
    assert machine.post("/kiosk/ticket/", {"lane": "A"}).status_code == 429


def test_one_press_clears_everything_and_leads_back_to_the_start(machine):
    machine.post("/submit/", NO)
    before = machine.cookies["sessionid"].value
    machine.post("/mode/elder/", {"on": "1", "next": "/"})
    answer = machine.post("/leave/")
    assert answer["Location"] == "/kiosk/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert (answer.cookies["sessionid"].value, answer.cookies["elder"].value) == ("", "")
    assert before
    assert machine.get("/submit/words/").status_code == 302


def test_the_start_page_begins_empty_for_whoever_comes_next(machine):
    machine.post("/submit/", NO)
    assert machine.get("/submit/words/").status_code == 200
    machine.get("/kiosk/")
    assert machine.get("/submit/words/").status_code == 302


def test_a_hall_without_windows_sends_people_straight_there(machine, cast):
    hall.set_window(
        centre=CENTRE, number="1", name="综合受理", lanes="AB", is_open=False, by=cast.director, at=timezone.now()
    )
    assert "今天不用取号，请直接到窗口。" in machine.get("/kiosk/").content.decode()


def test_a_machine_becomes_an_ordinary_one_again(machine, cast):
    machine.force_login(cast.users["clerk"])
    assert "这台机器现在是自助机。" in machine.get("/desk/hall/").content.decode()
    machine.get("/kiosk/")
    assert machine.get("/desk/hall/").status_code == 200
    assert machine.post("/desk/hall/kiosk/")["Location"] == "/desk/hall/"
    assert "这台机器还不是大厅自助机" in machine.get("/kiosk/").content.decode()
