"""A grave or urgent matter is reported within the hour, by day and by night, and nothing but a report ends the hour."""

from dataclasses import replace

import pytest

from tests.rules.states import NOON, OTHER, TOWN, Story, actor, asked, at, counting, state
from xinfang.labels.grounds import sections
from xinfang.rules.access.petitioner_sight import shown
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.grounds import Trigger, explain_clock
from xinfang.rules.clocks.lateness import look_at, rising, steps
from xinfang.rules.figures.marks import Mark, standing
from xinfang.rules.lifecycle.allowed import BY_NAME
from xinfang.rules.lifecycle.likely import is_rare
from xinfang.rules.lifecycle.values import check_together
from xinfang.rules.matters.codes import HOUSE_CLOCKS, STATUTORY_CLOCKS, ClockCode
from xinfang.rules.matters.pairs import require_merge
from xinfang.rules.matters.state import Urgency
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken

LATER = at("2026-12-01 00:00")
COMMITTEE = {"reported_to": "committee", "report_way": "phone"}


def marked(when="2026-05-11 09:05", **born):
    return Story("2026-05-11 09:00", **born).add("urgent_marked", when)


def hour(story, key="XF-URG"):
    return next(clock for clock in clocks_of(story.state(), counting()) if clock.key == key)


def test_the_hour_runs_from_the_mark_and_not_from_receipt():
    clock = hour(marked())
    assert (clock.trigger_at, clock.until, clock.due_at) == (
        at("2026-05-11 09:05"), at("2026-05-11 10:05"), at("2026-05-11 10:05"),
    )  # fmt: skip
    assert [clock.is_late(at(f"2026-05-11 {minute}")) for minute in ("10:04", "10:05")] == [False, True]


def test_at_night_before_a_holiday_it_is_an_hour_too_and_nothing_rolls():
    clock = hour(marked("2026-09-30 23:30"))
    assert clock.due_at == at("2026-10-01 00:30")
    assert [str(day) for day in (clock.due.raw, clock.due.due, clock.due.prudent)] == ["2026-10-01"] * 3
    assert not hour(marked("2027-01-01 03:00")).due.provisional


def test_it_is_spoken_of_by_the_hour_and_to_the_leader_after_as_long_again():
    story = marked()
    assert [(f"{moment:%H:%M}", level.name) for moment, level in steps(story.state(), hour(story), counting())] == [
        ("09:35", "YELLOW"), ("09:50", "ORANGE"), ("09:59", "RED"), ("10:05", "BLACK"), ("11:05", "LEADER"),
    ]  # fmt: skip
    assert look_at(story.state(), hour(story), counting()) == at("2026-05-11 09:35")
    news = {clock.key: level for clock, level in rising(story.state(), counting(), at("2026-05-11 12:00"))}
    assert news["XF-URG"] is Level.BLACK


def test_the_length_of_the_hour_and_the_warnings_are_data():
    rule = replace(counting().rules["XF-URG"], n=2)
    other = replace(counting(), rules={**counting().rules, "XF-URG": rule})
    state_now = marked().state()
    clock = next(clock for clock in clocks_of(state_now, other) if clock.code is ClockCode.URG)
    assert clock.due_at == at("2026-05-11 11:05")
    assert [f"{moment:%H:%M}" for moment, _level in steps(state_now, clock, other)] == [
        "10:05", "10:35", "10:53", "11:05", "13:05",
    ]  # fmt: skip


def test_the_first_report_to_the_own_committee_meets_it_and_no_other_does():
    story = marked().add("urgent_reported", "2026-05-11 09:20", reported_to="upper_bureau", report_way="phone")
    assert hour(story).is_running
    story.add("urgent_reported", "2026-05-11 09:40", **COMMITTEE).add(
        "urgent_reported", "2026-05-11 12:00", **COMMITTEE
    )
    assert (hour(story).met_at, hour(story).is_late(LATER)) == (at("2026-05-11 09:40"), False)
    late = marked().add("urgent_reported", "2026-05-11 10:05", **COMMITTEE)
    assert hour(late).is_late(LATER)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("informed", {"document": "告1", "way": "post", "stage": "informed"}),
        ("implemented", {"result": "supported_done", "stage": "implemented"}),
        ("closed", {"stage": "closed"}),
        ("struck_off", {"stage": "struck_off"}),
        ("withdrawal_confirmed", {"stage": "withdrawn"}),
    ],
)
def test_what_is_over_was_still_not_reported(kind, said):
    story = marked().add(kind, "2026-05-11 09:30", unit=TOWN, **said)
    assert hour(story).is_late(at("2026-05-11 10:05"))
    story.add("reopened", "2026-05-20 09:00", ground="error", stage="triaged")
    assert (hour(story).trigger_at, hour(story).is_late(LATER)) == (at("2026-05-11 09:05"), True)


def test_taking_the_mark_off_undoes_no_breach_and_a_second_mark_has_an_hour_of_its_own():
    story = marked().add("urgent_reported", "2026-05-11 11:00", **COMMITTEE).add("urgent_ended", "2026-05-12 09:00")
    assert story.state().urgency is None
    assert hour(story).is_late(LATER)
    story.add("urgent_marked", "2026-05-13 20:00")
    assert story.state().urgency == Urgency(2, at("2026-05-13 20:00"))
    assert (hour(story, "XF-URG#2").due_at, hour(story).is_late(LATER)) == (at("2026-05-13 21:00"), True)


def test_an_end_or_a_report_without_a_mark_says_nothing():
    story = Story("2026-05-11 09:00").add("urgent_ended", "2026-05-11 09:10")
    assert story.add("urgent_reported", "2026-05-11 09:20", **COMMITTEE).state().urgencies == ()


def test_a_merge_stops_the_hour_and_undoing_it_brings_the_same_one_back():
    story = marked().add("merged", "2026-05-11 09:30", link="merged_into", other=str(OTHER), stage="closed")
    assert not hour(story).is_late(LATER)
    story.add("unmerged", "2026-05-11 12:00", link="merged_into", other=str(OTHER), stage="triaged")
    assert (hour(story).due_at, hour(story).is_late(LATER)) == (at("2026-05-11 10:05"), True)


@pytest.mark.parametrize(
    ("going", "staying", "refused"),
    [
        (None, None, False),
        (Urgency(1, NOON), None, True),
        (Urgency(1, NOON, NOON), None, True),
        (Urgency(1, NOON, NOON, NOON), None, False),
        (Urgency(1, NOON), Urgency(1, at("2026-03-16 12:01")), True),
        (Urgency(1, NOON, NOON), Urgency(1, at("2026-03-16 12:01")), False),
        (Urgency(1, NOON), Urgency(1, NOON), False),
    ],
)
def test_no_merge_loses_a_mark_or_gives_time_to_report(going, staying, refused):
    one, other = (state(urgencies=(mark,) if mark else ()) for mark in (going, staying))
    if not refused:
        require_merge(one, other)
        return
    with pytest.raises(RuleBroken, match="merge_loses_urgency"):
        require_merge(one, other)


@pytest.mark.parametrize("kind", ["claim", "dispute", "enquiry"])
def test_it_runs_whatever_the_matter_is_and_whatever_becomes_of_it(kind):
    story = marked().add("triaged", "2026-05-11 09:10", kind=kind, nature="general", solvable=True, stage="triaged")
    assert hour(story).is_running


def test_an_answered_import_that_is_opened_again_has_it_too_but_no_mark_before_the_regulation_has():
    story = Story("2013-05-06 09:00", recorded="2026-03-16 09:00", imported=True)
    story.add("replied_directly", "2013-05-20 09:00", recorded="2026-03-16 09:00", result="replied_directly",
              stage="closed")  # fmt: skip
    story.add("reopened", "2026-03-20 10:00", ground="new_facts", stage="triaged")
    story.add("urgent_marked", "2026-03-20 10:30")
    assert hour(story).due_at == at("2026-03-20 11:30")
    old = Story("2022-04-30 09:00").add("urgent_marked", "2022-04-30 10:00").state()
    assert ClockCode.URG not in {clock.code for clock in clocks_of(old, counting())}


def test_a_sealed_matter_has_no_hour():
    assert clocks_of(replace(marked().state(), sealed=True), counting()) == ()


def test_it_is_a_duty_of_the_law_and_no_figure_of_13710_knows_it():
    assert ClockCode.URG in STATUTORY_CLOCKS - HOUSE_CLOCKS
    fresh, late = Story("2026-05-11 09:00"), marked().add("urgent_reported", "2026-05-11 10:30", **COMMITTEE)
    assert standing(late.state(), counting()).marks ^ standing(fresh.state(), counting()).marks == Mark.STATUTE_BROKEN
    assert standing(marked().state(), counting()).due["statute"] == at("2026-05-11 10:05")
    assert standing(fresh.state(), counting()).due["c1"] == standing(late.state(), counting()).due["c1"]


def test_a_report_cannot_be_older_than_the_mark():
    story, move = marked(), BY_NAME["report_urgent"]
    for when in ("2026-05-11 09:05", "2026-05-11 10:30"):
        check_together(move, COMMITTEE, {}, asked(story.state(), actor(Role.CENTRE_DIRECTOR), at(when)))
    with pytest.raises(RuleBroken) as broken:
        check_together(move, COMMITTEE, {}, asked(story.state(), actor(Role.CENTRE_DIRECTOR), at("2026-05-11 09:04")))
    assert (broken.value.code, broken.value.field) == ("reported_before_marked", "occurred_at")
    check_together(move, COMMITTEE, {}, asked(Story("2026-05-11 09:00").state(), actor(Role.CENTRE_DIRECTOR)))


def test_the_report_is_the_likeliest_move_until_it_was_made():
    story = marked()
    assert not is_rare(BY_NAME["report_urgent"], story.state())
    story.add("urgent_reported", "2026-05-11 09:20", **COMMITTEE)
    assert is_rare(BY_NAME["report_urgent"], story.state())
    assert not is_rare(BY_NAME["report_urgent"], state())


def test_the_petitioner_reads_nothing_of_it():
    story = marked().add("urgent_reported", "2026-05-11 10:30", **COMMITTEE)
    story.add("breached", "2026-05-11 10:05", clock="XF-URG", level=4)
    story.add("breached", "2026-05-12 00:00", clock="13710-1", level=4)
    assert [shown(event) for event in story.events] == [True, False, False, False, True]


def test_it_explains_itself_from_minute_to_minute():
    state_now = marked("2026-05-11 23:30").state()
    grounds = explain_clock(hour(marked("2026-05-11 23:30")), state_now, counting())
    assert (grounds.trigger, grounds.rule.id, grounds.days, grounds.given, grounds.years) == (
        Trigger.MARKED_URGENT, "XF-URG", None, None, (),
    )  # fmt: skip
    told = {part.title: part.sentences for part in sections(grounds, {})}
    assert told["起因"] == ("标为重大紧急：2026年5月11日（星期一）23:30。",)
    assert told["结果"] == (
        "从2026年5月11日（星期一）23:30起数 1 小时，到2026年5月12日（星期二）00:30为止。",
        "夜里、休息日照算，不顺延，也不看工作日历。",
    )
    assert "依据：《信访工作条例》第二十五条。" in told["依据"]
    assert "可信程度：这项义务是法规规定的，法规没有写明多长时间，时间长短是本系统的设计。" in told["依据"]
    assert not any("民法典" in sentence for sentence in told["依据"])
