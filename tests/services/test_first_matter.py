"""A matter walks from the window to the strike-off through the services."""

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Deadline, Event, Matter, Task
from xinfang.rules.matters.codes import Result, Stage

pytestmark = pytest.mark.django_db


def test_a_street_lamp_is_solved_on_the_spot_and_struck_off(cast):
    receipt = registered(cast, at("2026-11-23 09:00"))
    done = {"result_words": "换了灯泡", "result": "supported_done", "petitioner_told": "当面告诉", "evidence": True}
    state = moved(
        cast,
        receipt.matter,
        at("2026-11-23 15:00"),
        ("director", "triage", TRIAGE),
        ("director", "solve_on_the_spot", done),
        ("director", "propose_resolved", {"note": "灯亮了"}),
        ("caller", "call_back", {"call_outcome": "reached", "told": True}),
        ("caller", "verify_resolved", {"note": "本人确认灯亮了"}),
        ("director", "close", {}),
        ("bureau", "strike_off", {}),
    )
    assert (state.stage, state.result) == (Stage.STRUCK_OFF, Result.SUPPORTED_DONE)
    assert [e.type for e in Event.objects.filter(chain_id=receipt.matter).order_by("seq")] == [
        "registered", "triaged", "implemented", "resolution_proposed", "called_back", "resolution_verified", "closed",
        "struck_off",
    ]  # fmt: skip
    row = Matter.objects.get(pk=receipt.matter)
    assert (row.stage, row.is_open, row.next_clock) == ("struck_off", False, "")


def test_an_assignment_with_a_co_unit_has_tasks_and_clocks(cast):
    receipt = registered(cast, at("2026-03-16 09:00"))
    state = moved(
        cast,
        receipt.matter,
        at("2026-03-16 10:00"),
        ("director", "triage", TRIAGE),
        (
            "director",
            "assign",
            {"mode": "assignment", "lead": "999901001-ZF", "due_on": "2026-03-25",
             "co_units": [{"unit": "999901001-ZH", "due_on": "2026-03-20"}]},
        ),
        ("town_head", "accept", {"document": "青政信受〔2026〕1号"}),
    )  # fmt: skip
    assert state.stage is Stage.ACCEPTED
    assert [(t.unit, t.part) for t in Task.objects.filter(matter=receipt.matter).order_by("k")] == [
        ("999901001-ZF", "lead"), ("999901001-ZH", "co"),
    ]  # fmt: skip
    dates = {d.code: str(d.due_on) for d in Deadline.objects.filter(matter=receipt.matter)}
    assert dates["13710-3"] == "2026-03-19"
    assert dates["13710-7"] == "2026-03-23"
    assert dates["XF-DO60"] == "2026-05-15"
