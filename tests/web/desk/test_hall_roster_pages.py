"""The roster and the days of leaders on their pages, and the notice board that shows both."""

from datetime import timedelta

import pytest
from django.utils import timezone

from xinfang.models import DutyExchange, Event, HallDuty, HallWindow, ReceptionDay, Unit
from xinfang.queries.hall_roster import open_days
from xinfang.services import hall

CENTRE = "999901001"
NOTICE = f"/hall/{CENTRE}/notice/"


@pytest.fixture
def window(cast):
    hall.set_window(
        centre=CENTRE, number="1", name="综合受理", lanes="A", is_open=True, by=cast.director, at=timezone.now()
    )
    return cast


def next_open_day():
    today = timezone.localdate()
    return open_days(today + timedelta(days=1), today + timedelta(days=20))[0]


def test_a_hall_without_windows_has_no_roster_yet(desk):
    assert "还没有设置窗口" in desk("director").get("/desk/hall/roster/").content.decode()


def test_the_director_fills_the_month_and_the_clerk_reads_it(desk, window):
    browser, day = desk("director"), next_open_day()
    where = f"/desk/hall/roster/?month={day:%Y-%m}"
    assert "去排班" in browser.get(where).content.decode()
    sent = {"window": "1", "holder": window.users["clerk"].pk, "from_on": day.isoformat(), "to_on": day.isoformat()}
    page = browser.post(where, sent, follow=True).content.decode()
    assert "已排 1 天。" in page
    assert HallDuty.objects.get().day == day
    page = desk("clerk").get(where).content.decode()
    assert "王芳" in page
    assert "排班、换人" not in page
    assert "去排班" not in page


def test_a_duty_in_the_past_or_on_no_day_is_refused_beside_its_field(desk, window):
    sent = {"window": "1", "holder": window.users["clerk"].pk, "from_on": "2020-01-01", "to_on": "2020-01-01"}
    assert "排班从今天起，不能改过去的。" in desk("director").post("/desk/hall/roster/", sent).content.decode()
    page = desk("director").post("/desk/hall/roster/", {**sent, "from_on": "morgen"}).content.decode()
    assert 'id="id_from_on_error"' in page
    assert HallDuty.objects.count() == 0


def test_a_clerk_who_sends_the_form_all_the_same_changes_nothing(desk, window):
    day = next_open_day().isoformat()
    sent = {"window": "1", "holder": window.users["clerk"].pk, "from_on": day, "to_on": day}
    assert "只有本中心在岗的人能这样做。" in desk("clerk").post("/desk/hall/roster/", sent).content.decode()
    assert HallDuty.objects.count() == 0


def test_whoever_is_on_the_roster_today_sits_there_without_choosing(desk, window):
    HallDuty.objects.create(window=window_row(), day=timezone.localdate(), holder=window.users["clerk"])
    page = desk("clerk").get("/desk/hall/").content.decode()
    assert "叫下一个" in page


def window_row():
    return Unit.objects.get(pk=CENTRE).hall_windows.get()


def test_a_day_of_a_leader_is_published_shown_to_everybody_and_called_off(client, desk, window):
    browser, day = desk("director"), next_open_day()
    page = "/desk/hall/receptions/"
    assert "还没有公布接访日" in browser.get(page).content.decode()
    sent = {
        "leader": window.users["leader"].pk, "day": day.isoformat(), "opens": "09:00", "closes": "11:00",
        "place": "一楼接访室",
    }  # fmt: skip
    assert "结束" in browser.post(page, {**sent, "closes": ""}).content.decode()
    assert "接访日要提前公布" in browser.post(page, {**sent, "day": "2020-01-01"}).content.decode()
    assert "已公布，公示牌上就能看到。" in browser.post(page, sent, follow=True).content.decode()
    board = client.get(NOTICE).content.decode()
    assert "秦岭" in board
    assert "一楼接访室" in board
    assert "取消这一天" not in desk("clerk").get(page).content.decode()
    row = ReceptionDay.objects.get()
    off = f"/desk/hall/receptions/{row.pk}/off/"
    assert "取消的原因" in browser.post(off, {}).content.decode()
    assert "已取消，公示牌上写明了原因。" in browser.post(off, {"why": "临时会议"}, follow=True).content.decode()
    assert "已经取消" in browser.post(off, {"why": "临时会议"}, follow=True).content.decode()
    board = client.get(NOTICE).content.decode()
    assert "已取消：临时会议" in board
    assert "秦岭" not in board


def test_the_notice_board_says_what_the_regulation_wants_on_the_wall(client, window):
    Unit.objects.filter(pk=CENTRE).update(phone="0000-9010002", address="青禾镇便民路1号")
    HallDuty.objects.create(window=window_row(), day=timezone.localdate(), holder=window.users["clerk"])
    page = client.get(NOTICE).content.decode()
    for said in (
        "http://testserver/", "青禾镇便民路1号", "0000-9010002", "08:30–17:30", "单号和查询码", "王芳",
        "《信访工作条例》", "15日", "60日", "12388", "不收费", "还没有公布接访日。", "sheet-a4",
    ):  # fmt: skip
        assert said in page, said
    assert client.get("/hall/999901-RS/notice/").status_code == 404


def test_a_notice_board_of_a_centre_that_has_entered_nothing_still_says_where_to_go(client, window):
    page = client.get(NOTICE).content.decode()
    assert "今天没有排班，请直接到窗口。" in page


def test_the_month_takes_as_many_statements_with_every_day_filled_as_with_none(
    desk, window, django_assert_max_num_queries
):
    day = next_open_day()
    where = f"/desk/hall/roster/?month={day:%Y-%m}"
    for n in range(25):
        HallDuty.objects.create(window=window_row(), day=day + timedelta(days=n), holder=window.users["clerk"])
    browser = desk("director")
    browser.get(where)
    with django_assert_max_num_queries(27):
        assert "王芳" in browser.get(where).content.decode()
    assert Event.objects.filter(type="duty_set").count() == 0


@pytest.fixture
def duty(desk, window):
    """The clerk sits at window 1 on the next open day."""
    day = next_open_day().isoformat()
    sent = {"window": "1", "holder": window.users["clerk"].pk, "from_on": day, "to_on": day}
    desk("director").post("/desk/hall/roster/", sent)
    return HallDuty.objects.get()


def test_one_asks_the_other_agrees_and_the_director_sees_it(desk, window, duty):
    clerk, deputy = desk("clerk"), desk("deputy")
    assert "顶我的班，不换" in clerk.get("/desk/hall/roster/").content.decode()
    assert "问一问对方" not in deputy.get("/desk/hall/roster/").content.decode()
    sent = {"duty": duty.pk, "partner": f"{window.users['deputy'].pk}-"}
    page = clerk.post("/desk/hall/roster/ask/", sent, follow=True).content.decode()
    assert "已经问了钱进，等对方答复。" in page
    assert "撤回" in page
    assert "有人请您换班或顶班，去答复" in deputy.get("/desk/hall/").content.decode()
    assert "有人请您换班或顶班，去答复" not in clerk.get("/desk/hall/").content.decode()
    page = deputy.get("/desk/hall/roster/").content.decode()
    assert "王芳问您行不行：" in page
    row = DutyExchange.objects.get()
    where = f"/desk/hall/roster/answer/{row.pk}/"
    page = deputy.post(where, {"agrees": "1"}, follow=True).content.decode()
    assert "值班表已经改好，公示牌上也换了。" in page
    assert HallDuty.objects.get().holder == window.users["deputy"]
    page = desk("director").get("/desk/hall/roster/").content.decode()
    assert "钱进顶王芳的班" in page
    assert "已同意" in page
    page = deputy.post(where, {"agrees": "1"}, follow=True).content.decode()
    assert "排班刚才变了，或者对方已经答复过" in page


@pytest.mark.parametrize(("who", "said"), [("deputy", "已答复：不行。"), ("clerk", "已撤回。")])
def test_a_no_changes_nothing(desk, window, duty, who, said):
    sent = {"duty": duty.pk, "partner": f"{window.users['deputy'].pk}-"}
    desk("clerk").post("/desk/hall/roster/ask/", sent)
    row = DutyExchange.objects.get()
    page = desk(who).post(f"/desk/hall/roster/answer/{row.pk}/", {"agrees": "0"}, follow=True).content.decode()
    assert said in page
    assert HallDuty.objects.get().holder == window.users["clerk"]


def test_what_cannot_be_exchanged_is_said_on_the_page(desk, window, duty):
    for partner in ("", "0-", f"{window.users['clerk'].pk}-", f"{window.users['deputy'].pk}-{duty.pk}"):
        sent = {"duty": duty.pk, "partner": partner}
        page = desk("clerk").post("/desk/hall/roster/ask/", sent, follow=True).content.decode()
        assert 'role="alert"' in page or "callout-bad" in page
    assert DutyExchange.objects.count() == 0


def test_a_duty_of_the_other_is_offered_in_exchange(desk, window, duty):
    hall.set_window(
        centre=CENTRE, number="2", name="查询", lanes="A", is_open=True, by=window.director, at=timezone.now()
    )
    HallDuty.objects.create(window=HallWindow.objects.get(number=2), day=duty.day, holder=window.users["deputy"])
    other = HallDuty.objects.get(holder=window.users["deputy"])
    clerk = desk("clerk")
    assert "和我换：" in clerk.get("/desk/hall/roster/").content.decode()
    clerk.post("/desk/hall/roster/ask/", {"duty": duty.pk, "partner": f"{other.holder_id}-{other.pk}"})
    row = DutyExchange.objects.get()
    assert "，王芳坐钱进的" in desk("director").get("/desk/hall/roster/").content.decode()
    desk("deputy").post(f"/desk/hall/roster/answer/{row.pk}/", {"agrees": "1"})
    assert set(HallDuty.objects.values_list("window__number", "holder__name")) == {(1, "钱进"), (2, "王芳")}
