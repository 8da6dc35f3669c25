"""Leaders receive and take charge: an instruction's day counts, a leader sees hers alone, nobody leads a person."""

import pytest

from tests.cast import at
from tests.factories import moved, registered
from xinfang.models import Deadline, Event, Matter, Notice
from xinfang.queries.access import matters_for
from xinfang.rules.refusals import RuleBroken
from xinfang.services.rebuilding import differences

pytestmark = pytest.mark.django_db
NINE, TEN, NOON = at("2026-10-20 09:00"), at("2026-10-20 10:00"), at("2026-10-20 12:00")
TRIAGE = ("director", "triage", {
    "kind": "claim", "nature": "general", "solvable": True, "lane": "disposal", "first_step": "当场了解",
})  # fmt: skip


def record(cast, who="director", **given):
    values = {"leader": cast.users["leader"].pk, **given}
    return (who, "record_reception", values)


ORDER = {
    "instruction": "请住建局十月底前修好。", "ordered": "999901-ZJ", "due_on": "2026-10-30", "document": "批1",
}  # fmt: skip


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code, broken.value.field


@pytest.fixture
def matter(cast):
    found = registered(cast, NINE).matter
    moved(cast, found, TEN, TRIAGE)
    return found


def explicit_of(matter):
    rows = Deadline.objects.filter(matter=matter, code="EXPLICIT").values_list("due_on", flat=True)
    return [str(day) for day in rows]


def test_an_instruction_with_a_day_is_an_explicit_date_and_its_words_stay_protected(cast, matter):
    state = moved(cast, matter, NOON, record(cast, **ORDER))
    assert (str(state.explicit.on), state.explicit.source, state.explicit.document) == (
        "2026-10-30", "leader_instruction", "批1",
    )  # fmt: skip
    assert explicit_of(matter) == ["2026-10-30"]
    event = Event.objects.get(chain_id=matter, type="leader_received")
    assert event.payload["ordered"] == "999901-ZJ"
    assert "住建局十月底" not in str(event.payload)
    assert list(differences()) == []


def test_a_reception_without_an_instruction_is_recorded_too(cast, matter):
    state = moved(cast, matter, NOON, record(cast, "clerk"))
    assert (state.received_by, state.in_charge, state.explicit) == ({cast.users["leader"].pk}, None, None)


def test_a_day_needs_the_words_the_paper_triage_and_time(cast, matter):
    for name in ("instruction", "document"):
        short = {key: value for key, value in ORDER.items() if key != name}
        call = record(cast, **short)
        assert refused(lambda call=call: moved(cast, matter, NOON, call)) == ("instruction_incomplete", name)
    past = record(cast, **{**ORDER, "due_on": "2026-10-19"})
    assert refused(lambda: moved(cast, matter, NOON, past)) == ("date_in_the_past", "due_on")
    fresh = registered(cast, NINE).matter
    assert refused(lambda: moved(cast, fresh, NOON, record(cast, **ORDER))) == ("need_triaged_once", "due_on")
    late = record(cast, **{**ORDER, "due_on": "2026-12-30"})
    assert refused(lambda: moved(cast, matter, at("2026-12-20 09:00"), late)) == ("need_before_running_due", "due_on")


def test_only_somebody_who_receives_is_named_and_a_leader_writes_for_herself(cast, matter):
    wrong = record(cast, leader=cast.users["clerk"].pk)
    assert refused(lambda: moved(cast, matter, NOON, wrong)) == ("user_unknown", "leader")
    call = ("leader", "record_reception", {"leader": cast.users["director"].pk})
    field = registered(cast, NINE, channel="field_visit").matter
    assert refused(lambda: moved(cast, field, NOON, call)) == ("leader_for_herself", "leader")
    state = moved(cast, field, NOON, record(cast, "leader", in_charge=True))
    assert state.in_charge == cast.users["leader"].pk


def seen(cast):
    return set(matters_for(cast.leader, NOON).values_list("pk", flat=True))


def test_a_leader_sees_what_she_received_or_leads_and_is_told_of_it(cast, matter):
    assert seen(cast) == set()
    moved(cast, matter, NOON, ("bureau", "take_charge", {"leader": cast.users["leader"].pk}))
    assert seen(cast) == {matter}
    assert Notice.objects.filter(user=cast.users["leader"], matter=matter, code="charge_taken").count() == 1
    assert Matter.objects.get(pk=matter).in_charge == cast.users["leader"].pk
    moved(cast, matter, NOON, ("director", "leave_charge", {"reason": "领导调离"}))
    assert seen(cast) == set()
    assert refused(lambda: moved(cast, matter, NOON, ("director", "leave_charge", {"reason": "再来"}))) == (
        "need_in_charge", None,
    )  # fmt: skip
    moved(cast, matter, NOON, record(cast))
    assert seen(cast) == {matter}
    assert list(differences()) == []


def test_nobody_is_put_in_charge_of_what_shall_stay_secret_nor_is_whoever_is_concerned(cast, matter):
    secret = registered(cast, NINE, restricted=True).matter
    leader = cast.users["leader"].pk
    assert refused(lambda: moved(cast, secret, NOON, ("director", "take_charge", {"leader": leader}))) == (
        "restricted_without_leader", "leader",
    )  # fmt: skip
    assert moved(cast, secret, NOON, record(cast)).in_charge is None
    concerned = registered(cast, NINE, recused_users=[leader]).matter
    assert refused(lambda: moved(cast, concerned, NOON, ("director", "take_charge", {"leader": leader}))) == (
        "user_recused", "leader",
    )  # fmt: skip
