"""The worst grade makes a call due within one working day; no grade is moved by it, and no grade ends it."""

from dataclasses import replace

import pytest

from tests.rules.states import NOON, TOWN, Story, actor, asked, at, counting
from xinfang.labels.grounds import sections
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.grounds import Trigger, explain_clock
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import HOUSE_CLOCKS, STATUTORY_CLOCKS, ClockCode
from xinfang.rules.notices.recipients import recipients
from xinfang.rules.people.seats import Role
from xinfang.rules.supervision.strike_off import conditions
from xinfang.rules.tasks.waiting import ABOUT_CALL, ABOUT_CALLER, waits_on

FRIDAY = "2026-03-20 16:00"
UNIT, BUREAU = "responsible_unit", "petition_bureau"


def closed(**later):
    story = Story("2026-03-16 09:00")
    story.add("implemented", "2026-03-17 09:00", stage="implemented", result="supported_done")
    return story.add("closed", "2026-03-18 09:00", stage="closed", result="supported_done", **later)


def rated(story, when=FRIDAY, organ=UNIT, grade="dissatisfied"):
    return story.add("rated", when, unit="", role="petitioner", by=None, organ=organ, grade=grade)


def called(story, when, outcome="not_reached", role="caller", **payload):
    return story.add("called_back", when, unit="999901-HF", role=role, by=9, call_outcome=outcome, **payload)


def clocks(story):
    return [clock for clock in clocks_of(story.state(), counting()) if clock.code is ClockCode.CALL]


def waits(story):
    return {name for name in waits_on(story.state()) if name == "caller" or name.startswith("about:call")}


@pytest.mark.parametrize("grade", ["satisfied", "fairly"])
def test_only_the_worst_of_the_three_makes_a_call_due(grade):
    assert clocks(rated(called(closed(), "2026-03-18 10:00", "reached"), grade=grade)) == []


def test_it_is_due_within_one_working_day_and_says_on_what_it_stands():
    story = rated(closed())
    clock = clocks(story)[0]
    assert (clock.key, str(clock.due.due), clock.is_running) == ("HF-BAD1", "2026-03-23", True)
    grounds = explain_clock(clock, story.state(), counting())
    assert (grounds.trigger, grounds.rule.basis.article) == (Trigger.RATED_POORLY, "第二十一条")
    assert any("国办发〔2019〕51号" in str(line) for part in sections(grounds, {}) for line in part.sentences)
    assert ClockCode.CALL not in HOUSE_CLOCKS | STATUTORY_CLOCKS


def test_the_call_of_before_says_nothing_about_a_grade_that_came_after():
    story = called(closed(), "2026-03-19 09:00", "reached", told=True)
    assert waits(story) == set()
    assert waits(rated(story)) == {"caller", ABOUT_CALL}


@pytest.mark.parametrize("outcome", ["reached", "refused"])
def test_a_call_that_came_about_ends_it_whether_or_not_anything_was_said(outcome):
    story = called(rated(closed()), "2026-03-23 09:00", outcome)
    assert (clocks(story)[0].met_at, waits(story)) == (at("2026-03-23 09:00"), set())
    assert story.state().ratings == {UNIT: "dissatisfied"}


def test_whoever_is_missed_is_tried_again_on_another_day():
    story = called(called(rated(closed()), "2026-03-20 16:30"), "2026-03-20 17:00")
    assert clocks(story)[0].met_at is None
    assert clocks(called(story, "2026-03-23 10:00"))[0].met_at == at("2026-03-23 10:00")


@pytest.mark.parametrize("grade", ["satisfied", "fairly"])
def test_a_better_grade_or_none_does_not_end_it_so_that_nobody_gains_by_asking_for_one(grade):
    again = rated(rated(closed()), "2026-03-20 17:00", grade=grade)
    assert clocks(again)[0].is_running
    back = rated(closed()).add("rating_revoked", "2026-03-20 17:00", role="petitioner", by=None, organ=UNIT)
    assert (clocks(back)[0].is_running, back.state().ratings) == (True, {})


def test_the_bureau_may_call_about_others_and_not_about_itself():
    of_the_unit = called(rated(closed()), "2026-03-20 17:00", "reached", "petition_bureau")
    assert waits(of_the_unit) == set()
    own = called(rated(closed(), organ=BUREAU), "2026-03-20 17:00", "reached", "petition_bureau")
    assert waits(own) == {"caller", ABOUT_CALLER}
    assert waits(called(own, "2026-03-23 09:00", "reached")) == set()


def test_both_organs_rated_at_once_are_one_call_and_a_later_grade_is_another():
    both = rated(rated(closed()), organ=BUREAU)
    assert [clock.key for clock in clocks(both)] == ["HF-BAD1"]
    later = rated(called(both, "2026-03-23 09:00", "reached"), "2026-03-24 09:00")
    assert [(c.key, c.is_running) for c in clocks(later)] == [("HF-BAD1", False), ("HF-BAD1#2", True)]


def test_what_is_handled_anew_or_merged_away_has_no_result_to_be_called_about():
    again = rated(closed()).add("reopened", "2026-03-20 17:00", ground="error", stage="triaged")
    assert (clocks(again)[0].ended_at, waits(again)) == (at("2026-03-20 17:00"), set())


def test_a_matter_is_not_struck_off_before_the_call_and_a_call_is_owed_after_it_too():
    told = called(closed(), "2026-03-18 10:00", "reached", told=True)
    missing = {c.code: c.missing for c in conditions(asked(rated(told).state(), actor(Role.PETITION_BUREAU)))}
    assert missing["Z-3"] == "poor_rating_uncalled"
    told = called(closed(), "2026-03-18 10:00", "reached", told=True)
    ended = rated(told.add("struck_off", "2026-03-19 10:00", stage="struck_off"))
    assert waits(ended) == {"caller", ABOUT_CALL}


def told_of(kind, story, **payload):
    state = replace(story.state(), handled_by=frozenset({TOWN}))
    event = Event(state.id, 9, kind, NOON, NOON, None, "system", "", payload)
    return [role for group in recipients(event, state, state) for role in sorted(group.roles)]


def test_those_who_call_are_told_and_never_those_who_were_graded():
    story = rated(closed())
    assert told_of("rated", story, grade="dissatisfied") == ["caller"]
    assert told_of("rated", story, grade="fairly") == []
    assert told_of("due_soon", story, clock="HF-BAD1", level=int(Level.RED)) == ["caller"]
    assert told_of("breached", story, clock="HF-BAD1#2", level=int(Level.BLACK)) == ["caller", "supervisor"]
    assert told_of("due_soon", story, clock="HF-BAD1", level=int(Level.LEADER)) == ["leader"]
