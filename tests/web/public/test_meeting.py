"""A citizen takes a place on a leader's day for their own matter, and gives it back."""

from datetime import date

import pytest

from tests.factories import registered
from tests.web.public.conftest import NOW, text
from xinfang.models import ReceptionVisit
from xinfang.services import hall_roster, receptions
from xinfang.services.petitioner import renew_code

WHERE = "/track/case/meeting/"


@pytest.fixture
def own(cast, citizen):
    """A browser in which the matter is open."""
    receipt = registered(cast, NOW)
    code = renew_code(matter=receipt.matter, by=cast.clerk, at=NOW)
    citizen.send("/track/", number=receipt.number, code=code)
    return citizen


def publish(cast, slots="1"):
    announced = hall_roster.Announced(cast.users["leader"].pk, date(2026, 3, 18), "09:00", "11:30", "一楼接访室", slots)
    return hall_roster.publish_reception(centre="999901001", announced=announced, by=cast.director, at=NOW)


def test_without_days_the_page_says_when_one_is_heard_all_the_same(own):
    assert "约领导接访，当面说" in text(own.get("/track/case/"))
    assert "窗口每个工作日都接待" in text(own.get(WHERE))


def test_a_place_is_chosen_shown_and_given_back(own, cast):
    row = publish(cast)
    assert "3月18日 星期三 09:00–11:30，秦岭" in text(own.get(WHERE))
    assert "请选一天。" in text(own.send(WHERE))
    own.send(WHERE, day=str(row.pk))
    assert "您排在第 1 位" in text(own.get(WHERE))
    own.send(WHERE)
    assert ReceptionVisit.objects.count() == 0
    assert "取消了，可以改约别的日子。" in text(own.get(WHERE))


def test_a_day_that_filled_up_meanwhile_is_refused_in_words(own, cast, monkeypatch):
    row = publish(cast)
    other = registered(cast, NOW)
    monkeypatch.setattr("xinfang.web.public.meeting.open_to", lambda _state, _today: [row])
    receptions.take_place(reception=row.pk, matter=other.matter, by=cast.clerk, at=NOW)
    assert "名额刚刚约满" in text(own.send(WHERE, day=str(row.pk)))
    own.send(WHERE, day="99")
    assert ReceptionVisit.objects.count() == 1


def test_a_day_that_was_called_off_meanwhile_cannot_be_given_back(own, cast, monkeypatch):
    row = publish(cast)
    own.send(WHERE, day=str(row.pk))
    kept = ReceptionVisit.objects.select_related("reception__centre", "reception__leader").get()
    monkeypatch.setattr("xinfang.web.public.meeting.place_of", lambda _matter, _today: kept)
    ReceptionVisit.objects.all().delete()
    own.send(WHERE)
    assert "没有这个接访日" in text(own.get(WHERE))
