"""Calling at the desk: what a clerk sees and presses, with two pages open, and where nobody set up a window."""

import pytest
from django.utils import timezone

from xinfang.models import HallTicket, HallWindow
from xinfang.services import hall

CENTRE = "999901001"


@pytest.fixture
def windows(cast):
    for number, lanes in (("1", "AB"), ("2", "A")):
        hall.set_window(
            centre=CENTRE, number=number, name="综合受理", lanes=lanes, is_open=True, by=cast.director,
            at=timezone.now(),
        )  # fmt: skip


def ticket(lane="A", *, priority=False):
    return hall.issue(centre=CENTRE, lane=lane, priority=priority, at=timezone.now())


def press(browser, act, **values):
    return browser.post(f"/desk/hall/call/{act}/", values, follow=True).content.decode()


def test_a_hall_without_windows_says_so_and_where_to_go(desk):
    page = desk("clerk").get("/desk/hall/").content.decode()
    assert "还没有设置窗口" in page
    assert "叫下一个" not in page


def test_the_director_sets_up_a_window_and_is_told_what_is_wrong(desk):
    browser = desk("director")
    page = browser.post("/desk/hall/windows/", {"number": "0", "name": "综合受理", "lanes": ["A"]}).content.decode()
    assert "窗口号请填 1 到 99 的数字。" in page
    sent = {"number": "1", "name": "综合受理", "lanes": ["A", "B"], "is_open": "on"}
    page = browser.post("/desk/hall/windows/", sent, follow=True).content.decode()
    assert "反映问题、请求调解" in page
    assert HallWindow.objects.get().lanes == "AB"
    browser.post("/desk/hall/windows/", {"number": "1", "name": "综合受理", "lanes": ["A"]})
    assert "停用" in browser.get("/desk/hall/windows/").content.decode()


def test_a_clerk_gives_out_a_ticket_and_its_slip_opens(desk, windows):
    browser = desk("clerk")
    answer = browser.post("/desk/hall/issue/", {"lane": "A", "priority": "on"})
    assert answer["Location"] == f"/hall/{CENTRE}/ticket/A001/"
    slip = browser.get(answer["Location"]).content.decode()
    assert "回到大厅叫号" in slip
    assert HallTicket.objects.get().is_priority is True


def test_a_ticket_without_a_lane_is_asked_for_again(desk, windows):
    page = desk("clerk").post("/desk/hall/issue/", {}).content.decode()
    assert "error-summary" in page or "错误" in page
    assert HallTicket.objects.count() == 0


def test_when_the_numbers_have_run_out_the_form_says_so(desk, windows):
    HallTicket.objects.create(
        centre_id=CENTRE, day=timezone.localdate(), lane="A", number=999, issued_at=timezone.now()
    )
    assert "今天这一类的号已经发完" in desk("clerk").post("/desk/hall/issue/", {"lane": "A"}).content.decode()


def test_a_clerk_sits_down_calls_and_ends(desk, windows):
    ticket(), ticket()
    browser = desk("clerk")
    assert "叫下一个" not in browser.get("/desk/hall/").content.decode()
    browser.post("/desk/hall/sit/", {"window": "1"})
    page = press(browser, "next", ticket="0")
    assert "正在办：A001" in page
    row = HallTicket.objects.get(number=1)
    assert "这个号刚才已经变了" in press(browser, "next", ticket="0")
    assert "正在办：A001" in press(browser, "again", ticket=row.pk)
    assert "A001" in press(browser, "skip", ticket=row.pk)
    press(browser, "back", ticket=row.pk)
    assert "正在办：A001" in press(browser, "next", ticket="0")
    press(browser, "transfer", ticket=row.pk, to="2")
    row.refresh_from_db()
    assert (row.state, row.window) == ("waiting", 2)
    assert "转到 2 号窗口" in browser.get("/desk/hall/").content.decode()
    page = press(browser, "next", ticket="0")
    assert "正在办：A002" in page
    page = press(browser, "finish", ticket=HallTicket.objects.get(number=2).pk)
    assert "现在没有叫号" in page
    assert "现在没有人在等。" in press(browser, "next", ticket="0")


def test_an_unknown_window_is_no_seat_and_an_unknown_act_is_not_there(desk, windows):
    browser = desk("clerk")
    browser.post("/desk/hall/sit/", {"window": "9"})
    assert "没有这个窗口" in press(browser, "next", ticket="0")
    assert browser.post("/desk/hall/call/delete/").status_code == 404


def test_who_holds_such_a_role_outside_a_centre_has_no_hall(desk):
    assert desk("member").get("/desk/hall/").status_code == 404


def test_the_list_of_who_waits_takes_as_many_statements_for_forty_as_for_none(
    desk, windows, django_assert_max_num_queries
):
    for _n in range(40):
        ticket()
    browser = desk("clerk")
    browser.get("/desk/hall/")
    with django_assert_max_num_queries(17):
        assert "A040" in browser.get("/desk/hall/").content.decode()


def test_the_director_reads_how_long_people_waited_today_and_a_clerk_does_not(
    desk, windows, django_assert_max_num_queries
):
    for _n in range(6):
        ticket()
    clerk, seen = desk("clerk"), 0
    clerk.post("/desk/hall/sit/", {"window": "1"})
    for _n in range(5):
        press(clerk, "next", ticket=str(seen))
        seen = HallTicket.objects.get(state="called").pk
    director = desk("director")
    director.get("/desk/hall/")
    with django_assert_max_num_queries(24):
        page = director.get("/desk/hall/").content.decode()
    assert "今天等了多久" in page
    assert "0 分钟" in page
    assert "今天等了多久" not in clerk.get("/desk/hall/").content.decode()


def test_too_few_calls_have_no_middle(desk, windows):
    ticket()
    page = desk("director").get("/desk/hall/").content.decode()
    assert "号太少，不算" in page
