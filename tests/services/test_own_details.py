"""What is the petitioner's own: put right and taken home under a proof, noted, never told to those who handle it."""

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.models import Event, Party, Person, ProtectedText, SealedSlip
from xinfang.models.protection import blind_index, code_hash
from xinfang.queries.own_details import own_details
from xinfang.queries.reaching import own_phone
from xinfang.queries.verification import verify
from xinfang.rules.people.seats import Actor, Role, Seat, Tier
from xinfang.rules.refusals import RuleBroken
from xinfang.services import masking
from xinfang.services import own_details as services
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
OFFICER = Actor(900_001, (Seat(Role.PRIVACY_OFFICER, "999901-XF", "999901.999901-XF", Tier.DISTRICT, "999901"),))
NOW = at("2026-03-16 09:00")
SLIP = "123456789012"
TRIAGE = {"kind": "claim", "nature": "general", "solvable": True, "lane": "disposal", "first_step": "先到现场看一看"}
MINE = {"name": "张一", "phone": "19900000001", "address": "甲村一组", "id_number": ""}


@pytest.fixture
def receipt(cast):
    found = registered(cast, NOW, people=[{**MINE, "part": "petitioner"}, {"name": "代办人", "part": "agent"}])
    serial = "S-7K3M-92QB"
    SealedSlip.objects.create(serial=serial, code_hash=code_hash(SLIP, serial), issued_at=NOW, matter_id=found.matter)
    return found


def correct(receipt, code=SLIP, **given):
    return services.correct(
        matter=receipt.matter, given=given, way="sealed_slip", code=code, address="198.51.100.7", at=NOW
    )


def test_what_is_put_right_holds_from_now_and_what_was_there_stays_in_the_ledger(receipt):
    assert correct(receipt, phone="199 0000 0009", address="乙村二组") == ("phone", "address")
    assert own_details(receipt.matter) == [{**MINE, "phone": "19900000009", "address": "乙村二组"}]
    assert own_phone(receipt.matter).number == "19900000009"
    person = Person.objects.get(parties__part="petitioner")
    assert bytes(person.phone_index) == blind_index("19900000009", "phone")
    event = Event.objects.filter(chain_id=receipt.matter).latest("seq")
    assert (event.type, event.role) == ("party_corrected", "petitioner")
    assert (event.payload["person"], event.payload["corrected"]) == (str(person.pk), ["address", "phone"])
    kept = {text.field: text.text for text in ProtectedText.objects.filter(chain_id=receipt.matter, seq=event.seq)}
    assert kept == {"before_phone": "19900000001", "before_address": "甲村一组"}
    assert not verify().findings


def test_what_was_empty_before_leaves_no_words_behind(cast, receipt):
    Person.objects.update(address_sealed=None)
    assert correct(receipt, address="乙村") == ("address",)
    assert not ProtectedText.objects.filter(chain_id=receipt.matter, field__startswith="before").exists()


def test_a_wrong_proof_changes_nothing(receipt):
    with pytest.raises(RuleBroken, match="slip_code_wrong"):
        correct(receipt, code="000000000000", name="李四")
    assert own_details(receipt.matter) == [MINE]


def test_where_nobody_left_a_name_the_window_is_named(receipt):
    Party.objects.filter(part="petitioner").delete()
    with pytest.raises(RuleBroken, match="nobody_to_correct"):
        correct(receipt, name="李四")


def test_whoever_has_no_phone_is_still_the_first(receipt):
    Person.objects.filter(parties__part="petitioner").update(phone_sealed=None)
    assert correct(receipt, name="张一一") == ("name",)
    assert own_details(receipt.matter)[0]["name"] == "张一一"


def test_what_stood_there_before_is_masked_together_with_the_person(cast, receipt):
    correct(receipt, name="张一一")
    person = Person.objects.get(parties__part="petitioner")
    masking.mask_person(matter=receipt.matter, person=person.pk, basis="PI§47", by=OFFICER, at=NOW)
    assert [text.text for text in ProtectedText.objects.filter(field="before_name")] == [None]
    assert not verify().findings


def test_that_the_record_was_taken_is_noted_and_turns_away_nobody_who_was_deciding(cast, receipt):
    services.take_record(matter=receipt.matter, way="sealed_slip", code=SLIP, address="198.51.100.7", at=NOW)
    event = Event.objects.filter(chain_id=receipt.matter).latest("seq")
    assert (event.type, event.role, event.payload) == ("record_taken", "petitioner", {})
    state = perform("triage", matter=receipt.matter, by=cast.director, at=NOW, values=TRIAGE, expected_seq=1)
    assert state.triaged_at == NOW
