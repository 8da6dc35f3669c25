"""A mediation through the services: S11 with other facts, who reads it, what no agreement may hold."""

import pytest

from tests.cast import FOUNDED, at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Deadline, Matter, Notice, Post, User
from xinfang.queries.access import matters_for
from xinfang.queries.dossier import dossier_for
from xinfang.queries.people import actor_of
from xinfang.rules.clocks.limits import CODES
from xinfang.rules.matters.codes import Stage
from xinfang.rules.refusals import RuleBroken
from xinfang.services.matters import perform, state_of
from xinfang.services.rebuilding import differences

pytestmark = pytest.mark.django_db
LIMITS = {code.value for code in CODES.values()}
START = at("2026-01-12 09:00")
CENTRE, VILLAGE = "999901001", "999901001201"
OFFER = {"mediation_kind": "people", "source": "applied", "other_parties": "李二", "dispute": "欠工钱", "civil": True}
SITTING = {"held_on": "2026-01-20", "place": "镇调委会", "statements": "李二说手头紧", "outcome_words": "同意分期"}
DRAFT = {
    "agreement_form": "written", "agreed_facts": "欠两万元", "responsibility": "李二全部承担",
    "content": "李二于2026年2月28日前付两万元", "performed_how": "转账",
    "performed_where": "甲村", "document": "青人调字第1号",
}  # fmt: skip


@pytest.fixture
def mediator(cast):
    user = User.objects.create(username="mediator", name="陈红", opened_at=START)
    Post.objects.create(unit_id=CENTRE, role="mediator", holder=user, from_on=FOUNDED)
    cast.users["mediator"] = user
    return user


@pytest.fixture
def begun(cast, mediator):
    """Looked at, offered, both consent and know their rights, a mediator named."""
    receipt = registered(cast, START)
    steps = [("director", "triage", TRIAGE), ("clerk", "offer_mediation", OFFER)]
    for party in (1, 2):
        answer = {"party": party, "party_answer": "consents", "answered_how": "in_person", "answered_on": "2026-01-12"}
        told = {"party": party, "told_on": "2026-01-12"}
        steps += [("clerk", "answer_mediation", answer), ("clerk", "tell_mediation_rights", told)]
    named = {"mediator": str(mediator.pk), "mediator_why": "appointed", "no_conflict": True}
    moved(cast, receipt.matter, START, *steps, ("deputy", "name_mediator", named))
    return receipt


def agreed(cast, begun):
    """Held, drafted, promised for 2026-02-28, and in effect from 2026-01-30."""
    held = at("2026-01-20 15:00")
    promise = {"party": 2, "due_on": "2026-02-28", "yuan": 20000, "promised": "付清工钱"}
    moved(
        cast, begun.matter, held, ("mediator", "hold_mediation", SITTING), ("mediator", "draft_agreement", DRAFT),
        ("mediator", "add_performance", promise),
    )  # fmt: skip
    signed = {"signed_on": "2026-01-30"}
    return moved(
        cast, begun.matter, at("2026-01-30 10:00"),
        ("mediator", "sign_agreement", {"signer": "party", "party": 1, **signed}),
        ("mediator", "sign_agreement", {"signer": "party", "party": 2, **signed}),
        ("mediator", "sign_agreement", {"signer": "mediator", **signed}),
        ("deputy", "sign_agreement", {"signer": "committee", **signed}),
    )  # fmt: skip


def refusal(cast, matter, who, move, values, when):
    with pytest.raises(RuleBroken) as broken:
        perform(move, matter=matter, by=getattr(cast, who), at=when, values=values)
    return broken.value.code, broken.value.field


def test_the_last_signature_makes_the_agreement_hold_and_every_date_follows(cast, begun):
    state = agreed(cast, begun)
    assert state.mediations[0].agreement.effect_on.isoformat() == "2026-01-30"
    due = {limit.rule: (limit.runs, limit.k) for limit in state.limits}
    running = {rule for rule, (runs, _k) in due.items() if runs}
    assert (running, due["ME-1M"][0]) == ({"ME-JC30", "HF-FUP1", "HF-FUP30"}, False)
    days = {row.k: row.due_on.isoformat() for row in Deadline.objects.filter(matter=begun.matter, code__in=LIMITS)}
    assert (days[due["ME-JC30"][1]], days[due["HF-FUP1"][1]]) == ("2026-03-02", "2026-03-02")
    assert state.stage is Stage.TRIAGED
    assert list(differences()) == []


def test_a_broken_promise_opens_again_what_was_struck_off_or_closed(cast, begun):
    agreed(cast, begun)
    broken = {"k": 1, "performance": "broken", "seen_on": "2026-03-02", "evidence_words": "没有到账"}
    result = {"result_words": "谈好了", "result": "supported_done", "petitioner_told": "说了", "evidence": True}
    moved(
        cast, begun.matter, at("2026-02-02 10:00"), ("director", "solve_on_the_spot", result),
        ("director", "close", {}),
    )  # fmt: skip
    state = moved(cast, begun.matter, at("2026-03-02 10:00"), ("mediator", "record_performance", broken))
    assert (state.stage, state.closed_at, state.resolved_at) == (Stage.TRIAGED, None, None)
    assert state.limits[-1].rule == "EX-CIV3Y"
    assert Notice.objects.filter(matter=begun.matter, code="performance_recorded").exists()
    assert list(differences()) == []


def test_an_agreement_is_never_recorded_as_performed_before_it_is(cast, begun):
    agreed(cast, begun)
    result = {"result_words": "谈好了", "result": "agreement_performed", "petitioner_told": "说了", "evidence": True}
    day = at("2026-02-27 10:00")
    assert refusal(cast, begun.matter, "director", "solve_on_the_spot", result, day) == (
        "agreement_not_performed", "result")  # fmt: skip
    kept = {"k": 1, "performance": "kept", "seen_on": "2026-02-27", "evidence_words": "转账凭证"}
    moved(cast, begun.matter, day, ("mediator", "record_performance", kept))
    state = moved(cast, begun.matter, day, ("director", "solve_on_the_spot", result))
    assert state.implemented_at == day


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("content", "李二付款后，张一永不上访"),
        ("responsibility", "张一放弃诉讼的权利"),
        ("performed_how", "张一不得进京"),
    ],
)
def test_no_agreement_takes_a_right_away(cast, begun, field, text):
    held = at("2026-01-20 15:00")
    moved(cast, begun.matter, held, ("mediator", "hold_mediation", SITTING))
    assert refusal(cast, begun.matter, "mediator", "draft_agreement", {**DRAFT, field: text}, held) == (
        "forbidden_clause", field)  # fmt: skip
    state = moved(cast, begun.matter, held, ("mediator", "draft_agreement", DRAFT))
    bad = {"party": 2, "due_on": "2026-02-28", "promised": text}
    assert refusal(cast, begun.matter, "mediator", "add_performance", bad, held) == ("forbidden_clause", "promised")
    assert state.mediations[0].agreement.steps == ()


def test_what_a_court_may_doubt_is_noted_as_codes(cast, begun):
    held = at("2026-01-20 15:00")
    doubtful = {**DRAFT, "content": "确认边界归李二所有"}
    moved(cast, begun.matter, held, ("mediator", "hold_mediation", SITTING), ("mediator", "draft_agreement", doubtful))
    events = dossier_for(cast.deputy, begun.number, held).events
    assert events[-1].payload["doubts"] == ["property", "unclear"]


def test_an_oral_agreement_holds_from_the_day_itself(cast, begun):
    held = at("2026-01-20 15:00")
    oral = {**DRAFT, "agreement_form": "oral", "nobody_wants_paper": True}
    state = moved(
        cast, begun.matter, held, ("mediator", "hold_mediation", SITTING), ("mediator", "draft_agreement", oral)
    )
    assert state.mediations[0].agreement.effect_on.isoformat() == "2026-01-20"


def test_only_a_mediator_is_named_and_never_one_who_is_kept_away(cast, mediator):
    matter = registered(cast, START).matter
    answer = {"party_answer": "consents", "answered_how": "in_person", "answered_on": "2026-01-12"}
    moved(
        cast, matter, START, ("director", "triage", TRIAGE), ("clerk", "offer_mediation", OFFER),
        ("clerk", "answer_mediation", {"party": 1, **answer}), ("clerk", "answer_mediation", {"party": 2, **answer}),
    )  # fmt: skip
    named = {"mediator": str(cast.users["member"].pk), "mediator_why": "chosen", "no_conflict": True}
    assert refusal(cast, matter, "deputy", "name_mediator", named, START) == ("user_unknown", "mediator")
    moved(cast, matter, START, ("director", "recuse", {"recused_user": str(mediator.pk), "reason": "亲戚"}))
    named["mediator"] = str(mediator.pk)
    assert refusal(cast, matter, "deputy", "name_mediator", named, START) == ("user_recused", "mediator")


def test_a_mediator_sees_the_matter_once_named_and_of_the_petition_only_its_mediation(cast, mediator, begun):
    matter = Matter.objects.get(pk=begun.matter)
    other = registered(cast, START)
    actor = actor_of(mediator, START.date())
    assert list(matters_for(actor, START)) == [matter]
    assert dossier_for(actor, other.number, START) is None
    seen = dossier_for(actor, begun.number, START)
    assert seen is not None
    assert {event.type for event in seen.told} == {
        "mediation_offered", "mediation_answered", "mediation_rights_told", "mediator_named",
    }  # fmt: skip
    assert (set(seen.texts.get(1, {})), seen.contacts) == ({"title"}, [])
    assert seen.word("dispute", seen.state.mediations[0].seq) == "欠工钱"


def test_what_was_said_in_a_mediation_is_read_by_those_who_mediate_alone(cast, begun):
    held = at("2026-01-20 15:00")
    moved(cast, begun.matter, held, ("mediator", "hold_mediation", SITTING))

    def said(who):
        seen = dossier_for(getattr(cast, who), begun.number, held)
        return any("手头紧" in (words.get("statements") or "") for words in seen.texts.values())

    assert [said(who) for who in ("mediator", "deputy", "director", "bureau", "supervisor")] == [
        True, True, False, False, False]  # fmt: skip


def test_a_refusal_leaves_the_matter_as_it_was(cast):
    matter = registered(cast, START).matter
    before = moved(cast, matter, START, ("director", "triage", TRIAGE), ("clerk", "offer_mediation", OFFER))
    rows = list(Deadline.objects.filter(matter=matter).order_by("key").values("key", "due_on", "met_at", "ended_at"))
    answer = {"party": 2, "party_answer": "declines", "answered_how": "telephone", "answered_on": "2026-01-12"}
    after = moved(cast, matter, START, ("clerk", "answer_mediation", answer))
    assert (after.stage, after.holder, after.tasks) == (before.stage, before.holder, before.tasks)
    assert list(
        Deadline.objects.filter(matter=matter).order_by("key").values("key", "due_on", "met_at", "ended_at")
    ) == rows  # fmt: skip
    assert not state_of(matter).mediations[0].is_open
