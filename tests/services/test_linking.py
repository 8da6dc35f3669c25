"""Links, merges and splits: both sides know, both histories stay, no clock is lost; and what is sealed late is gone."""

import threading
from functools import partial

import pytest
from django.db import connection, transaction

from tests.cast import at, build_cast
from tests.factories import STORY, TRIAGE, moved, registered
from xinfang.models import Event, Matter, Notice, Party, Person, ProtectedText
from xinfang.queries.access import matter_for
from xinfang.queries.verification import verify
from xinfang.rules.matters.codes import LinkKind, Stage
from xinfang.rules.people.seats import PETITIONER
from xinfang.rules.refusals import RuleBroken
from xinfang.services.linking import seal_late, split
from xinfang.services.matters import perform, state_of
from xinfang.services.rebuilding import differences

pytestmark = pytest.mark.django_db
NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")
PARTS = [
    {"original_words": "宅基地一直没批", "demand": "批宅基地"},
    {"original_words": "希望加一站公交", "kind": "suggestion"},
]


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code


def ties(matter):
    return [(link.kind, link.other) for link in state_of(matter).links]


def merge(cast, going, staying, when=TEN):
    return perform("merge", matter=going.matter, by=cast.director, at=when,
                   values={"other": staying.number, "reason": "同一件事"})  # fmt: skip


@pytest.mark.parametrize(("kind", "seen_from_there"), [
    ("same", "same"), ("related", "related"), ("repeats", "repeated_by"),
])  # fmt: skip
def test_a_link_is_on_both_sides_and_goes_from_both(cast, kind, seen_from_there):
    one, other = registered(cast, NINE), registered(cast, NINE)
    perform("link", matter=one.matter, by=cast.clerk, at=TEN, values={"other": other.number, "link": kind})
    assert ties(one.matter) == [(kind, other.matter)]
    assert ties(other.matter) == [(seen_from_there, one.matter)]
    perform("unlink", matter=other.matter, by=cast.director, at=TEN, values={"other": one.number, "reason": "不是一件"})
    assert (ties(one.matter), ties(other.matter)) == ([], [])


def test_a_merge_is_in_both_histories_and_can_be_undone(cast):
    older, newer = registered(cast, NINE), registered(cast, TEN)
    state = merge(cast, newer, older)
    assert (state.stage, state.merged_into, state.closed_at) == (Stage.CLOSED, older.matter, None)
    assert ties(older.matter) == [(LinkKind.ABSORBED, newer.matter)]
    assert state_of(older.matter).stage is Stage.REGISTERED
    assert [Event.objects.filter(chain_id=m.matter).count() for m in (older, newer)] == [2, 2]
    assert (Matter.objects.get(pk=newer.matter).is_open, Matter.objects.get(pk=older.matter).is_open) == (False, True)
    state = perform("unmerge", matter=newer.matter, by=cast.director, at=TEN, values={"reason": "不是一件"})
    assert (state.stage, state.merged_into, ties(older.matter)) == (Stage.REGISTERED, None, [])
    assert list(differences()) == []


def test_unlinking_does_not_undo_a_merge(cast):
    older, newer = registered(cast, NINE), registered(cast, TEN)
    merge(cast, newer, older)
    perform("unlink", matter=newer.matter, by=cast.director, at=TEN, values={"other": older.number, "reason": "试试"})
    assert state_of(newer.matter).merged_into == older.matter
    assert ties(newer.matter) == [(LinkKind.MERGED_INTO, older.matter)]


def test_a_merge_never_gives_time(cast):
    older, newer = registered(cast, NINE), registered(cast, TEN)
    assert refused(lambda: merge(cast, older, newer)) == "merge_into_later"
    explicit = {"explicit_on": "2026-03-20", "explicit_source": "leader_instruction", "explicit_document": "批1"}
    moved(cast, newer.matter, TEN, ("director", "triage", {**TRIAGE, **explicit}))
    assert refused(lambda: merge(cast, newer, older)) == "merge_loses_date"
    done = {"result_words": "换了灯泡", "result": "supported_done", "petitioner_told": "当面"}
    moved(cast, older.matter, TEN, ("director", "triage", TRIAGE), ("director", "solve_on_the_spot", done),
          ("director", "close", {}))  # fmt: skip
    third = registered(cast, TEN)
    assert refused(lambda: merge(cast, third, older)) == "merge_into_ended"
    assert Event.objects.filter(type="merged").count() == 0


def test_what_was_merged_takes_nothing_in_and_goes_nowhere_else(cast):
    first, second, third = (registered(cast, NINE) for _ in range(3))
    merge(cast, second, first)
    assert refused(lambda: merge(cast, third, second)) == "merge_into_ended"
    assert refused(lambda: merge(cast, second, third)) == "stage_does_not_allow"
    assert refused(lambda: merge(cast, first, second)) == "merge_into_ended"
    assert refused(lambda: merge(cast, third, third)) == "matter_unknown"


def test_a_matter_out_of_sight_cannot_be_tied_to(cast):
    here, there = registered(cast, NINE), registered(cast, NINE, unit="999901002")
    values = {"other": there.number, "link": "same"}
    call = partial(perform, "link", matter=here.matter, by=cast.deputy, at=TEN, values=values)
    assert refused(call) == "matter_unknown"
    assert Event.objects.filter(chain_id=there.matter).count() == 1


@pytest.mark.parametrize("kept", [{"restricted": True}, {"recused_users": [1]}, {"recused_units": ["999901001-ZH"]}])
@pytest.mark.parametrize("secret_first", [True, False])
def test_what_somebody_must_not_know_of_is_tied_to_nothing_that_they_may_read(cast, kept, secret_first):
    secret, plain = registered(cast, NINE, **kept), registered(cast, NINE)
    one, other = (secret, plain) if secret_first else (plain, secret)
    values = {"other": other.number, "link": "related"}
    assert (
        refused(partial(perform, "link", matter=one.matter, by=cast.director, at=TEN, values=values))
        == "pair_sight_differs"
    )
    assert refused(lambda: merge(cast, one, other)) == "pair_sight_differs"
    assert Event.objects.filter(chain_id__in=[one.matter, other.matter]).count() == 2
    twin = registered(cast, NINE, **kept)
    perform("link", matter=secret.matter, by=cast.director, at=TEN, values={**values, "other": twin.number})
    assert ties(twin.matter) == [("related", secret.matter)]


def test_the_parts_of_a_matter_are_as_old_as_the_whole_and_keep_what_was_done_for_it(cast):
    whole = registered(cast, NINE)
    report = {"done": "去看了", "contacted": True, "next_steps": "分头办"}
    moved(cast, whole.matter, TEN, ("director", "triage", TRIAGE), ("director", "report_preliminary", report))
    receipts = split(matter=whole.matter, by=cast.director, at=at("2026-03-18 09:00"), parts=PARTS)
    assert len({receipt.number for receipt in receipts}) == 2
    assert all(len(receipt.code) == 12 for receipt in receipts)
    for receipt in receipts:
        part = state_of(receipt.matter)
        assert (part.received_at, part.triaged_at, part.preliminary.reported_at) == (NINE, TEN, TEN)
        assert (part.stage, part.nature, part.holder) == (Stage.TRIAGED, "general", "999901001")
        assert ties(receipt.matter) == [(LinkKind.SPLIT_FROM, whole.matter)]
    assert ties(whole.matter) == [(LinkKind.SPLIT_INTO, receipt.matter) for receipt in receipts]
    assert ProtectedText.objects.get(chain_id=receipts[0].matter, seq=1, field="demand").text == "批宅基地"
    names = [party.person.opened("name") for party in Party.objects.filter(matter_id=receipts[1].matter)]
    assert names == ["张一"]
    assert list(differences()) == []


def test_a_part_keeps_a_date_of_its_own_that_came_with_a_letter(cast):
    whole = registered(cast, NINE)
    moved(cast, whole.matter, TEN, ("director", "triage", TRIAGE), ("bureau", "assign",
          {"mode": "assignment", "lead": "999901001-ZF", "due_on": "2026-03-30", "document": "交1"}))  # fmt: skip
    receipt = split(matter=whole.matter, by=cast.bureau, at=TEN, parts=PARTS[:1])[0]
    assert str(state_of(receipt.matter).explicit.on) == "2026-03-30"


def test_splitting_is_refused_to_strangers_without_parts_and_after_acceptance(cast):
    whole = registered(cast, NINE)

    def parted(who, parts=PARTS):
        return lambda: split(matter=whole.matter, by=who, at=TEN, parts=parts)

    assert refused(parted(cast.other_director)) == "not_found"
    assert refused(parted(cast.supervisor)) == "role_may_not"
    assert refused(parted(cast.director, [])) == "field_required"
    assert refused(parted(cast.director, [{"title": "空"}])) == "field_required"
    assign = {"mode": "transfer", "lead": "999901001-ZF"}
    moved(cast, whole.matter, TEN, ("director", "triage", TRIAGE), ("director", "assign", assign),
          ("town_head", "accept", {"document": "受1"}))  # fmt: skip
    assert refused(parted(cast.director)) == "stage_does_not_allow"
    assert Matter.objects.count() == 1


def test_an_accusation_found_late_leaves_the_ledger_and_nothing_of_it_stays(cast, settings, tmp_path):
    settings.XINFANG_CHECKPOINTS = tmp_path
    receipt = registered(cast, NINE, original_words="村支书截留补贴", demand="查处")
    moved(cast, receipt.matter, TEN, ("director", "triage", TRIAGE))
    handed = seal_late(matter=receipt.matter, by=cast.bureau, at=TEN)
    assert (1, "original_words", "村支书截留补贴") in handed.content.texts
    assert handed.content.people == ({"name": "张一", "id_number": "", "phone": "19900000001", "address": "甲村一组"},)
    assert [text.text for text in ProtectedText.objects.filter(chain_id=receipt.matter)] == [None] * 4
    person = Person.objects.get(parties__matter_id=receipt.matter)
    assert (person.opened("name"), person.phone_index, person.masked_at) == ("", None, TEN)
    row = Matter.objects.get(pk=receipt.matter)
    assert (row.sealed, row.is_open, row.tokens, row.code_hash, row.next_clock) == (True, False, [], None, "")
    assert row.deadlines.count() == 0
    assert not Notice.objects.filter(matter=receipt.matter).exists()
    assert matter_for(cast.bureau, receipt.number, TEN) is None
    found = verify()
    assert (found.is_clean, {by for _chain, _seq, _field, by in found.masked}) == (True, {3})
    assert refused(lambda: perform("recuse", matter=receipt.matter, by=cast.bureau, at=TEN, values={})) == "not_found"
    assert refused(lambda: perform("urge", matter=receipt.matter, by=PETITIONER, at=TEN, values={})) == "not_found"


def test_only_the_petition_bureau_seals(cast):
    receipt = registered(cast, NINE)
    assert refused(lambda: seal_late(matter=receipt.matter, by=cast.director, at=TEN)) == "role_may_not"
    assert refused(lambda: seal_late(matter=receipt.matter, by=cast.other_director, at=TEN)) == "not_found"
    assert ProtectedText.objects.get(chain_id=receipt.matter, field="demand").text == STORY["demand"]


@pytest.mark.django_db(transaction=True)
def test_two_merges_across_each_other_wait_and_do_not_block():
    """Each in a transaction of its own, over the same two matters from opposite ends."""
    cast = build_cast()
    one, other = registered(cast, NINE), registered(cast, NINE)
    start, outcomes = threading.Barrier(2, timeout=20), []

    def run(going, staying):
        try:
            start.wait()
            with transaction.atomic():
                merge(cast, going, staying)
            outcomes.append("merged")
        except RuleBroken as broken:
            outcomes.append(broken.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) in (["merge_into_ended", "merged"], ["merged", "stage_does_not_allow"])
