"""What each event makes of a matter, and that folding is nothing but applying one after another."""

import pytest

from tests.rules.states import CENTRE, LABOUR, NOON, OTHER, TOWN, Story, at, state
from xinfang.rules.matters.apply import apply, born, fold
from xinfang.rules.matters.codes import (
    Channel,
    ExplicitSource,
    Grade,
    Kind,
    Lane,
    Level,
    LinkKind,
    Outcome,
    RefusalGround,
    Result,
    Route,
    Stage,
)
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.pairs import require_merge
from xinfang.rules.refusals import RuleBroken

MINUTES = {"k": 1, "version": 1, "attendance": []}
SITTING = {"room": 1, "starts": "2026-03-05T09:00+08:00", "ends": "2026-03-05T10:00+08:00"}


def plain():
    return Story("2026-03-02 09:00").triaged("2026-03-02 10:00")


def assigned():
    co = [{"unit": LABOUR, "due_on": "2026-03-10"}]
    return plain().assigned("2026-03-02 11:00", mode="assignment", due_on="2026-03-20", co_units=co)


def handled():
    return assigned().accepted("2026-03-03 10:00")


def test_folding_is_applying_one_event_after_another_and_always_the_same():
    story = handled()
    state_now = born(story.events[0])
    for event in story.events[1:]:
        state_now = apply(state_now, event)
    assert state_now == fold(story.events) == fold(iter(story.events))
    assert (state_now.seq, state_now.last_at) == (4, at("2026-03-03 10:00"))


def test_a_matter_begins_with_its_registration():
    with pytest.raises(ValueError, match="not with triaged"):
        fold(plain().events[1:])


def test_an_event_that_says_nothing_of_the_state_moves_its_seq_alone():
    before = plain().state()
    after = plain().add("note_added", "2026-03-02 12:00").state()
    assert (after.seq, after.last_at) == (3, at("2026-03-02 12:00"))
    assert (after.stage, after.tasks, after.documents) == (before.stage, before.tasks, before.documents)


PAYLOADS = {
    "triaged": {"kind": "claim", "nature": "general"}, "reclassified": {"nature": "major"},
    "assigned": {"lead": TOWN}, "handler_named": {"handler": 5}, "document_served": {"document_kind": "opinion"},
    "channelled": {"route": "judicial"}, "not_accepted": {"ground": "n5"}, "extended": {"days": 9, "document": "1"},
    "overrun_approved": {"clock": "13710-7"}, "opinion_signed": {"outcome": "supported", "document": "1"},
    "opinion_served": {"way": "post"}, "implemented": {"result": "supported_done"},
    "replied_directly": {"result": "replied_directly"}, "monthly_reported": {"k": 1},
    "report_read": {"k": 0, "verdict": "accepted"},
    "plan_filed": {"steps": [{"unit": TOWN, "due_on": "2026-04-01"}]},
    "session_called_off": {"k": 1}, "session_moved": {"k": 1, "moves": 1, **SITTING},
    "session_called": {**SITTING, "guests": []}, "session_answered": {"k": 1, "n": 1, "answer": "coming"},
    "session_held": MINUTES, "session_corrected": MINUTES,
    "step_done": {"k": 1}, "restudied": {}, "breach_explained": {"clock": "13710-7"},
    "called_back": {"call_outcome": "reached"},
    "rated": {"organ": "petition_bureau", "grade": "satisfied"}, "rating_revoked": {"organ": "petition_bureau"},
    "reopened": {"ground": "error"}, "linked": {"link": "same", "other": str(OTHER)},
    "unlinked": {"other": str(OTHER)}, "split": {"link": "split_into", "other": str(OTHER)},
    "merged": {"link": "merged_into", "other": str(OTHER)}, "unmerged": {"other": str(OTHER)},
    "slip_bound": {"slip": "S"}, "due_soon": {"clock": "13710-7", "level": 1},
    "breached": {"clock": "13710-7", "level": 4}, "batch_linked": {"batch": "B"},
    "limit_noted": {"rule": "EX-FY60", "from_on": "2026-03-01"}, "limit_told": {"k": 1}, "limit_met": {"k": 1},
    "limit_paused": {"k": 1, "since": "2026-03-01"}, "limit_resumed": {"k": 1, "until": "2026-03-01"},
    "limit_dropped": {"k": 1}, "urgent_reported": {"reported_to": "committee"},
    "leader_received": {"leader": 4}, "task_returned": {"k": 1}, "task_urged": {"k": 1},
    "task_called_off": {"k": 1}, "part_ruled": {"k": 1, "ruling": "upheld"},
    "charge_taken": {"leader": 4},
    "review_asked": {"level": "first_review", "of": [TOWN], "appealed": "意1", "asked_on": "2026-03-02"},
    "lateness_noted": {"lateness": "excused"}, "hearing_opened": {"since": "2026-03-02"},
    "hearing_closed": {"until": "2026-03-02"}, "review_decided": {"decision": "maintained", "document": "复1"},
    "review_served": {"way": "post"},
    "mediation_answered": {"party": 2, "party_answer": "declines"}, "mediator_named": {"mediator": 4},
    "mediation_rights_told": {"party": 1}, "mediation_prolonged": {"prolonged_to": "2026-04-30"},
    "agreement_drafted": {"agreement_form": "written"},
    "performance_promised": {"party": 2, "due_on": "2026-04-30"},
    "agreement_signed": {"signer": "mediator", "signed_on": "2026-03-02"},
    "performance_recorded": {"k": 1, "performance": "kept", "seen_on": "2026-03-02"},
    "parties_visited": {"visited_on": "2026-03-02"}, "confirmation_asked": {"asked_on": "2026-03-02"},
    "confirmation_decided": {"court_word": "refused"},
}  # fmt: skip


def test_every_event_type_can_be_read():
    """None of them stops a fold, whatever is in front of it."""
    for kind in EventType:
        if kind is not EventType.REGISTERED:
            assert (
                Story("2026-03-02 09:00").add(kind.value, "2026-03-02 10:00", **PAYLOADS.get(kind, {})).state().seq == 2
            )


def test_what_a_registration_says():
    story = Story(
        "2026-03-02 09:00", kind="suggestion", level="province", addressee="county", present=3, concerned=9,
        anonymous=True, restricted=True, imported=True, batch="B", recused_users=[5], recused_units=[CENTRE],
        purpose="p", category="c",
    )  # fmt: skip
    made = story.state()
    assert (made.kind, made.level, made.addressee) == (Kind.SUGGESTION, Level.PROVINCE, Level.COUNTY)
    assert (made.present, made.concerned, made.anonymous, made.restricted, made.imported) == (3, 9, True, True, True)
    assert (made.batch, made.recused_users, made.recused_units) == ("B", {5}, {CENTRE})
    bare = Story("2026-03-02 09:00").state()
    assert (bare.kind, bare.level, bare.addressee, bare.registered_by, bare.origin_unit) == (
        None,
        None,
        None,
        1,
        CENTRE,
    )


def test_triage_and_what_may_change_of_it():
    first = plain().add("reclassified", "2026-03-03 10:00", nature="complex").state()
    assert (first.nature, first.solvable, first.triaged_at) == ("complex", False, at("2026-03-02 10:00"))
    laned = Story("2026-03-02 09:00", category="a").add(
        "triaged", "2026-03-02 10:00", kind="claim", nature="general", lane="mediation", category="b"
    )
    assert (laned.state().lane, laned.state().category, laned.state().triaged_by) == (Lane.MEDIATION, "b", 1)


def test_an_assignment_gives_each_unit_its_part_and_takes_the_lead_from_the_one_before():
    story = assigned()
    lead, co = story.state().tasks
    assert (lead.unit, str(lead.due_on), co.unit, str(co.due_on)) == (TOWN, "2026-03-20", LABOUR, "2026-03-10")
    assert story.state().lead == lead
    again = story.assigned("2026-03-04 09:00", lead=LABOUR).state()
    assert [(t.unit, t.part, t.is_open) for t in again.tasks] == [
        (TOWN, "lead", False), (LABOUR, "co", False), (LABOUR, "lead", True),
    ]  # fmt: skip
    assert (again.lead.k, again.handling_units) == (3, {TOWN, LABOUR})
    more = assigned().add("assigned", "2026-03-05 09:00", co_units=[{"unit": "999901-ZJ"}], stage="handling").state()
    assert [t.unit for t in more.open_tasks] == [TOWN, LABOUR, "999901-ZJ"]


def test_a_centre_or_station_that_is_given_a_matter_holds_it():
    moved = plain().assigned("2026-03-02 11:00", lead="999901001201", holder="999901001201", holder_path="a.b").state()
    assert (moved.holder, moved.holder_path, moved.origin_unit) == ("999901001201", "a.b", CENTRE)


def test_each_unit_signs_names_and_finishes_its_own():
    story = assigned().add("receipt_signed", "2026-03-02 12:00", unit=LABOUR)
    story.add("handler_named", "2026-03-02 13:00", unit=TOWN, handler=5)
    story.add("task_done", "2026-03-04 10:00", unit=LABOUR)
    lead, co = story.state().tasks
    assert (lead.signed_at, lead.handler, lead.done_at) == (None, 5, None)
    assert (co.signed_at, co.handler, co.done_at) == (at("2026-03-02 12:00"), None, at("2026-03-04 10:00"))
    assert story.state().handlers == {5}


def test_other_doors_each_close_in_their_own_way():
    informed = plain().add("informed", "2026-03-03 10:00", document="告1", way="post", stage="informed").state()
    assert (informed.result, informed.told_at, informed.closed_at) == (Result.INFORMED, *[at("2026-03-03 10:00")] * 2)
    channelled = plain().add("channelled", "2026-03-03 10:00", role="petition_bureau", unit="999901-XF",
                             route="judicial", document="途1", stage="channelled")  # fmt: skip
    assert (channelled.state().route, channelled.state().closed_at) == (Route.JUDICIAL, None)
    assert (channelled.state().decided_by_bureau, len(channelled.state().unserved)) == (True, 1)
    told = channelled.add("channelling_told", "2026-03-04 10:00", way="post").state()
    assert (told.result, told.closed_at, told.unserved) == (Result.CHANNELLED, at("2026-03-04 10:00"), ())
    ended = channelled.add("external_result_recorded", "2026-06-04 10:00").state()
    assert ended.external_result_at == at("2026-06-04 10:00")


@pytest.mark.parametrize(("kind", "notice", "result", "ground"), [
    ("not_accepted", "non_acceptance_notice", Result.NOT_ACCEPTED, RefusalGround.N5_OUTSIDE_POWER),
    ("no_longer_accepted", "no_longer_notice", Result.NO_LONGER, RefusalGround.N2_REVIEWED_SAME_FACTS),
])  # fmt: skip
def test_a_refusal_closes_when_its_notice_has_arrived(kind, notice, result, ground):
    stage = "not_accepted" if kind == "not_accepted" else "no_longer"
    story = assigned().add(
        kind, "2026-03-03 10:00", unit=TOWN, role="organ_head", document="不1", ground="n5", stage=stage
    )
    assert (story.state().refusal_ground, story.state().closed_at, story.state().organ) == (ground, None, TOWN)
    served = story.add("document_served", "2026-03-04 10:00", document_kind=notice, way="post").state()
    assert (served.closed_at, served.result, served.told_at) == (at("2026-03-04 10:00"), result, at("2026-03-04 10:00"))
    contested = story.add("refusal_contested", "2026-03-05 10:00")
    assert contested.state().contested_at == at("2026-03-05 10:00")
    upheld = contested.add("refusal_upheld", "2026-03-06 10:00").state()
    assert (upheld.contested_at, upheld.refusal_ground) == (None, ground)


def test_an_acceptance_is_told_when_its_notice_is_served():
    story = handled()
    assert (story.state().accepted_at, story.state().organ, story.state().told_at) == (
        at("2026-03-03 10:00"),
        TOWN,
        None,
    )
    other = story.add("document_served", "2026-03-04 10:00", document_kind="extension_notice", way="post").state()
    assert other.told_at is None
    served = story.add("document_served", "2026-03-05 10:00", document_kind="acceptance_notice", way="post").state()
    assert (served.told_at, served.documents[0].way) == (at("2026-03-05 10:00"), "post")


def opinion(outcome):
    story = handled().add("handling_started", "2026-03-03 11:00", unit=TOWN, stage="handling")
    story.add("opinion_signed", "2026-03-20 10:00", unit=TOWN, outcome=outcome, document="意1")
    return story.add("opinion_served", "2026-03-21 10:00", unit=TOWN, way="post", stage="opinion_served")


@pytest.mark.parametrize(("outcome", "result"), [
    ("supported", Result.SUPPORTED_DONE), ("explained", Result.EXPLAINED), ("not_supported", Result.NOT_SUPPORTED),
])  # fmt: skip
def test_an_opinion_that_was_served_closes(outcome, result):
    made = opinion(outcome).state()
    assert (made.outcome, made.closed_at, made.result) == (Outcome(outcome), at("2026-03-21 10:00"), result)
    assert made.documents[-1].served_at == at("2026-03-21 10:00")


def test_what_was_done_before_the_opinion_closes_with_the_opinion_and_keeps_its_result():
    story = handled().add("implemented", "2026-03-10 10:00", unit=TOWN, result="partly_done", evidence=True,
                          stage="accepted")  # fmt: skip
    assert (story.state().closed_at, story.state().implemented_at) == (None, at("2026-03-10 10:00"))
    story.add("opinion_signed", "2026-03-20 10:00", unit=TOWN, outcome="supported", document="意1")
    story.add("opinion_served", "2026-03-21 10:00", unit=TOWN, way="post", stage="opinion_served")
    assert (story.state().closed_at, story.state().result) == (at("2026-03-21 10:00"), Result.PARTLY_DONE)
    assert (story.state().evidence, story.state().on_the_spot) == (True, False)


def test_a_direct_reply_ends_the_work_of_everybody():
    story = assigned().add("replied_directly", "2026-03-04 10:00", unit="999901-XF", role="petition_bureau",
                           result="suggestion_adopted", document="复1", way="post", stage="closed")  # fmt: skip
    made = story.state()
    assert (made.open_tasks, made.result, made.decided_by_bureau) == ((), Result.SUGGESTION_ADOPTED, True)
    assert (made.documents[-1].kind, made.unserved, "999901-XF" in made.handling_units) == ("direct_reply", (), True)
    bare = plain().add("replied_directly", "2026-03-04 10:00", result="replied_directly", stage="closed").state()
    assert bare.documents == ()


def test_the_four_closing_facts_have_four_authors_and_their_own_ways_back():
    story = plain().add(
        "implemented", "2026-03-03 10:00", result="supported_done", on_the_spot=True, stage="implemented"
    )
    story.add("resolution_proposed", "2026-03-03 11:00", by=1).add("resolution_verified", "2026-03-04 10:00", by=9)
    story.add("put_at_rest", "2026-03-06 10:00", role="petitioner", by=None).add(
        "closed", "2026-03-06 11:00", stage="closed"
    )
    story.add("strike_off_proposed", "2026-03-06 12:00").add("struck_off", "2026-03-07 10:00", stage="struck_off")
    made = story.state()
    assert (made.closed_at, made.resolved_at, made.at_rest_at, made.struck_off_at) == (
        at("2026-03-03 10:00"), at("2026-03-04 10:00"), at("2026-03-06 10:00"), at("2026-03-07 10:00"),
    )  # fmt: skip
    assert (made.resolution_proposed_by, made.resolved_by) == (1, 9)
    assert story.add("rest_revoked", "2026-03-08 10:00").state().at_rest_at is None
    withdrawn = story.add("resolution_withdrawn", "2026-03-09 10:00").state()
    assert (withdrawn.resolved_at, withdrawn.resolution_proposed_at) == (None, None)


@pytest.mark.parametrize(("ground", "resolved"), [
    ("breach", False), ("not_executed", False), ("error", False), ("new_facts", True), ("petitioner_objects", True),
])  # fmt: skip
def test_reopening_takes_back_what_its_ground_takes_back(ground, resolved):
    story = opinion("supported").add("implemented", "2026-03-25 10:00", unit=TOWN, result="supported_done",
                                     stage="implemented")  # fmt: skip
    story.add("resolution_proposed", "2026-03-26 10:00").add("resolution_verified", "2026-03-27 10:00", by=9)
    story.add("closed", "2026-03-28 10:00", stage="closed").add("refusal_contested", "2026-03-29 10:00")
    story.add("withdrawal_asked", "2026-03-29 11:00").add("external_result_recorded", "2026-03-29 12:00")
    made = story.add("reopened", "2026-04-01 10:00", ground=ground, stage="handling").state()
    assert bool(made.resolved_at) is resolved
    assert (made.closed_at, made.result, made.outcome, made.contested_at, made.withdrawal) == (None,) * 5
    assert (made.external_result_at, made.opinion_served_at, made.lead.is_open) == (None, None, True)
    assert made.first_opinion_at == at("2026-03-21 10:00")


def test_calls_ratings_and_withdrawals():
    story = handled().add("withdrawal_asked", "2026-03-04 10:00")
    assert story.state().withdrawal.asked_at == at("2026-03-04 10:00")
    assert story.add("withdrawal_revoked", "2026-03-04 11:00").state().withdrawal is None
    story.add("withdrawal_asked", "2026-03-04 12:00")
    made = story.add("withdrawal_confirmed", "2026-03-06 10:00", stage="withdrawn").state()
    assert (made.result, made.closed_at, made.open_tasks) == (Result.WITHDRAWN, at("2026-03-06 10:00"), ())
    story.add("called_back", "2026-03-07 10:00", by=9, unit="999901-HF", call_outcome="not_reached", told=False)
    story.add("rated", "2026-03-08 10:00", organ="petition_bureau", grade="fairly")
    assert story.state().ratings == {"petition_bureau": Grade.FAIRLY}
    assert (len(story.state().calls), story.state().result_told_at) == (1, at("2026-03-06 10:00"))
    assert story.add("rating_revoked", "2026-03-09 10:00", organ="petition_bureau").state().ratings == {}


def test_corrections_change_what_they_name():
    story = plain().add("corrected", "2026-03-03 10:00", refers_to=1, category="住房", present=4, concerned=40)
    story.add("corrected", "2026-03-03 11:00", refers_to=1, channel="letter")
    made = story.state()
    assert (made.category, made.present, made.concerned, made.channel) == ("住房", 4, 40, Channel.LETTER)
    assert story.add("corrected", "2026-03-03 12:00", refers_to=1).state().category == "住房"


def test_marks_of_the_watcher_recusal_sight_slips_and_batches():
    story = plain().add("due_soon", "2026-03-03 10:00", clock="13710-7", level=2)
    story.add("breached", "2026-03-10 00:00", clock="13710-7", level=4).add(
        "breach_explained", "2026-03-11 10:00", clock="13710-7"
    )
    story.add("recused", "2026-03-11 11:00", recused_user=5).add("recused", "2026-03-11 12:00", recused_unit=TOWN)
    story.add("sight_restricted", "2026-03-11 13:00").add("slip_bound", "2026-03-11 14:00", slip="S1")
    story.add("batch_linked", "2026-03-11 15:00", batch="B1").add("sealed_late", "2026-03-11 16:00")
    made = story.state()
    assert (made.warned, made.breached, made.explained) == ({"13710-7": 4}, {"13710-7"}, {"13710-7"})
    assert (made.recused_users, made.recused_units, made.restricted) == ({5}, {TOWN}, True)
    assert (made.slip, made.batch, made.sealed) == ("S1", "B1", True)


def test_an_explicit_date_is_kept_with_what_it_stands_on():
    dated = {"explicit_on": "2026-03-20", "explicit_source": "leader_instruction", "explicit_document": "批1"}
    made = plain().add("explicit_date_set", "2026-03-03 10:00", **dated).state()
    assert (str(made.explicit.on), made.explicit.source) == ("2026-03-20", ExplicitSource.LEADER_INSTRUCTION)
    assert plain().add("explicit_date_set", "2026-03-03 10:00").state().explicit is None


def test_a_leader_receives_takes_charge_and_leaves_it_again():
    order = {"explicit_on": "2026-03-20", "explicit_source": "leader_instruction", "explicit_document": "批1"}
    story = plain().add("leader_received", "2026-03-03 10:00", leader=4, **order)
    made = story.state()
    assert (made.received_by, made.in_charge, made.leaders, str(made.explicit.on)) == ({4}, None, {4}, "2026-03-20")
    made = story.add("leader_received", "2026-03-04 10:00", leader=5, in_charge=True).state()
    assert (made.received_by, made.in_charge, len(made.explicits)) == ({4, 5}, 5, 1)
    made = story.add("charge_taken", "2026-03-05 10:00", leader=6).state()
    assert (made.in_charge, made.leaders) == (6, {4, 5, 6})
    assert story.add("charge_left", "2026-03-06 10:00").state().leaders == {4, 5}


def test_a_matter_that_goes_into_another_remembers_where_it_stood():
    story = assigned().add("merged", "2026-03-03 10:00", link="merged_into", other=str(OTHER), stage="closed")
    made = story.state()
    assert (made.merged_into, made.merged_from, made.result, made.closed_at) == (
        OTHER,
        Stage.ASSIGNED,
        Result.MERGED,
        None,
    )
    back = story.add("unmerged", "2026-03-04 10:00", link="merged_into", other=str(OTHER), stage="assigned").state()
    assert (back.merged_into, back.merged_from, back.result, back.links) == (None, None, None, ())
    kept = plain().add("merged", "2026-03-03 10:00", link="absorbed", other=str(OTHER))
    assert (kept.state().merged_into, kept.state().links[0].kind) == (None, LinkKind.ABSORBED)
    assert kept.add("unmerged", "2026-03-04 10:00", link="absorbed", other=str(OTHER)).state().links == ()


@pytest.mark.parametrize(("staying", "code"), [
    ({}, None), ({"stage": Stage.CLOSED}, "merge_into_ended"), ({"sealed": True}, "merge_into_ended"),
    ({"merged_into": OTHER}, "merge_into_ended"), ({"revoked_at": NOON}, "merge_into_ended"),
    ({"received_at": NOON}, "merge_into_later"),
])  # fmt: skip
def test_what_a_matter_may_go_into(staying, code):
    if code is None:
        require_merge(state(), state(**staying))
        return
    with pytest.raises(RuleBroken) as broken:
        require_merge(state(), state(**staying))
    assert broken.value.code == code


def test_a_merge_keeps_the_earlier_date():
    def dated(on):
        payload = {"explicit_on": on, "explicit_source": "leader_instruction", "explicit_document": "批"}
        return Story("2026-03-02 09:00").triaged("2026-03-02 10:00", **payload).state()

    require_merge(dated("2026-03-20"), dated("2026-03-20"))
    require_merge(dated("2026-03-20"), dated("2026-03-19"))
    with pytest.raises(RuleBroken, match="merge_loses_date"):
        require_merge(dated("2026-03-20"), dated("2026-03-21"))
