"""For whom a matter waits, asked of states that the services would reach."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from xinfang.rules.matters.codes import (
    AssignMode,
    CallOutcome,
    Channel,
    DayMode,
    Nature,
    ReportVerdict,
    Stage,
    TaskPart,
)
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import CallBack, DocumentFact, MatterState, Plan, PlanStep, Report, Urgency
from xinfang.rules.people.seats import Actor, Role, Seat, Tier
from xinfang.rules.tasks.waiting import ABOUT_PLAN, ABOUT_REPORT, names_of, waits_on, was_returned

NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)
NEW = MatterState(
    id=UUID(int=1), stage=Stage.REGISTERED, received_at=NOW, registered_at=NOW, number="XF-0000-0000",
    ledger_number="1", channel=Channel.VISIT, area="1", origin_unit="town", holder="town", holder_path="d.town",
    day_mode=DayMode.CALENDAR,
)  # fmt: skip
LEAD = Task(1, "organ", TaskPart.LEAD, AssignMode.ASSIGNMENT, NOW)
CALL = CallBack(NOW, 9, "calls", CallOutcome.REACHED, told=True)


def test_a_new_matter_waits_for_the_heads_of_its_holder():
    assert waits_on(NEW) == ("heads:town",)


def test_a_grave_matter_waits_for_the_heads_and_the_bureau_until_it_was_reported():
    handled = replace(NEW, stage=Stage.HANDLING)
    mark = Urgency(1, NOW)
    assert waits_on(replace(handled, urgencies=(mark,))) == ("bureau", "heads:town")
    assert waits_on(replace(handled, urgencies=(replace(mark, reported_at=NOW),))) == waits_on(handled) == ()


def test_an_unsigned_task_waits_for_its_unit_and_a_signed_one_for_its_handler():
    assigned = replace(NEW, stage=Stage.ASSIGNED, tasks=(LEAD,))
    assert waits_on(assigned) == ("organ:organ", "unit:organ")
    signed = replace(assigned, tasks=(replace(LEAD, signed_at=NOW, handler=7),))
    assert waits_on(signed) == ("organ:organ", "user:7")


def test_a_document_on_its_way_waits_for_who_issued_it():
    paper = DocumentFact("opinion", "1", "organ", NOW)
    assert "unit:organ" in waits_on(replace(NEW, stage=Stage.HANDLING, documents=(paper,)))


def test_a_result_waits_to_be_closed_and_to_be_called_about():
    done = replace(NEW, stage=Stage.IMPLEMENTED, closed_at=NOW, implemented_at=NOW)
    assert waits_on(done) == ("caller", "heads:town")


def test_after_the_call_a_closed_matter_waits_for_who_strikes_it_off():
    closed = replace(NEW, stage=Stage.CLOSED, closed_at=NOW, calls=(CALL,))
    assert waits_on(closed) == ("bureau",)
    assert waits_on(replace(closed, nature=Nature.MAJOR)) == ("supervisor",)


def test_reports_and_plans_lie_in_the_inbox_until_they_are_read():
    reported = replace(NEW, stage=Stage.TRIAGED, reports=(Report(0, NOW),))
    assert ABOUT_REPORT in waits_on(reported)
    assert ABOUT_REPORT not in waits_on(replace(reported, reports=(Report(0, NOW, ReportVerdict.ACCEPTED),)))
    plan = Plan(NOW, (PlanStep(1, date(2026, 5, 1), "organ"),))
    assert ABOUT_PLAN in waits_on(replace(reported, plan=plan))
    assert ABOUT_PLAN not in waits_on(replace(reported, plan=replace(plan, approved_at=NOW)))


def test_what_is_merged_sealed_struck_off_or_an_old_import_waits_for_nobody():
    closed = replace(NEW, stage=Stage.CLOSED, closed_at=NOW)
    for gone in ({"merged_into": UUID(int=2)}, {"sealed": True}, {"imported": True}, {"stage": Stage.STRUCK_OFF}):
        assert waits_on(replace(closed, **gone)) == ()


def test_a_returned_report_counts_as_returned_until_it_comes_again():
    returned = replace(NEW, reports=(Report(0, NOW, ReportVerdict.RETURNED),))
    assert was_returned(returned)
    assert not was_returned(replace(returned, reports=(*returned.reports, Report(0, NOW))))


def test_what_came_back_waits_for_the_unit_in_charge():
    handled = replace(NEW, stage=Stage.HANDLING, tasks=(replace(LEAD, signed_at=NOW, handler=7),))
    assert waits_on(handled) == ("organ:organ", "user:7")
    back = replace(handled, reports=(Report(0, NOW, ReportVerdict.RETURNED),))
    assert waits_on(back) == ("organ:organ", "unit:organ", "user:7")


def test_an_assignment_that_was_sent_back_counts_as_returned_until_it_is_assigned_again():
    back = replace(NEW, stage=Stage.TRIAGED, tasks=(replace(LEAD, returned_at=NOW, sent_back=True),))
    assert was_returned(back)
    assert not was_returned(replace(back, stage=Stage.ASSIGNED))


def test_each_seat_answers_to_its_own_names():
    head = Actor(7, (Seat(Role.ORGAN_HEAD, "organ", "d.organ", Tier.DISTRICT),))
    assert names_of(head) == ("organ:organ", "unit:organ", "user:7")
    bureau = Actor(8, (Seat(Role.PETITION_BUREAU, "xf", "d.xf", Tier.DISTRICT),))
    assert names_of(bureau) == ("bureau", "heads:xf", "user:8")
    clerk = Actor(9, (Seat(Role.WINDOW_CLERK, "town", "d.town", Tier.TOWNSHIP),))
    assert names_of(clerk) == ("user:9",)
