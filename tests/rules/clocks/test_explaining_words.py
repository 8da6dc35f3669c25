"""An explanation in the words of a clerk: what is said of every kind of clock, and nothing that is not so."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.states import TOWN, Story, at, counting
from xinfang.labels.explaining import sentences
from xinfang.labels.grounds import CONFIDENCES, sections
from xinfang.policies import shipped
from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.catalogue import CONFIDENCES as KNOWN
from xinfang.rules.clocks.due import Count, Pause, due
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.explaining import explain, explain_day_one
from xinfang.rules.clocks.grounds import explain_clock
from xinfang.rules.clocks.hours import OfficeHours
from xinfang.rules.clocks.year_notices import notice_numbers
from xinfang.rules.matters.codes import DayMode

D = date.fromisoformat
SHORT_MONTH = "最后一个月没有起算日的对应日，按《民法典》第二百零二条数到月末2026年2月28日（星期六，调休上班）。"
WORKED_SATURDAY = "稳妥日是2026年2月14日（星期六，调休上班）：应到日之前最后一个工作日；提醒按这一天算，不依赖顺延。"
NOTICES = notice_numbers(shipped("calendar_cn.json"))


def counted(calendar, count, n, start, *pauses):
    return sentences(explain(due(Count(count), n, D(start), calendar, pauses), calendar), NOTICES)


@pytest.mark.parametrize(
    ("count", "n", "start", "said"),
    [
        ("CAL-M", 1, "2026-01-31", SHORT_MONTH),
        ("CAL-M", 1, "2026-01-31", "应到日是工作日，不顺延，截止到当天 24 时。"),
        ("CAL-M", 1, "2026-01-31", "稳妥日也是这一天。"),
        ("CAL-M", 6, "2026-03-02", "起算日2026年3月2日（星期一），当天不算；数 6 个月，到最后一个月的对应日为止。"),
        ("CAL-M", 6, "2026-03-02", "应到日是2026年9月2日（星期三），即起算日的对应日。"),
        ("CAL-M", 6, "2026-03-02", "3月3日至9月2日：按月数，不逐日数。"),
        ("CAL-Y", 1, "2025-11-28", "起算日2025年11月28日（星期五），当天不算；数 1 年，到最后一年的对应日为止。"),
        ("CAL-Y", 1, "2025-11-28", "2025年11月29日至2026年11月28日：按月数，不逐日数。"),
        ("CAL-D", 3, "2026-02-13", WORKED_SATURDAY),
        ("CAL-D", 2, "2026-10-02", "稳妥日是2026年10月2日（星期五），就是起算日：从次日到应到日没有工作日。"),
        ("WD", 2, "2026-12-31", "2027年1月1日（星期五）：法定节假日（当年放假安排尚未公布），不算。"),
        ("WD", 2, "2026-12-31", "2027年1月4日至5日：第 1 至 2 天，工作日。"),
        ("WD", 2, "2026-12-31", "暂算：2027 年的放假安排尚未公布，公布后重新推算。"),
        ("WD", 2, "2026-12-31", "2027 年的日历：放假安排尚未公布，只按周末和法定节假日推算。"),
    ],
)  # fmt: skip
def test_a_count_says(count, n, start, said, calendar):
    assert said in counted(calendar, count, n, start)


def test_a_roll_to_a_statutory_holiday_of_a_year_without_notice_is_said(calendar):
    told = counted(calendar, "CAL-D", 10, "2026-12-22")
    assert any(
        line.startswith("应到日2027年1月1日（星期五）是法定节假日，按《民法典》第二百零三条顺延") for line in told
    )
    assert "暂算：2027 年的放假安排尚未公布，公布后重新推算。" in told


def test_what_is_left_out_by_law_is_said_with_its_days(calendar):
    told = counted(calendar, "CAL-D", 5, "2026-03-03", Pause(D("2026-03-05"), D("2026-03-08")), Pause(D("2026-03-10")))
    assert "3月6日至8日：依法扣除的时间，不算。" in told
    lasting = "2026年3月10日（星期二）起不计依法扣除的时间，还没有结束；以上日期按立即结束推算，结束后重新推算。"
    assert lasting in told


def test_the_first_day_says_when_it_came_in_and_the_hours(calendar):
    late = sentences(explain_day_one(at("2026-10-02 18:00"), calendar, OfficeHours()), NOTICES)
    assert late == [
        "2026年10月2日（星期五）18:00收到，办公时间 08:30 至 17:30：休息日收到，从下一个工作日算。",
        "10月2日（星期五）：休息日收到，从下一个工作日算。",
        "10月3日至7日：放假（国办发明电〔2025〕7号），不算。",
        "10月8日（星期四）：第 1 天，工作日。",
        "数到2026年10月8日（星期四）：应到日、稳妥日、截止日都是这一天，截止到当天 24 时。",
        "2026 年的日历：按国办发明电〔2025〕7号。",
    ]


def parts(story, key, **changes):
    """Title -> sentences, then the rows of the days, of one clock."""
    state = replace(story.state(), **changes)
    by_policy = {**counting().policies, 3: replace(counting().policies[0], number=3, effective_on=D("2026-02-01"))}
    ask = replace(counting(), policies=by_policy)
    clock = next(clock for clock in clocks_of(state, ask) if clock.key == key)
    found = sections(explain_clock(clock, state, ask), NOTICES)
    return {part.title: list(part.sentences) for part in found}, [line for part in found for line in part.lines]


def triaged(**more):
    return Story("2026-03-16 09:00").triaged("2026-03-16 10:00", **more)


def planned():
    story = triaged(nature="major").assigned("2026-03-16 11:00", mode="assignment", due_on="2026-03-25")
    story.add("plan_filed", "2026-04-01 10:00", unit=TOWN, steps=[{"unit": TOWN, "due_on": "2026-06-01"}])
    return story.add("plan_approved", "2026-04-02 10:00")


def test_a_policy_and_its_working_days_are_named():
    told, lines = parts(triaged(), "13710-7", policy=3, day_mode=DayMode.WORKING)
    assert "时限版本：第 3 版（2026年2月1日（星期日）起施行），登记时确定，以后不变。" in told["版本"]
    assert "计算方式：工作日，登记时确定，以后不变。" in told["版本"]
    assert [line.number for line in lines] == ["", "第 1 至 4 天", "", "第 5 至 7 天"]


def test_a_clock_that_does_not_apply_has_a_reason_a_rule_and_no_dates():
    told, lines = parts(triaged(nature="major"), "13710-7")
    assert told["起因"] == ["这个期限不适用：不属于一般性事项。"]
    assert set(told) == {"起因", "依据", "版本"}
    assert lines == []


def test_what_is_followed_to_the_end_has_no_date():
    told, _lines = parts(triaged(), "13710-0")
    assert told["结果"] == ["没有日期：一直跟踪到销号为止。"]
    assert told["依据"] == ["出处：“13710”工作法。"]


def test_an_explicit_date_names_its_document_and_may_be_provisional():
    story = triaged(explicit_on="2027-01-08", explicit_source="assignment_letter", explicit_document="青交〔2026〕1号")
    told, lines = parts(story, "EXPLICIT")
    assert told["起因"][1] == "交办函限期（青交〔2026〕1号）写明的日期：2027年1月8日（星期五）。"
    assert told["结果"][1] == "暂算：2027 年的放假安排尚未公布，公布后重新推算。"
    assert told["版本"][-1] == "2027 年的日历：放假安排尚未公布，只按周末和法定节假日推算。"
    assert lines == []


def test_a_step_a_task_and_a_month_of_a_plan_say_where_they_come_from():
    assert "方案第 1 步写明的日期：2026年6月1日（星期一）。" in parts(planned(), "13710-P#1")[0]["起因"]
    task = parts(planned(), "TASK#1")[0]
    assert "交办时给承办单位定的日期：2026年3月25日（星期三）。" in task["起因"]
    assert "依据" not in task
    letter = triaged().assigned("2026-03-16 11:00", mode="assignment", due_on="2026-03-25", document="示交〔2026〕9号")
    named = parts(letter, "TASK#1")[0]["起因"]
    assert "交办函（示交〔2026〕9号）给承办单位定的日期：2026年3月25日（星期三）。" in named
    told, lines = parts(planned(), "13710-MF#1")
    assert told["起因"] == [
        "方案批准：2026年4月2日（星期四）。",
        "第 1 次反馈：从批准之日起数 1 个月，不从上一次的日期接着数。",
    ]
    assert [line.days for line in lines] == ["4月2日（星期四）", "4月3日至5月2日", "5月3日至5日", "5月6日（星期三）"]


def test_an_extension_says_that_it_rolls_once():
    story = triaged().assigned("2026-03-16 11:00").accepted("2026-03-17 10:00")
    told, _lines = parts(story.add("extended", "2026-05-06 10:00", unit=TOWN, days=30, document="延1"), "XF-EXT30")
    assert told["起因"] == [
        "受理：2026年3月17日（星期二）。",
        "60 天加批准延长的 30 天，共 90 天，从受理之日起一次数到底，只顺延一次。",
    ]
    assert "依据：《信访工作条例》第三十四条。" in told["依据"]


def test_silence_says_that_the_count_is_our_design():
    story = triaged().assigned("2026-03-16 11:00").add("breached", "2026-04-01 00:00", clock="XF-TELL15T#1", level=4)
    told, _lines = parts(story, "XF-DO60S")
    assert told["起因"] == [
        "书面告知的期限届满而没有告知：2026年3月31日（星期二）。",
        "没有告知是否受理，不因此推迟：60 天从告知期限的应到日起算，与受理后的 60 天并行。",
        "法规没有写明这种情况从哪天起算，这样算是本系统的设计。",
    ]


def test_the_duty_to_tell_opens_the_right_that_it_is_about():
    story = triaged().add("limit_noted", "2026-03-16 11:00", rule="EX-FY60", from_on="2026-01-14")
    told, lines = parts(story, "TELL-RIGHT#1")
    assert told["起因"][-1] == "记入时已经过了稳妥日，当天就要提醒。"
    assert told["结果"][-1] == "以上是这项权利的日期；最晚在2026年3月16日（星期一）当天提醒。"
    assert lines[0].days == "1月14日（星期三）"


def test_a_committee_that_waits_for_an_expert_names_the_ground_and_the_days():
    story = triaged().add("limit_noted", "2026-03-16 11:00", rule="ME-MED30W", from_on="2026-03-16")
    story.add("limit_paused", "2026-03-18 10:00", k=1, since="2026-03-18")
    told, _lines = parts(story, "ELSEWHERE#1")
    assert any(line.startswith("2026年3月18日（星期三）起不计鉴定时间，还没有结束") for line in told["结果"])
    story.add("limit_resumed", "2026-03-25 10:00", k=1, until="2026-03-24")
    told, lines = parts(story, "ELSEWHERE#1")
    assert [line.reason for line in lines if line.days == "3月19日至24日"] == ["扣除鉴定时间，不算"]
    assert "说明：鉴定所需时间不计入。" in told["依据"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("XF-SIMPLE3", "可信程度：这一条还没有与现行文本核对，引用之前请先核对。"),
        ("XF-SIMPLE3", "依据：《信访事项简易办理办法（试行）》，条款未核对。"),
        ("XF-SUG30", "可信程度：内部要求，不是法定期限。"),
    ],
)
def test_what_is_not_certain_is_said(rule, said):
    story = triaged().add("limit_noted", "2026-03-16 11:00", rule=rule, from_on="2026-03-16")
    key = next(clock.key for clock in clocks_of(story.state(), counting()) if clock.rule == rule)
    assert said in parts(story, key)[0]["依据"]


def test_every_confidence_but_that_of_the_act_itself_is_said():
    assert set(CONFIDENCES) == set(KNOWN) - {"source"}


def test_a_calendar_of_no_year_knows_no_notice():
    empty = Calendar.of({"covered_years": [], "off": [], "makeup": []})
    assert counted(empty, "CAL-D", 1, "2026-03-16")[-2:] == [
        "暂算：2026 年的放假安排尚未公布，公布后重新推算。",
        "2026 年的日历：放假安排尚未公布，只按周末和法定节假日推算。",
    ]
