"""What each clock of a matter stands on: trigger, rule, policy, the days that were counted or the paper that set it."""

from datetime import date

import pytest

from tests.rules.states import TOWN, Story, at, counting
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.explaining import DayWhy, Reception
from xinfang.rules.clocks.grounds import Given, Trigger, explain_clock
from xinfang.rules.matters.codes import DayMode, ExplicitSource

D = date.fromisoformat


def grounds(story, key):
    state = story.state()
    clock = next(clock for clock in clocks_of(state, counting()) if clock.key == key)
    return explain_clock(clock, state, counting())


def triaged(**more):
    return Story("2026-03-16 09:00").triaged("2026-03-16 10:00", **more)


def test_the_seven_days_stand_on_receipt_rule_policy_and_day_mode():
    found = grounds(triaged(), "13710-7")
    assert (found.trigger, found.trigger_on, found.rule.id) == (Trigger.RECEIVED, D("2026-03-16"), "13710-7")
    assert (found.policy.number, found.day_mode, found.years) == (0, DayMode.CALENDAR, (2026,))
    assert (found.days.start, found.days.found.raw, found.given) == (D("2026-03-16"), D("2026-03-23"), None)


def test_the_first_day_stands_on_the_hours_under_which_the_matter_came_in():
    late = Story("2026-03-16 16:30", opens="08:00", closes="16:00")
    found = grounds(late, "13710-1")
    assert found.days.received.how is Reception.AFTER_CLOSING
    assert found.days.found == found.clock.due
    assert (found.policy, found.day_mode) == (None, None)


def test_a_clock_that_does_not_apply_and_one_without_a_date_stand_on_no_days():
    hard = grounds(triaged(nature="major"), "13710-7")
    assert (hard.clock.why_not, hard.days, hard.given, hard.policy, hard.years) == ("not_general", None, None, None, ())
    assert (hard.trigger_on, hard.unpublished) == (D("2026-03-16"), ())
    end = grounds(triaged(), "13710-0")
    assert (end.rule, end.days, end.trigger) == (None, None, Trigger.RECEIVED)


def test_an_explicit_date_stands_on_its_document():
    story = triaged(explicit_on="2026-04-01", explicit_source="assignment_letter", explicit_document="青交〔2026〕1号")
    story.add(
        "explicit_date_set", "2026-03-20 10:00", explicit_on="2027-01-08", explicit_source="leader_instruction",
        explicit_document="区长批示",
    )  # fmt: skip
    first, second = grounds(story, "EXPLICIT"), grounds(story, "EXPLICIT#2")
    assert first.given == Given(D("2026-04-01"), ExplicitSource.ASSIGNMENT_LETTER, "青交〔2026〕1号")
    assert second.given == Given(D("2027-01-08"), ExplicitSource.LEADER_INSTRUCTION, "区长批示")
    assert (first.trigger, first.trigger_on, first.days) == (Trigger.DATE_SET, D("2026-03-16"), None)
    assert (first.unpublished, second.unpublished, second.years) == ((), (2027,), (2027,))


def test_a_task_and_a_step_of_a_plan_stand_on_the_date_that_was_given():
    story = triaged(nature="major").assigned("2026-03-16 11:00", mode="assignment", due_on="2026-03-25")
    story.add("plan_filed", "2026-04-01 10:00", unit=TOWN, steps=[{"unit": TOWN, "due_on": "2026-06-01"}])
    story.add("plan_approved", "2026-04-02 10:00")
    task, step = grounds(story, "TASK#1"), grounds(story, "13710-P#1")
    assert (task.given, task.trigger, task.trigger_on) == (Given(D("2026-03-25")), Trigger.ASSIGNED, D("2026-03-16"))
    assert (step.given, step.trigger, step.trigger_on) == (
        Given(D("2026-06-01")), Trigger.PLAN_APPROVED, D("2026-04-02"),
    )  # fmt: skip
    month = grounds(story, "13710-MF#1")
    assert (month.trigger_on, month.days.found.term.n, month.policy.number) == (D("2026-04-02"), 1, 0)


def test_the_second_month_is_counted_from_the_approval_too():
    story = triaged(nature="major").assigned("2026-03-16 11:00")
    story.add("plan_filed", "2026-04-01 10:00", unit=TOWN, steps=[{"unit": TOWN, "due_on": "2026-06-01"}])
    story.add("plan_approved", "2026-04-02 10:00").add("monthly_reported", "2026-04-20 10:00", unit=TOWN, k=1)
    month = grounds(story, "13710-MF#2")
    assert (month.trigger_on, month.days.found.term.n, month.days.found.raw) == (D("2026-04-02"), 2, D("2026-06-02"))


def test_an_extension_is_counted_at_once_with_the_sixty_days():
    story = triaged().assigned("2026-03-16 11:00").accepted("2026-03-17 10:00")
    assert grounds(story, "XF-DO60").extended_by == 0
    story.add("extended", "2026-05-06 10:00", unit=TOWN, days=30, document="延1")
    found = grounds(story, "XF-EXT30")
    assert (found.extended_by, found.days.found.term.n, found.rule.id) == (30, 90, "XF-EXT30")
    assert (found.trigger, found.trigger_on) == (Trigger.ACCEPTED, D("2026-03-17"))


def test_silence_starts_sixty_days_on_the_fifteenth():
    story = triaged().assigned("2026-03-16 11:00").add("breached", "2026-04-01 00:00", clock="XF-TELL15T#1", level=4)
    found = grounds(story, "XF-DO60S")
    assert (found.trigger, found.trigger_on, found.rule.id) == (Trigger.SILENCE, D("2026-03-31"), "XF-DO60")


def test_a_right_stands_on_the_noted_day_and_the_duty_to_tell_stands_on_the_right():
    story = triaged().add("limit_noted", "2026-03-16 11:00", rule="EX-FY60", from_on="2026-03-02")
    right, duty = grounds(story, "RIGHT#1"), grounds(story, "TELL-RIGHT#1")
    assert (right.trigger, right.trigger_on, right.rule.id) == (Trigger.NOTED, D("2026-03-02"), "EX-FY60")
    assert (duty.trigger, duty.trigger_on, duty.days) == (Trigger.RIGHT_NEARS, D("2026-04-15"), right.days)
    assert (duty.is_overtaken, right.is_overtaken) == (False, False)
    overtaken = triaged().add("limit_noted", "2026-03-16 11:00", rule="EX-FY60", from_on="2026-01-14")
    assert grounds(overtaken, "TELL-RIGHT#1").is_overtaken


def test_the_right_to_a_review_stands_on_the_service_of_the_opinion():
    story = triaged().assigned("2026-03-16 11:00").accepted("2026-03-17 10:00")
    story.add("opinion_served", "2026-03-20 10:00", unit=TOWN, way="in_person", stage="opinion_served")
    found = grounds(story, "RIGHT")
    assert (found.trigger, found.trigger_on, found.rule.id) == (
        Trigger.OPINION_SERVED, D("2026-03-20"), "XF-FC-REQ30",
    )  # fmt: skip


def test_a_paused_committee_names_its_pause():
    story = triaged().add("limit_noted", "2026-03-16 11:00", rule="ME-MED30W", from_on="2026-03-16")
    story.add("limit_paused", "2026-03-18 10:00", k=1, since="2026-03-18")
    found = grounds(story, "ELSEWHERE#1")
    assert found.days.open_pause.since == D("2026-03-18")
    assert DayWhy.PAUSED not in {run.why for run in found.days.runs}


@pytest.mark.parametrize("key", ["XF-OBJ5#1", "XF-TELL15T#1", "XF-REG15", "13710-3"])
def test_what_was_counted_is_what_the_clock_says(key):
    found = grounds(triaged().assigned("2026-03-16 11:00"), key)
    assert found.days.found == found.clock.due
    assert found.rule.id == key.partition("#")[0]


def test_without_a_petition_no_limit_of_the_regulation_applies():
    story = Story("2026-03-16 09:00").add(
        "triaged", "2026-03-16 10:00", kind="dispute", nature="general", solvable=True, stage="triaged"
    )
    assert grounds(story, "XF-TELL15").clock.why_not == "not_a_petition"
    assert at("2026-03-16 09:00") == grounds(story, "XF-TELL15").clock.trigger_at
