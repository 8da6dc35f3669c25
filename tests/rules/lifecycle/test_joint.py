"""Joint handling: who may object, urge and send back what, until when, and which values go together."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.states import CENTRE, LABOUR, NOON, TOWN, Story, actor, asked, at, counting, state
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.lifecycle import joint
from xinfang.rules.lifecycle.allowed import BY_NAME, why_not
from xinfang.rules.lifecycle.values import check_together, entered
from xinfang.rules.matters.codes import AssignMode, ClockCode, TaskPart
from xinfang.rules.matters.parts import Objection, Task
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.tasks.waiting import waits_on

HOUSING = "999901-ZJ"
LEAD = Task(1, TOWN, TaskPart.LEAD, AssignMode.ASSIGNMENT, NOON, date(2026, 3, 25))
CO = Task(2, LABOUR, TaskPart.CO, AssignMode.ASSIGNMENT, NOON, date(2026, 3, 20))
DONE = replace(CO, done_at=NOON)
HEAD = actor(Role.ORGAN_HEAD, unit=TOWN)
CO_HEAD = actor(Role.ORGAN_HEAD, unit=LABOUR, user=2)
BUREAU = actor(Role.PETITION_BUREAU, unit="999901-XF", user=8)
SUPERVISOR = actor(Role.SUPERVISOR, unit="999901-DC", user=7)
OBJECTED = Objection(1, 2, NOON)


def q(who, when=NOON, **changes):
    return asked(state(**{"tasks": (LEAD, CO), **changes}), who, when)


def refused(name, values, question):
    given = entered(BY_NAME[name], values)
    try:
        check_together(BY_NAME[name], given.facts, given.words, question)
    except RuleBroken as broken:
        return broken.code, broken.field
    return None


@pytest.mark.parametrize(
    ("when", "may"), [("2026-03-16 12:00", True), ("2026-03-23 23:59", True), ("2026-03-24 00:00", False)]
)
def test_a_part_may_be_objected_to_for_five_working_days(when, may):
    assert bool(joint.objectable(q(CO_HEAD, at(when)))) is may


@pytest.mark.parametrize("task", [
    replace(CO, ruled=True), replace(CO, follows=2), replace(CO, done_at=NOON), replace(CO, part=TaskPart.LEAD),
])  # fmt: skip
def test_what_was_ruled_or_done_or_went_back_is_objected_to_no_more(task):
    assert joint.objectable(q(CO_HEAD, tasks=(LEAD, task))) == []


def test_nobody_objects_twice_to_the_same_part_while_it_waits():
    assert joint.objectable(q(CO_HEAD, objections=(OBJECTED,))) == []
    assert joint.objectable(q(HEAD)) == []


def test_the_lead_urges_those_that_work_along_and_those_above_urge_everybody():
    assert [t.k for t in joint.urgeable(q(HEAD))] == [2]
    assert [t.k for t in joint.urgeable(q(BUREAU))] == [1, 2]
    assert [t.k for t in joint.urgeable(q(SUPERVISOR))] == [1, 2]
    assert joint.urgeable(q(CO_HEAD)) == []


def test_one_part_is_urged_once_a_day():
    urged = (LEAD, replace(CO, urged_at=(at("2026-03-16 08:00"),)))
    assert joint.urgeable(q(HEAD, tasks=urged)) == []
    assert [t.k for t in joint.urgeable(q(HEAD, at("2026-03-17 00:00"), tasks=urged))] == [2]


def test_a_part_goes_back_twice_and_then_people_must_sit_down():
    assert [t.k for t in joint.returnable(state(tasks=(LEAD, DONE)))] == [2]
    again = replace(DONE, k=3, follows=2, returns=1)
    assert [t.k for t in joint.returnable(state(tasks=(LEAD, DONE, again)))] == [3]
    third = replace(again, k=4, follows=3, returns=2)
    assert joint.returnable(state(tasks=(LEAD, DONE, again, third))) == []
    assert joint.returnable(state(tasks=(replace(LEAD, done_at=NOON),))) == []


@pytest.mark.parametrize(("values", "code"), [
    ({"k": 2, "reason": "缺检测报告", "due_on": "2026-03-25"}, None),
    ({"k": 2, "reason": "缺检测报告"}, None),
    ({"k": 1, "reason": "缺"}, ("no_such_part", "k")),
    ({"k": 2, "reason": "缺", "due_on": "2026-03-26"}, ("co_due_after_lead", "due_on")),
    ({"k": 2, "reason": "缺", "due_on": "2026-03-15"}, ("date_in_the_past", "due_on")),
])  # fmt: skip
def test_what_goes_back_names_a_part_that_is_done_and_a_day_before_the_leads(values, code):
    assert refused("return_task", values, q(HEAD, tasks=(LEAD, DONE))) == code


@pytest.mark.parametrize(("values", "code"), [
    ({"ruled_by": "bureau"}, None),
    ({"ruled_by": "superior"}, ("ruling_needs_document", "document")),
    ({"ruled_by": "joint_conference", "document": "联1"}, None),
    ({"ruled_by": "bureau", "instead": TOWN}, ("unit_objected", "instead")),
    ({"ruled_by": "bureau", "instead": HOUSING}, None),
    ({"ruled_by": "bureau", "instead": CENTRE}, ("unit_recused", "instead")),
])  # fmt: skip
def test_a_ruling_has_its_paper_and_gives_the_matter_to_nobody_who_cannot_have_it(values, code):
    question = q(BUREAU, objections=(Objection(1, 1, NOON),), recused_units=frozenset({CENTRE}), stage="objected")
    assert refused("uphold_objection", {"reason": "职责在住建", **values}, question) == code


def test_a_day_that_is_over_is_not_handed_on():
    question = q(BUREAU, at("2026-03-26 09:00"), objections=(Objection(1, 1, NOON),))
    late = {"reason": "改", "ruled_by": "bureau", "instead": HOUSING}
    assert refused("uphold_objection", late, question) == ("field_required", "due_on")
    assert refused("uphold_objection", {**late, "due_on": "2026-04-01"}, question) is None


@pytest.mark.parametrize(("values", "code"), [
    ({"ruling": "rejected"}, None),
    ({"ruling": "rejected", "instead": HOUSING}, ("ruling_contradicts", "instead")),
    ({"ruling": "upheld", "instead": HOUSING, "due_on": "2026-03-25"}, None),
    ({"ruling": "upheld", "instead": TOWN}, ("unit_twice", "instead")),
    ({"ruling": "upheld", "instead": HOUSING, "due_on": "2026-03-26"}, ("co_due_after_lead", "due_on")),
    ({"ruling": "upheld", "k": 1}, ("no_such_part", "k")),
])  # fmt: skip
def test_a_ruling_on_a_part(values, code):
    typed = {"k": 2, "reason": "理由成立", "ruled_by": "bureau", **values}
    assert refused("rule_on_part", typed, q(BUREAU, objections=(OBJECTED,))) == code


def test_only_a_part_that_is_there_is_urged_or_called_off():
    assert refused("urge_task", {"k": 9}, q(HEAD)) == ("no_such_part", "k")
    assert refused("call_off_task", {"k": 1, "reason": "不用了"}, q(HEAD)) == ("no_such_part", "k")
    assert refused("call_off_task", {"k": 2, "reason": "不用了"}, q(HEAD)) is None


def test_a_part_that_waits_for_its_ruling_is_not_finished_meanwhile():
    question = q(CO_HEAD, stage="handling", objections=(OBJECTED,))
    assert why_not(BY_NAME["finish_task"], question).code == "need_no_own_objection"


@pytest.mark.parametrize(("move", "who", "stage"), [
    ("channel", HEAD, "handling"), ("not_accept", HEAD, "assigned"), ("no_longer_accept", HEAD, "assigned"),
    ("inform", BUREAU, "triaged"), ("serve_opinion", HEAD, "handling"), ("implement", HEAD, "executing"),
    ("close", HEAD, "implemented"), ("reply_directly", HEAD, "handling"),
])  # fmt: skip
def test_nothing_that_ends_a_matter_goes_over_an_open_part(move, who, stage):
    ready = {"stage": stage, "opinion_signed_at": NOON, "kind": "suggestion", "implemented_at": None}
    if move == "close":
        ready["implemented_at"] = NOON
    refusal = why_not(BY_NAME[move], q(who, **ready))
    assert refusal.code in {"need_no_open_co_task", "need_nothing_open"}
    done = why_not(BY_NAME[move], q(who, **ready, tasks=(LEAD, DONE)))
    assert done is None


def story():
    co = [{"unit": LABOUR, "due_on": "2026-03-10"}]
    return Story("2026-03-02 09:00").triaged("2026-03-02 10:00").assigned("2026-03-02 11:00", co_units=co)


def ruling(made):
    return [c for c in clocks_of(made.state(), counting()) if c.code is ClockCode.RULING]


def test_an_objection_is_decided_in_five_working_days_and_the_bureau_is_waited_for():
    made = story().add("part_objected", "2026-03-04 09:00", unit=LABOUR)
    (clock,) = ruling(made)
    assert (clock.key, str(clock.due.due), clock.is_running) == ("HF-RUL5", "2026-03-11", True)
    assert "bureau" in waits_on(made.state())
    made.add("part_ruled", "2026-03-11 17:00", k=2, ruling="upheld", ruled_by="bureau")
    (clock,) = ruling(made)
    assert (clock.met_at, clock.is_running) == (at("2026-03-11 17:00"), False)
    assert "bureau" not in waits_on(made.state())


def test_a_part_that_is_called_off_needs_no_ruling():
    made = story().add("part_objected", "2026-03-04 09:00", unit=LABOUR)
    made.add("task_called_off", "2026-03-05 09:00", k=2)
    (clock,) = ruling(made)
    assert (clock.met_at, clock.ended_at) == (None, at("2026-03-05 09:00"))


def test_whoever_was_given_it_by_a_ruling_has_no_days_to_object():
    made = story().add("objected", "2026-03-03 09:00", unit=TOWN, stage="objected")
    made.add("objection_upheld", "2026-03-04 09:00", ruled_by="superior", document="府1", instead=HOUSING,
             stage="assigned")  # fmt: skip
    clocks = {c.key: c for c in clocks_of(made.state(), counting()) if c.code is ClockCode.OBJ5}
    assert [c.unit for c in clocks.values()] == [TOWN]
    head = actor(Role.ORGAN_HEAD, unit=HOUSING)
    assert why_not(BY_NAME["object"], asked(made.state(), head, at("2026-03-04 10:00"))).code == "need_lead_not_ruled"


def test_what_the_district_was_given_from_below_waits_for_the_bureau_too():
    made = Story("2026-03-02 09:00")
    made.add("escalated", "2026-03-02 10:00", holder="999901", holder_path="999901", stage="registered")
    assert waits_on(made.state()) == ("bureau", "heads:999901")
    below = Story("2026-03-02 09:00")
    below.add("escalated", "2026-03-02 10:00", holder=CENTRE, holder_path="999901.999901001", stage="registered")
    assert waits_on(below.state()) == (f"heads:{CENTRE}",)


def test_a_part_that_went_back_waits_for_who_did_it():
    again = replace(DONE, k=3, follows=2, done_at=None, handler=9)
    assert "user:9" in waits_on(state(stage="handling", tasks=(LEAD, DONE, again)))


def test_what_a_unit_is_asked_to_do_is_kept_with_its_row():
    values = {"co_units": [{"unit": LABOUR, "what": " 查工资表 "}, {"unit": HOUSING}]}
    given = entered(BY_NAME["add_co_unit"], values)
    assert given.facts == {"co_units": [{"unit": LABOUR}, {"unit": HOUSING}]}
    assert given.words == {"what_1": "查工资表"}
    long = {"co_units": [{"unit": LABOUR, "what": "长" * 501}]}
    with pytest.raises(RuleBroken) as broken:
        entered(BY_NAME["add_co_unit"], long)
    assert (broken.value.code, broken.value.field) == ("text_too_long", "co_units")
