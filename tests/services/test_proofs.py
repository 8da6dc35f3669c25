"""Proofs that staff never see: phone codes, sealed slips, query codes that cost time and never access."""

import csv
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.gateways.messages import FakeGateway
from xinfang.models import Event, OutgoingMessage, PhoneCode, SealedSlip
from xinfang.queries.reaching import own_phone
from xinfang.rules.refusals import RuleBroken
from xinfang.services import outbox, petitioner, proofs
from xinfang.services.slips import bind_slip, slip_to_bind

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")
HOME = "198.51.100.7"
OPINION = {
    "outcome": "explained", "findings": "查明", "legal_basis": "条例", "opinion": "解释说明", "review_organ": "区政府",
    "document": "青政信处〔2026〕1号",
}  # fmt: skip


@pytest.fixture
def carrier(settings):
    """A house with a carrier of messages; what it would send is read with `sent`."""
    settings.XINFANG_SMS = "file"
    return FakeGateway()


def sent(carrier, when):
    outbox.drain(gateway=carrier, at=when)
    return carrier.sent[-1]


def six_digits(message):
    return re.search(r"\d{6}", message.text)[0]


def served(cast, when=NOW, slip=""):
    """A matter whose opinion was served at that moment."""
    receipt = registered(cast, when)
    state = moved(
        cast,
        receipt.matter,
        when,
        ("director", "triage", TRIAGE),
        ("director", "assign", {"mode": "assignment", "lead": "999901001-ZF", "due_on": "2026-03-25"}),
        ("town_head", "accept", {"document": "青政信受〔2026〕1号"}),
        ("town_head", "start_handling", {}),
        ("town_head", "sign_opinion", OPINION),
        ("town_handler", "serve_opinion", {"way": "in_person", "slip": slip}),
    )
    return receipt, state


def rate(matter, way, code, when, **changed):
    acts = [("rate", {"organ": "responsible_unit", "grade": "dissatisfied"})]
    return petitioner.declare(matter=matter, acts=acts, way=way, code=code, address=HOME, at=when, **changed)


def refusal(call, *args, **values):
    with pytest.raises(RuleBroken) as caught:
        call(*args, **values)
    return caught.value


def test_a_phone_code_goes_to_the_petitioners_own_phone_and_proves_once(cast, carrier):
    receipt, _state = served(cast)
    proofs.send_phone_code(matter=receipt.matter, at=NOW)
    message = sent(carrier, NOW)
    assert (message.address, message.channel) == ("19900000001", "sms")
    state = rate(receipt.matter, "phone_code", six_digits(message), NOW + timedelta(minutes=4))
    assert state.ratings == {"responsible_unit": "dissatisfied"}
    event = Event.objects.filter(chain_id=receipt.matter).latest("seq")
    assert (event.type, event.role, event.actor, event.payload["proof"]) == ("rated", "petitioner", None, "phone_code")
    again = refusal(rate, receipt.matter, "phone_code", six_digits(message), NOW + timedelta(minutes=4))
    assert (again.code, again.field) == ("proof_wrong", "code")


def test_no_code_is_kept_in_the_clear_and_a_sent_message_is_emptied(cast, carrier):
    receipt, _state = served(cast)
    proofs.send_phone_code(matter=receipt.matter, at=NOW)
    code = six_digits(sent(carrier, NOW))
    row, message = PhoneCode.objects.get(), OutgoingMessage.objects.get(kind="phone_code")
    assert code.encode() not in bytes(row.code_hash)
    assert (bytes(message.text_sealed), bytes(message.address_sealed), message.sent_at) == (b"", b"", NOW)


def test_a_phone_code_lives_five_minutes(cast, carrier):
    receipt, _state = served(cast)
    assert proofs.send_phone_code(matter=receipt.matter, at=NOW) == NOW + timedelta(minutes=5)
    code = six_digits(sent(carrier, NOW))
    assert refusal(rate, receipt.matter, "phone_code", code, NOW + timedelta(minutes=5)).code == "proof_wrong"


def test_a_new_phone_code_comes_after_a_minute_and_the_old_one_still_holds(cast, carrier):
    receipt, _state = served(cast)
    proofs.send_phone_code(matter=receipt.matter, at=NOW)
    first = six_digits(sent(carrier, NOW))
    early = refusal(proofs.send_phone_code, matter=receipt.matter, at=NOW + timedelta(seconds=45))
    assert (early.code, early.facts) == ("code_sent_just_now", {"seconds": 15})
    proofs.send_phone_code(matter=receipt.matter, at=NOW + timedelta(seconds=60))
    assert rate(receipt.matter, "phone_code", first, NOW + timedelta(seconds=61)).ratings


def test_a_telephone_is_sent_ten_codes_a_day_and_no_more(cast, carrier):
    receipt, _state = served(cast)
    for minute in range(10):
        proofs.send_phone_code(matter=receipt.matter, at=NOW + timedelta(minutes=minute))
    over = refusal(proofs.send_phone_code, matter=receipt.matter, at=NOW + timedelta(hours=23))
    assert (over.code, over.facts) == ("codes_too_many", {"most": 10})
    assert proofs.send_phone_code(matter=receipt.matter, at=NOW + timedelta(hours=24))


def test_after_five_wrong_tries_a_phone_code_is_dead(cast, carrier):
    receipt, _state = served(cast)
    proofs.send_phone_code(matter=receipt.matter, at=NOW)
    right = six_digits(sent(carrier, NOW))
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        assert refusal(rate, receipt.matter, "phone_code", wrong, NOW).code == "proof_wrong"
    assert refusal(rate, receipt.matter, "phone_code", right, NOW).code == "proof_wrong"


def test_a_code_is_not_spent_on_what_the_rules_refuse(cast, carrier):
    receipt, _state = served(cast)
    proofs.send_phone_code(matter=receipt.matter, at=NOW)
    code = six_digits(sent(carrier, NOW))
    too_early = refusal(
        petitioner.declare, matter=receipt.matter, acts=[("put_at_rest", {})], way="phone_code", code=code,
        address=HOME, at=NOW,
    )  # fmt: skip
    assert too_early.code == "need_cooled"
    assert rate(receipt.matter, "phone_code", code, NOW).ratings


def test_two_presses_at_once_spend_a_code_once(cast, carrier):
    """Both are proved before either one spends the code."""
    receipt, _state = served(cast)
    proofs.send_phone_code(matter=receipt.matter, at=NOW)
    code = six_digits(sent(carrier, NOW))
    first, second = (
        proofs.prove(matter=receipt.matter, way="phone_code", code=code, address=HOME, at=NOW) for _press in range(2)
    )
    assert first == second
    proofs.use_up(first, at=NOW)
    late = refusal(proofs.use_up, second, at=NOW + timedelta(seconds=1))
    assert (late.code, late.field) == ("proof_wrong", "code")
    assert PhoneCode.objects.get().used_at == NOW


def test_both_ratings_stand_or_fall_together(cast, carrier):
    receipt, _state = served(cast)
    proofs.send_phone_code(matter=receipt.matter, at=NOW)
    acts = [("rate", {"organ": "petition_bureau", "grade": "fairly"}), ("rate", {"organ": "nobody", "grade": "fairly"})]
    broken = refusal(
        petitioner.declare, matter=receipt.matter, acts=acts, way="phone_code", code=six_digits(sent(carrier, NOW)),
        address=HOME, at=NOW,
    )  # fmt: skip
    assert (broken.code, broken.field) == ("choice_unknown", "organ")
    assert not Event.objects.filter(chain_id=receipt.matter, type="rated").exists()


def test_without_a_carrier_or_a_phone_no_code_is_promised(cast, settings):
    settings.XINFANG_SMS = "none"
    receipt = registered(cast, NOW)
    assert refusal(proofs.send_phone_code, matter=receipt.matter, at=NOW).code == "no_message_gateway"
    settings.XINFANG_SMS = "file"
    silent = registered(cast, NOW, people=[{"name": "李", "address": "乙村"}])
    assert refusal(proofs.send_phone_code, matter=silent.matter, at=NOW).code == "no_phone_on_file"
    assert refusal(proofs.send_phone_code, matter=uuid4(), at=NOW).code == "not_found"
    assert not OutgoingMessage.objects.filter(kind="phone_code").exists()


def test_the_phone_of_an_agent_proves_nothing(cast, carrier):
    people = [{"name": "代办", "phone": "19900000009", "part": "agent"}, {"name": "李", "phone": "19900000002"}]
    receipt = registered(cast, NOW, people=people)
    assert own_phone(receipt.matter).number == "19900000002"


def test_staff_cannot_rate_for_the_petitioner(cast):
    receipt, _state = served(cast)
    with pytest.raises(RuleBroken) as caught:
        moved(cast, receipt.matter, NOW, ("town_handler", "rate", {"organ": "responsible_unit", "grade": "satisfied"}))
    assert caught.value.code == "role_may_not"
    assert refusal(rate, receipt.matter, "signed_form", "", NOW).code == "choice_unknown"


def test_a_slip_is_bound_when_the_opinion_is_served_and_proves_ever_after(cast, tmp_path):
    (serial, code), *_others = proofs.issue_slips(count=2, by=cast.administrator, at=NOW)
    receipt, state = served(cast, slip=serial.lower().replace("-", " "))
    assert state.slip == serial
    slip = SealedSlip.objects.get(pk=serial)
    assert (slip.matter_id, slip.bound_at) == (receipt.matter, NOW)
    types = list(Event.objects.filter(chain_id=receipt.matter).order_by("seq").values_list("type", flat=True))
    assert types[-2:] == ["opinion_served", "slip_bound"]
    assert rate(receipt.matter, "sealed_slip", f"{code[:4]}-{code[4:8]} {code[8:]}", NOW).ratings
    cooled = NOW + timedelta(days=3)
    rested = petitioner.declare(
        matter=receipt.matter, acts=[("put_at_rest", {})], way="sealed_slip", code=code, address=HOME, at=cooled
    )
    assert rested.at_rest_at == cooled


def test_an_unknown_or_used_slip_is_refused_beside_its_field_and_nothing_is_served(cast):
    ((serial, _code),) = proofs.issue_slips(count=1, by=cast.administrator, at=NOW)
    served(cast, slip=serial)
    for typed, code in ((serial, "slip_used"), ("S-0000-0000", "slip_unknown"), ("abc", "slip_unknown")):
        with pytest.raises(RuleBroken) as caught:
            served(cast, slip=typed)
        assert (caught.value.code, caught.value.field) == (code, "slip")
    assert Event.objects.filter(type="opinion_served").count() == 1


def test_two_desks_that_hand_over_one_slip_bind_it_once(cast):
    """Both found it free before either one bound it."""
    ((serial, _code),) = proofs.issue_slips(count=1, by=cast.administrator, at=NOW)
    first, second = registered(cast, NOW).matter, registered(cast, NOW).matter
    assert [slip_to_bind(serial), slip_to_bind(serial)] == [serial, serial]
    bind_slip(serial=serial, matter=first, at=NOW)
    late = refusal(bind_slip, serial=serial, matter=second, at=NOW)
    assert (late.code, late.field, SealedSlip.objects.get().matter_id) == ("slip_used", "slip", first)


def test_wrong_slip_codes_cost_time_and_the_right_one_works_afterwards(cast):
    ((serial, code),) = proofs.issue_slips(count=1, by=cast.administrator, at=NOW)
    receipt, _state = served(cast, slip=serial)
    wrong = f"{(int(code) + 1) % 10**12:012d}"
    for _try in range(4):
        assert refusal(rate, receipt.matter, "sealed_slip", wrong, NOW).code == "slip_code_wrong"
    waits = refusal(rate, receipt.matter, "sealed_slip", code, NOW)
    assert (waits.code, waits.facts) == ("wait_before_trying", {"seconds": 5})
    assert rate(receipt.matter, "sealed_slip", code, NOW + timedelta(seconds=5)).ratings
    assert refusal(rate, registered(cast, NOW).matter, "sealed_slip", code, NOW).code == "no_slip"


def test_only_the_administrator_issues_slips_and_the_house_remembers(cast):
    assert refusal(proofs.issue_slips, count=1, by=cast.clerk, at=NOW).code
    assert refusal(proofs.issue_slips, count=0, by=cast.administrator, at=NOW).code == "number_out_of_range"
    proofs.issue_slips(count=3, by=cast.administrator, at=NOW)
    event = Event.objects.get(type="slips_issued")
    assert (event.payload, event.actor) == ({"count": 3}, cast.administrator.user_id)


def test_the_command_writes_a_private_file_once(cast, tmp_path, capsys):
    out = tmp_path / "slips.csv"
    call_command("slips", "--count", "3", "--out", str(out))
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["serial", "code"]
    assert {row[0] for row in rows[1:]} == set(SealedSlip.objects.values_list("serial", flat=True))
    assert all(re.fullmatch(r"\d{4} \d{4} \d{4}", row[1]) for row in rows[1:])
    assert out.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError):
        call_command("slips", "--count", "1", "--out", str(out))
    with pytest.raises(CommandError):
        call_command("slips", "--count", "0", "--out", str(tmp_path / "other.csv"))
    assert SealedSlip.objects.count() == 3
