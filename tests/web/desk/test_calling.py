"""Calling from the registration form: one press calls, and the form stands there again with all that was typed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from xinfang.models import HallTicket, Matter
from xinfang.services import hall

CENTRE = "999901001"


@pytest.fixture
def window(cast):
    now = timezone.now()
    for number in ("1", "2"):
        hall.set_window(
            centre=CENTRE, number=number, name="综合受理", lanes="A", is_open=True, by=cast.director, at=now
        )
    for _n in range(2):
        hall.issue(centre=CENTRE, lane="A", priority=False, at=now)
    return cast


@pytest.fixture
def clerk(desk, window):
    browser = desk("clerk")
    browser.post("/desk/hall/sit/", {"window": "1"})
    return browser


@pytest.fixture
def form_url(clerk):
    return reverse("desk:intake_form")


def served():
    return [str(row) for row in HallTicket.objects.filter(state="called").order_by("pk")]


def test_who_sits_at_no_window_sees_no_calls(desk, window, form_url):
    assert "号窗口叫号" not in desk("director").get(form_url).content.decode()
    assert "号窗口叫号" not in desk("station").get(form_url).content.decode()


def test_the_next_one_is_called_and_what_was_typed_stays(clerk, form_url):
    page = clerk.get(form_url).content.decode()
    assert "等候 2 人" in " ".join(page.split())
    typed = {"look": "", "ticket": "0", "original_words": "路灯不亮，晚上看不见。", "channel": "visit"}
    answer = clerk.post("/desk/hall/call/next/", typed)
    assert (answer.status_code, answer["Location"]) == (307, form_url)
    assert served() == ["A001"]
    again = clerk.post(answer["Location"], typed).content.decode()
    assert "路灯不亮，晚上看不见。" in again
    assert "正在办：A001" in again
    assert Matter.objects.count() == 0


def test_who_does_not_come_is_skipped_and_who_is_wrong_here_goes_to_another_window(clerk, form_url):
    for act, state in (("skip", "skipped"), ("transfer", "waiting")):
        clerk.post("/desk/hall/call/next/", {"look": "", "ticket": "0"})
        row = HallTicket.objects.get(state="called")
        answer = clerk.post(f"/desk/hall/call/{act}/", {"look": "", "ticket": str(row.pk), "to": "2"})
        assert answer["Location"] == form_url
        assert HallTicket.objects.get(pk=row.pk).state == state


def test_the_hall_page_itself_leads_back_to_the_hall(clerk):
    assert clerk.post("/desk/hall/call/next/", {"ticket": "0"})["Location"] == "/desk/hall/"
