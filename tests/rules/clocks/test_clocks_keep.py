"""Nothing gives a clock back and nothing moves a breach away (C-R2, C-R3, H-06, H-21)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.states import OTHER, STATION, TOWN, Story, at, counting
from xinfang.rules.clocks.duties import clocks_of

LATER = at("2026-12-01 00:00")


def clocks(story):
    return {c.key: c for c in clocks_of(story.state(), counting())}


def frozen(story):
    """What must not change: trigger and dates of every clock."""
    return {key: (c.trigger_at, c.due, c.why_not) for key, c in clocks(story).items()}


def handled():
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00").assigned("2026-03-02 11:00")
    return story.accepted("2026-03-03 10:00")


QUIET = {
    "material_added": {"files": [], "by_petitioner": True},
    "contact_added": {},
    "urged": {},
    "rated": {"organ": "petition_bureau", "grade": "satisfied"},
    "rating_revoked": {"organ": "petition_bureau"},
    "put_at_rest": {},
    "rest_revoked": {},
    "withdrawal_asked": {},
    "withdrawal_revoked": {},
    "recusal_asked": {},
    "note_added": {},
    "linked": {"link": "same", "other": str(OTHER)},
    "unlinked": {"other": str(OTHER)},
    "split": {"link": "split_into", "other": str(OTHER)},
    "merged": {"link": "absorbed", "other": str(OTHER)},
    "unmerged": {"link": "absorbed", "other": str(OTHER)},
    "corrected": {"refers_to": 1, "category": "x", "present": 3},
    "recused": {"recused_user": 5},
    "sight_restricted": {},
    "code_renewed": {},
    "slip_bound": {"slip": "S1"},
    "masked": {},
    "unreached": {"kind": "result"},
    "party_corrected": {"person": "p", "corrected": ["phone"]},
    "report_read": {"k": 0, "verdict": "accepted"},
    "progress_recorded": {},
    "receipt_signed": {},
    "handler_named": {"handler": 5},
    "due_soon": {"clock": "13710-7", "level": 1},
    "batch_linked": {"batch": "B1"},
}


@pytest.mark.parametrize("kind", QUIET)
def test_what_a_citizen_or_a_register_says_moves_no_clock(kind):
    story = handled()
    before = frozen(story)
    story.add(kind, "2026-03-04 10:00", unit=TOWN, **QUIET[kind])
    assert frozen(story) == before


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(sorted(QUIET)), max_size=12))
def test_no_run_of_such_events_moves_a_clock(kinds):
    story = handled()
    before = frozen(story)
    for minute, kind in enumerate(kinds):
        story.add(kind, f"2026-03-04 10:{minute:02}", unit=TOWN, **QUIET[kind])
    assert frozen(story) == before


def test_a_change_of_unit_moves_no_clock_of_the_house():
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00").assigned("2026-03-02 11:00")
    before = {key: value for key, value in frozen(story).items() if "OBJ" not in key}
    story.assigned("2026-03-04 09:00", lead=STATION, holder=STATION, holder_path="999901.999901001.999901001201")
    after = frozen(story)
    assert {key: after[key] for key in before} == before


def test_a_merge_stops_the_clocks_and_undoing_it_brings_the_same_ones_back():
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00")
    before = clocks(story)
    story.add("merged", "2026-03-04 09:00", link="merged_into", other=str(OTHER), stage="closed")
    assert all(not c.is_running for c in clocks(story).values())
    assert not clocks(story)["13710-7"].is_late(LATER)
    story.add("unmerged", "2026-03-12 09:00", link="merged_into", other=str(OTHER), stage="triaged")
    assert clocks(story) == before
    assert clocks(story)["13710-7"].is_late(at("2026-03-12 10:00"))


@pytest.mark.parametrize("nature", ["complex", "major"])
def test_a_triage_after_the_day_keeps_what_was_breached_by_then(nature):
    """Until triage a matter counts as general and solvable: a late triage cannot say otherwise."""
    story = Story("2026-03-16 09:00").triaged("2026-03-25 10:00", nature=nature)
    found = clocks(story)
    assert [found[key].is_late(LATER) for key in ("13710-1", "13710-3", "13710-7")] == [True, True, True]
    assert str(found["13710-1M"].due.due) == "2026-04-16"


def test_a_date_of_its_own_set_after_the_day_keeps_what_was_breached_by_then():
    explicit = {"explicit_on": "2026-04-30", "explicit_source": "leader_instruction", "explicit_document": "批1"}
    late = (
        Story("2026-03-16 09:00").triaged("2026-03-16 10:00").add("explicit_date_set", "2026-03-20 10:00", **explicit)
    )
    assert (clocks(late)["13710-3"].why_not, clocks(late)["13710-7"].why_not) == ("", "explicit_date")
    assert clocks(late)["13710-3"].is_late(LATER)
    in_time = Story("2026-03-16 09:00").triaged("2026-03-16 10:00", **explicit)
    assert (clocks(in_time)["13710-3"].why_not, clocks(in_time)["13710-7"].why_not) == ("explicit_date",) * 2
    assert clocks(in_time)["13710-1"].applies
    assert clocks(in_time)["13710-0"].applies


def test_a_date_of_its_own_replaces_no_month():
    explicit = {"explicit_on": "2026-06-30", "explicit_source": "leader_instruction", "explicit_document": "批1"}
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00", nature="major", **explicit)
    assert {"13710-1M", "EXPLICIT"} <= {key for key, c in clocks(story).items() if c.is_running}


def test_being_hard_until_the_seventh_day_is_over_leaves_the_month():
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00", nature="major")
    story.add("reclassified", "2026-03-26 10:00", nature="general", solvable=True)
    found = clocks(story)
    assert (found["13710-7"].why_not, found["13710-1M"].is_running) == ("not_general", True)


def test_becoming_hard_in_time_changes_the_seven_days_for_the_month():
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00")
    story.add("reclassified", "2026-03-18 10:00", nature="complex", solvable=True)
    found = clocks(story)
    assert (found["13710-3"].why_not, found["13710-7"].why_not, found["13710-1M"].is_running) == (
        "not_general", "not_general", True,
    )  # fmt: skip


def test_what_cannot_be_solved_owes_the_report_and_the_month_but_not_the_seven_days():
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00", solvable=False)
    found = clocks(story)
    assert (found["13710-3"].is_running, found["13710-7"].why_not, found["13710-1M"].is_running) == (
        True, "not_solvable", True,
    )  # fmt: skip


def test_a_later_date_ends_the_one_before_and_what_was_late_stays_late():
    def dated(on):
        return {"explicit_on": on, "explicit_source": "leader_instruction", "explicit_document": "批"}

    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00", **dated("2026-03-20"))
    story.add("explicit_date_set", "2026-03-25 10:00", **dated("2026-04-10"))
    found = clocks(story)
    assert found["EXPLICIT"].is_late(LATER)
    assert found["EXPLICIT#2"].is_running
    story.add("explicit_date_set", "2026-03-26 10:00", **dated("2026-04-10"))
    assert "EXPLICIT#3" not in clocks(story)


def test_closing_without_solving_before_the_day_is_neither_in_time_nor_late():
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00")
    story.add("informed", "2026-03-17 10:00", document="告1", way="post", stage="informed")
    seven = clocks(story)["13710-7"]
    assert (seven.met_at, seven.ended_at, seven.is_late(LATER)) == (None, at("2026-03-17 10:00"), False)


def test_closing_without_solving_after_the_day_stays_late():
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00")
    story.add("informed", "2026-03-27 10:00", document="告1", way="post", stage="informed")
    assert clocks(story)["13710-7"].is_late(LATER)


def test_an_approved_reason_makes_it_late_with_reason_and_not_in_time():
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00")
    story.add("overrun_approved", "2026-03-20 10:00", clock="13710-7")
    seven = clocks(story)["13710-7"]
    assert (seven.reason_given, seven.is_late(LATER), str(seven.due.due)) == (True, True, "2026-03-23")


def solved_and_reopened(ground):
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00")
    story.add("implemented", "2026-03-17 10:00", result="supported_done", on_the_spot=True, stage="implemented")
    story.add("closed", "2026-03-18 10:00", stage="closed")
    return story.add("reopened", "2026-06-01 10:00", ground=ground, stage="triaged")


@pytest.mark.parametrize("ground", ["new_facts", "breach", "not_executed", "error", "petitioner_objects"])
def test_reopening_takes_the_facts_back_but_no_clock(ground):
    story = solved_and_reopened(ground)
    state = story.state()
    assert (state.closed_at, state.implemented_at, state.result) == (None, None, None)
    assert state.first_implemented_at == at("2026-03-17 10:00")
    for key in ("13710-1", "13710-3", "13710-7"):
        assert not clocks(story)[key].is_running
        assert not clocks(story)[key].is_late(LATER)


def test_what_is_accepted_after_a_reopening_has_its_sixty_days():
    story = solved_and_reopened("error").assigned("2026-06-01 11:00").accepted("2026-06-02 10:00")
    sixty = clocks(story)["XF-DO60"]
    assert (sixty.is_running, str(sixty.due.due)) == (True, "2026-08-03")


def test_a_date_given_after_a_reopening_runs():
    explicit = {"explicit_on": "2026-06-30", "explicit_source": "leader_instruction", "explicit_document": "批1"}
    story = solved_and_reopened("error").add("explicit_date_set", "2026-06-02 10:00", **explicit)
    assert clocks(story)["EXPLICIT"].is_running


def test_what_was_accepted_once_keeps_its_sixty_days_whatever_comes_after():
    story = handled()
    story.add("opinion_signed", "2026-03-20 10:00", unit=TOWN, outcome="explained", document="意1")
    story.add("opinion_served", "2026-03-21 10:00", unit=TOWN, way="post", stage="opinion_served")
    story.add("closed", "2026-03-22 10:00", stage="closed")
    story.add("reopened", "2026-06-01 10:00", ground="error", stage="handling")
    sixty = clocks(story)["XF-DO60"]
    assert (sixty.met_at, sixty.is_late(LATER)) == (at("2026-03-21 10:00"), False)
    story.add("accepted", "2026-06-02 10:00", unit=TOWN, document="受2", stage="accepted")
    assert clocks(story)["XF-DO60"].trigger_at == at("2026-03-03 10:00")


def test_a_refusal_that_was_overturned_leaves_the_sixty_days_to_the_acceptance():
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00").assigned("2026-03-02 11:00")
    story.add("not_accepted", "2026-03-03 10:00", unit=TOWN, role="organ_head", ground="n5", document="不1",
              stage="not_accepted")  # fmt: skip
    story.add("document_served", "2026-03-04 10:00", unit=TOWN, document_kind="non_acceptance_notice", way="post")
    assert story.state().closed_at == at("2026-03-04 10:00")
    story.add("refusal_contested", "2026-03-05 10:00", role="petitioner")
    story.add("refusal_overturned", "2026-03-06 10:00", role="petition_bureau", stage="triaged")
    assert (story.state().closed_at, story.state().contested_at, story.state().refusal_ground) == (None, None, None)
    story.assigned("2026-03-06 11:00").accepted("2026-03-09 10:00")
    assert clocks(story)["XF-DO60"].is_running
    assert clocks(story)["XF-TELL15T#1"].met_at == at("2026-03-04 10:00")


def test_what_was_answered_before_its_import_asks_for_nothing_and_reopened_only_for_what_comes_since():
    story = Story("2013-05-06 09:00", recorded="2026-03-16 09:00", imported=True)
    story.add("replied_directly", "2013-05-20 09:00", recorded="2026-03-16 09:00", result="replied_directly",
              stage="closed")  # fmt: skip
    assert clocks(story) == {}
    story.add("reopened", "2026-03-20 10:00", ground="new_facts", stage="triaged")
    assert sorted(clocks(story)) == ["13710-0"]
    story.assigned("2026-03-20 11:00", mode="assignment", due_on="2026-04-01")
    assert sorted(clocks(story)) == ["13710-0", "TASK#1"]


def test_an_imported_matter_without_an_answer_is_as_late_as_it_is():
    story = Story("2025-03-03 09:00", recorded="2026-03-16 09:00", imported=True)
    assert clocks(story)["13710-7"].is_late(at("2026-03-16 10:00"))


def test_a_sealed_matter_has_no_clock():
    assert clocks_of(replace(handled().state(), sealed=True), counting()) == ()


def test_a_batch_that_was_taken_back_stops_asking():
    story = Story("2026-03-16 09:00", batch="B1").add("batch_revoked", "2026-03-16 20:00")
    assert [key for key, c in clocks(story).items() if c.is_running] == []
