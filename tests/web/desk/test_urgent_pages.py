"""The mark 重大紧急 in word and shape: on the matter, in every list, and on the board."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import moved, registered
from xinfang.models import Deadline, Event
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.clocks.hours import hours_after, on_the_day_of
from xinfang.rules.matters.codes import ClockCode
from xinfang.web.parts.clocks import clock_view
from xinfang.web.parts.hours import minute

pytestmark = pytest.mark.django_db
BADGE = re.compile(r'class="tag tag-bad"\s*>\s*<svg[^>]*>\s*<use href="[^"]*#warning" />\s*</svg>\s*重大紧急')
REPORT = {"reported_to": "committee", "report_way": "phone"}
QUEUE_STATEMENTS, BOARD_STATEMENTS, MATTER_STATEMENTS = 17, 17, 18


@pytest.fixture
def water(cast):
    return registered(cast, timezone.now() - timedelta(minutes=10))


def mark(cast, receipt, ago=5):
    when = timezone.now() - timedelta(minutes=ago)
    moved(cast, receipt.matter, when, ("clerk", "mark_urgent", {"reason": "停水两周"}))
    return when


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def test_the_mark_stands_on_the_matter_and_in_every_list_while_it_lasts(cast, desk, water):
    browser = desk("director")

    def marks():
        found = [browser.get(page) for page in (f"/desk/m/{water.number}/", "/desk/", "/desk/supervision/")]
        found.append(browser.post("/desk/search/", {"q": "路灯"}, follow=True))
        return [len(BADGE.findall(text(page))) for page in found]

    assert marks() == [0, 0, 0, 0]
    mark(cast, water)
    assert marks() == [1, 1, 1, 1]
    moved(cast, water.matter, timezone.now(), ("director", "report_urgent", REPORT))
    assert marks() == [1, 1, 1, 1]
    moved(cast, water.matter, timezone.now(), ("director", "withdraw_urgent", {"reason": "来水了"}))
    assert marks() == [0, 0, 0, 0]


def test_the_hour_takes_no_further_statement_anywhere(cast, desk, water, django_assert_num_queries):
    mark(cast, water)
    browser = desk("director")
    for page, statements in (
        ("/desk/", QUEUE_STATEMENTS), (f"/desk/m/{water.number}/", MATTER_STATEMENTS),
    ):  # fmt: skip
        browser.get(page)
        with django_assert_num_queries(statements):
            text(browser.get(page))
    overseer = desk("supervisor")
    overseer.get("/desk/supervision/")
    with django_assert_num_queries(BOARD_STATEMENTS):
        text(overseer.get("/desk/supervision/"))


def test_a_late_report_is_a_tile_of_the_law_and_of_no_other_list(cast, desk, water):
    late = registered(cast, timezone.now() - timedelta(hours=3))
    mark(cast, late, ago=120)
    page = text(desk("supervisor").get("/desk/supervision/", {"overdue": "XF-URG"}))
    assert late.number in page
    assert water.number not in page
    house, law = page.split("法定期限超期")[:2]
    assert "XF-URG" not in house.split("13710 超期未办")[1]
    assert 'href="?overdue=XF-URG"' in law
    assert "1小时报告重大紧急事项" in page.partition("</thead>")[2]


def test_the_page_of_the_hour_says_from_which_minute_to_which(cast, desk, water):
    began = mark(cast, water)
    page = text(desk("director").get(f"/desk/m/{water.number}/clock/XF-URG/"))
    assert "<dt>截止时刻</dt>" in page
    assert minute(began + timedelta(hours=1)) in page
    assert "<dt>稳妥日</dt>" not in page
    for words in ("标为重大紧急：", "起数 1 小时，到", "夜里、休息日照算", "《信访工作条例》第二十五条", "法定"):
        assert words in page
    table = text(desk("director").get(f"/desk/m/{water.number}/"))
    assert f"{minute(began + timedelta(hours=1))}" in table


def test_the_page_of_the_fifteen_days_names_the_hint(cast, desk, water):
    page = text(desk("director").get(f"/desk/m/{water.number}/clock/XF-REG15/"))
    assert "结束时先提示一次：《信访事项办理群众满意度评价工作办法（国信发〔2014〕16号）》" in page
    assert "只作提示，超过不算超期。" in page


def test_it_is_marked_and_reported_by_form_and_stands_in_the_course_of_events(cast, desk, water):
    browser = desk("clerk")
    page = text(browser.get(f"/desk/m/{water.number}/move/mark_urgent/"))
    assert "说的是事情，不是人" in page
    assert "发生了什么，可能有什么影响" in page
    seq = Event.objects.filter(chain_id=water.matter).count()
    browser.post(f"/desk/m/{water.number}/move/mark_urgent/", {"seq": str(seq), "reason": "停水两周"})
    told = text(browser.get(f"/desk/m/{water.number}/move/report_urgent/"))
    for words in ("本级党委和政府", "信访工作联席会议办公室", "国家信访局", "信访信息系统"):
        assert words in told
    sent = {"seq": str(seq + 1), "reported_to": "committee", "report_way": "in_person", "document": "镇报〔2026〕1号"}
    browser.post(f"/desk/m/{water.number}/move/report_urgent/", sent)
    row = Deadline.objects.get(matter_id=water.matter, code="XF-URG")
    assert row.met_at is not None
    course = text(browser.get(f"/desk/m/{water.number}/"))
    for words in ("报告给谁：本级党委和政府", "报告方式：当面", "停水两周"):
        assert words in course


@pytest.mark.parametrize(
    ("met", "ended", "after", "state", "word"),
    [
        (None, None, 1, "running", "剩 59 分钟"),
        (None, None, 59.5, "running", "剩 1 分钟"),
        (None, None, 60, "overdue", "超 1 分钟"),
        (None, None, 150, "overdue", "超 1 小时"),
        (None, None, 60 * 73, "overdue", "超 3 天"),
        (30, None, 90, "met", "按时"),
        (95, None, 120, "late_met", "迟 35 分钟"),
        (30, 20, 90, "not_applicable", "已终止"),
        (None, 20, 90, "not_applicable", "已终止"),
        (None, 70, 90, "overdue", "已终止"),
    ],
)
def test_the_hour_is_told_in_minutes(met, ended, after, state, word):
    began = timezone.now()
    until = hours_after(began, 1)

    def later(minutes):
        return None if minutes is None else began + timedelta(minutes=minutes)

    clock = Clock(ClockCode.URG, 0, began, on_the_day_of(until), later(met), later(ended), until=until)
    view = clock_view(clock, later(after), Level.ORANGE)
    shown = later(met) if state in {"met", "late_met"} else later(ended) if ended else until
    assert (view.state, view.word, view.date_words) == (state, word, minute(shown))
