"""Each need: once where it holds, once where it does not."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.rules import mediation_story
from tests.rules.states import CENTRE, LABOUR, NOON, OTHER, TOWN, Story, actor, asked, at, state
from xinfang.rules.clocks.due import Pause
from xinfang.rules.lifecycle.move import Need
from xinfang.rules.lifecycle.needs import ANSWERS
from xinfang.rules.matters.codes import (
    AssignMode,
    CallOutcome,
    Grade,
    Kind,
    Nature,
    Outcome,
    RefusalGround,
    Result,
    Stage,
    TaskPart,
)
from xinfang.rules.matters.parts import Objection, Task
from xinfang.rules.matters.state import (
    CallBack,
    Concern,
    DocumentFact,
    Limit,
    Plan,
    PlanStep,
    Report,
    Urgency,
    Withdrawal,
)
from xinfang.rules.people.seats import Actor, Role, Seat, Tier
from xinfang.rules.review.codes import ReviewLevel
from xinfang.rules.review.ladder import Review

LEAD = Task(1, TOWN, TaskPart.LEAD, AssignMode.TRANSFER, NOON)
CO = Task(2, LABOUR, TaskPart.CO, AssignMode.TRANSFER, NOON)
OBJECTION = Objection(1, 2, NOON)
HEAD, OFFICER = actor(Role.ORGAN_HEAD, unit=TOWN), actor(Role.HANDLER, unit=LABOUR)
BUREAU = actor(Role.PETITION_BUREAU, unit="999901-XF", user=8)
CALLER = actor(Role.CALLER, unit="999901-HF", user=9)
SUPERVISOR = actor(Role.SUPERVISOR, unit="999901-DC", user=7)
DIRECTOR = actor(Role.CENTRE_DIRECTOR)
DOCUMENT = DocumentFact("acceptance_notice", "受1", TOWN, NOON)
STEP = PlanStep(1, date(2026, 4, 1), TOWN)
FILED = Plan(NOON, (STEP,))
APPROVED = replace(FILED, approved_at=NOON)
RETURNED = replace(FILED, returned_at=NOON)
OVER = replace(APPROVED, ended_at=NOON)
DONE = replace(LEAD, done_at=NOON)
ACCEPTED = {"accepted_at": at("2025-12-22 10:00"), "organ": TOWN}
REACHED = CallBack(NOON, 9, "999901-HF", CallOutcome.REACHED, told=True)
LATER = timedelta(days=30)


def q(who=DIRECTOR, when=NOON, **changes):
    return asked(state(**changes), who, when)


BOTH = Actor(9, (Seat(Role.CALLER, "999901-HF", "999901.999901-HF", Tier.DISTRICT), HEAD.seats[0]))
READY = {
    "stage": Stage.CLOSED, "triaged_at": NOON, "closed_at": NOON, "result": Result.SUPPORTED_DONE,
    "result_told_at": NOON, "calls": (REACHED,), "first_closed_at": NOON, "first_implemented_at": NOON,
    "implemented_at": NOON, "handled_by": frozenset({CENTRE}),
}  # fmt: skip
RIGHT = Limit(1, "EX-FY60", date(2026, 3, 2), NOON)
MEDICAL = Limit(2, "ME-MED30W", date(2026, 3, 2), NOON)
STOPPED = replace(MEDICAL, pauses=(Pause(date(2026, 3, 10)),))
MARK = Urgency(1, NOON)
FIRST = Review(1, ReviewLevel.FIRST, "999901-ZF", frozenset({TOWN}), "意1", NOON.date(), NOON)
HEARD = replace(FIRST, hearing=(Pause(NOON.date()),))
SERVED = {"documents": (DocumentFact("opinion", "意1", TOWN, NOON, NOON),), "organ": TOWN}
REVIEWER = actor(Role.REVIEW_ORGAN, unit="999901-ZF", user=6)
CONCERN = {"concerns": (Concern(NOON, NOON + timedelta(hours=72), frozenset({2})),)}
REPORTED = replace(MARK, reported_at=NOON)
FRESH, BEGUN, DRAFT, AGREED = (
    {"kind": Kind.CLAIM, "mediations": told.state().mediations}
    for told in (mediation_story.offered(), mediation_story.begun(), mediation_story.drafted(),
                 mediation_story.agreed("2026-02-28"))
)  # fmt: skip
HELD = {**DRAFT, "mediations": (replace(DRAFT["mediations"][0], agreement=None),)}
ASKED = {**AGREED, "mediations": (replace(AGREED["mediations"][0], asked_court_on=date(2026, 2, 2)),)}
CASES = {
    Need.MEDIABLE: (q(kind=Kind.CLAIM), q(**AGREED)),
    Need.PARTY_UNASKED: (q(**FRESH), q(**BEGUN)),
    Need.ALL_CONSENT: (q(**BEGUN), q(**FRESH)),
    Need.RIGHTS_UNTOLD: (q(**FRESH), q(**BEGUN)),
    Need.MEDIATION_BEGUN: (q(**BEGUN), q(**FRESH)),
    Need.MEDIATION_OPEN: (q(**FRESH), q(**AGREED)),
    Need.AGREEMENT_UNSIGNED: (q(**HELD), q(**BEGUN)),
    Need.AGREEMENT_OPEN: (q(**DRAFT), q(**HELD)),
    Need.PERFORMANCE_OPEN: (q(**AGREED), q(**DRAFT)),
    Need.AGREEMENT_HOLDS: (q(**AGREED), q(**DRAFT)),
    Need.CONFIRMABLE: (q(**AGREED), q(**ASKED)),
    Need.CONFIRMATION_WAITS: (q(**ASKED), q(**AGREED)),
    Need.URGENT: (q(urgencies=(MARK,)), q(urgencies=(replace(REPORTED, ended_at=NOON),))),
    Need.NOT_URGENT: (q(urgencies=(replace(REPORTED, ended_at=NOON),)), q(urgencies=(REPORTED,))),
    Need.URGENT_REPORTED: (q(urgencies=(REPORTED,)), q(urgencies=(MARK,))),
    Need.REVIEW_ASKABLE: (q(**SERVED), q(**SERVED, reviews=(FIRST,))),
    Need.OWN_REVIEW: (q(REVIEWER, reviews=(FIRST,)), q(HEAD, reviews=(FIRST,))),
    Need.REVIEW_LATE: (q(reviews=(replace(FIRST, late=1),)), q(reviews=(FIRST,))),
    Need.LATENESS_SETTLED: (q(reviews=(FIRST,)), q(reviews=(replace(FIRST, late=1),))),
    Need.HEARING: (q(reviews=(HEARD,)), q(reviews=(FIRST,))),
    Need.NO_HEARING: (q(reviews=(FIRST,)), q(reviews=(HEARD,))),
    Need.REVIEW_DECIDED: (q(reviews=(replace(FIRST, decided_at=NOON),)), q(reviews=(FIRST,))),
    Need.IN_CHARGE: (q(in_charge=4), q(received_by=frozenset({4}))),
    Need.HARD: (q(nature=Nature.COMPLEX, solvable=True), q(nature=Nature.GENERAL, solvable=True)),
    Need.LIMIT_RUNS: (q(limits=(RIGHT,)), q(limits=(replace(RIGHT, met_at=NOON),))),
    Need.LIMIT_PAUSABLE: (q(limits=(MEDICAL,)), q(limits=(RIGHT, STOPPED))),
    Need.LIMIT_PAUSED: (q(limits=(STOPPED,)), q(limits=(MEDICAL, replace(STOPPED, ended_at=NOON)))),
    Need.OWN_TASK_UNSIGNED: (q(HEAD, tasks=(LEAD,)), q(HEAD, tasks=(replace(LEAD, signed_at=NOON),))),
    Need.OWN_LEAD: (q(HEAD, tasks=(LEAD, CO)), q(OFFICER, tasks=(LEAD, CO))),
    Need.OWN_PART: (q(OFFICER, tasks=(LEAD, CO)), q(DIRECTOR, tasks=(LEAD, CO))),
    Need.LEADS_OR_ROUTES: (q(DIRECTOR, tasks=(LEAD, CO)), q(OFFICER, tasks=(LEAD, CO))),
    Need.OWN_CO_TASK: (q(OFFICER, tasks=(LEAD, CO)), q(HEAD, tasks=(LEAD, CO))),
    Need.TRIAGED_ONCE: (q(triaged_at=NOON), q()),
    Need.WITHIN_OBJECTION_LIMIT: (q(HEAD, tasks=(LEAD,)), q(HEAD, NOON + LATER, tasks=(LEAD,))),
    Need.BEFORE_RUNNING_DUE: (q(), q(when=at("2026-03-20 00:00"))),
    Need.STATUTORY_LIMIT_RUNS: (
        q(HEAD, at("2026-02-24 23:59"), **ACCEPTED), q(HEAD, at("2026-02-25 00:00"), **ACCEPTED)),
    Need.NOT_EXTENDED: (q(), q(extended_days=30)),
    Need.OPINION_SIGNED: (q(opinion_signed_at=NOON), q()),
    Need.NO_SIGNED_OPINION: (q(), q(opinion_signed_at=NOON)),
    Need.NO_OPEN_CO_TASK: (q(tasks=(LEAD, replace(CO, done_at=NOON))), q(tasks=(LEAD, CO))),
    Need.OPEN_CO_TASK: (q(tasks=(LEAD, CO)), q(tasks=(LEAD, replace(CO, done_at=NOON)))),
    Need.HOLDS: (q(), q(HEAD)),
    Need.LEAD_NOT_RULED: (q(HEAD, tasks=(LEAD,)), q(HEAD, tasks=(replace(LEAD, ruled=True),))),
    Need.PART_OBJECTABLE: (q(OFFICER, tasks=(LEAD, CO)), q(HEAD, tasks=(LEAD, CO))),
    Need.PART_OBJECTED: (
        q(tasks=(LEAD, CO), objections=(OBJECTION,)), q(tasks=(LEAD, CO), objections=(replace(OBJECTION, task=1),))),
    Need.NO_OWN_OBJECTION: (
        q(HEAD, tasks=(LEAD, CO), objections=(OBJECTION,)), q(OFFICER, tasks=(LEAD, CO), objections=(OBJECTION,))),
    Need.PART_RETURNABLE: (
        q(tasks=(LEAD, replace(CO, done_at=NOON))), q(tasks=(LEAD, replace(CO, done_at=NOON, returns=2)))),
    Need.MAY_URGE: (q(HEAD, tasks=(LEAD, CO)), q(OFFICER, tasks=(LEAD, CO))),
    Need.SUPPORTED: (q(outcome=Outcome.SUPPORTED), q(outcome=Outcome.EXPLAINED)),
    Need.NOT_A_CLAIM: (q(kind=Kind.SUGGESTION), q(kind=Kind.CLAIM)),
    Need.NOT_IMPLEMENTED: (q(), q(implemented_at=NOON)),
    Need.UNSERVED_DOCUMENT: (q(documents=(DOCUMENT,)), q(documents=(replace(DOCUMENT, served_at=NOON),))),
    Need.NEEDS_PLAN: (q(nature=Nature.MAJOR, plan=RETURNED), q(nature=Nature.MAJOR, plan=FILED)),
    Need.PLAN_WAITS: (q(plan=FILED), q(plan=APPROVED)),
    Need.PLAN_RUNS: (q(plan=APPROVED), q(plan=OVER)),
    Need.REPORT_UNREAD: (q(reports=(Report(0, NOON),)), q(reports=(Report(0, NOON, "accepted"),))),
    Need.BREACH_UNEXPLAINED: (
        q(breached=frozenset({"13710-7"})), q(breached=frozenset({"13710-7"}), explained=frozenset({"13710-7"}))),
    Need.OUTSIDE_HANDLING: (q(CALLER, tasks=(LEAD,)), q(BOTH, tasks=(LEAD,))),
    Need.OUTSIDE_ORGAN: (q(BUREAU, organ=TOWN), q(BUREAU, organ="999901-XF")),
    Need.HAS_RESULT: (q(closed_at=NOON), q()),
    Need.IMPLEMENTED: (q(implemented_at=NOON), q()),
    Need.NOT_RESOLVED: (q(), q(resolved_at=NOON)),
    Need.RESOLVED: (q(resolved_at=NOON), q()),
    Need.RESOLUTION_PROPOSED: (q(resolution_proposed_at=NOON), q()),
    Need.NOT_PROPOSER: (q(CALLER, resolution_proposed_by=1), q(DIRECTOR, resolution_proposed_by=1)),
    Need.COOLED: (
        q(when=at("2026-03-19 00:00"), opinion_served_at=NOON), q(when=at("2026-03-18 23:59"), opinion_served_at=NOON)),
    Need.NOT_AT_REST: (q(), q(at_rest_at=NOON)),
    Need.AT_REST: (q(at_rest_at=NOON), q()),
    Need.NOBODY_JOINED: (q(), q(joined=1)),
    Need.NO_WITHDRAWAL: (q(), q(withdrawal=Withdrawal(NOON))),
    Need.WITHDRAWAL_ASKED: (q(withdrawal=Withdrawal(NOON)), q()),
    Need.WITHDRAWAL_RIPE: (
        q(CALLER, at("2026-03-17 00:00"), withdrawal=Withdrawal(NOON)), q(CALLER, withdrawal=Withdrawal(NOON))),
    Need.CONTEST_OPEN: (q(contested_at=NOON), q()),
    Need.NO_CONTEST: (q(), q(contested_at=NOON)),
    Need.REFUSED: (q(refusal_ground=RefusalGround.N5_OUTSIDE_POWER), q()),
    Need.TOLD: (q(told_at=NOON), q()),
    Need.NOT_TOLD: (q(), q(told_at=NOON)),
    Need.EXTERNAL_DONE: (
        q(stage=Stage.AWAITING_EXTERNAL, external_result_at=NOON), q(stage=Stage.AWAITING_EXTERNAL)),
    Need.NOTHING_OPEN: (q(tasks=(LEAD,)), q(tasks=(LEAD, CO))),
    Need.RIGHT_STRIKER: (q(BUREAU), q(BUREAU, nature=Nature.MAJOR)),
    Need.STRIKE_OFF_READY: (q(BUREAU, **READY), q(BUREAU, **{**READY, "calls": ()})),
    Need.STRONG_PROOF: (q(actor(Role.PETITIONER, proof="phone_code")), q(actor(Role.PETITIONER))),
    Need.MERGED_AWAY: (q(merged_into=OTHER), q()),
    Need.NOT_MERGED: (q(), q(merged_into=OTHER)),
    Need.SAFETY_OPEN: (q(**CONCERN), q(actor(Role.CENTRE_DEPUTY), **CONCERN)),
    Need.ADDRESS_KEPT: (q(address_kept_at=NOON), q()),
    Need.RATED: (q(ratings={"petition_bureau": Grade.SATISFIED}), q()),
}  # fmt: skip


def test_every_need_has_its_two_cases():
    assert set(CASES) == set(Need) == set(ANSWERS)


@pytest.mark.parametrize("need", CASES)
def test_a_need_holds_in_the_one_case_and_not_in_the_other(need):
    holds, fails = CASES[need]
    assert (ANSWERS[need](holds), ANSWERS[need](fails)) == (True, False)


def test_the_organ_that_took_a_matter_on_leads_it_without_a_task():
    assert ANSWERS[Need.OWN_LEAD](q(HEAD, organ=TOWN))
    assert not ANSWERS[Need.OWN_LEAD](q(HEAD))


def test_a_unit_that_holds_a_matter_nobody_was_given_has_its_part():
    assert ANSWERS[Need.OWN_PART](q(DIRECTOR))
    assert not ANSWERS[Need.OWN_PART](q(HEAD))


def test_the_handler_stays_inside_after_leaving_the_unit():
    moved_on = actor(Role.CALLER, unit="999901-HF", user=5)
    assert not ANSWERS[Need.OUTSIDE_HANDLING](q(moved_on, tasks=(replace(LEAD, handler=5),)))


@pytest.mark.parametrize("nature", [Nature.COMPLEX, Nature.MAJOR])
def test_what_is_hard_needs_a_plan_until_one_waits_or_runs(nature):
    needs = ANSWERS[Need.NEEDS_PLAN]
    assert [needs(q(nature=nature, plan=plan)) for plan in (None, RETURNED, OVER, FILED, APPROVED)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_what_cannot_be_solved_needs_a_plan_and_what_is_quick_does_not():
    needs = ANSWERS[Need.NEEDS_PLAN]
    assert needs(q(nature=Nature.GENERAL, solvable=False))
    assert not needs(q(nature=Nature.GENERAL, solvable=True))


def test_a_report_given_late_no_longer_stands_in_the_way_of_a_change_but_an_open_one_does():
    need = ANSWERS[Need.BEFORE_RUNNING_DUE]
    day_five = at("2026-03-21 10:00")
    assert not need(q(when=day_five))
    assert need(q(when=day_five, reports=(Report(0, at("2026-03-20 10:00")),)))


@pytest.mark.parametrize(
    ("changes", "open_"),
    [
        ({"contested_at": NOON}, True),
        ({"withdrawal": Withdrawal(NOON)}, True),
        ({"outcome": Outcome.SUPPORTED}, True),
        ({"outcome": Outcome.SUPPORTED, "implemented_at": NOON}, False),
        ({"outcome": Outcome.NOT_SUPPORTED}, False),
        ({"stage": Stage.CHANNELLED, "documents": (DOCUMENT,)}, True),
        ({"stage": Stage.NOT_ACCEPTED, "documents": (DOCUMENT,)}, True),
        ({"stage": Stage.NO_LONGER, "documents": (DOCUMENT,)}, True),
        ({"stage": Stage.IMPLEMENTED, "documents": (DOCUMENT,)}, False),
        ({"tasks": (LEAD,)}, False),
    ],
)
def test_a_matter_cannot_close_while_a_part_of_it_is_open(changes, open_):
    assert ANSWERS[Need.NOTHING_OPEN](q(**changes)) is not open_


def test_the_three_days_run_from_the_opinion_else_from_being_told_else_from_closing():
    cooled = ANSWERS[Need.COOLED]
    long_ago, fourth_day = at("2026-01-05 09:00"), at("2026-03-19 09:00")
    assert not cooled(q(when=fourth_day))
    assert cooled(q(when=fourth_day, closed_at=long_ago))
    assert not cooled(q(when=NOON, closed_at=long_ago, result_told_at=NOON))
    assert not cooled(q(when=NOON, result_told_at=long_ago, opinion_served_at=NOON))


def test_telling_again_does_not_start_the_three_days_again():
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00")
    story.add("implemented", "2026-03-02 15:00", result="supported_done", stage="implemented", on_the_spot=True)
    story.add(
        "called_back", "2026-03-04 10:00", unit="999901-HF", role="caller", by=9, call_outcome="reached", told=True
    )
    story.add("result_told", "2026-03-05 10:00", way="in_person")
    assert ANSWERS[Need.COOLED](asked(story.state(), actor(Role.PETITIONER), at("2026-03-05 11:00")))


@pytest.mark.parametrize(
    ("asked_at", "ripe_at"),
    [("2026-03-16 09:00", "2026-03-17 00:00"), ("2026-03-20 16:00", "2026-03-23 00:00"),
     ("2026-02-14 09:00", "2026-02-24 00:00")],
)  # fmt: skip
def test_a_withdrawal_ripens_on_the_next_working_day(asked_at, ripe_at):
    wish = Withdrawal(at(asked_at))
    ripe = ANSWERS[Need.WITHDRAWAL_RIPE]
    assert ripe(q(CALLER, at(ripe_at), withdrawal=wish))
    assert not ripe(q(CALLER, at(ripe_at) - timedelta(seconds=1), withdrawal=wish))
    assert not ripe(q(CALLER, at(ripe_at)))


def test_no_limit_runs_where_nothing_was_accepted_or_given_out():
    assert not ANSWERS[Need.STATUTORY_LIMIT_RUNS](q(HEAD))
    assert not ANSWERS[Need.WITHIN_OBJECTION_LIMIT](q(HEAD))


def test_a_second_objection_after_the_first_was_upheld_has_five_days_of_its_own():
    first = replace(LEAD, assigned_at=at("2026-03-02 09:00"), returned_at=at("2026-03-04 09:00"), sent_back=True)
    second = replace(LEAD, k=2, unit=LABOUR, assigned_at=at("2026-03-13 09:00"))
    head = actor(Role.ORGAN_HEAD, unit=LABOUR)
    within = ANSWERS[Need.WITHIN_OBJECTION_LIMIT]
    assert within(q(head, at("2026-03-20 23:59"), tasks=(first, second)))
    assert not within(q(head, at("2026-03-21 00:00"), tasks=(first, second)))


def test_whose_matter_it_is_to_strike_off():
    right = ANSWERS[Need.RIGHT_STRIKER]
    for changes in ({"nature": Nature.MAJOR}, {"nature": Nature.COMPLEX}, {"batch": str(UUID(int=1))},
                    {"decided_by_bureau": True}):  # fmt: skip
        assert (right(q(SUPERVISOR, **changes)), right(q(BUREAU, **changes))) == (True, False)
    assert (right(q(SUPERVISOR)), right(q(BUREAU)), right(q(DIRECTOR))) == (False, True, False)


def test_an_explicit_date_makes_the_strike_off_the_supervisors():
    story = Story("2026-03-02 09:00").triaged(
        "2026-03-02 10:00", explicit_on="2026-03-20", explicit_source="leader_instruction", explicit_document="批1"
    )
    right = ANSWERS[Need.RIGHT_STRIKER]
    assert right(asked(story.state(), SUPERVISOR))
    assert not right(asked(story.state(), BUREAU))
