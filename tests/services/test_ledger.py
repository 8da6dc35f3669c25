"""The one writer of events: a chain grows by one, words go beside it, times are sound, and the database keeps it so."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from tests.cast import at
from tests.factories import registered
from xinfang.models import Chain, Event, ProtectedText
from xinfang.rules.ledger import chain as rules
from xinfang.rules.people.seats import PETITIONER, SYSTEM, Actor, Role, Seat, Tier
from xinfang.rules.refusals import RuleBroken
from xinfang.services.ledger import Draft, When, append, check_times, events_of, lock_chain, open_chain, seat_of
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
NINE = at("2026-03-16 09:00")
HEAD = Seat(Role.ORGAN_HEAD, "999901-RS", "999901.999901-RS", Tier.DISTRICT)
CLERK = Seat(Role.WINDOW_CLERK, "999901001", "999901.999901001", Tier.TOWNSHIP)


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code


def test_each_event_stands_on_the_one_before_and_words_lie_beside_it(settings):
    chain = open_chain(uuid4(), Chain.Kind.HOUSE)
    seat = seat_of(SYSTEM)
    first = append(chain, Draft("a", {"k": 1}), When.now(NINE), seat)
    second = append(chain, Draft("b", {"k": 2}, {"note": "路灯坏了", "empty": ""}), When.now(NINE), seat)
    key = settings.XINFANG_KEYS["chain_key"]
    rows = list(Event.objects.filter(chain_id=chain.pk).order_by("seq"))
    assert [bytes(row.hash) for row in rows] == [
        rules.digest(first, rules.GENESIS, key), rules.digest(second, bytes(rows[0].hash), key),
    ]  # fmt: skip
    text = ProtectedText.objects.get(chain_id=chain.pk)
    assert (text.field, text.text) == ("note", "路灯坏了")
    assert second.payload == {"k": 2, "texts": {"note": rules.salted("路灯坏了", bytes(text.salt))}}
    assert "路灯" not in str(rows[1].payload) + str(bytes(text.sealed))
    kept = lock_chain(chain.pk)
    assert (kept.seq, bytes(kept.head)) == (2, bytes(rows[1].hash))
    assert events_of(chain.pk) == [first, second]


def test_an_event_is_never_changed_nor_deleted():
    chain = open_chain(uuid4(), Chain.Kind.HOUSE)
    append(chain, Draft("a"), When.now(NINE), seat_of(SYSTEM))
    for change in (lambda rows: rows.update(type="b"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            change(Event.objects.filter(chain_id=chain.pk))
    assert Event.objects.get(chain_id=chain.pk).type == "a"


def test_the_reason_of_a_late_entry_is_a_protected_word():
    chain = open_chain(uuid4(), Chain.Kind.HOUSE)
    append(chain, Draft("a"), When(NINE, NINE + timedelta(days=3), "停电"), seat_of(SYSTEM))
    assert ProtectedText.objects.get(chain_id=chain.pk).field == "late_reason"


def test_times_are_in_order_and_late_only_with_a_reason():
    day = timedelta(days=1)
    check_times(When(NINE, NINE + day), None)
    check_times(When(NINE, NINE + 2 * day, "停电"), NINE)
    assert refused(lambda: check_times(When(NINE, NINE - day), None)) == "occurs_in_the_future"
    late = When(NINE, NINE + day + timedelta(seconds=1))
    assert refused(lambda: check_times(late, None)) == "late_entry_needs_reason"
    assert refused(lambda: check_times(When.now(NINE), NINE + day)) == "recorded_before_last"


def test_the_seat_that_fits_the_move_and_has_a_part_in_the_matter_is_the_one_that_acts():
    both = Actor(5, (CLERK, HEAD))
    assert seat_of(both).unit == "999901001"
    assert seat_of(both, frozenset({Role.ORGAN_HEAD})).unit == "999901-RS"
    assert seat_of(both, frozenset(Role), frozenset({"999901-RS"})).unit == "999901-RS"
    assert (seat_of(both, frozenset({Role.CALLER})).unit, seat_of(Actor(5)).role) == ("", "")
    assert [(seat.actor, seat.role) for seat in (seat_of(PETITIONER), seat_of(SYSTEM))] == [
        (None, "petitioner"), (None, "system"),
    ]  # fmt: skip


def test_what_occurs_before_the_matter_came_in_is_refused(cast):
    matter = registered(cast, NINE).matter
    call = {"matter": matter, "by": cast.director, "at": NINE - timedelta(hours=1), "recorded_at": NINE}
    with pytest.raises(RuleBroken) as broken:
        perform("urge", **{**call, "by": PETITIONER})
    assert (broken.value.code, broken.value.field) == ("occurs_before_registration", "occurred_at")
