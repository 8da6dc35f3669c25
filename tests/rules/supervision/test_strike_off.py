"""Z-1 to Z-8: each met and each missing, and nobody strikes off what they had a hand in (domain 9.3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.rules.states import CENTRE, NOON, TOWN, actor, asked, at, state
from xinfang.rules.matters.codes import AssignMode, CallOutcome, Nature, Outcome, Result, Stage, TaskPart
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import CallBack, DocumentFact, Plan, PlanStep, Report, Withdrawal
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.review.codes import ReviewLevel
from xinfang.rules.review.ladder import Review
from xinfang.rules.supervision.strike_off import conditions

BUREAU = actor(Role.PETITION_BUREAU, unit="999901-XF", user=8)
SUPERVISOR = actor(Role.SUPERVISOR, unit="999901-DC", user=7)
REACHED = CallBack(NOON, 9, "999901-HF", CallOutcome.REACHED, told=False)
MISSED = replace(REACHED, outcome=CallOutcome.NOT_REACHED)
NEXT_DAY = replace(MISSED, at=NOON + timedelta(days=1))
REVIEW = Review(1, ReviewLevel.FIRST, "999901-ZF", frozenset({TOWN}), "意1", NOON.date(), NOON)
LEAD = Task(1, TOWN, TaskPart.LEAD, AssignMode.TRANSFER, NOON, done_at=NOON)
PAPER = DocumentFact("opinion", "意1", TOWN, NOON)
STEP = PlanStep(1, date(2026, 4, 1), TOWN)
READY = {
    "stage": Stage.CLOSED, "triaged_at": NOON, "result": Result.SUPPORTED_DONE, "result_told_at": NOON,
    "closed_at": NOON, "first_closed_at": NOON, "implemented_at": NOON, "first_implemented_at": NOON,
    "calls": (REACHED,), "tasks": (LEAD,),
}  # fmt: skip


def missing(who=BUREAU, when=NOON, **changes):
    question = asked(state(**{**READY, **changes}), who, when)
    return {condition.code: condition.missing for condition in conditions(question) if not condition.met}


def test_the_sheet_has_eight_lines_and_a_finished_matter_has_none_missing():
    assert [c.code for c in conditions(asked(state(**READY), BUREAU))] == [f"Z-{n}" for n in range(1, 9)]
    assert missing() == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"documents": (PAPER,)}, {"Z-1": "document_unserved"}),
        ({"accepted_at": NOON}, {"Z-1": "opinion_not_served"}),
        ({"accepted_at": NOON, "opinion_served_at": NOON}, {}),
        ({"accepted_at": NOON, "result": Result.CHANNELLED}, {}),
        ({"accepted_at": NOON, "result": Result.WITHDRAWN}, {}),
        ({"outcome": Outcome.SUPPORTED, "implemented_at": None}, {"Z-2": "measures_not_executed"}),
        ({"outcome": Outcome.NOT_SUPPORTED, "implemented_at": None}, {}),
        ({"plan": Plan(NOON, (STEP,), approved_at=NOON)}, {"Z-2": "plan_not_completed"}),
        ({"plan": Plan(NOON, (STEP,))}, {}),
        ({"plan": Plan(NOON, (replace(STEP, done_at=NOON),), approved_at=NOON)}, {}),
        ({"calls": ()}, {"Z-3": "no_call_back"}),
        ({"calls": (MISSED,)}, {"Z-3": "no_call_back"}),
        ({"calls": (MISSED, MISSED)}, {"Z-3": "no_call_back"}),
        ({"calls": (MISSED, NEXT_DAY)}, {}),
        ({"calls": (replace(MISSED, outcome=CallOutcome.REFUSED),)}, {}),
        ({"result_told_at": None}, {"Z-4": "result_not_told"}),
        ({"result_told_at": None, "calls": (MISSED, NEXT_DAY)}, {}),
        ({"result_told_at": None, "anonymous": True}, {}),
        ({"tasks": (replace(LEAD, done_at=None),)}, {"Z-5": "task_open"}),
        ({"contested_at": NOON}, {"Z-5": "contest_open"}),
        ({"withdrawal": Withdrawal(NOON)}, {"Z-5": "withdrawal_open"}),
        ({"reviews": (REVIEW,)}, {"Z-5": "review_open"}),
        ({"breached": frozenset({"13710-1"})}, {"Z-6": "breach_unexplained"}),
        ({"breached": frozenset({"13710-1"}), "explained": frozenset({"13710-1"})}, {}),
        ({"triaged_at": None}, {"Z-7": "not_triaged"}),
        ({"result": None}, {"Z-7": "no_result"}),
    ],
)
def test_each_condition_alone(changes, expected):
    assert missing(**changes) == expected


def test_calls_before_a_reopening_say_nothing_about_what_came_after():
    again = NOON + timedelta(days=5)
    assert missing(reopened_at=again) == {"Z-3": "no_call_back"}
    assert missing(reopened_at=again, calls=(REACHED, replace(REACHED, at=again))) == {}


def test_a_breach_that_the_watcher_has_not_recorded_yet_counts_already():
    late = at("2026-03-24 00:00")
    found = missing(
        when=late, first_implemented_at=late, first_closed_at=late, tasks=(), handled_by=frozenset({CENTRE})
    )
    assert found == {"Z-6": "breach_unexplained"}


def test_a_report_that_is_still_to_come_is_missing():
    """Reachable only where the first three days still run after closing was taken back and done again."""
    opened = {"first_implemented_at": None, "first_closed_at": None, "implemented_at": None}
    assert missing(**opened)["Z-6"] == "report_missing"
    assert "Z-6" not in missing(**opened, reports=(Report(0, NOON),))


def test_an_imported_matter_was_never_triaged_and_needs_not_be():
    assert "Z-7" not in missing(imported=True, triaged_at=None)


def test_whoever_verified_the_solution_does_not_strike_off():
    assert missing(resolved_by=8) == {"Z-8": "approver_verified"}
    assert missing(resolved_by=9) == {}


def test_whoever_handled_it_does_not_strike_off_from_any_seat():
    both = Actor(8, (*BUREAU.seats, *actor(Role.ORGAN_HEAD, unit=TOWN).seats))
    assert missing(both) == {"Z-8": "approver_handles"}
    assert missing(tasks=(replace(LEAD, handler=8),)) == {"Z-8": "approver_handles"}
    assert missing(handled_by=frozenset({"999901-XF"})) == {"Z-8": "approver_handles"}


def test_hard_and_assigned_matters_are_the_supervisors():
    for changes in ({"nature": Nature.MAJOR}, {"nature": Nature.COMPLEX}, {"batch": "B1"}, {"decided_by_bureau": True}):
        assert missing(**changes)["Z-8"] == "approver_handles"
        assert "Z-8" not in missing(SUPERVISOR, **changes)


def test_what_the_bureau_refused_itself_can_still_be_struck_off_by_the_supervisor():
    refused = {"organ": "999901-XF", "decided_by_bureau": True, "tasks": (), "result": Result.NOT_ACCEPTED,
               "implemented_at": None}  # fmt: skip
    assert missing(SUPERVISOR, **refused) == {}
