"""The mediation file: gates, signatures and their effect, limits, performance, breach, the court (domain 3.1, 3.2)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.mediation_story import agreed, begun, drafted, offered
from tests.rules.states import CENTRE, Story, actor, asked, at, counting, state
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.limits import CODES
from xinfang.rules.lifecycle import mediating
from xinfang.rules.lifecycle.allowed import BY_NAME, why_not
from xinfang.rules.lifecycle.values import check_together, entered
from xinfang.rules.matters.codes import Kind, Result, Stage
from xinfang.rules.mediation.codes import AgreementForm, CourtWord, MediationKind, PartyAnswer, Performance, Signer
from xinfang.rules.mediation.file import Agreement, last, signature
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.supervision.strike_off import conditions
from xinfang.rules.tasks.waiting import waits_on

DEPUTY = actor(Role.CENTRE_DEPUTY)
OFFER = {
    "mediation_kind": "people",
    "source": "applied",
    "other_parties": "李二\n王五",
    "dispute": "滴水",
    "civil": True,
}
SITTING = {"held_on": "2026-01-13", "place": "站里", "statements": "各说各的", "outcome_words": "再谈"}
DRAFT = {
    "agreement_form": "written", "agreed_facts": "欠款", "responsibility": "乙方付", "content": "2月28日前付两万元",
    "performed_how": "转账", "performed_where": "村里", "document": "调1",
}  # fmt: skip


def file_of(story):
    found = last(story.state().mediations)
    assert found is not None
    return found


def q(of, when="2026-01-13 10:00", who=DEPUTY):
    return asked(of.state() if isinstance(of, Story) else of, who, at(when))


def tried(name, values, of, when="2026-01-13 10:00"):
    """The refusal and its field; None where the values may be entered."""
    question = q(of, when)
    try:
        given = entered(BY_NAME[name], values)
        check_together(BY_NAME[name], given.facts, given.words, question)
    except RuleBroken as broken:
        return broken.code, broken.field
    return None


def limits(story):
    """Each noted limit: rule, due day, whether it still runs."""
    found = story.state()
    clocks = {clock.k: clock for clock in clocks_of(found, counting()) if clock.code in CODES.values()}
    return [(limit.rule, str(clocks[limit.k].due.due), limit.runs) for limit in found.limits]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"civil": False}, ("not_civil", "civil")),
        ({"taken_elsewhere": True}, ("taken_elsewhere", "taken_elsewhere")),
        ({"violence": True}, ("violence_not_mediated", "violence")),
        ({"other_parties": "\n".join(f"第{n}户" for n in range(10))}, ("too_many_parties", "other_parties")),
        ({"other_parties": "李二\n 李二"}, ("party_twice", "other_parties")),
    ],
)
def test_only_a_civil_dispute_that_nobody_else_has_and_that_endangers_nobody_is_mediated(changed, expected):
    assert tried("offer_mediation", {**OFFER, **changed}, state(kind=Kind.CLAIM)) == expected


def test_nothing_is_mediated_that_is_no_claim_or_that_is_kept_secret_or_mediated_already():
    for kind in (None, Kind.CLAIM, Kind.DISPUTE):
        assert mediating.mediable(q(state(kind=kind)))
    for kept in ({"kind": Kind.SUGGESTION}, {"kind": Kind.CLAIM, "restricted": True}):
        assert not mediating.mediable(q(state(**kept)))
    assert not mediating.mediable(q(offered()))
    refused = offered().add("mediation_answered", "2026-01-12 11:00", party=2, party_answer="declines")
    assert mediating.mediable(q(refused))


def test_a_refusal_ends_the_mediation_and_does_nothing_else():
    story = offered(mediation_kind="labour", time_rule="ME-LAB15")
    before = story.state()
    after = story.add("mediation_answered", "2026-01-13 11:00", party=2, party_answer="declines").state()
    assert file_of(story).answers == {2: PartyAnswer.DECLINES}
    assert file_of(story).ended_at == at("2026-01-13 11:00")
    assert limits(story) == [("ME-LAB15", "2026-01-27", False)]
    assert (after.stage, after.kind, after.result, after.breached) == (before.stage, before.kind, None, frozenset())
    names = [spec.name for spec in BY_NAME["answer_mediation"].fields]
    assert names == ["party", "party_answer", "answered_how", "answered_on"]


def test_every_party_answers_once_on_a_day_between_the_offer_and_today():
    answer = {"party": 2, "party_answer": "consents", "answered_how": "telephone", "answered_on": "2026-01-13"}
    assert tried("answer_mediation", answer, offered()) is None
    assert tried("answer_mediation", {**answer, "party": 3}, offered()) == ("no_such_party", "party")
    assert tried("answer_mediation", answer, begun()) == ("no_such_party", "party")
    early, late = {**answer, "answered_on": "2026-01-11"}, {**answer, "answered_on": "2026-01-14"}
    assert tried("answer_mediation", early, offered()) == ("before_mediation", "answered_on")
    assert tried("answer_mediation", late, offered()) == ("date_in_the_future", "answered_on")


def test_a_mediator_declares_no_conflict_and_does_not_handle_the_petition():
    named = {"mediator": 44, "mediator_why": "chosen", "no_conflict": True}
    half = offered()
    assert why_not(BY_NAME["name_mediator"], q(half)).code == "need_all_consent"
    assert tried("name_mediator", named, half) is None
    assert tried("name_mediator", {**named, "no_conflict": False}, half) == ("conflict_not_denied", "no_conflict")
    assert tried("name_mediator", named, begun()) == ("mediates_already", "mediator")
    handled = replace(begun().state(), resolution_proposed_by=45)
    assert tried("name_mediator", {**named, "mediator": 45}, handled) == ("mediator_handles", "mediator")


def test_the_month_begins_with_the_first_mediator_and_another_one_begins_nothing_anew():
    story = offered()
    for party in (1, 2):
        story.add("mediation_answered", "2026-01-12 11:00", party=party, party_answer="consents")
    assert mediating.begins({}, q(story)) == {"time_rule": "ME-1M"}
    story = begun()
    assert limits(story) == [("ME-1M", "2026-02-12", True)]
    assert mediating.begins({}, q(story)) == {}
    story.add("mediator_named", "2026-01-14 09:00", mediator=45, mediator_why="change_asked")
    assert (file_of(story).mediator, file_of(story).mediators) == (45, {44, 45})
    assert limits(story) == [("ME-1M", "2026-02-12", True)]
    assert mediating.begins({}, q(state())) == {}


def test_a_labour_dispute_is_free_for_arbitration_from_the_request_and_gets_no_second_time():
    labour = {"mediation_kind": MediationKind.LABOUR}
    assert mediating.offered(labour, q(state())) == {"time_rule": "ME-LAB15"}
    assert mediating.offered({"mediation_kind": MediationKind.PEOPLE}, q(state())) == {}
    story = offered(mediation_kind="labour", time_rule="ME-LAB15")
    assert mediating.begins({}, q(story)) == {}


def test_a_medical_mediation_has_thirty_working_days_and_an_expertise_takes_none_of_them():
    """S06: accepted on 2026-09-08, due 2026-10-26; expertise from 2026-09-15 to 2026-10-15."""
    story = Story("2026-09-07 09:00", kind="claim").add(
        "mediation_offered", "2026-09-07 10:00", mediation_kind="medical", source="applied", others=1
    )
    story.add("mediator_named", "2026-09-08 10:00", mediator=44, mediator_why="appointed", time_rule="ME-MED30W")
    assert limits(story) == [("ME-MED30W", "2026-10-26", True)]
    story.add("limit_paused", "2026-09-15 10:00", k=1, since="2026-09-15")
    story.add("limit_resumed", "2026-10-15 10:00", k=1, until="2026-10-15")
    assert limits(story)[0][1] > "2026-10-26"


def test_nobody_mediates_before_all_consent_and_know_their_rights():
    story = begun()
    assert why_not(BY_NAME["hold_mediation"], q(story)) is None
    unknowing = replace(file_of(story), rights_told=frozenset({1}))
    kept = replace(story.state(), mediations=(unknowing,))
    assert why_not(BY_NAME["hold_mediation"], q(kept)).code == "need_mediation_begun"
    told = {"party": 2, "told_on": "2026-01-13"}
    assert tried("tell_mediation_rights", told, kept) is None
    assert tried("tell_mediation_rights", {**told, "party": 1}, kept) == ("no_such_party", "party")
    assert tried("tell_mediation_rights", told, state()) == ("no_such_party", "party")


def test_where_danger_is_seen_the_record_says_what_was_done():
    assert tried("hold_mediation", SITTING, begun()) is None
    seen = {**SITTING, "danger_seen": True}
    assert tried("hold_mediation", seen, begun()) == ("field_required", "danger_measures")
    assert tried("hold_mediation", {**seen, "danger_measures": "报了警"}, begun()) is None


def test_longer_only_as_long_as_everybody_wants_and_to_a_later_day():
    story = begun()
    longer = {"prolonged_to": "2026-02-20", "all_agree": True}
    assert tried("prolong_mediation", longer, story) is None
    assert tried("prolong_mediation", {**longer, "all_agree": False}, story) == ("all_must_agree", "all_agree")
    story.add("mediation_prolonged", "2026-01-13 09:00", prolonged_to="2026-02-20")
    assert file_of(story).until == date(2026, 2, 20)
    assert tried("prolong_mediation", longer, story) == ("not_longer", "prolonged_to")
    assert tried("prolong_mediation", {**longer, "prolonged_to": "2026-01-10"}, state()) == (
        "not_longer", "prolonged_to")  # fmt: skip


def test_an_end_without_agreement_ends_its_time_and_no_clock_of_the_petition():
    story = begun()
    before = {clock.key: clock for clock in clocks_of(story.state(), counting()) if not clock.rule}
    story.add("mediation_ended", "2026-01-20 10:00", mediation_end="no_agreement")
    assert not file_of(story).is_open
    assert limits(story) == [("ME-1M", "2026-02-12", False)]
    assert {clock.key: clock for clock in clocks_of(story.state(), counting()) if not clock.rule} == before


def test_an_agreement_is_written_wherever_somebody_wants_it():
    story = begun().add("mediation_held", "2026-01-13 09:00", held_on="2026-01-13")
    assert why_not(BY_NAME["draft_agreement"], q(story)) is None
    assert why_not(BY_NAME["draft_agreement"], q(begun())).code == "need_agreement_unsigned"
    oral = {**DRAFT, "agreement_form": "oral"}
    assert tried("draft_agreement", DRAFT, story) is None
    assert tried("draft_agreement", oral, story) == ("oral_needs_all", "nobody_wants_paper")
    assert tried("draft_agreement", {**oral, "nobody_wants_paper": True}, story) is None
    assert mediating.oral_effect(oral, q(story)) == {"effect_on": "2026-01-13"}
    assert mediating.oral_effect(DRAFT, q(story)) == {}
    story = drafted(form="oral", effect_on="2026-01-20")
    assert (file_of(story).in_effect, file_of(story).unsigned) == (True, ())
    assert limits(story) == [("ME-1M", "2026-02-12", False), ("ME-JC30", "2026-02-24", True)]


def test_promises_come_before_signatures_and_from_somebody_who_takes_part():
    promise = {"party": 2, "due_on": "2026-02-28", "yuan": 20000, "promised": "付款"}
    assert tried("add_performance", promise, drafted(), "2026-01-20 12:00") is None
    assert tried("add_performance", {**promise, "party": 3}, drafted(), "2026-01-20 12:00") == (
        "no_such_party", "party")  # fmt: skip
    signed = drafted().add("agreement_signed", "2026-01-21 09:00", signer="mediator", signed_on="2026-01-21")
    assert tried("add_performance", promise, signed, "2026-01-21 12:00") == ("signed_already", "promised")
    assert why_not(BY_NAME["draft_agreement"], q(signed, "2026-01-21 12:00")).code == "need_agreement_unsigned"
    assert mediating.check_promised(promise, {}, q(state())) is None


def test_the_effect_comes_with_the_last_of_all_signatures_and_the_seal():
    story = drafted("2026-02-28")
    sign = {"signer": "party", "party": 1, "signed_on": "2026-01-28"}
    assert tried("sign_agreement", sign, story, "2026-01-28 12:00") is None
    early = {**sign, "signed_on": "2026-01-19"}
    assert tried("sign_agreement", early, story, "2026-01-28 12:00") == ("before_mediation", "signed_on")
    assert tried("sign_agreement", {**sign, "party": 3}, story, "2026-01-28 12:00") == ("no_such_party", "party")
    for key in ({"party": 1}, {"party": 2}):
        story.add("agreement_signed", "2026-01-28 10:00", signer="party", signed_on="2026-01-28", **key)
    assert tried("sign_agreement", sign, story, "2026-01-28 12:00") == ("signed_already", "signer")
    assert file_of(story).unsigned == ("mediator", "committee")
    seal = {"signer": Signer.COMMITTEE, "signed_on": "2026-01-27"}
    assert mediating.effect_after(seal, q(story, "2026-01-30 12:00")) == {}
    story.add("agreement_signed", "2026-01-30 10:00", signer="mediator", signed_on="2026-01-30")
    # sealed on paper before the mediator signed: the later day counts, whichever was entered last
    assert mediating.effect_after(seal, q(story, "2026-01-30 12:00")) == {"effect_on": "2026-01-30"}
    assert mediating.effect_after(seal, q(state())) == {}
    assert mediating.check_signed(sign, {}, q(state())) is None


def test_with_the_effect_begin_the_days_for_the_court_and_the_visits():
    """S11: effect 2026-01-30; court until 2026-03-02 (raw Sunday 03-01); payment 02-28, visit 03-02."""
    story = agreed("2026-02-28")
    assert file_of(story).agreement.effect_on == date(2026, 1, 30)
    assert limits(story) == [
        ("ME-1M", "2026-02-12", False), ("ME-JC30", "2026-03-02", True), ("HF-FUP1", "2026-03-02", True),
        ("HF-FUP30", "2026-03-30", True),
    ]  # fmt: skip
    assert agreed().state().limits[-1].rule == "ME-JC30"
    assert file_of(agreed()).agreement.is_performed


def test_what_is_kept_is_performed_and_visits_answer_for_the_days_that_came():
    story = agreed("2026-02-28", "2026-03-31")
    record = {"k": 1, "performance": "kept", "seen_on": "2026-03-02", "evidence_words": "转账凭证"}
    assert tried("record_performance", record, story, "2026-03-02 10:00") is None
    assert tried("record_performance", {**record, "k": 3}, story, "2026-03-02 10:00") == ("no_such_step", "k")
    assert tried("record_performance", record, state(), "2026-03-02 10:00") == ("no_such_step", "k")
    story.add("parties_visited", "2026-03-02 10:00", visited_on="2026-03-02")
    assert [row for row in limits(story) if row[0] == "HF-FUP1"] == [
        ("HF-FUP1", "2026-03-02", False), ("HF-FUP1", "2026-04-01", True)]  # fmt: skip
    for k, on in ((1, "2026-03-02"), (2, "2026-03-31")):
        assert not file_of(story).agreement.is_performed
        story.add("performance_recorded", f"{on} 12:00", k=k, performance="kept", seen_on=on)
    agreement = file_of(story).agreement
    assert (agreement.is_performed, agreement.open_steps, agreement.is_broken) == (True, (), False)
    assert limits(story)[-3:] == [
        ("HF-FUP1", "2026-04-01", False), ("HF-FUP30", "2026-04-30", True), ("HF-FUP6M", "2026-07-30", True),
    ]  # fmt: skip
    story.add("parties_visited", "2026-04-22 10:00", visited_on="2026-04-22")
    assert [runs for _rule, _due, runs in limits(story)[-2:]] == [True, True]
    story.add("parties_visited", "2026-04-23 10:00", visited_on="2026-04-23")  # a week before the last day
    assert [runs for _rule, _due, runs in limits(story)[-2:]] == [False, True]
    story.add("parties_visited", "2026-07-22 10:00", visited_on="2026-07-22")
    assert limits(story)[-1][2] is False
    assert mediating.mediable(q(story, "2026-04-02 10:00"))


def test_a_promise_is_not_broken_before_its_day_is_over():
    broken = {"k": 1, "performance": "broken", "seen_on": "2026-02-28", "evidence_words": "没有付"}
    story = agreed("2026-02-28")
    assert tried("record_performance", broken, story, "2026-03-02 10:00") == ("not_broken_yet", "seen_on")
    assert tried("record_performance", {**broken, "seen_on": "2026-03-01"}, story, "2026-03-02 10:00") is None


def test_a_breach_takes_back_that_it_was_solved_and_opens_what_was_closed():
    """S11: found on 2026-03-02; the petitioner may sue for three years from then."""
    story = agreed("2026-02-28").add("resolution_verified", "2026-02-10 10:00", by=9)
    assert story.state().resolved_at is not None
    facts = {"performance": Performance.BROKEN}
    assert mediating.after_breach(facts, q(story, "2026-03-02 12:00")) == {}
    closed = replace(story.state(), stage=Stage.CLOSED)
    assert mediating.after_breach(facts, q(closed, "2026-03-02 12:00")) == {"ground": "breach", "stage": "triaged"}
    accepted = replace(closed, accepted_at=at("2026-01-20 10:00"))
    assert mediating.after_breach(facts, q(accepted, "2026-03-02 12:00"))["stage"] == "handling"
    assert mediating.after_breach({"performance": Performance.KEPT}, q(closed, "2026-03-02 12:00")) == {}
    story.add("performance_recorded", "2026-03-02 12:00", k=1, performance="broken", seen_on="2026-03-02")
    after = story.state()
    assert (after.resolved_at, file_of(story).agreement.is_broken) == (None, True)
    assert limits(story)[-1] == ("EX-CIV3Y", "2029-03-02", True)


def test_a_breach_reopens_a_struck_off_matter_by_itself():
    story = agreed("2026-02-28").add("closed", "2026-02-10 10:00", result="agreement_performed", stage="closed")
    story.add(
        "performance_recorded", "2026-03-02 12:00", k=1, performance="broken", seen_on="2026-03-02", ground="breach",
        stage="triaged",
    )  # fmt: skip
    after = story.state()
    assert (after.stage, after.closed_at, after.result, after.reopened_at) == (
        Stage.TRIAGED, None, None, at("2026-03-02 12:00"),
    )  # fmt: skip


def test_the_petitioners_own_breach_gives_nobody_here_a_suit():
    story = drafted().add("performance_promised", "2026-01-20 11:10", party=1, due_on="2026-02-28")
    story.add("agreement_signed", "2026-01-30 10:00", signer="committee", signed_on="2026-01-30",
              effect_on="2026-01-30")  # fmt: skip
    story.add("performance_recorded", "2026-03-02 12:00", k=1, performance="broken", seen_on="2026-03-02")
    assert "EX-CIV3Y" not in [limit.rule for limit in story.state().limits]


def test_all_apply_together_and_whoever_is_late_says_why():
    story = agreed("2026-02-28")
    asks = {"asked_on": "2026-03-02", "court": "区法院", "all_apply": True}
    assert tried("ask_confirmation", asks, story, "2026-03-03 10:00") is None
    assert tried("ask_confirmation", {**asks, "all_apply": False}, story, "2026-03-03 10:00") == (
        "all_must_apply", "all_apply")  # fmt: skip
    late = {**asks, "asked_on": "2026-03-03"}
    assert tried("ask_confirmation", late, story, "2026-03-03 10:00") == ("field_required", "why_late")
    assert tried("ask_confirmation", {**late, "why_late": "住院"}, story, "2026-03-03 10:00") is None
    early = {**asks, "asked_on": "2026-01-29"}
    assert tried("ask_confirmation", early, story, "2026-03-03 10:00") == ("before_mediation", "asked_on")
    assert tried("ask_confirmation", asks, state(), "2026-03-03 10:00") is None


def test_what_a_court_confirmed_is_enforced_within_two_years_from_the_last_day_of_performance():
    """S11: confirmed, enforcement until 2028-02-28."""
    story = agreed("2026-02-28").add("confirmation_asked", "2026-02-02 10:00", asked_on="2026-02-02")
    assert ("ME-JC30", "2026-03-02", False) in limits(story)
    word = {"court_word": "confirmed", "decided_on": "2026-02-01", "document": "民特1"}
    assert tried("record_confirmation", word, story, "2026-02-12 10:00") == ("before_mediation", "decided_on")
    assert tried("record_confirmation", {**word, "decided_on": "2026-02-10"}, story, "2026-02-12 10:00") is None
    story.add("confirmation_decided", "2026-02-10 10:00", court_word="confirmed", decided_on="2026-02-10")
    assert file_of(story).court is CourtWord.CONFIRMED
    assert limits(story)[-1] == ("ME-ENF2Y", "2028-02-28", True)
    story.add("performance_recorded", "2026-03-02 12:00", k=1, performance="broken", seen_on="2026-03-02")
    assert "EX-CIV3Y" not in [limit.rule for limit in story.state().limits]
    assert tried("record_confirmation", word, state(), "2026-02-12 10:00") is None


def test_an_agreement_counts_as_performed_only_when_every_promise_was_seen_kept():
    result = {"result_words": "好了", "result": "agreement_performed", "petitioner_told": "说了"}
    open_one = agreed("2026-02-28")
    assert tried("implement", result, open_one, "2026-03-02 10:00") == ("agreement_not_performed", "result")
    assert tried("implement", result, drafted(), "2026-03-02 10:00") == ("agreement_not_performed", "result")
    assert tried("implement", {**result, "result": Result.SUPPORTED_DONE.value}, open_one, "2026-03-02 10:00") is None
    open_one.add("performance_recorded", "2026-03-02 09:00", k=1, performance="kept", seen_on="2026-03-02")
    assert tried("implement", result, open_one, "2026-03-02 10:00") is None


def test_nobody_strikes_off_what_is_mediated_or_promised():
    def missing(story):
        return {one.code: one.missing for one in conditions(q(story, "2026-04-02 10:00"))}["Z-5"]

    assert missing(begun()) == "mediation_open"
    assert missing(agreed("2026-02-28")) == "performance_open"
    assert missing(agreed()) == ""


def test_a_signature_is_known_by_who_gave_it():
    assert (signature(Signer.PARTY, 2), signature(Signer.MEDIATOR)) == ("party:2", "mediator")
    assert last(()) is None
    assert Agreement(AgreementForm.ORAL, at("2026-01-20 11:00"), 3).last_day is None
    assert file_of(begun()).unsigned == ()


def test_the_whole_committee_stands_at_the_desk():
    assert (
        why_not(BY_NAME["hold_mediation"], q(begun(), who=actor(Role.WINDOW_CLERK, unit=CENTRE))).code == "role_may_not"
    )


def test_a_mediation_waits_for_its_mediator_until_nothing_is_promised_any_more():
    assert "user:31" not in waits_on(offered().state())
    assert f"heads:{CENTRE}" in waits_on(offered().state())
    story = agreed("2026-02-28")
    mediator = file_of(story).mediator
    assert f"user:{mediator}" in waits_on(begun().state())
    assert f"user:{mediator}" in waits_on(story.state())
    story.add("performance_recorded", "2026-03-02 12:00", k=1, performance="kept", seen_on="2026-03-02")
    assert f"user:{mediator}" not in waits_on(story.state())
    story.add("confirmation_asked", "2026-03-02 13:00", asked_on="2026-03-02")
    assert f"user:{mediator}" in waits_on(story.state())
    story.add("confirmation_decided", "2026-03-05 13:00", court_word="confirmed", document="民特1")
    assert f"user:{mediator}" not in waits_on(story.state())
