"""The four days of the older measure only bring a yellow forward: no clock, no breach, no figure."""

from datetime import timedelta

import pytest

from tests.rules.states import Story, at, counting
from xinfang.labels.grounds import sections
from xinfang.rules.clocks.alarms import Level, brought_forward
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.grounds import explain_clock
from xinfang.rules.clocks.hints import hint_of
from xinfang.rules.clocks.lateness import level_of, rising, steps
from xinfang.rules.clocks.noting import check_noted
from xinfang.rules.refusals import RuleBroken

NOW = at("2026-03-16 09:00")


def clock(story, key="XF-REG15"):
    return next(clock for clock in clocks_of(story.state(), counting()) if clock.key == key)


def fresh(received="2026-03-16 09:00"):
    return Story(received).add("triaged", received, kind="claim", nature="general", solvable=True, stage="triaged")


def test_the_registering_is_yellow_from_the_end_of_the_fourth_day_and_nothing_else_moves():
    story = fresh()
    found = {level: moment for moment, level in steps(story.state(), clock(story), counting())}
    assert found[Level.YELLOW] == at("2026-03-21 00:00")
    assert [found[level] for level in (Level.ORANGE, Level.RED, Level.BLACK, Level.LEADER)] == [
        at("2026-03-28 02:15"), at("2026-03-30 10:30"), at("2026-04-01 00:00"), at("2026-04-04 00:00"),
    ]  # fmt: skip
    before = at("2026-03-21 00:00") - timedelta(microseconds=1)
    assert level_of(story.state(), clock(story), before, counting()) is Level.GREEN
    told = {c.key: level for c, level in rising(story.state(), counting(), at("2026-03-21 00:00"))}
    assert told["XF-REG15"] is Level.YELLOW


def test_the_fourth_day_is_counted_without_a_roll():
    story = fresh("2026-09-28 09:00")
    assert (str(hint_of(clock(story), counting()).on), hint_of(clock(story), counting()).rule.id) == (
        "2026-10-02", "XF-CNTY4",
    )  # fmt: skip


def test_a_hint_never_puts_a_yellow_off():
    half = [(at("2026-03-18 00:00"), Level.YELLOW), (at("2026-03-30 00:00"), Level.RED)]
    assert list(brought_forward(half, at("2026-03-21 00:00"))) == half


def test_the_hint_is_no_clock_and_no_other_clock_has_one():
    clocks = clocks_of(fresh().state(), counting())
    assert "XF-CNTY4" not in {c.key for c in clocks}
    assert [c.key for c in clocks if hint_of(c, counting())] == ["XF-REG15"]
    assert not clock(fresh()).is_late(at("2026-03-31 23:59"))


def test_nobody_can_note_it():
    with pytest.raises(RuleBroken) as broken:
        check_noted(counting().rules, "XF-CNTY4", NOW.date(), NOW.date())
    assert (broken.value.code, broken.value.field) == ("rule_unknown", "rule")


def test_the_clock_names_it_in_one_sentence_with_its_source_and_that_it_binds_nobody():
    story = fresh()
    told = [line for part in sections(explain_clock(clock(story), story.state(), counting()), {})
            for line in part.sentences if "阶段用时" in line]  # fmt: skip
    measure = "《信访事项办理群众满意度评价工作办法（国信发〔2014〕16号）》里“县级登记、转送的阶段用时”为 4 日。"
    superseded = "该办法已被国信发〔2022〕11号取代，只作提示，超过不算超期。"
    assert told == [f"2026年3月20日（星期五）结束时先提示一次：{measure}{superseded}"]
