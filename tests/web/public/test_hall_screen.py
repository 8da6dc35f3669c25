"""The screen of the hall and one's own ticket: numbers and windows alone, renewing themselves without a script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from xinfang.labels.hall import about
from xinfang.services import hall

CENTRE = "999901001"
BOARD = f"/hall/{CENTRE}/board/"


@pytest.fixture
def window(cast):
    hall.set_window(
        centre=CENTRE, number="2", name="综合受理", lanes="AB", is_open=True, by=cast.director, at=timezone.now()
    )
    return cast


def taken(lane="A", *, priority=False):
    return hall.issue(centre=CENTRE, lane=lane, priority=priority, at=timezone.now())


def called(cast, seen=0):
    return hall.call_next(centre=CENTRE, window=2, seen=seen, by=cast.clerk, at=timezone.now())


def test_an_empty_hall_says_that_nobody_was_called(client, window):
    page = client.get(BOARD).content.decode()
    assert "还没有叫号，请稍候。" in page
    assert "等候 0 人" in page


def test_the_screen_says_who_goes_where_as_digits_and_as_a_sentence(client, window):
    taken(), taken(), taken("B")
    row = called(window)
    page = client.get(BOARD).content.decode()
    assert "请 A 0 0 1 号到 2 号窗口" in page
    assert f'data-call="{row.pk}-2-1"' in page
    assert "等候 2 人" in page


def test_a_ticket_that_is_called_again_has_another_mark_so_that_it_is_spoken_again(client, window):
    taken()
    row = called(window)
    hall.call_again(centre=CENTRE, window=2, ticket=row.pk, by=window.clerk, at=timezone.now())
    assert f'data-call="{row.pk}-2-2"' in client.get(BOARD).content.decode()


def test_the_screen_names_nobody(client, window):
    taken()
    called(window)
    page = client.get(BOARD).content.decode()
    assert [user.name for user in window.users.values() if user.name in page] == []


def test_without_a_script_the_screen_loads_itself_and_with_one_it_may_ask_its_own_server_only(client, window):
    answer = client.get(BOARD)
    assert '<meta http-equiv="refresh" content="5">' in answer.content.decode()
    policy = answer["Content-Security-Policy"].split("; ")
    assert "connect-src 'self'" in policy
    assert "script-src 'self'" in policy
    assert "connect-src" not in client.get("/")["Content-Security-Policy"]


def test_a_slip_says_number_people_ahead_and_opening_hours(client, window):
    taken(), taken(priority=True)
    page = client.get(f"/hall/{CENTRE}/ticket/A001/").content.decode()
    assert "A001" in page
    assert "1 人" in page
    assert "08:30–17:30" in page
    assert "通道" not in page
    assert "sheet-80mm" in page
    assert "通道" in client.get(f"/hall/{CENTRE}/ticket/A002/").content.decode()


def test_a_slip_of_a_ticket_that_was_called_says_so(client, window):
    taken()
    called(window)
    assert "正在办" in client.get(f"/hall/{CENTRE}/ticket/A001/").content.decode()


@pytest.mark.parametrize("address", ["/hall/1/board/", "/hall/999901-RS/board/", f"/hall/{CENTRE}/ticket/A009/"])
def test_what_is_not_there_is_not_found(client, window, address):
    assert client.get(address).status_code == 404


def test_the_screen_takes_the_same_few_statements_however_many_were_called(
    client, window, django_assert_max_num_queries
):
    seen = 0
    for _n in range(12):
        taken()
        seen = called(window, seen).pk
    with django_assert_max_num_queries(7):
        page = client.get(BOARD).content.decode()
    assert page.count("data-call=") == 10


def an_hour_of_calls(cast):
    """Five people, one every five minutes, each called four minutes after; the last a moment ago; then two wait."""
    seen, now = 0, timezone.now()
    for n in range(5):
        came = now - timedelta(minutes=24 - 5 * n)
        hall.issue(centre=CENTRE, lane="A", priority=False, at=came)
        at = came + timedelta(minutes=4)
        seen = hall.call_next(centre=CENTRE, window=2, seen=seen, by=cast.clerk, at=at).pk
    taken(), taken()


@pytest.fixture
def noon(monkeypatch):
    """The hour before is of the same day, whenever the tests run."""
    moment = timezone.now().replace(hour=4, minute=0)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.usefixtures("noon")
def test_screen_ticket_and_kiosk_say_how_long_about_once_enough_were_called(client, window):
    an_hour_of_calls(window)
    assert "反映问题 2（约 15 分钟）" in client.get(BOARD).content.decode()
    assert "5 分钟以内" in client.get(f"/hall/{CENTRE}/ticket/A006/").content.decode()
    assert "约 10 分钟" in client.get(f"/hall/{CENTRE}/ticket/A007/").content.decode()
    assert "大约要等" not in client.get(f"/hall/{CENTRE}/ticket/A005/").content.decode()
    assert "大约要等" not in client.get(f"/hall/{CENTRE}/ticket/{taken('B')}/").content.decode()


def test_the_words_for_a_wait_promise_nothing_that_is_not_known():
    assert [about(minutes) for minutes in (None, 5, 40, 65)] == ["", "5 分钟以内", "约 40 分钟", "1 小时以上"]
