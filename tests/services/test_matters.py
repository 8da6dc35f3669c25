"""Moves through the services: what the database must know of the values, and what only the whole can refuse."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import FOUNDED, at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Matter, Notice, Post, Task
from xinfang.rules.matters.codes import Stage
from xinfang.rules.refusals import RuleBroken
from xinfang.services.clocks import sweep
from xinfang.services.matters import perform, state_of

pytestmark = pytest.mark.django_db
NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")
ASSIGN = {"mode": "transfer", "lead": "999901001-ZF"}
OPINION = {
    "outcome": "explained",
    "findings": "查明",
    "legal_basis": "条例",
    "opinion": "解释",
    "review_organ": "区政府",
    "document": "意1",
}
PHONE = {"call_outcome": "reached", "told": True}


def refusal(cast, matter, who, move, values=None, when=TEN):
    with pytest.raises(RuleBroken) as broken:
        perform(move, matter=matter, by=getattr(cast, who), at=when, values=values)
    return broken.value.code, broken.value.field


@pytest.fixture
def triaged(cast):
    matter = registered(cast, NINE).matter
    moved(cast, matter, TEN, ("director", "triage", TRIAGE))
    return matter


@pytest.fixture
def accepted(cast, triaged):
    moved(cast, triaged, TEN, ("director", "assign", ASSIGN), ("town_head", "accept", {"document": "受1"}))
    return triaged


def test_a_matter_that_is_not_there_and_one_out_of_sight_are_the_same(cast, triaged):
    assert refusal(cast, uuid4(), "director", "triage", TRIAGE) == ("not_found", None)
    assert refusal(cast, triaged, "other_director", "assign", ASSIGN) == ("not_found", None)
    assert refusal(cast, triaged, "stranger", "assign", ASSIGN) == ("not_found", None)


@pytest.mark.parametrize(("values", "code", "field"), [
    ({**ASSIGN, "lead": "no-such"}, "unit_unknown", "lead"),
    ({**ASSIGN, "co_units": [{"unit": "no-such"}]}, "unit_unknown", "co_units"),
])  # fmt: skip
def test_units_are_looked_up(cast, triaged, values, code, field):
    assert refusal(cast, triaged, "director", "assign", values) == (code, field)
    assert Event.objects.filter(chain_id=triaged).count() == 2


def test_people_are_looked_up_by_what_they_may_do(cast, accepted):
    users = cast.users
    assert refusal(cast, accepted, "town_head", "name_handler", {"handler": "x"}) == ("user_unknown", "handler")
    clerk = {"handler": users["clerk"].pk}
    assert refusal(cast, accepted, "town_head", "name_handler", clerk) == ("user_unknown", "handler")
    state = moved(cast, accepted, TEN, ("town_head", "name_handler", {"handler": users["town_handler"].pk}))
    assert state.handlers == {users["town_handler"].pk}
    moved(cast, accepted, TEN, ("bureau", "recuse", {"recused_user": users["labour_officer"].pk, "reason": "亲属"}))
    away = {"handler": users["labour_officer"].pk}
    assert refusal(cast, accepted, "town_head", "name_handler", away) == ("user_recused", "handler")


def test_a_legal_review_is_done_by_somebody_else_who_holds_that_post(cast, triaged):
    moved(cast, triaged, TEN, ("director", "assign", ASSIGN))
    values = {"ground": "n5", "competent_body": "市局", "document": "不1"}
    for who in ("town_head", "clerk"):
        reviewed = {**values, "reviewed_by": cast.users[who].pk}
        assert refusal(cast, triaged, "town_head", "not_accept", reviewed) == ("reviewer_unfit", "reviewed_by")
    done = ("town_head", "not_accept", {**values, "reviewed_by": cast.users["deputy"].pk})
    assert moved(cast, triaged, TEN, done).stage is Stage.NOT_ACCEPTED


def test_a_station_passes_up_and_gives_nothing_to_anybody_itself(cast):
    matter = registered(cast, NINE, unit="999901001201").matter
    moved(cast, matter, TEN, ("station", "triage", TRIAGE))
    assert refusal(cast, matter, "station", "assign", ASSIGN) == ("role_may_not", None)
    assert refusal(cast, matter, "director", "escalate", {"reason": "难办"}) == ("need_holds", None)
    assert refusal(cast, matter, "station", "escalate", {}) == ("field_required", "reason")
    state = moved(cast, matter, TEN, ("station", "escalate", {"reason": "要镇里几个部门一起办"}))
    assert (state.stage, state.holder, state.origin_unit) == (Stage.TRIAGED, "999901001", "999901001201")
    assert Matter.objects.get(pk=matter).unit_path == "999901.999901001"


def test_what_is_given_down_to_a_station_can_be_done_and_finished_there(cast, triaged):
    done = {"result_words": "修好了", "result": "supported_done", "petitioner_told": "当面"}
    state = moved(
        cast, triaged, TEN,
        ("director", "assign", {**ASSIGN, "lead": "999901001201", "reason": "就近修"}), ("station", "sign_for", {}),
        ("station", "report_preliminary", {"done": "去看了", "next_steps": "修"}), ("station", "implement", done),
        ("station", "close", {}),
    )  # fmt: skip
    assert (state.stage, state.result, state.holder) == (Stage.CLOSED, "supported_done", "999901001201")


def test_an_organ_hands_on_only_within_itself_and_a_co_unit_hands_on_nothing(cast, triaged):
    co = {**ASSIGN, "co_units": [{"unit": "999901-RS"}]}
    moved(cast, triaged, TEN, ("director", "assign", co))
    elsewhere = {**ASSIGN, "lead": "999901-ZJ"}
    assert refusal(cast, triaged, "town_head", "assign", elsewhere) == ("organ_assigns_within", "lead")
    assert refusal(cast, triaged, "labour_head", "assign", elsewhere) == ("need_leads_or_routes", None)
    for move, values in (("accept", {"document": "受1"}), ("implement", {})):
        assert refusal(cast, triaged, "labour_head", move, values)[0] == "need_own_lead"


def test_a_letter_of_the_bureau_with_a_date_is_a_date_of_its_own(cast, triaged):
    letter = {"mode": "assignment", "lead": "999901001-ZF", "due_on": "2026-04-10", "document": "交1"}
    assert state_of(triaged).explicit is None
    state = moved(cast, triaged, TEN, ("bureau", "assign", letter))
    assert (str(state.explicit.on), state.explicit.source) == ("2026-04-10", "assignment_letter")
    other = registered(cast, NINE).matter
    state = moved(cast, other, TEN, ("director", "triage", TRIAGE), ("director", "assign", letter))
    assert state.explicit is None


def test_reopening_leads_back_to_where_the_work_was(cast, accepted, triaged):
    state = moved(
        cast, accepted, TEN,
        ("town_head", "start_handling", {}), ("town_head", "sign_opinion", OPINION),
        ("town_handler", "serve_opinion", {"way": "in_person"}), ("town_head", "close", {}),
        ("director", "reopen", {"ground": "error", "reason": "查错了"}),
    )  # fmt: skip
    assert (state.stage, state.lead.is_open) == (Stage.HANDLING, True)


def test_a_whole_day_of_a_hard_matter_until_only_the_supervisor_can_strike_it_off(cast):
    """The five same-person rules on one matter: proposer, verifier, striker, handler and caller are others."""
    matter = registered(cast, NINE).matter
    done = {"result_words": "修好了", "result": "supported_done", "petitioner_told": "当面"}
    moved(
        cast, matter, TEN,
        ("director", "triage", {**TRIAGE, "nature": "major"}), ("director", "assign", ASSIGN),
        ("town_head", "name_handler", {"handler": cast.users["town_handler"].pk}), ("town_handler", "implement", done),
        ("town_handler", "propose_resolved", {"note": "修好了"}),
    )  # fmt: skip
    assert refusal(cast, matter, "town_head", "verify_resolved", {"note": "x"})[0] == "role_may_not"
    moved(cast, matter, TEN, ("caller", "call_back", PHONE), ("bureau", "verify_resolved", {"note": "属实"}))
    moved(cast, matter, TEN, ("town_head", "close", {}))
    assert refusal(cast, matter, "bureau", "strike_off", {})[0] == "need_right_striker"
    state = moved(cast, matter, TEN, ("supervisor", "strike_off", {}))
    assert (state.stage, state.struck_off_at) == (Stage.STRUCK_OFF, TEN)


def test_the_bureau_clerk_who_verified_does_not_strike_off_but_the_colleague_does(cast, triaged):
    done = {"result_words": "修好了", "result": "supported_done", "petitioner_told": "当面"}
    moved(
        cast, triaged, TEN,
        ("director", "solve_on_the_spot", done), ("director", "propose_resolved", {"note": "好了"}),
        ("caller", "call_back", PHONE), ("bureau", "verify_resolved", {"note": "属实"}), ("director", "close", {}),
    )  # fmt: skip
    assert refusal(cast, triaged, "bureau", "strike_off", {})[0] == "need_strike_off_ready"
    assert moved(cast, triaged, TEN, ("second_bureau", "strike_off", {})).stage is Stage.STRUCK_OFF


def test_a_caller_who_also_sits_in_the_handling_unit_calls_nobody_back(cast, triaged):
    Post.objects.create(unit_id="999901001-ZF", role="handler", holder=cast.users["caller"], from_on=FOUNDED)
    done = {"result_words": "修好了", "result": "supported_done", "petitioner_told": "当面"}
    moved(cast, triaged, TEN, ("director", "assign", ASSIGN), ("town_head", "implement", done))
    assert refusal(cast, triaged, "caller", "call_back", PHONE)[0] == "need_outside_handling"


def test_what_the_bureau_did_not_accept_is_struck_off_by_the_supervisor(cast, triaged):
    refused = {"ground": "n5", "competent_body": "镇政府", "reviewed_by": cast.users["deputy"].pk, "document": "不1"}
    moved(
        cast, triaged, TEN,
        ("bureau", "not_accept", refused),
        ("bureau", "serve_document", {"document_kind": "non_acceptance_notice", "way": "post"}),
        ("bureau", "close", {}),
        ("caller", "call_back", PHONE),
    )  # fmt: skip
    assert refusal(cast, triaged, "bureau", "strike_off", {})[0] == "need_right_striker"
    moved(cast, triaged, TEN, ("director", "report_preliminary", {"done": "已答复", "next_steps": "无"}))
    assert moved(cast, triaged, TEN, ("supervisor", "strike_off", {})).stage is Stage.STRUCK_OFF


def test_a_direct_reply_to_a_suggestion_can_be_struck_off(cast):
    matter = registered(cast, NINE).matter
    reply = {"reply": "已采纳", "result": "suggestion_adopted", "way": "post"}
    state = moved(
        cast, matter, TEN,
        ("director", "triage", {**TRIAGE, "kind": "suggestion"}), ("director", "assign", ASSIGN),
        ("town_head", "reply_directly", reply), ("caller", "call_back", PHONE),
        ("director", "report_preliminary", {"done": "已答复", "next_steps": "无"}), ("bureau", "strike_off", {}),
    )  # fmt: skip
    assert (state.stage, state.open_tasks) == (Stage.STRUCK_OFF, ())
    assert not Task.objects.filter(matter=matter, done_at__isnull=True, returned_at__isnull=True).exists()


def test_a_withdrawn_matter_with_a_co_unit_at_work_can_be_closed(cast, accepted):
    moved(cast, accepted, TEN, ("director", "add_co_unit", {"co_units": [{"unit": "999901-RS"}]}),
          ("bureau", "enter_withdrawal_form", {"form": "F34", "signed_on": "2026-03-16"}))  # fmt: skip
    assert refusal(cast, accepted, "caller", "confirm_withdrawal", {"note": "自愿"})[0] == "need_withdrawal_ripe"
    next_day = at("2026-03-17 09:00")
    state = moved(
        cast, accepted, next_day, ("caller", "confirm_withdrawal", {"note": "自愿"}), ("town_head", "close", {})
    )
    assert (state.stage, state.result, state.open_tasks) == (Stage.CLOSED, "withdrawn", ())


def test_a_notice_that_was_forgotten_is_still_served_after_closing(cast, accepted):
    moved(
        cast, accepted, TEN,
        ("town_head", "start_handling", {}), ("town_head", "sign_opinion", OPINION),
        ("town_handler", "serve_opinion", {"way": "in_person"}), ("town_head", "close", {}),
    )  # fmt: skip
    assert [document.kind for document in state_of(accepted).unserved] == ["acceptance_notice"]
    served = {"document_kind": "acceptance_notice", "way": "post"}
    assert moved(cast, accepted, TEN, ("town_handler", "serve_document", served)).unserved == ()


def test_a_breach_must_be_explained_before_the_strike_off(cast, triaged):
    done = {"result_words": "修好了", "result": "supported_done", "petitioner_told": "当面"}
    late = at("2026-03-26 09:00")
    moved(cast, triaged, late, ("director", "solve_on_the_spot", done), ("caller", "call_back", PHONE),
          ("director", "close", {}))  # fmt: skip
    assert refusal(cast, triaged, "bureau", "strike_off", {}, late)[0] == "need_strike_off_ready"
    sweep(late)
    for clock in ("13710-3", "13710-7"):
        moved(cast, triaged, late, ("director", "explain_breach", {"clock": clock, "reason": "缺零件"}))
    assert moved(cast, triaged, late, ("bureau", "strike_off", {})).stage is Stage.STRUCK_OFF


def test_a_move_tells_whom_it_concerns_once_and_never_who_made_it(cast, triaged):
    moved(cast, triaged, TEN, ("director", "assign", {**ASSIGN, "lead": "999901001"}))
    names = {user.pk: name for name, user in cast.users.items()}
    told = [names[notice.user_id] for notice in Notice.objects.filter(matter=triaged, code="assigned")]
    assert told == []
    moved(cast, triaged, TEN, ("bureau", "assign", ASSIGN))
    told = sorted(names[notice.user_id] for notice in Notice.objects.filter(matter=triaged, code="assigned"))
    assert told == ["town_handler", "town_head"]


def test_an_entry_that_is_late_by_more_than_a_day_says_why(cast, triaged):
    call = {"matter": triaged, "by": cast.director, "at": TEN, "recorded_at": TEN + timedelta(days=2), "values": ASSIGN}
    with pytest.raises(RuleBroken) as broken:
        perform("assign", **call)
    assert broken.value.code == "late_entry_needs_reason"
    perform("assign", **call, late_reason="停电")
    event = Event.objects.get(chain_id=triaged, type="assigned")
    assert (event.occurred_at, event.recorded_at) == (TEN, TEN + timedelta(days=2))
