"""Every value that can be entered for a move: cleaned, or refused beside the field that it was entered for."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.rules.states import CENTRE, LABOUR, NOON, TOWN, Story, actor, asked, at, state
from xinfang.rules.lifecycle.allowed import BY_NAME, MOVES, allowed_moves, require
from xinfang.rules.lifecycle.values import check_together, entered, tidy
from xinfang.rules.matters.codes import AssignMode, Grade, Stage, TaskPart
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import DocumentFact, Plan, PlanStep, Report
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken

LEAD = Task(1, TOWN, TaskPart.LEAD, AssignMode.ASSIGNMENT, NOON, date(2026, 3, 25))
CO = Task(2, LABOUR, TaskPart.CO, AssignMode.ASSIGNMENT, NOON, date(2026, 3, 20))
TRIAGE = {"kind": "claim", "nature": "general", "solvable": "on", "lane": "disposal", "first_step": "去看"}
EXPLICIT = {"explicit_on": "2026-03-20", "explicit_source": "leader_instruction", "explicit_document": "批1"}
PLAN = Plan(NOON, (PlanStep(1, date(2026, 4, 1), TOWN), PlanStep(2, date(2026, 4, 2), TOWN, NOON)), approved_at=NOON)


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code, broken.value.field


def checked(name, values, when=NOON, **changes):
    question = asked(state(**changes), actor(Role.CENTRE_DIRECTOR), when)
    given = entered(BY_NAME[name], values)
    check_together(BY_NAME[name], given.facts, given.words, question)
    return given


def test_facts_and_words_go_separate_ways():
    given = entered(BY_NAME["triage"], {**TRIAGE, "category": " 民政 \n 低保 "})
    assert given.words == {"first_step": "去看"}
    assert given.facts == {
        "kind": "claim", "nature": "general", "solvable": True, "lane": "disposal", "category": "民政 低保",
    }  # fmt: skip


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_every_required_value_is_asked_for_by_its_name(move):
    for spec in move.fields:
        if spec.required:
            others = {other.name: "x" for other in move.fields if other is not spec}
            with pytest.raises(RuleBroken) as broken:
                entered(move, {**others, spec.name: ""})
            assert broken.value.code in {
                "field_required",
                "choice_unknown",
                "date_unreal",
                "number_unreal",
                "list_expected",
            }
    with pytest.raises(RuleBroken) as broken:
        entered(move, {"no_such_field": 1})
    assert (broken.value.code, broken.value.field) == ("field_unknown", "no_such_field")


@pytest.mark.parametrize(
    ("move", "field", "value", "code"),
    [
        ("triage", "kind", "accusation", "choice_unknown"),
        ("triage", "kind", ["claim"], "choice_unknown"),
        ("not_accept", "ground", "n2", "choice_unknown"),
        ("approve_overrun", "clock", "13710-3", "choice_unknown"),
        ("serve_document", "document_kind", "opinion", "choice_unknown"),
        ("triage", "explicit_on", "2026-02-30", "date_unreal"),
        ("triage", "explicit_on", "soon", "date_unreal"),
        ("extend", "days", 0, "number_out_of_range"),
        ("extend", "days", 31, "number_out_of_range"),
        ("extend", "days", "many", "number_unreal"),
        ("extend", "days", True, "number_unreal"),
        ("triage", "first_step", "长" * 4001, "text_too_long"),
        ("accept", "document", "长" * 61, "text_too_long"),
        ("add_co_unit", "co_units", "999901-RS", "list_expected"),
        ("add_co_unit", "co_units", ["999901-RS"], "row_incomplete"),
        ("add_co_unit", "co_units", [{"due_on": "2026-03-20"}], "row_incomplete"),
        ("add_co_unit", "co_units", [{"unit": "x", "who": "y"}], "row_incomplete"),
        ("add_co_unit", "co_units", [{"unit": "x", "due_on": "never"}], "date_unreal"),
        ("file_plan", "steps", [{"unit": "x"}], "row_incomplete"),
    ],
)
def test_what_is_not_what_the_field_asks_for_is_refused_beside_it(move, field, value, code):
    good = {
        "triage": TRIAGE, "extend": {"days": 30, "reason": "复杂", "document": "延1"}, "accept": {"document": "受1"},
        "channel": {
            "procedure": "civil_suit", "reason": "民事争议", "competent_body": "法院", "how_to_apply": "起诉",
            "reviewed_by": 2, "document": "1"},
        "not_accept": {"ground": "n5", "competent_body": "市局", "reviewed_by": 2, "document": "1"},
        "approve_overrun": {"clock": "13710-7", "reason": "复杂"}, "file_plan": {"why": "要修路"},
        "serve_document": {"document_kind": "opinion", "way": "post"}, "add_co_unit": {},
    }  # fmt: skip
    assert refused(lambda: entered(BY_NAME[move], {**good[move], field: value})) == (code, field)


def test_values_are_understood_as_people_type_them():
    given = entered(BY_NAME["extend"], {"days": " ３０ ", "reason": "a\r\nb\x00c", "document": "延 〔２０２６〕  1号"})
    assert (given.facts, given.words) == ({"days": 30, "document": "延 〔2026〕 1号"}, {"reason": "a\nbc"})
    dated = entered(BY_NAME["set_explicit_date"], {**EXPLICIT, "explicit_on": "２０２６-03-20"})
    assert dated.facts["explicit_on"] == "2026-03-20"
    plain = entered(BY_NAME["set_explicit_date"], {**EXPLICIT, "explicit_on": datetime(2026, 3, 20, 9, 0)})  # noqa: DTZ001  -- what a form gives
    assert plain.facts["explicit_on"] == "2026-03-20"
    assert [entered(BY_NAME["triage"], {**TRIAGE, "solvable": value}).facts["solvable"] for value in
            (True, "on", "是", "true", False, "0", None)] == [True, True, True, True, False, False, False]  # fmt: skip
    assert tidy("\ud800e\u0301 ") == "é"


def test_an_unknown_move_and_one_out_of_turn_say_why():
    question = asked(state(), actor(Role.CENTRE_DIRECTOR))
    assert require("triage", question) is BY_NAME["triage"]
    assert refused(lambda: require("fly", question)) == ("no_such_move", None)
    assert refused(lambda: require("assign", question)) == ("stage_does_not_allow", None)


def test_the_moves_that_are_offered_are_those_that_would_be_taken():
    question = asked(state(), actor(Role.CENTRE_DIRECTOR))
    assert [move.name for move in allowed_moves(question)] == [
        "triage", "escalate", "ask_papers", "note_limit", "ask_legal_aid", "offer_mediation", "mark_urgent",
        "note_safety", "record_reception", "take_charge", "recuse", "link", "unlink", "merge", "correct",
    ]  # fmt: skip


@pytest.mark.parametrize("away", [
    {"sealed": True}, {"recused_users": frozenset({1})}, {"recused_units": frozenset({CENTRE})},
])  # fmt: skip
def test_whoever_is_kept_away_finds_nothing_to_do(away):
    question = asked(state(**away), actor(Role.CENTRE_DIRECTOR))
    assert refused(lambda: require("triage", question)) == ("not_found", None)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({}, None, None),
        ({"explicit_source": ""}, "explicit_needs_source", "explicit_source"),
        ({"explicit_document": ""}, "explicit_needs_source", "explicit_document"),
        ({"explicit_on": "2026-03-15"}, "date_in_the_past", "explicit_on"),
        ({"explicit_on": "2026-03-16"}, None, None),
        ({"explicit_source": "approved_plan"}, "no_approved_plan", "explicit_source"),
    ],
)
def test_a_date_of_its_own_stands_on_a_document(changes, code, field):
    values = {**TRIAGE, **EXPLICIT, **changes}
    if code is None:
        assert checked("triage", values).facts["explicit_document"] == "批1"
    else:
        assert refused(lambda: checked("triage", values)) == (code, field)


def test_an_approved_plan_may_carry_a_date():
    values = {**EXPLICIT, "explicit_source": "approved_plan"}
    assert checked("set_explicit_date", values, plan=PLAN).facts["explicit_source"] == "approved_plan"
    waiting = replace(PLAN, approved_at=None)
    assert refused(lambda: checked("set_explicit_date", values, plan=waiting))[0] == "no_approved_plan"


GIVEN = {"mode": "assignment", "lead": TOWN, "due_on": "2026-03-25"}


@pytest.mark.parametrize(
    ("values", "state_now", "code"),
    [
        (GIVEN, {}, None),
        ({**GIVEN, "due_on": ""}, {}, "assignment_needs_date"),
        ({**GIVEN, "mode": "transfer", "due_on": ""}, {}, None),
        ({**GIVEN, "due_on": "2026-03-15"}, {}, "date_in_the_past"),
        ({**GIVEN, "co_units": [{"unit": LABOUR, "due_on": "2026-03-25"}]}, {}, None),
        ({**GIVEN, "co_units": [{"unit": LABOUR, "due_on": "2026-03-26"}]}, {}, "co_due_after_lead"),
        ({**GIVEN, "co_units": [{"unit": TOWN}]}, {}, "unit_twice"),
        ({**GIVEN, "co_units": [{"unit": LABOUR}, {"unit": LABOUR}]}, {}, "unit_twice"),
        ({**GIVEN, "co_units": [{"unit": LABOUR}]}, {"tasks": (LEAD, CO)}, "unit_twice"),
        (GIVEN, {"recused_units": frozenset({TOWN})}, "unit_recused"),
        ({**GIVEN, "co_units": [{"unit": LABOUR}]}, {"recused_units": frozenset({LABOUR})}, "unit_recused"),
    ],
)
def test_an_assignment_has_one_lead_and_each_co_unit_once_and_in_time(values, state_now, code):
    if code is None:
        assert checked("assign", values, **state_now).facts["lead"] == TOWN
    else:
        assert refused(lambda: checked("assign", values, **state_now))[0] == code


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"unit": "999901-ZJ", "due_on": "2026-03-25"}, None),
        ({"unit": "999901-ZJ", "due_on": "2026-03-26"}, "co_due_after_lead"),
        ({"unit": TOWN}, "unit_twice"),
        ({"unit": LABOUR}, "unit_twice"),
    ],
)
def test_a_co_unit_that_comes_later_keeps_to_the_same_rules(row, code):
    now = {"tasks": (LEAD, CO), "stage": Stage.HANDLING}
    if code is None:
        assert checked("add_co_unit", {"co_units": [row]}, **now).facts["co_units"] == [row]
    else:
        assert refused(lambda: checked("add_co_unit", {"co_units": [row]}, **now))[0] == code
    recused = {**now, "recused_units": frozenset({"999901-ZJ"})}
    if code is None:
        assert refused(lambda: checked("add_co_unit", {"co_units": [row]}, **recused))[0] == "unit_recused"


def test_a_co_unit_without_any_lead_is_bound_by_nothing():
    assert checked("add_co_unit", {"co_units": [{"unit": TOWN, "due_on": "2026-12-01"}]}).facts["co_units"]


def test_a_report_that_goes_back_says_why_and_when_it_comes_again():
    unread = {"reports": (Report(0, NOON),)}
    returned = {"k": 0, "verdict": "returned", "reason": "太简单", "again_by": "2026-03-20"}
    assert checked("read_report", returned, **unread).facts["again_by"] == "2026-03-20"
    assert checked("read_report", {"k": 0, "verdict": "accepted"}, **unread).facts["verdict"] == "accepted"
    for name in ("reason", "again_by"):
        assert refused(lambda: checked("read_report", {**returned, name: ""}, **unread)) == ("field_required", name)  # noqa: B023  -- called at once
    assert (
        refused(lambda: checked("read_report", {**returned, "again_by": "2026-03-01"}, **unread))[0]
        == "date_in_the_past"
    )
    assert refused(lambda: checked("read_report", {**returned, "k": 1}, **unread)) == ("no_such_report", "k")
    read = {"reports": (Report(0, NOON, "accepted"),)}
    assert refused(lambda: checked("read_report", returned, **read)) == ("no_such_report", "k")


def test_not_supporting_a_claim_needs_a_legal_reviewer():
    opinion = {"outcome": "not_supported", "findings": "查明", "legal_basis": "条例", "opinion": "不予支持",
               "review_organ": "区政府", "document": "意1"}  # fmt: skip
    assert refused(lambda: checked("sign_opinion", opinion)) == ("legal_review_required", "reviewed_by")
    assert checked("sign_opinion", {**opinion, "reviewed_by": 3}).facts["reviewed_by"] == 3
    assert checked("sign_opinion", {**opinion, "outcome": "explained"}).facts["outcome"] == "explained"


def test_recusing_names_somebody():
    assert refused(lambda: checked("recuse", {"reason": "亲属"})) == ("field_required", "recused_user")
    assert checked("recuse", {"reason": "亲属", "recused_unit": TOWN}).facts["recused_unit"] == TOWN
    assert checked("recuse", {"reason": "亲属", "recused_user": 5}).facts["recused_user"] == 5


def test_only_a_breach_that_is_there_is_explained():
    values = {"clock": "13710-7", "reason": "缺材料"}
    assert refused(lambda: checked("explain_breach", values)) == ("clock_not_breached", "clock")
    assert checked("explain_breach", values, breached=frozenset({"13710-7"})).facts["clock"] == "13710-7"
    again = {"breached": frozenset({"13710-7"}), "explained": frozenset({"13710-7"})}
    assert refused(lambda: checked("explain_breach", values, **again))[0] == "clock_not_breached"


@pytest.mark.parametrize(("k", "fits"), [(1, True), (2, False), (3, False)])
def test_only_a_step_that_is_open_is_finished(k, fits):
    values = {"k": k, "evidence_words": "照片"}
    if fits:
        assert checked("finish_step", values, plan=PLAN).facts["k"] == 1
    else:
        assert refused(lambda: checked("finish_step", values, plan=PLAN)) == ("no_such_step", "k")
    assert refused(lambda: checked("finish_step", values)) == ("no_such_step", "k")


def test_a_correction_refers_to_an_event_that_is_there():
    assert checked("correct", {"refers_to": 1, "reason": "写错", "present": 3}).facts["present"] == 3
    assert refused(lambda: checked("correct", {"refers_to": 2, "reason": "写错"})) == ("no_such_event", "refers_to")


@pytest.mark.parametrize("name", ["enter_withdrawal_form", "enter_rating_form"])
def test_a_form_is_not_signed_tomorrow(name):
    values = {"form": "F1", "signed_on": "2026-03-17"}
    values |= {"organ": "petition_bureau", "grade": "satisfied"} if name == "enter_rating_form" else {}
    assert refused(lambda: checked(name, values)) == ("date_in_the_future", "signed_on")
    assert checked(name, {**values, "signed_on": "2026-03-16"}).facts["signed_on"] == "2026-03-16"


def test_a_form_that_was_signed_too_soon_counts_for_nothing_however_late_it_is_entered():
    def form(day):
        return {"form": "F26", "signed_on": day}

    served = {"opinion_served_at": at("2026-03-02 09:00")}
    assert refused(lambda: checked("enter_rest_form", form("2026-03-04"), **served)) == ("need_cooled", "signed_on")
    assert checked("enter_rest_form", form("2026-03-05"), **served).facts["signed_on"] == "2026-03-05"
    assert refused(lambda: checked("enter_rest_form", form("2026-03-05")))[0] == "need_cooled"


@pytest.mark.parametrize(
    ("when", "changes", "code"),
    [
        (NOON, {}, None),
        (at("2026-03-23 23:59"), {}, None),
        (at("2026-03-24 00:00"), {}, "clock_not_running"),
        (NOON, {"first_implemented_at": NOON}, "clock_not_running"),
    ],
)
def test_going_past_in_principle_is_approved_before_the_day(when, changes, code):
    values = {"clock": "13710-7", "reason": "要等材料"}
    if code is None:
        assert checked("approve_overrun", values, when, **changes).facts["clock"] == "13710-7"
    else:
        assert refused(lambda: checked("approve_overrun", values, when, **changes)) == (code, "clock")
    assert refused(lambda: checked("approve_overrun", {**values, "clock": "13710-1M"}, when))[0] == "clock_not_running"


def test_a_missed_report_does_not_stand_in_the_way_of_a_reason_for_the_seven_days():
    values = {"clock": "13710-7", "reason": "要等材料"}
    assert checked("approve_overrun", values, at("2026-03-20 10:00")).facts["clock"] == "13710-7"


def test_a_month_is_reported_while_it_runs_or_after_it():
    story = Story("2025-09-30 09:00").triaged("2025-09-30 10:00", nature="major")
    story.add("plan_filed", "2025-10-29 10:00", steps=[{"unit": TOWN, "due_on": "2026-03-31"}])
    story.add("plan_approved", "2025-10-30 10:00", role="supervisor")
    first = {"k": 1, "steps_words": "开工", "for_petitioner": "开工了"}

    def report(k, when):
        question = asked(story.state(), actor(Role.CENTRE_DIRECTOR), at(when))
        check_together(BY_NAME["report_monthly"], {**first, "k": k}, {}, question)

    report(1, "2025-11-20 10:00")
    assert refused(lambda: report(2, "2025-11-20 10:00")) == ("month_not_begun", "k")
    story.add("monthly_reported", "2025-11-20 10:00", k=1)
    assert refused(lambda: report(2, "2025-11-30 23:59")) == ("month_not_begun", "k")
    report(2, "2025-12-01 00:00")
    report(1, "2025-12-01 00:00")
    story.add("struck_off", "2025-12-03 10:00", role="supervisor", stage="struck_off")
    story.add("reopened", "2025-12-04 10:00", ground="breach", stage="handling")
    story.add("plan_filed", "2025-12-05 10:00", steps=[{"unit": TOWN, "due_on": "2026-03-31"}])
    story.add("plan_approved", "2025-12-05 11:00", role="supervisor")
    assert refused(lambda: report(2, "2025-12-06 10:00")) == ("month_not_begun", "k")
    report(3, "2025-12-06 10:00")


def test_only_a_document_that_waits_is_served():
    paper = {"documents": (DocumentFact("acceptance_notice", "受1", TOWN, NOON),)}
    values = {"document_kind": "acceptance_notice", "way": "post"}
    assert checked("serve_document", values, **paper).facts["way"] == "post"
    other = {**values, "document_kind": "extension_notice"}
    assert refused(lambda: checked("serve_document", other, **paper)) == ("document_not_waiting", "document_kind")


@pytest.mark.parametrize("move", ["serve_document", "serve_opinion"])
def test_by_public_notice_a_paper_is_served_when_thirty_days_have_passed(move):
    paper = {"documents": (DocumentFact("acceptance_notice", "受1", TOWN, NOON),)}
    kind = {"document_kind": "acceptance_notice"} if move == "serve_document" else {}
    values = {**kind, "way": "public_notice", "noticed_on": "2026-09-21"}
    assert refused(lambda: checked(move, {**kind, "way": "public_notice"}, **paper)) == ("field_required", "noticed_on")
    before = at("2026-10-20 23:59")
    assert refused(lambda: checked(move, values, before, **paper)) == ("notice_not_ripe", "noticed_on")
    with pytest.raises(RuleBroken) as broken:
        checked(move, values, before, **paper)
    assert broken.value.facts["day"] == "2026-10-21"
    assert checked(move, values, at("2026-10-21 00:00"), **paper).facts["noticed_on"] == "2026-09-21"


def test_only_a_rating_that_was_given_is_taken_back():
    rated = {"ratings": {"petition_bureau": Grade.SATISFIED}}
    assert checked("revoke_rating", {"organ": "petition_bureau"}, **rated).facts["organ"] == "petition_bureau"
    assert refused(lambda: checked("revoke_rating", {"organ": "responsible_unit"}, **rated)) == ("need_rated", "organ")


def test_studying_anew_says_when_the_petitioner_was_heard_or_why_nobody_could_hear_them():
    values = {"findings": "卡在补偿", "first_step": "再约谈"}
    heard = NOON.date().isoformat()
    assert checked("restudy", {**values, "met_on": heard}).facts["met_on"] == heard
    assert checked("restudy", {**values, "not_met": "人在外地，电话里说过了"}).words["not_met"]
    assert refused(lambda: checked("restudy", values)) == ("restudy_unheard", "met_on")
    tomorrow = (NOON.date() + timedelta(days=1)).isoformat()
    assert refused(lambda: checked("restudy", {**values, "met_on": tomorrow})) == ("date_in_the_future", "met_on")
