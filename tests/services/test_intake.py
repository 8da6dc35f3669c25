"""Registering: never refused, one number however often it is sent, everything or nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from tests.cast import at
from tests.factories import STORY, registered
from xinfang.models import Chain, Contact, Event, LedgerCounter, Matter, Party, Person, ProtectedText
from xinfang.models.protection import code_hash
from xinfang.rules.matters.numbers import read_number
from xinfang.rules.people.seats import PETITIONER
from xinfang.rules.refusals import RuleBroken
from xinfang.services import intake
from xinfang.services.intake import register

pytestmark = pytest.mark.django_db
NINE = at("2026-03-16 09:00")
BARE = {"unit": "999901001", "original_words": "路灯坏了"}


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code, broken.value.field


def test_a_matter_needs_no_name_no_number_and_no_category(cast):
    receipt = register(values=BARE, by=cast.clerk, at=NINE)
    row = Matter.objects.get(pk=receipt.matter)
    assert (row.stage, row.channel, row.kind, row.category) == ("registered", "other", "", "")
    assert read_number(receipt.number) == receipt.number
    assert bytes(row.code_hash) == code_hash(receipt.code, receipt.number)
    assert (Contact.objects.filter(matter=row).count(), Party.objects.filter(matter=row).count()) == (1, 0)


def test_names_and_words_lie_encrypted_and_no_event_holds_them(cast):
    matter = registered(
        cast, NINE, people=[{"name": "张一", "id_number": "341602189001010013", "phone": "19900000001"}]
    )
    person = Person.objects.get(parties__matter_id=matter.matter)
    assert (person.opened("name"), person.opened("id_number"), person.id_type) == ("张一", "341602189001010013", "111")
    event = Event.objects.get(chain_id=matter.matter)
    assert event.payload["parties"] == [{"person": str(person.pk), "part": "petitioner"}]
    assert not any(word in str(event.payload) for word in ("张一", "341602189001010013", "19900000001", "路灯"))
    text = ProtectedText.objects.get(chain_id=matter.matter, field="demand")
    assert (text.text, "路灯".encode() in bytes(text.sealed)) == (STORY["demand"], False)


def test_the_same_submission_is_the_same_matter_and_another_under_its_key_is_refused(cast):
    key = uuid4()
    first = register(values=BARE, by=PETITIONER, at=NINE, submission_key=key)
    again = register(values=BARE, by=PETITIONER, at=NINE + timedelta(days=9), submission_key=key)
    assert (again.number, again.code, again.repeated) == (first.number, "", True)
    other = {**BARE, "original_words": "水管坏了"}
    assert (
        refused(lambda: register(values=other, by=PETITIONER, at=NINE, submission_key=key))[0]
        == "submission_key_reused"
    )
    assert Matter.objects.count() == 1


def test_two_presses_at_once_are_one_matter(cast, monkeypatch):
    """The second one finds nothing at first, then runs into the first one's key."""
    key = uuid4()
    first = register(values=BARE, by=PETITIONER, at=NINE, submission_key=key)
    real, calls = intake._known, []

    def late(*given):
        calls.append(given)
        return None if len(calls) == 1 else real(*given)

    monkeypatch.setattr(intake, "_known", late)
    again = register(values=BARE, by=PETITIONER, at=NINE, submission_key=key)
    assert (again.number, again.repeated, Matter.objects.count(), Chain.objects.filter(kind="matter").count()) == (
        first.number, True, 1, 1,
    )  # fmt: skip


@pytest.mark.parametrize("key", [None, uuid4()])
def test_a_public_number_that_is_drawn_twice_is_never_given_twice(cast, monkeypatch, key):
    first = register(values=BARE, by=cast.clerk, at=NINE)
    monkeypatch.setattr(intake, "public_number", lambda _drawn: first.number)
    with pytest.raises(IntegrityError, match="number"):
        register(values={**BARE, "original_words": "水管坏了"}, by=cast.clerk, at=NINE, submission_key=key)
    assert (Matter.objects.count(), Chain.objects.filter(kind="matter").count()) == (1, 1)
    assert LedgerCounter.objects.get(code9="999901001").last == 1


def test_the_ledger_counts_by_township_and_year_without_a_gap(cast):
    numbers = [Matter.objects.get(pk=registered(cast, NINE, unit=unit).matter).ledger_number
               for unit in ("999901001", "999901001201", "999901002", "999901001")]  # fmt: skip
    assert numbers == [
        "999901001-2026-000001", "999901001-2026-000002", "999901002-2026-000001", "999901001-2026-000003",
    ]  # fmt: skip
    assert refused(lambda: register(values={**BARE, "unit": "none"}, by=cast.clerk, at=NINE)) == (
        "unit_unknown",
        "unit",
    )
    assert LedgerCounter.objects.get(code9="999901001").last == 3


@pytest.mark.parametrize("kept", [{"restricted": True}, {"recused_users": [1]}, {"recused_units": ["999901001-ZH"]}])
def test_what_somebody_must_not_know_of_leaves_no_gap_in_the_ledger_that_everybody_reads(cast, kept):
    numbers = [Matter.objects.get(pk=registered(cast, NINE, **values).matter).ledger_number
               for values in ({}, kept, {}, kept)]  # fmt: skip
    assert numbers == [
        "999901001-2026-000001", "9999010019-2026-000001", "999901001-2026-000002", "9999010019-2026-000002",
    ]  # fmt: skip


def test_what_concerns_the_own_people_goes_one_tier_up_and_the_top_keeps_it(cast):
    own = {**BARE, "concerns_own_people": True}
    row = Matter.objects.get(pk=register(values=own, by=cast.clerk, at=NINE).matter)
    assert (row.holder, row.recused_units) == ("999901", ["999901001"])
    top = Matter.objects.get(pk=register(values={**own, "unit": "999901"}, by=cast.clerk, at=NINE).matter)
    assert (top.holder, top.recused_units) == ("999901", [])


def test_a_late_entry_says_why_and_one_of_tomorrow_is_refused(cast):
    late = {"values": BARE, "by": cast.clerk, "at": NINE, "recorded_at": NINE + timedelta(days=3)}
    assert refused(lambda: register(**late)) == ("late_entry_needs_reason", "late_reason")
    assert register(**late, late_reason="停电").number
    early = {**late, "recorded_at": NINE - timedelta(hours=1)}
    assert refused(lambda: register(**early))[0] == "occurs_in_the_future"


def test_a_story_that_says_nothing_is_the_only_one_that_is_refused(cast):
    silent = {"unit": "999901001", "title": "路灯"}
    assert refused(lambda: register(values=silent, by=cast.clerk, at=NINE)) == ("field_required", "original_words")
    assert Matter.objects.count() == 0
