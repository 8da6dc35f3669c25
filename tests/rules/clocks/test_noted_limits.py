"""Limits that begin with a day somebody tells us: rights, reviews, committees; pauses; the duty to tell; silence."""

from datetime import date

import pytest

from tests.rules.states import TOWN, Story, actor, asked, at, counting
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.due import Count, Due, Pause, due
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.lateness import look_at, rising
from xinfang.rules.clocks.shape import by_rule
from xinfang.rules.lifecycle.allowed import BY_NAME
from xinfang.rules.lifecycle.values import check_together, entered
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken

CALENDAR = counting().calendar
FAR = at("2026-12-01 00:00")


def clocks(story):
    return {clock.key: clock for clock in clocks_of(story.state(), counting())}


def visited(when="2026-03-20 10:00", **payload):
    return Story(when, **payload).triaged(when)


def noted(rule, from_on, when="2026-03-20 11:00", **story):
    return visited(**story).add("limit_noted", when, rule=rule, from_on=from_on)


@pytest.mark.parametrize(
    ("rule", "began", "raw", "last", "prudent"),
    [
        ("EX-FY60", "2026-03-02", "2026-05-01", "2026-05-06", "2026-04-30"),  # S03 复议
        ("EX-SS6M", "2026-03-02", "2026-09-02", "2026-09-02", "2026-09-02"),  # S03 诉讼
        ("EX-LAND2Y", "2024-04-10", "2026-04-10", "2026-04-10", "2026-04-10"),  # S05
        ("ME-MED30W", "2026-09-08", "2026-10-26", "2026-10-26", "2026-10-26"),  # S06
        ("ME-JC30", "2026-10-20", "2026-11-19", "2026-11-19", "2026-11-19"),  # S06
        ("XF-FC-REQ30", "2026-09-04", "2026-10-04", "2026-10-08", "2026-09-30"),  # S23
        ("XF-FC30", "2026-10-08", "2026-11-07", "2026-11-09", "2026-11-06"),  # S23
        ("XF-FH-REQ30", "2026-11-09", "2026-12-09", "2026-12-09", "2026-12-09"),  # S23
        ("EX-LAB1Y", "2025-11-28", "2026-11-28", "2026-11-30", "2026-11-27"),  # S36
    ],
)
def test_a_limit_ends_when_the_stories_say(rule, began, raw, last, prudent):
    ends = by_rule(counting(), rule, date.fromisoformat(began))
    assert ends == Due(*map(date.fromisoformat, (raw, last, prudent)), provisional=False)


def test_a_limit_that_touches_a_year_without_notice_is_provisional():
    ends = by_rule(counting(), "XF-FH30", date(2026, 12, 9))
    assert (ends.raw, ends.provisional) == (date(2027, 1, 8), True)


def test_the_first_day_of_13710_is_no_period_of_days():
    with pytest.raises(ValueError, match="not counted"):
        by_rule(counting(), "13710-1", date(2026, 3, 2))


def test_a_right_runs_while_we_handle_and_is_reminded_of_but_never_breached():
    story = noted("EX-FY60", "2026-03-02")
    right = clocks(story)["RIGHT#1"]
    assert (right.rule, right.due.due, right.is_late(FAR)) == ("EX-FY60", date(2026, 5, 6), False)
    assert look_at(story.state(), right, counting()) == at("2026-04-15 00:00")
    levels = {key: [] for key in ("RIGHT#1", "TELL-RIGHT#1")}
    for clock, level in rising(story.state(), counting(), FAR):
        if clock.key in levels:
            levels[clock.key].append(level)
    assert levels == {"RIGHT#1": [Level.RED], "TELL-RIGHT#1": [Level.BLACK]}


def test_who_is_told_in_writing_in_the_last_fifteen_days_was_told_in_time():
    early = noted("EX-LAND2Y", "2024-04-10", "2026-03-25 10:00")
    early.add("limit_told", "2026-03-25 11:00", k=1, way="in_person")
    duty = clocks(early)["TELL-RIGHT#1"]
    assert (duty.trigger_at, duty.due.due, duty.met_at) == (at("2026-03-26 00:00"), date(2026, 4, 10), None)
    assert duty.is_late(at("2026-04-11 00:00"))
    early.add("limit_told", "2026-04-03 11:00", k=1, way="in_person")
    assert clocks(early)["TELL-RIGHT#1"].met_at == at("2026-04-03 11:00")


def test_a_right_noted_in_its_last_days_is_told_at_once_and_one_that_has_lapsed_needs_no_telling():
    last_days = noted("EX-LAB1Y", "2025-11-28", "2026-11-23 10:00")
    duty = clocks(last_days)["TELL-RIGHT#1"]
    assert (duty.trigger_at, duty.due.due) == (at("2026-11-23 10:00"), date(2026, 11, 27))
    assert clocks(last_days)["RIGHT#1"].due.due == date(2026, 11, 30)
    lapsed = noted("EX-FY60", "2025-03-02")
    assert "RIGHT#1" in clocks(lapsed)
    assert "TELL-RIGHT#1" not in clocks(lapsed)


def test_between_the_prudent_and_the_last_day_the_telling_is_due_on_that_very_day():
    story = noted("EX-LAB1Y", "2025-11-28", "2026-11-28 10:00")
    assert clocks(story)["TELL-RIGHT#1"].due.due == date(2026, 11, 28)


def test_what_was_done_or_dropped_or_struck_off_with_the_matter_stands_still():
    done = noted("EX-FY60", "2026-03-02").add("limit_met", "2026-04-01 10:00", k=1)
    assert clocks(done)["RIGHT#1"].met_at == clocks(done)["TELL-RIGHT#1"].ended_at == at("2026-04-01 10:00")
    dropped = noted("EX-FY60", "2026-03-02").add("limit_dropped", "2026-04-01 10:00", k=1)
    assert clocks(dropped)["RIGHT#1"].ended_at == at("2026-04-01 10:00")
    over = noted("EX-FY60", "2026-03-02").add("struck_off", "2026-04-02 10:00", stage="struck_off")
    assert clocks(over)["RIGHT#1"].ended_at == at("2026-04-02 10:00")


def test_the_thirty_days_for_a_review_begin_by_themselves_when_the_opinion_was_served():
    story = visited("2026-07-01 09:00").assigned("2026-07-01 10:00").accepted("2026-07-02 10:00")
    story.add("opinion_signed", "2026-09-01 10:00", unit=TOWN, role="organ_head", outcome="not_supported", document="1")
    story.add("opinion_served", "2026-09-04 10:00", unit=TOWN, role="handler", way="in_person", stage="opinion_served")
    right = clocks(story)["RIGHT"]
    assert (right.rule, right.due.due, right.due.prudent) == ("XF-FC-REQ30", date(2026, 10, 8), date(2026, 9, 30))
    story.add("limit_noted", "2026-10-08 10:00", rule="XF-FC30", from_on="2026-10-08")
    assert clocks(story)["RIGHT"].met_at == at("2026-10-08 10:00")
    review = clocks(story)["LIMIT#1"]
    assert (review.due.due, review.is_late(at("2026-11-10 00:00"))) == (date(2026, 11, 9), True)


@pytest.mark.parametrize(
    ("pauses", "last"),
    [
        ((), "2026-10-26"),
        # 09-15 to 10-15: 18 working days lie between, a make-up Sunday and Saturday among them.
        ((Pause(date(2026, 9, 15), date(2026, 10, 15)),), "2026-11-19"),
        ((Pause(date(2026, 9, 15), date(2026, 9, 15)),), "2026-10-26"),
        ((Pause(date(2026, 9, 15)),), "2026-10-26"),
    ],
)
def test_an_expertise_takes_its_working_days_out_of_a_mediation(pauses, last):
    assert due(Count.WD, 30, date(2026, 9, 8), CALENDAR, pauses).due == date.fromisoformat(last)


def test_a_hearing_takes_its_days_out_of_a_second_review_and_the_roll_comes_once():
    ends = due(Count.CAL_D, 30, date(2026, 9, 1), CALENDAR, (Pause(date(2026, 9, 10), date(2026, 9, 13)),))
    assert (ends.raw, ends.due, ends.prudent) == (date(2026, 10, 4), date(2026, 10, 8), date(2026, 9, 30))


def test_no_law_pauses_months_and_no_count_runs_past_the_end_of_the_calendar():
    with pytest.raises(ValueError, match="days can be paused"):
        due(Count.CAL_M, 1, date(2026, 3, 2), CALENDAR, (Pause(date(2026, 3, 3), date(2026, 3, 4)),))
    with pytest.raises(ValueError, match="past the last day"):
        due(Count.CAL_D, 30, date(9999, 12, 20), CALENDAR, (Pause(date(9999, 12, 21), date(9999, 12, 22)),))


def test_while_a_pause_lasts_nobody_is_late_and_nothing_is_told():
    story = noted("XF-FH30", "2026-03-20").add("limit_paused", "2026-03-25 10:00", k=1, since="2026-03-25")
    standing = clocks(story)["LIMIT#1"]
    assert (standing.paused, standing.is_late(FAR), look_at(story.state(), standing, counting())) == (True, False, None)
    assert "LIMIT#1" not in {clock.key for clock, _level in rising(story.state(), counting(), FAR)}
    story.add("limit_resumed", "2026-04-05 10:00", k=1, until="2026-04-04")
    going = clocks(story)["LIMIT#1"]
    assert (going.paused, going.due.raw, going.is_late(FAR)) == (False, date(2026, 4, 29), True)


def test_silence_on_acceptance_starts_sixty_days_on_the_fifteenth():
    story = visited("2026-03-02 09:00").assigned("2026-03-02 10:00")
    assert "XF-DO60S" not in clocks(story)
    story.add("breached", "2026-03-18 00:00", role="system", clock="XF-TELL15T#1", level=4)
    shadow = clocks(story)["XF-DO60S"]
    assert (shadow.trigger_at, shadow.due.raw, shadow.unit) == (at("2026-03-18 00:00"), date(2026, 5, 16), TOWN)
    story.accepted("2026-03-30 10:00")
    both = clocks(story)
    assert (both["XF-DO60S"].due.raw, both["XF-DO60"].due.raw) == (date(2026, 5, 16), date(2026, 5, 29))
    story.add("opinion_signed", "2026-05-10 10:00", unit=TOWN, role="organ_head", outcome="explained", document="1")
    story.add("opinion_served", "2026-05-12 10:00", unit=TOWN, role="handler", way="post", stage="opinion_served")
    assert clocks(story)["XF-DO60S"].met_at == at("2026-05-12 10:00")


def test_a_late_word_leaves_its_sixty_days_behind_and_a_word_in_time_starts_none():
    late = visited("2026-03-02 09:00").assigned("2026-03-02 10:00").accepted("2026-03-20 10:00")
    late.add("document_served", "2026-03-20 10:00", unit=TOWN, role="handler", document_kind="acceptance_notice")
    assert clocks(late)["XF-DO60S"].due.raw == date(2026, 5, 16)
    in_time = visited("2026-03-02 09:00").assigned("2026-03-02 10:00").accepted("2026-03-10 10:00")
    in_time.add("document_served", "2026-03-11 10:00", unit=TOWN, role="handler", document_kind="acceptance_notice")
    assert "XF-DO60S" not in clocks(in_time)


def test_what_was_solved_within_the_fifteen_days_casts_no_shadow_though_nobody_wrote():
    story = visited("2026-03-02 09:00").assigned("2026-03-02 10:00")
    story.add(
        "implemented", "2026-03-05 10:00", unit=TOWN, role="handler", result="supported_done", stage="implemented"
    )
    story.add("breached", "2026-03-18 00:00", role="system", clock="XF-TELL15T#1", level=4)
    assert "XF-DO60S" not in clocks(story)


def test_an_enquiry_has_no_sixty_days_to_lose():
    story = Story("2026-03-02 09:00").triaged("2026-03-02 09:30").assigned("2026-03-02 10:00")
    story.events[1] = type(story.events[1])(**{**vars(story.events[1]), "payload": {
        **story.events[1].payload, "kind": "suggestion"}})  # fmt: skip
    story.add("breached", "2026-03-18 00:00", role="system", clock="XF-TELL15T#1", level=4)
    assert "XF-DO60S" not in clocks(story)


EARLY = {"k": "2", "pause_ground": "expertise", "since": "2026-03-01", "note": "x"}


def checked(move, values, story):
    given = entered(BY_NAME[move], values)
    question = asked(story.state(), actor(Role.CENTRE_DIRECTOR), at("2026-04-10 10:00"))
    check_together(BY_NAME[move], given.facts, given.words, question)
    return given.facts


@pytest.mark.parametrize(
    ("move", "values", "code"),
    [
        ("note_limit", {"rule": "EX-SS6M", "from_on": "2026-03-02"}, None),
        ("note_limit", {"rule": "EX-FY60", "from_on": "2026-03-03"}, None),
        ("note_limit", {"rule": "EX-FY60", "from_on": "2026-03-02"}, "limit_twice"),
        ("note_limit", {"rule": "13710-7", "from_on": "2026-03-02"}, "rule_unknown"),
        ("note_limit", {"rule": "NO-SUCH", "from_on": "2026-03-02"}, "rule_unknown"),
        ("note_limit", {"rule": "EX-SS6M", "from_on": "2026-04-11"}, "date_in_the_future"),
        ("note_limit", {"rule": "EX-SS6M", "from_on": "1985-12-31"}, "limit_too_old"),
        ("note_limit", {"rule": "XF-SIMPLE3", "from_on": "2022-04-30"}, "limit_too_old"),
        ("note_limit", {"rule": "XF-FC30", "from_on": "2026-03-02"}, "rule_unknown"),
        ("tell_limit", {"k": "1", "way": "in_person"}, None),
        ("tell_limit", {"k": "9", "way": "in_person"}, "no_such_limit"),
        ("meet_limit", {"k": "9", "note": "x"}, "no_such_limit"),
        ("drop_limit", {"k": "9", "reason": "x"}, "no_such_limit"),
        ("pause_limit", {"k": "2", "pause_ground": "expertise", "since": "2026-04-01", "note": "x"}, None),
        ("pause_limit", {"k": "2", "pause_ground": "hearing", "since": "2026-04-01", "note": "x"}, "pause_not_lawful"),
        ("pause_limit", {"k": "1", "pause_ground": "hearing", "since": "2026-04-01", "note": "x"}, "pause_not_lawful"),
        (
            "pause_limit",
            {"k": "2", "pause_ground": "expertise", "since": "2026-03-01", "note": "x"},
            "pause_out_of_order",
        ),
        ("resume_limit", {"k": "2", "until": "2026-04-01"}, "limit_not_paused"),
        ("resume_limit", {"k": "3", "until": "2026-04-02"}, None),
        ("resume_limit", {"k": "3", "until": "2026-03-31"}, "pause_out_of_order"),
        ("pause_limit", {"k": "3", "pause_ground": "hearing", "since": "2026-04-05", "note": "x"}, "pause_not_lawful"),
    ],
)
def test_what_is_entered_for_a_limit_is_judged_with_the_rule(move, values, code):
    story = noted("EX-FY60", "2026-03-02").add(
        "limit_noted", "2026-03-20 12:00", rule="ME-MED30W", from_on="2026-03-10"
    )
    story.add("limit_noted", "2026-03-20 12:00", rule="XF-FH30", from_on="2026-03-20")
    story.add("limit_paused", "2026-04-01 12:00", k=3, since="2026-04-01")
    if code is None:
        assert checked(move, values, story)
    else:
        with pytest.raises(RuleBroken, match=code):
            checked(move, values, story)


def test_limits_told_at_the_window_stand_in_the_registration():
    story = Story("2026-03-25 09:00", limits=[{"rule": "EX-LAND2Y", "from_on": "2024-04-10"}])
    assert clocks(story)["RIGHT#1"].due.due == date(2026, 4, 10)
