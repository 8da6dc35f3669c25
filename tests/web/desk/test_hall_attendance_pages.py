"""At the desk of the hall: one's seat, the B角 of a window, and for its directors which window is empty."""

import re

import pytest

from tests.cast import at
from xinfang.models import HallSeat, HallWindow
from xinfang.queries.hall_attendance import minutes_allowed
from xinfang.services import hall, hall_attendance
from xinfang.web.parts import middleware

pytestmark = pytest.mark.django_db
CENTRE = "999901001"
NINE = at("2026-03-16 09:00")  # a Monday
HALL = "/desk/hall/"


@pytest.fixture
def monday(cast, monkeypatch):
    monkeypatch.setattr(middleware, "now", lambda: NINE)
    hall.set_window(centre=CENTRE, number="1", name="综合受理", lanes="A", is_open=True, by=cast.director, at=NINE)
    return cast


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_director_sees_which_window_is_empty_and_a_clerk_does_not(monday, desk):
    assert "无人值守，自 08:30" in words(desk("director").get(HALL))
    assert "还没有定B角" in words(desk("director").get(HALL))
    assert "无人值守" not in words(desk("clerk").get(HALL))


def test_sitting_down_and_leaving_are_one_press_each(monday, desk):
    clerk = desk("clerk")
    clerk.post(f"{HALL}sit/", {"window": "1"})
    assert HallSeat.objects.get().holder_id == monday.users["clerk"].pk
    page = words(clerk.get(HALL))
    assert "离开一会儿" in page
    assert "有人" in words(desk("director").get(HALL))
    assert clerk.post(f"{HALL}away/")["Location"] == HALL
    page = words(clerk.get(HALL))
    assert "已记下离开" in page
    assert "我在窗口" in page
    assert HallSeat.objects.get().holder is None


def test_whoever_calls_is_there(monday, desk):
    clerk = desk("clerk")
    clerk.post(f"{HALL}sit/", {"window": "1"})
    clerk.post(f"{HALL}away/")
    clerk.post(f"{HALL}call/next/", {"ticket": "0"})
    assert HallSeat.objects.get().holder_id == monday.users["clerk"].pk


def test_the_stand_in_of_a_window_is_chosen_and_shown_to_the_public(monday, desk, client):
    director = desk("director")
    deputy = monday.users["deputy"].pk
    form = {"number": "1", "name": "综合受理", "lanes": ["A"], "is_open": "on", "stand_in": str(deputy)}
    assert director.post(f"{HALL}windows/", form)["Location"] == f"{HALL}windows/"
    assert HallWindow.objects.get().stand_in_id == deputy
    assert "钱进" in words(director.get(f"{HALL}windows/"))
    assert "钱进 （B角）" in words(desk("clerk").get(f"{HALL}roster/"))
    board = words(client.get(f"/hall/{CENTRE}/notice/"))
    assert re.search(r"钱进 .{0,20}（B角）", board)
    assert "无人值守" not in board
    refused = director.post(f"{HALL}windows/", {**form, "stand_in": "987654"})
    assert refused.status_code == 200


def test_the_notice_says_which_window_and_nobodys_name(monday, desk):
    hall_attendance.tell_unattended(at=NINE)
    page = words(desk("director").get("/desk/notices/"))
    assert "1 号窗口无人值守" in page
    assert "王芳" not in page


def test_the_minutes_are_set_in_the_office(monday, desk):
    office = desk("administrator")
    assert office.post("/desk/office/hours/unattended/", {"minutes": "15"}).status_code == 302
    assert minutes_allowed() == 15
    assert "1 到 120 之间" in words(office.post("/desk/office/hours/unattended/", {"minutes": "0"}))
    assert 'value="15"' in office.get("/desk/office/hours/").content.decode()
