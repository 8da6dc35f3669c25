"""Every date of a matter opens into how it was counted; who may not see the matter sees none of it."""

import re

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import CalendarYear
from xinfang.queries.clocks import rules
from xinfang.rules.clocks.policy import document_of, shipped_policy
from xinfang.services.policies import propose, publish
from xinfang.web.parts import middleware

pytestmark = pytest.mark.django_db
WHEN = at("2026-09-27 10:00")


@pytest.fixture(autouse=True)
def in_autumn(monkeypatch):
    monkeypatch.setattr(middleware, "now", lambda: WHEN)


@pytest.fixture
def lamp(cast):
    CalendarYear.objects.filter(year=2026).update(notice="国办发明电〔2025〕7号")
    return registered(cast, WHEN)


def page(browser, receipt, key=None):
    more = f"clock/{key}/" if key else ""
    answer = browser.get(f"/desk/m/{receipt.number}/{more}")
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", answer.content.decode())


def words_of(told):
    """What is read on a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told))


def test_seven_days_over_the_national_holiday_are_told_day_by_day(cast, desk, lamp):
    told = words_of(page(desk("director"), lamp, "13710-7"))
    for words in (
        "收到信访事项：2026年9月27日（星期日）。",
        "起算日2026年9月27日（星期日），当天不算；从次日起数 7 天，休息日也算在内。",
        "9月28日至10月4日 第 1 至 7 天 自然日，休息日也算",
        "10月5日至7日 — 放假（国办发明电〔2025〕7号），不算",
        "应到日2026年10月4日（星期日）放假，按《民法典》第二百零三条顺延到其后第一个工作日2026年10月8日（星期四）",
        "稳妥日是2026年9月30日（星期三）：应到日之前最后一个工作日",
        "规则 13710-7：落实解决。起算：收到。",
        "出处：“13710”工作法原文中的“7”。",
        "从哪天数、怎样顺延，原文没有规定，是本系统的设计。",
        "时限版本：“13710”原定时限（第 0 版）",
        "2026 年的日历：按国办发明电〔2025〕7号。",
    ):
        assert words in told, words


def test_a_limit_of_the_law_names_its_article_and_since_when_it_holds(cast, desk, lamp):
    told = page(desk("director"), lamp, "XF-REG15")
    assert "依据：《信访工作条例》第二十二条。" in told
    assert "适用于2022年5月1日（星期日）以后（含当天）起算的期限。" in told
    assert "可信程度" not in told
    assert '<span class="tag tag-action">法定</span>' in told


def test_every_row_of_the_table_and_every_clock_that_was_not_met_leads_to_its_page(cast, desk, lamp):
    browser = desk("director")
    told = page(browser, lamp)
    keys = set(re.findall(rf'href="/desk/m/{lamp.number}/clock/([\w-]+)/"', told))
    assert keys == {"13710-0", "13710-1", "13710-1M", "13710-3", "13710-7", "XF-REG15", "XF-TELL15"}
    for key in keys:
        assert "版本</h2>" in page(browser, lamp, key)


def test_a_clock_that_does_not_apply_says_why_and_one_without_a_date_says_so(cast, desk, lamp):
    browser = desk("director")
    told = page(browser, lamp, "13710-1M")
    assert "这个期限不适用：一般且可以解决的事项，按7天办理。" in told
    assert "<table>" not in told
    assert "没有日期：一直跟踪到销号为止。" in page(browser, lamp, "13710-0")


def test_a_date_that_was_given_with_a_task_is_not_counted(cast, desk, lamp):
    assign = {"mode": "assignment", "lead": "999901001-ZF", "due_on": "2026-10-20"}
    moved(cast, lamp.matter, WHEN, ("director", "triage", TRIAGE), ("director", "assign", assign))
    told = page(desk("director"), lamp, "TASK-1")
    assert "交办时给承办单位定的日期：2026年10月20日（星期二）。" in told
    assert "写明的日期不数天、不顺延" in told


def test_the_notice_of_the_installation_is_named_not_the_shipped_one(cast, desk, lamp):
    CalendarYear.objects.filter(year=2026).update(notice="示范通知〔2026〕9号")
    assert "按示范通知〔2026〕9号。" in page(desk("director"), lamp, "13710-7")


@pytest.mark.parametrize("key", ["13710-9", "13710-7-1", "RIGHT-1", "none"])
def test_a_clock_that_the_matter_has_not_is_not_there(cast, desk, lamp, key):
    assert desk("director").get(f"/desk/m/{lamp.number}/clock/{key}/").status_code == 404


def test_who_may_not_see_the_matter_learns_nothing_of_its_clocks(cast, desk, lamp):
    browser = desk("other_director")
    assert browser.get(f"/desk/m/{lamp.number}/clock/13710-7/").status_code == 404
    assert browser.get("/desk/m/XF-0000-0000/clock/13710-7/").status_code == 404


def test_the_five_clocks_wear_the_digits_of_the_policy_under_which_the_matter_came_in(cast, desk, lamp):
    terms = {**document_of(shipped_policy(rules())), "effective_on": "2026-09-28", "note": "会议纪要", "solve_days": 10}
    draft = propose(values=terms, by=cast.administrator, at=WHEN)
    publish(number=draft.number, seen=draft.mark, by=cast.bureau, at=WHEN)
    later = registered(cast, at("2026-09-28 10:00"))
    digits = r'clock-digit">(\d+)<'
    assert re.findall(digits, page(desk("director"), lamp)) == ["1", "3", "7", "1", "0"]
    assert re.findall(digits, page(desk("director"), later)) == ["1", "3", "10", "1", "0"]
