"""The review ladder: who may ask and decide, how late it came, what each decision makes of the matter."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.states import PATHS, TOWN, Story, actor, asked, at, counting, state
from xinfang.rules.access.sight import may_see
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.grounds import Trigger, explain_clock
from xinfang.rules.lifecycle.allowed import BY_NAME, require, why_not
from xinfang.rules.lifecycle.reviewing import (
    after_service,
    appealable,
    check_asked,
    check_heard,
    check_hearing,
    requested,
)  # fmt: skip
from xinfang.rules.lifecycle.values import check_together, entered
from xinfang.rules.matters.codes import Outcome, Result, Stage
from xinfang.rules.notices.recipients import recipients
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.review.codes import LatenessWord, ReviewDecision, ReviewLevel
from xinfang.rules.tasks.waiting import waits_on

GOV = "999901-ZF"
PATHS[GOV] = "999901.999901-ZF"
REVIEWER = actor(Role.REVIEW_ORGAN, unit=GOV, user=6)
BUREAU = actor(Role.PETITION_BUREAU, unit="999901-XF", user=8)
HEAD = actor(Role.ORGAN_HEAD, unit=TOWN, user=3)


def served(outcome="not_supported"):
    """An opinion of the town, served on 2026-03-20."""
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00").assigned("2026-03-02 11:00")
    story.accepted("2026-03-03 10:00")
    story.add("opinion_signed", "2026-03-19 10:00", unit=TOWN, role="organ_head", outcome=outcome, document="意1")
    return story.add("opinion_served", "2026-03-20 10:00", unit=TOWN, way="in_person", stage="opinion_served")


def reviewed(story, when="2026-04-01 10:00", level="first_review", organ=GOV, **said):
    payload = {"level": level, "of": [TOWN], "appealed": "意1", "asked_on": when[:10], **said}
    return story.add("review_asked", when, role="window_clerk", organ=organ, **payload)


def decided(story, decision, when="2026-04-20 10:00", **said):
    return story.add("review_decided", when, unit=GOV, role="review_organ", decision=decision, document="复1", **said)


def done(story, decision="maintained", when="2026-04-21 10:00", stage="opinion_served", **said):
    return decided(story, decision, **said).add(
        "review_served", when, unit=GOV, role="review_organ", way="in_person", stage=stage
    )


def clocks(story):
    return {clock.key: clock for clock in clocks_of(story.state(), counting())}


def q(story, who=BUREAU, when="2026-04-25 10:00"):
    return asked(story.state(), who, at(when))


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code, broken.value.field


def checked(move, values, question):
    given = entered(BY_NAME[move], values)
    check_together(BY_NAME[move], given.facts, given.words, question)
    return given.facts


def test_an_opinion_is_reviewed_first_by_the_organ_above_then_by_the_one_above_that_and_then_no_more():
    story = served()
    first = appealable(q(story))
    assert (first.level, first.document, first.of, first.until) == (
        ReviewLevel.FIRST, "意1", {TOWN}, date(2026, 4, 20),
    )  # fmt: skip
    reviewed(story)
    assert appealable(q(story)) is None, "one at a time"
    second = appealable(q(done(story)))
    assert (second.level, second.document, second.of, second.until) == (
        ReviewLevel.SECOND, "复1", {TOWN, GOV}, date(2026, 5, 21),
    )  # fmt: skip
    done(reviewed(story, "2026-05-06 10:00", "second_review", ""), when="2026-05-20 10:00")
    assert appealable(q(story, when="2026-05-25 10:00")) is None
    assert appealable(asked(state(), BUREAU)) is None


def test_a_late_request_is_registered_with_the_days_that_it_is_late():
    story = served()
    assert requested({}, q(story, when="2026-04-20 23:00"))["late"] == 0
    late = requested({"asked_on": "2026-04-23"}, q(story))
    assert late == {
        "level": "first_review", "of": [TOWN], "appealed": "意1", "asked_on": "2026-04-23", "late": 3,
    }  # fmt: skip
    assert requested({}, q(reviewed(story))) == {}
    assert check_asked({}, {}, q(story)) is None


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, None),
        ({"asked_on": "2026-04-26"}, ("date_in_the_future", "asked_on")),
        ({"asked_on": "2026-03-19"}, ("request_before_service", "asked_on")),
        ({"organ": TOWN}, ("reviews_itself", "organ")),
        ({"organ": GOV}, None),
    ],
)
def test_a_request_lies_between_the_service_and_now_and_nobody_reviews_themselves(values, why):
    def call():
        return checked("register_review", {"reasons": "不服", **values}, q(served()))

    assert (refused(call) if why else None) == why
    if why is None:
        assert call() == values


@pytest.mark.parametrize(
    ("who", "organ", "may"),
    [
        (REVIEWER, GOV, True),
        (actor(Role.REVIEW_ORGAN, unit="999901-XX", user=7), GOV, False),
        (actor(Role.REVIEW_ORGAN, Role.ORGAN_HEAD, unit=TOWN, user=7), TOWN, False),
        (BUREAU, GOV, False),
        (BUREAU, "", True),
        (REVIEWER, "", False),
    ],
)
def test_only_a_review_seat_of_the_organ_that_was_asked_decides_and_never_whose_opinion_it_is(who, organ, may):
    broken = why_not(BY_NAME["decide_review"], q(reviewed(served(), organ=organ), who))
    assert (broken is None) is may
    if not may:
        assert broken.code == "need_own_review"


def test_a_late_request_waits_for_the_word_of_a_legal_reviewer_and_is_then_decided_like_any_other():
    story = reviewed(served(), late=3)
    assert why_not(BY_NAME["decide_review"], q(story, REVIEWER)).code == "need_lateness_settled"
    assert require("note_lateness", q(story, REVIEWER)).name == "note_lateness"
    story.add("lateness_noted", "2026-04-25 09:00", unit=GOV, role="review_organ", lateness="excused", reviewed_by=9)
    assert story.state().reviews[0].lateness is LatenessWord.EXCUSED
    assert why_not(BY_NAME["decide_review"], q(story, REVIEWER)) is None
    assert why_not(BY_NAME["note_lateness"], q(story, REVIEWER)).code == "need_review_late"


def test_a_hearing_takes_its_days_out_of_a_second_review_and_out_of_no_first_one():
    first = reviewed(served()).add("hearing_opened", "2026-04-10 10:00", since="2026-04-10")
    assert why_not(BY_NAME["decide_review"], q(first, REVIEWER)).code == "need_no_hearing"
    assert clocks(first)["LIMIT#1001"].paused is False
    first.add("hearing_closed", "2026-04-14 10:00", until="2026-04-14")
    assert clocks(first)["LIMIT#1001"].due.raw == date(2026, 5, 1)
    second = reviewed(done(reviewed(served())), "2026-05-06 10:00", "second_review")
    second.add("hearing_opened", "2026-05-10 10:00", since="2026-05-10")
    assert clocks(second)["LIMIT#1002"].paused
    second.add("hearing_closed", "2026-05-14 10:00", until="2026-05-14")
    second.add("hearing_opened", "2026-05-20 10:00", since="2026-05-20")
    second.add("hearing_closed", "2026-05-21 10:00", until="2026-05-21")
    assert clocks(second)["LIMIT#1002"].due.raw == date(2026, 6, 10)


def test_a_hearing_comes_after_the_request_and_ends_after_it_began():
    story = reviewed(served())
    values = {"chair": "甲", "members": "乙", "participants": "丙"}
    early = {**values, "since": "2026-03-31"}
    assert refused(lambda: checked("open_hearing", early, q(story))) == ("pause_out_of_order", "since")
    assert checked("open_hearing", {**values, "since": "2026-04-02"}, q(story)) == {"since": "2026-04-02"}
    story.add("hearing_opened", "2026-04-10 10:00", since="2026-04-10")
    early = {"until": "2026-04-09", "record": "笔录"}
    assert refused(lambda: checked("close_hearing", early, q(story))) == ("pause_out_of_order", "until")
    assert checked("close_hearing", {**early, "until": "2026-04-10"}, q(story))["until"] == "2026-04-10"
    nothing = q(served())
    assert check_hearing({"since": "2026-01-01"}, {}, nothing) is check_heard({"until": "2026-01-01"}, {}, nothing)
    story.add("hearing_closed", "2026-04-12 10:00", until="2026-04-12")
    again = {**values, "since": "2026-04-11"}
    assert refused(lambda: checked("open_hearing", again, q(story))) == ("pause_out_of_order", "since")
    story.add("hearing_opened", "2026-04-13 10:00", since="2026-04-13")
    assert check_hearing({"since": "2026-04-01"}, {}, q(story)) is None, "an open one is refused by its need"


WORDS = {"findings": "查明", "legal_basis": "依据", "opinion": "意见", "document": "复1"}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"decision": "maintained"}, None),
        ({"decision": "maintained", "outcome": "supported"}, ("only_if_changed", "outcome")),
        ({"decision": "changed"}, ("field_required", "outcome")),
        ({"decision": "changed", "outcome": "supported"}, ("field_required", "execute_by")),
        ({"decision": "changed", "outcome": "supported", "execute_by": "2026-06-01"}, None),
        ({"decision": "changed", "outcome": "explained"}, None),
    ],
)
def test_a_change_says_how_the_opinion_stands_and_by_when_it_is_carried_out(values, why):
    def call():
        return checked("decide_review", {**WORDS, **values}, q(reviewed(served())))

    assert (refused(call) if why else None) == why
    if why is None:
        assert call()["decision"] == values["decision"]


def test_what_was_decided_is_a_paper_until_it_is_served_and_then_the_next_right_begins():
    story = decided(reviewed(served()), "maintained")
    now = story.state()
    paper = now.unserved[-1]
    assert (paper.kind, paper.number, paper.issuer) == ("first_review_opinion", "复1", GOV)
    assert why_not(BY_NAME["serve_review"], q(story, REVIEWER)) is None
    assert why_not(BY_NAME["strike_off"], q(story)).code == "stage_does_not_allow"
    assert "RIGHT#1001" not in clocks(story)
    done(story)
    assert clocks(story)["LIMIT#1001"].met_at == at("2026-04-21 10:00")
    right = clocks(story)["RIGHT#1001"]
    assert (right.rule, right.due.raw, right.met_at) == ("XF-FH-REQ30", date(2026, 5, 21), None)
    reviewed(story, "2026-05-06 10:00", "second_review", "")
    again = clocks(story)
    assert again["RIGHT#1001"].met_at == at("2026-05-06 10:00")
    assert (again["ELSEWHERE#1002"].rule, again["ELSEWHERE#1002"].unit) == ("XF-FH30", "")
    assert after_service(q(story)) == {}


def test_an_annulled_opinion_sends_the_matter_back_with_sixty_days_and_takes_no_old_fact_away():
    story = decided(reviewed(served()), "annulled")
    assert after_service(q(story)) == {"stage": "handling"}
    story.add("review_served", "2026-04-21 10:00", unit=GOV, role="review_organ", way="post", stage="handling")
    back = story.state()
    assert (back.stage, back.closed_at, back.outcome, back.opinion_served_at) == (Stage.HANDLING, None, None, None)
    assert (back.first_closed_at, back.first_opinion_at) == (at("2026-03-20 10:00"), at("2026-03-20 10:00"))
    assert [d.number for d in back.documents] == ["受1", "意1", "复1"]
    assert back.lead.is_open
    both = clocks(story)
    assert both["XF-DO60"].met_at == at("2026-03-20 10:00")
    assert (both["XF-DO60#1"].due.raw, both["XF-DO60#1"].unit, both["XF-DO60#1"].met_at) == (
        date(2026, 6, 20), TOWN, None,
    )  # fmt: skip
    assert appealable(q(story)) is None
    story.add("opinion_signed", "2026-05-10 10:00", unit=TOWN, role="organ_head", outcome="supported", document="意2")
    story.add("opinion_served", "2026-05-12 10:00", unit=TOWN, way="in_person", stage="opinion_served")
    assert clocks(story)["XF-DO60#1"].met_at == at("2026-05-12 10:00")
    anew = appealable(q(story, when="2026-05-15 10:00"))
    assert (anew.level, anew.document) == (ReviewLevel.FIRST, "意2")


def test_a_change_to_support_is_a_duty_to_carry_out_and_a_change_to_an_explanation_is_none():
    story = decided(reviewed(served()), "changed", outcome="supported", execute_by="2026-06-01")
    assert after_service(q(story)) == {"stage": "executing"}
    story.add("review_served", "2026-04-21 10:00", unit=GOV, role="review_organ", way="post", stage="executing")
    now = story.state()
    assert (now.outcome, now.result, now.stage, now.reviews[0].decision) == (
        Outcome.SUPPORTED, Result.SUPPORTED_DONE, Stage.EXECUTING, ReviewDecision.CHANGED,
    )  # fmt: skip
    assert (now.closed_at, now.implemented_at) == (at("2026-03-20 10:00"), None)
    told = done(reviewed(served()), "changed", outcome="explained").state()
    assert (told.outcome, told.stage) == (Outcome.EXPLAINED, Stage.OPINION_SERVED)


def test_a_review_waits_for_its_organ_and_keeps_the_matter_on_the_ledger():
    assert "reviewer" in waits_on(reviewed(served()).state())
    assert "bureau" in waits_on(reviewed(served(), organ="").state())
    struck = reviewed(served()).add("struck_off", "2026-04-02 10:00", stage="struck_off").state()
    assert waits_on(struck) == ("reviewer",)


def test_the_organ_that_was_asked_sees_the_matter_and_another_one_does_not():
    now = reviewed(served()).state()
    seen = {unit: may_see(now, wide(unit), at("2026-04-25 10:00")) for unit in (GOV, "999901-YY")}
    assert seen == {GOV: True, "999901-YY": False}
    assert not may_see(served().state(), wide(GOV), at("2026-04-25 10:00"))


def wide(unit):
    who = actor(Role.REVIEW_ORGAN, unit=unit)
    return replace(who, seats=tuple(replace(seat, scope="999901") for seat in who.seats))


@pytest.mark.parametrize(("organ", "roles"), [(GOV, {Role.REVIEW_ORGAN}), ("", {Role.PETITION_BUREAU})])
def test_whoever_reviews_is_told_and_so_is_whoever_handled_it(organ, roles):
    story = reviewed(served(), organ=organ)
    groups = recipients(story.events[-1], story.state(), story.state())
    assert groups[0].roles == roles
    assert groups[0].units == (frozenset({organ}) if organ else frozenset())
    assert TOWN in groups[1].units


def test_a_date_says_what_it_is_counted_from():
    story = done(reviewed(served()), "annulled", stage="handling")
    now, found = story.state(), clocks(story)
    assert explain_clock(found["LIMIT#1001"], now, counting()).trigger is Trigger.REVIEW_ASKED
    assert explain_clock(found["XF-DO60#1"], now, counting()).trigger is Trigger.REVIEW_SERVED
    kept = done(reviewed(served()))
    assert explain_clock(clocks(kept)["RIGHT#1001"], kept.state(), counting()).trigger is Trigger.REVIEW_SERVED


def test_events_without_a_request_before_them_change_nothing():
    story = served().add("review_decided", "2026-04-01 10:00", decision="maintained", document="复1")
    story.add("review_served", "2026-04-02 10:00", way="post")
    assert (story.state().reviews, len(story.state().documents)) == ((), 2)
    assert after_service(q(story)) == {}
