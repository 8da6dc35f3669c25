"""Joint handling through the services: S20 with other facts, objections of co-units, returns, urging, passing up."""

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Deadline, Matter, Notice, Precedent, Task, Unit
from xinfang.queries.dossier import dossier_for, texts_of
from xinfang.queries.precedents import precedents_for
from xinfang.rules.matters.codes import Stage
from xinfang.rules.refusals import RuleBroken
from xinfang.services.clocks import sweep
from xinfang.services.matters import perform, state_of
from xinfang.services.rebuilding import differences, repair

pytestmark = pytest.mark.django_db
MON, TUE, WED = at("2026-04-13 09:00"), at("2026-04-14 09:00"), at("2026-04-15 09:00")
LABOUR, HOUSING, TOWN = "999901-RS", "999901-ZJ", "999901001-ZF"
STALL = {**TRIAGE, "category": "urban_management", "item": "stall_smoke"}
CO = {"unit": LABOUR, "due_on": "2026-04-20", "what": "查用工"}


def assigned(cast, *, lead=HOUSING, co=(CO,), when=MON, **triage):
    receipt = registered(cast, when)
    values = {"mode": "assignment", "lead": lead, "due_on": "2026-04-24", "document": "交1", "co_units": list(co)}
    moved(cast, receipt.matter, when, ("director", "triage", {**STALL, **triage}), ("bureau", "assign", values))
    return receipt


def refusal(cast, matter, who, move, values=None, when=TUE):
    with pytest.raises(RuleBroken) as broken:
        perform(move, matter=matter, by=getattr(cast, who), at=when, values=values)
    return broken.value.code, broken.value.field


def told(cast, who, code):
    return Notice.objects.filter(user=cast.users[who], code=code).count()


def test_two_organs_say_it_is_not_theirs_and_the_common_superior_decides_inside_the_file(cast):
    matter = assigned(cast).matter
    before = Matter.objects.get(pk=matter).received_at
    moved(cast, matter, TUE, ("housing_head", "object", {"reason": "油烟归别的部门"}))
    assert told(cast, "bureau", "objected") == 1
    assert Deadline.objects.get(matter=matter, code="HF-RUL5").due_on.isoformat() == "2026-04-21"
    moved(cast, matter, TUE, ("labour_head", "object_part", {"reason": "没有用工问题"}))
    superior = {"ruled_by": "superior", "document": "府办〔2026〕3号", "reason": "会商决定"}
    decided = ("bureau", "uphold_objection", {**superior, "instead": TOWN, "due_on": "2026-04-24"})
    state = moved(cast, matter, WED, decided)
    assert (state.stage, state.lead.unit, state.lead.ruled) == (Stage.ASSIGNED, TOWN, True)
    assert told(cast, "town_head", "objection_upheld") == 1
    assert refusal(cast, matter, "town_head", "object", {"reason": "也不归我们"}, WED) == ("need_lead_not_ruled", None)
    assert refusal(cast, matter, "housing_head", "accept", {"document": "受1"}, WED) == ("not_found", None)
    ruled = {"k": 2, "ruling": "rejected", "ruled_by": "bureau", "reason": "有两名帮工"}
    state = moved(cast, matter, WED, ("bureau", "rule_on_part", ruled))
    assert [t.unit for t in state.open_tasks] == [LABOUR, TOWN]
    assert (Matter.objects.get(pk=matter).received_at, state.explicits[0].on.isoformat()) == (before, "2026-04-24")
    rows = {row.objector: row for row in Precedent.objects.filter(matter=matter)}
    assert (rows[HOUSING].unit, rows[HOUSING].upheld, rows[HOUSING].document) == (TOWN, True, "府办〔2026〕3号")
    assert (rows[LABOUR].unit, rows[LABOUR].upheld, rows[LABOUR].part) == (LABOUR, False, "co")


def test_a_ruling_is_a_precedent_for_the_next_matter_of_its_kind_and_for_no_other(cast):
    first = assigned(cast, co=()).matter
    moved(cast, first, TUE, ("housing_head", "object", {"reason": "不归我们"}))
    moved(cast, first, WED, ("bureau", "uphold_objection", {"reason": "是", "ruled_by": "bureau", "instead": TOWN}))
    same, other = assigned(cast, co=()), assigned(cast, co=(), item="", category="water")
    assert [(one.unit, one.objector) for one in precedents_for(state_of(same.matter))] == [
        (TOWN, Unit.objects.get(pk=HOUSING).short_name)
    ]
    assert precedents_for(state_of(other.matter)) == []
    assert precedents_for(state_of(first)) == []
    assert precedents_for(state_of(registered(cast, MON).matter)) == []


def test_a_sealed_matter_leaves_no_precedent_and_rebuilding_finds_what_is_missing(cast):
    matter = assigned(cast).matter
    moved(cast, matter, TUE, ("labour_head", "object_part", {"reason": "不归我们"}))
    moved(cast, matter, WED, ("bureau", "rule_on_part",
                              {"k": 2, "ruling": "upheld", "ruled_by": "bureau", "reason": "是"}))  # fmt: skip
    assert list(differences()) == []
    Precedent.objects.filter(matter=matter).update(unit="x")
    assert [(one.table, one.column) for one in differences()] == [("precedent", "unit")]
    repair(matter)
    assert list(differences()) == []
    assert Precedent.objects.get(matter=matter).unit == ""


def test_a_matter_whose_petitioner_wants_secrecy_leaves_no_precedent(cast):
    receipt = registered(cast, MON, restricted=True)
    values = {"mode": "transfer", "lead": HOUSING}
    moved(
        cast, receipt.matter, MON, ("director", "triage", STALL), ("bureau", "assign", values),
        ("housing_head", "object", {"reason": "不归我们"}),
        ("bureau", "uphold_objection", {"reason": "是", "ruled_by": "bureau", "instead": TOWN}),
    )  # fmt: skip
    assert state_of(receipt.matter).restricted
    assert not Precedent.objects.filter(matter=receipt.matter).exists()
    assert list(differences()) == []


def test_a_ruling_that_does_not_come_is_told_to_the_bureau_and_to_no_unit(cast):
    matter = assigned(cast).matter
    moved(cast, matter, TUE, ("labour_head", "object_part", {"reason": "不归我们"}))
    sweep(at("2026-04-22 00:10"))
    late = Notice.objects.filter(matter=matter, code="breached", facts__clock="HF-RUL5")
    assert {notice.user.name for notice in late} == {"沈信", "韩清", "杨督"}


def test_a_co_unit_does_its_part_is_sent_back_and_urged_and_everything_is_counted(cast):
    receipt = assigned(cast)
    matter = receipt.matter
    assert texts_of(matter)[3]["what_1"] == "查用工"
    assert dossier_for(cast.labour_officer, receipt.number, TUE).asked_of(state_of(matter).tasks[1]) == "查用工"
    moved(
        cast, matter, TUE,
        ("housing_head", "accept", {"document": "受1"}), ("housing_head", "start_handling", {}),
        ("housing_head", "urge_task", {"k": 2, "note": "请尽快"}),
    )  # fmt: skip
    assert told(cast, "labour_officer", "task_urged") == 1
    assert refusal(cast, matter, "housing_head", "urge_task", {"k": 2}) == ("need_may_urge", None)
    moved(cast, matter, WED, ("labour_officer", "finish_task", {"result_words": "无用工问题"}))
    back = {"k": 2, "reason": "少一份笔录", "due_on": "2026-04-22"}
    moved(cast, matter, WED, ("housing_head", "return_task", back))
    assert told(cast, "labour_officer", "task_returned") == 1
    assert refusal(cast, matter, "housing_head", "channel", {}, WED) == ("need_no_open_co_task", None)
    moved(cast, matter, WED, ("labour_officer", "finish_task", {"result_words": "补了"}))
    moved(cast, matter, WED, ("housing_head", "return_task", {"k": 3, "reason": "还缺", "due_on": "2026-04-23"}))
    moved(cast, matter, WED, ("labour_officer", "finish_task", {"result_words": "再补"}))
    third = {"k": 4, "reason": "还缺", "due_on": "2026-04-23"}
    assert refusal(cast, matter, "housing_head", "return_task", third, WED) == ("need_part_returnable", None)
    rows = Task.objects.filter(matter=matter, unit=LABOUR).order_by("k")
    assert [(row.returns, row.follows, row.urged, bool(row.done_at)) for row in rows] == [
        (0, 0, 1, True), (1, 2, 0, True), (2, 3, 0, True),
    ]  # fmt: skip
    assert list(differences()) == []


def test_what_is_called_off_is_done_by_nobody_and_its_lateness_stays(cast):
    matter = assigned(cast).matter
    sweep(at("2026-04-21 00:10"))
    state = moved(cast, matter, at("2026-04-21 09:00"), ("bureau", "call_off_task", {"k": 2, "reason": "不需要了"}))
    assert (state.tasks[1].called_off, state.tasks[1].done_at) == (True, None)
    assert "TASK#2" in state.breached
    assert Task.objects.get(matter=matter, k=2).called_off
    assert told(cast, "labour_head", "task_called_off") == 1


def test_passing_up_goes_one_centre_higher_each_time_and_ends_at_the_district(cast):
    matter = registered(cast, MON, unit="999901001201").matter
    moved(cast, matter, MON, ("station", "escalate", {"reason": "办不了"}))
    assert told(cast, "director", "escalated") == 1
    state = moved(cast, matter, TUE, ("director", "triage", TRIAGE), ("director", "escalate", {"reason": "涉及两区"}))
    assert (state.holder, state.stage, told(cast, "bureau", "escalated")) == ("999901", Stage.TRIAGED, 1)
    row = Matter.objects.get(pk=matter)
    assert ("bureau" in row.waits_on, row.received_at, row.origin_path) == (True, MON, "999901.999901001.999901001201")


def test_nothing_is_passed_to_a_centre_that_is_kept_away_or_is_not_there(cast):
    matter = registered(cast, MON, unit="999901001201").matter
    moved(cast, matter, MON, ("bureau", "recuse", {"recused_unit": "999901001", "reason": "当事单位"}))
    assert refusal(cast, matter, "station", "escalate", {"reason": "办不了"}) == ("unit_recused", None)
    Unit.objects.filter(pk="999901001201").update(parent=None)
    assert refusal(cast, matter, "station", "escalate", {"reason": "办不了"}) == ("nothing_above", None)


def test_what_is_given_down_carries_a_reason_and_keeps_its_day_and_its_clocks(cast):
    matter = registered(cast, MON).matter
    moved(cast, matter, MON, ("director", "triage", TRIAGE))
    down = {"mode": "assignment", "lead": "999901001201", "due_on": "2026-04-20", "document": "交1"}
    before = [
        (row.key, row.raw_on)
        for row in Deadline.objects.filter(matter=matter, code__startswith="13710").order_by("key")
    ]
    assert refusal(cast, matter, "director", "assign", down) == ("given_down_needs_reason", "reason")
    state = moved(cast, matter, TUE, ("director", "assign", {**down, "reason": "就在村里，站里最清楚"}))
    assert (state.holder, state.received_at) == ("999901001201", MON)
    assert [
        (row.key, row.raw_on)
        for row in Deadline.objects.filter(matter=matter, code__startswith="13710").order_by("key")
    ] == before
