"""A clerk puts contact details right at the petitioner's word, and cannot become the petitioner by it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import at
from tests.factories import moved, registered
from tests.services.test_proofs import six_digits
from xinfang.gateways.messages import FakeGateway, NotDelivered
from xinfang.models import Event, Notice, OutgoingMessage, Party, PhoneCode, ProtectedText, SealedSlip
from xinfang.models.notices import MessageWish
from xinfang.models.protection import code_hash
from xinfang.queries.own_details import own_details
from xinfang.queries.reaching import own_phone
from xinfang.queries.tracking import tracked
from xinfang.queries.verification import verify
from xinfang.rules.intake.alike import Choice
from xinfang.rules.refusals import RuleBroken
from xinfang.services import outbox, petitioner, proofs
from xinfang.services import own_details as services
from xinfang.services.contacts import Decision, receive
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")
SOON, WEEK = NOW + timedelta(hours=1), timedelta(days=7)
OLD, NEW = "19900000001", "19900000009"


@pytest.fixture
def carrier(settings):
    settings.XINFANG_SMS = "file"
    return FakeGateway()


@pytest.fixture
def receipt(cast):
    return registered(cast, NOW)


def correct(cast, receipt, who="clerk", when=SOON, **given):
    person = Party.objects.filter(matter=receipt.matter).order_by("id").first().person_id
    by = getattr(cast, who)
    return services.correct_at_window(matter=receipt.matter, person=person, given=given, by=by, at=when)


def refusal(*args, **given):
    with pytest.raises(RuleBroken) as broken:
        correct(*args, **given)
    return broken.value.code, broken.value.field


def told(carrier, when):
    outbox.drain(gateway=carrier, at=when)
    return {message.address: message.text for message in carrier.sent if message.kind == "details"}


def test_what_was_said_holds_and_what_was_there_is_kept_encrypted_with_who_wrote_it(cast, receipt):
    assert correct(cast, receipt, phone="199 0000 0009") == ("phone",)
    assert own_details(receipt.matter)[0]["phone"] == NEW
    event = Event.objects.filter(chain_id=receipt.matter).latest("seq")
    assert (event.type, event.role, event.actor) == ("party_corrected", "window_clerk", cast.users["clerk"].pk)
    assert OLD not in str(event.payload)
    assert NEW not in str(event.payload)
    kept = {text.field: text.text for text in ProtectedText.objects.filter(chain_id=receipt.matter, seq=event.seq)}
    assert kept == {"before_phone": OLD}
    assert not verify().findings


def test_the_old_phone_and_the_new_one_hear_the_same_words_once_and_no_subject(cast, receipt, carrier):
    correct(cast, receipt, phone=NEW)
    assert OutgoingMessage.objects.filter(address_sealed__gt=b"").count() == 1
    said = told(carrier, SOON)
    assert set(said) == {OLD, NEW}
    assert len(set(said.values())) == 1
    assert "路灯" not in said[OLD]
    told(carrier, SOON + WEEK)
    assert len([message for message in carrier.sent if message.kind == "details"]) == 2
    assert not OutgoingMessage.objects.filter(address_sealed__gt=b"").exists()


def test_who_has_no_phone_hears_of_another_address_by_post(cast, carrier):
    away = registered(cast, NOW, people=[{"name": "周六", "address": "丙村二组"}])
    correct(cast, away, address="丁村一组")
    outbox.drain(gateway=carrier, at=SOON)
    assert [row.state for row in OutgoingMessage.objects.filter(kind="details")] == ["to_post"]


def test_an_old_number_that_is_no_more_becomes_a_letter(cast, receipt, carrier):
    outbox.drain(gateway=carrier, at=NOW)
    correct(cast, receipt, phone=NEW)
    carrier.broken, carrier.refusal = True, NotDelivered("number_refused", lasting=True)
    outbox.drain(gateway=carrier, at=SOON)
    assert {row.state for row in OutgoingMessage.objects.filter(kind="details")} == {"to_post"}


def test_a_phone_that_staff_changed_proves_nothing_for_a_week_and_says_from_when(cast, receipt, carrier):
    correct(cast, receipt, phone=NEW)
    with pytest.raises(RuleBroken) as broken:
        proofs.send_phone_code(matter=receipt.matter, at=SOON + WEEK - timedelta(minutes=1))
    assert (broken.value.code, str(broken.value.facts["day"])) == ("phone_proves_later", "2026-03-23")
    assert not tracked(receipt.matter, SOON).contact.proves(SOON)
    assert own_phone(receipt.matter).proves(SOON + WEEK)
    proofs.send_phone_code(matter=receipt.matter, at=SOON + WEEK)
    outbox.drain(gateway=carrier, at=SOON + WEEK)
    assert carrier.sent[-1].address == NEW
    assert six_digits(carrier.sent[-1])


def test_a_code_that_was_on_its_way_to_the_old_phone_dies_with_it(cast, receipt, carrier):
    proofs.send_phone_code(matter=receipt.matter, at=SOON)
    outbox.drain(gateway=carrier, at=SOON)
    code = six_digits(carrier.sent[-1])
    correct(cast, receipt, phone=NEW, when=SOON + timedelta(minutes=1))
    with pytest.raises(RuleBroken, match="proof_wrong"):
        proofs.prove(matter=receipt.matter, way="phone_code", code=code, address="x", at=SOON + timedelta(minutes=2))
    assert PhoneCode.objects.count() == 1


def test_the_code_on_the_receipt_and_a_sealed_slip_go_on_working(cast, receipt):
    serial, code = "S-7K3M-92QB", "123456789012"
    SealedSlip.objects.create(serial=serial, code_hash=code_hash(code, serial), issued_at=NOW, matter_id=receipt.matter)
    correct(cast, receipt, phone=NEW)
    assert (
        petitioner.open_by_code(number=receipt.number, code=receipt.code, address="x", at=SOON).matter == receipt.matter
    )
    proved = proofs.prove(matter=receipt.matter, way="sealed_slip", code=code, address="x", at=SOON)
    assert proved.way == "sealed_slip"
    services.correct(matter=receipt.matter, given={"phone": "19900000008"}, way="sealed_slip", code=code,
                     address="x", at=SOON)  # fmt: skip
    assert own_phone(receipt.matter).proves(SOON)


def test_somebody_whom_a_window_adds_brings_no_phone_that_proves_for_the_others(cast, carrier):
    silent = registered(cast, NOW, people=[{"name": "周六"}])
    assert phone_after(cast, silent, Choice.JOIN, "吴七") == ("", False, False)
    assert phone_after(cast, silent, Choice.AGAIN, "周六") == (NEW, False, True)


def phone_after(cast, receipt, choice, name):
    told = {"unit": "999901001", "channel": "visit", "original_words": "路灯坏了。",
            "people": [{"name": name, "phone": NEW}]}  # fmt: skip
    decision = Decision(choice, receipt.number, (receipt.number,))
    receive(values=told, decision=decision, by=cast.clerk, at=SOON, submission_key=uuid4())
    found = own_phone(receipt.matter)
    return found.number, found.proves(SOON), found.proves(SOON + WEEK)


def test_a_name_alone_pauses_nothing_and_is_said_to_the_phone(cast, receipt, carrier):
    correct(cast, receipt, name="张一一")
    assert own_phone(receipt.matter).proves(SOON)
    assert set(told(carrier, SOON)) == {OLD}


def test_who_asked_not_to_be_told_is_told_of_this(cast, receipt, carrier):
    MessageWish.objects.create(matter_id=receipt.matter, way="none", at=NOW)
    correct(cast, receipt, phone=NEW)
    assert set(told(carrier, SOON)) == {OLD, NEW}


def test_only_whoever_gives_codes_at_a_window_and_may_know_who_it_is(cast, receipt):
    assert refusal(cast, receipt, "other_director", phone=NEW) == ("not_found", None)
    assert refusal(cast, receipt, "supervisor", phone=NEW) == ("not_found", None)
    moved(cast, receipt.matter, SOON, ("director", "triage", {"kind": "claim", "nature": "general", "solvable": True,
          "lane": "disposal", "first_step": "看"}),
          ("director", "assign", {"mode": "transfer", "lead": "999901001-ZF"}))  # fmt: skip
    assert refusal(cast, receipt, "town_head", phone=NEW) == ("details_at_the_window_only", None)
    assert correct(cast, receipt, "director", phone=NEW) == ("phone",)


def test_where_home_is_not_safe_whoever_received_changes_it_and_neither_phone_rings(cast, receipt, carrier):
    said = {"said": "在家挨打", "in_danger": "visitor", "done_at_once": "110", "at_home": True, "reason": "须报告"}
    perform("note_safety", matter=receipt.matter, by=cast.clerk, at=SOON, values=said)
    assert refusal(cast, receipt, "bureau", phone=NEW) == ("not_found", None)
    assert correct(cast, receipt, phone="19900000002") == ("phone",)
    assert told(carrier, SOON) == {}
    later = SOON + timedelta(hours=1)
    for way, phone, rings in (("none", "19900000003", []), ("mail", "19900000004", []), ("sms", NEW, [NEW])):
        MessageWish.objects.update_or_create(matter_id=receipt.matter, defaults={"way": way, "at": later})
        correct(cast, receipt, when=later, phone=phone)
        assert list(told(carrier, later)) == rings


def test_somebody_who_is_not_in_the_file_or_was_masked_is_nobody(cast, receipt):
    with pytest.raises(RuleBroken, match="choice_unknown"):
        services.correct_at_window(matter=receipt.matter, person=uuid4(), given={"phone": NEW}, by=cast.clerk, at=SOON)


def test_nothing_new_changes_nothing(cast, receipt):
    assert refusal(cast, receipt, phone=OLD) == ("nothing_to_correct", "name")


def test_whoever_has_the_matter_is_told_that_something_was_corrected_and_not_what(cast, receipt):
    correct(cast, receipt, phone=NEW)
    rows = Notice.objects.filter(matter=receipt.matter, code="party_corrected")
    assert cast.users["director"].pk in {row.user_id for row in rows}
    assert cast.users["clerk"].pk not in {row.user_id for row in rows}
    assert {str(row.facts) for row in rows} == {str({"clock": "", "number": receipt.number})}


def test_of_an_anonymous_or_secret_matter_nothing_goes_out(cast, carrier):
    kept = registered(cast, NOW, restricted=True)
    correct(cast, kept, phone=NEW)
    assert told(carrier, SOON) == {}
