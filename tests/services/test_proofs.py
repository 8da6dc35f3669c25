"""Proofs that staff never see: phone codes, sealed slips, query codes that cost time and never access."""

import csv
import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.gateways.messages import FakeGateway, Message, NotDelivered
from xinfang.models import CodeFailure, Event, Installation, Matter, OutgoingMessage, PhoneCode, SealedSlip
from xinfang.rules.matters.numbers import public_number
from xinfang.rules.refusals import RuleBroken
from xinfang.services import attempts, outbox, petitioner, proofs

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
    row, message = PhoneCode.objects.get(), OutgoingMessage.objects.get()
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
    assert not OutgoingMessage.objects.exists()


def test_the_phone_of_an_agent_proves_nothing(cast, carrier):
    people = [{"name": "代办", "phone": "19900000009", "part": "agent"}, {"name": "李", "phone": "19900000002"}]
    receipt = registered(cast, NOW, people=people)
    assert proofs.own_phone(receipt.matter) == "19900000002"


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


def look(number, code, when=NOW, address=HOME):
    return petitioner.open_by_code(number=number, code=code, address=address, at=when)


def test_number_and_code_open_the_matter_however_they_are_typed(cast):
    receipt = registered(cast, NOW)
    n, c = receipt.number, receipt.code
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for number in (n, n.lower(), n.replace("-", " "), n.removeprefix("XF-"), n.translate(wide)):
        for code in (c, f"{c[:4]} {c[4:8]} {c[8:]}", f"{c[:4]}-{c[4:8]}-{c[8:]}", c.translate(wide)):
            assert look(number, code) == receipt.matter


def test_wrong_number_wrong_code_and_nonsense_are_one_answer(cast):
    receipt = registered(cast, NOW)
    missing = public_number(b"\x01\x02\x03\x04\x05\x06\x07")
    answers = {
        (broken.code, str(broken.facts), broken.field)
        for number, code in ((receipt.number, "000000000000"), (missing, receipt.code), ("", ""), ("XF-!!", "x" * 500))
        for broken in [refusal(look, number, code)]
    }
    assert answers == {("number_or_code_wrong", "{}", None)}


def test_failures_make_the_next_try_wait_longer_and_nobody_is_locked_out(cast):
    receipt = registered(cast, NOW)
    when, waits = NOW, []
    for _try in range(14):
        while (broken := refusal(look, receipt.number, "000000000000", when)).code == "wait_before_trying":
            waits.append(broken.facts["seconds"])
            when += timedelta(seconds=broken.facts["seconds"])
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    still = refusal(look, receipt.number, receipt.code, when)
    assert still.code == "wait_before_trying"
    assert look(receipt.number, receipt.code, when + timedelta(seconds=900)) == receipt.matter
    assert look(receipt.number, receipt.code, when + timedelta(seconds=901)) == receipt.matter


def test_a_stranger_who_keeps_guessing_costs_the_owner_a_minute_at_most(cast):
    receipt = registered(cast, NOW)
    for n in range(200):
        try:
            look(receipt.number, "000000000000", NOW, address=f"203.0.113.{n}")
        except RuleBroken as broken:
            last = broken
    assert last.code == "wait_before_trying"
    assert last.facts["seconds"] <= 60
    assert look(receipt.number, receipt.code, NOW + timedelta(seconds=60)) == receipt.matter


def test_one_address_that_tries_many_numbers_waits_as_well(cast):
    codes = [refusal(look, public_number(bytes([n] * 7)), "000000000000").code for n in range(25)]
    assert codes[:21] == ["number_or_code_wrong"] * 21
    assert set(codes[21:]) == {"wait_before_trying"}


def test_failures_are_kept_as_hashes_and_forgotten_after_a_day(cast):
    refusal(look, registered(cast, NOW).number, "000000000000")
    assert CodeFailure.objects.count() == 3
    assert attempts.forget(at=NOW + timedelta(hours=23)) == 0
    assert attempts.forget(at=NOW + timedelta(hours=24)) == 3


def test_a_renewed_code_ends_the_old_one_and_the_petitioner_is_told(cast, carrier):
    receipt = registered(cast, NOW)
    code = petitioner.renew_code(matter=receipt.matter, by=cast.clerk, at=NOW)
    assert refusal(look, receipt.number, receipt.code).code == "number_or_code_wrong"
    assert look(receipt.number, code) == receipt.matter
    assert sent(carrier, NOW).address == "19900000001"
    event = Event.objects.filter(chain_id=receipt.matter).latest("seq")
    assert (event.type, event.payload) == ("code_renewed", {})
    assert refusal(petitioner.renew_code, matter=receipt.matter, by=cast.stranger, at=NOW).code == "not_found"


def story(**changed):
    return {"unit": "999901001", "original_words": "路灯坏了", "people": [{"name": "张一", "phone": "1"}], **changed}


def test_any_number_of_presses_is_one_matter_with_the_same_answer(cast):
    key = uuid4()
    first = petitioner.submit(values=story(), key=key, at=NOW)
    again = petitioner.submit(values=story(), key=key, at=NOW + timedelta(minutes=1))
    assert (again.matter, again.number, again.code, again.repeated) == (first.matter, first.number, first.code, True)
    assert Matter.objects.count() == 1
    assert look(first.number, again.code) == first.matter
    assert (
        refusal(petitioner.submit, values=story(original_words="别的事"), key=key, at=NOW).code
        == "submission_key_reused"
    )


def test_a_code_that_was_renewed_since_is_not_given_again(cast):
    key = uuid4()
    first = petitioner.submit(values=story(), key=key, at=NOW)
    petitioner.renew_code(matter=first.matter, by=cast.director, at=NOW)
    assert petitioner.submit(values=story(), key=key, at=NOW).code == ""


def test_more_words_and_urging_reach_who_holds_the_matter(cast):
    receipt = registered(cast, NOW)
    state = petitioner.add(matter=receipt.matter, words="补一句：是三组的灯。", files=[], at=NOW)
    assert state.seq == 2
    petitioner.urge(matter=receipt.matter, words="", at=NOW)
    assert (
        refusal(petitioner.urge, matter=receipt.matter, words="快点", at=NOW + timedelta(hours=2)).code == "urged_today"
    )
    petitioner.urge(matter=receipt.matter, words="快点", at=NOW + timedelta(days=1))
    assert Event.objects.filter(chain_id=receipt.matter, type="urged").count() == 2
    assert refusal(petitioner.add, matter=receipt.matter, words=" \n", files=[], at=NOW).field == "words"
    too_long = refusal(petitioner.add, matter=receipt.matter, words="长" * 20_001, files=[], at=NOW)
    assert (too_long.code, too_long.facts) == ("text_too_long", {"most": 20_000})
    assert refusal(petitioner.add, matter=uuid4(), words="x", files=[], at=NOW).code == "not_found"


def test_only_a_refusal_can_be_contested(cast):
    receipt = registered(cast, NOW)
    assert refusal(petitioner.contest_refusal, matter=receipt.matter, reason="不服", at=NOW).code == "nothing_refused"


def test_a_message_is_handed_over_once_and_again_only_after_a_crash(cast, carrier):
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)

    def second_worker(_message):
        carrier.then = None
        assert outbox.drain(gateway=carrier, at=NOW) == 0

    carrier.then = second_worker
    assert outbox.drain(gateway=carrier, at=NOW) == 1
    assert [m.effect_key for m in carrier.sent] == ["e"]
    OutgoingMessage.objects.create(
        effect_key="dead", channel="sms", address_sealed=b"", text_sealed=b"", due_at=NOW, attempts=10
    )
    assert outbox.drain(gateway=carrier, at=NOW + timedelta(days=1)) == 0


def test_who_dies_after_the_hand_over_hands_it_over_again_under_the_same_key(cast, carrier):
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)

    def die(_message):
        carrier.then = None
        raise SystemExit

    carrier.then = die
    with pytest.raises(SystemExit):
        outbox.drain(gateway=carrier, at=NOW)
    assert outbox.drain(gateway=carrier, at=NOW + timedelta(minutes=1)) == 0
    assert outbox.drain(gateway=carrier, at=NOW + timedelta(minutes=2)) == 1
    assert [m.effect_key for m in carrier.sent] == ["e", "e"]


def test_a_carrier_that_refuses_is_asked_again_later_and_later(cast, carrier):
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)
    carrier.broken = True
    assert outbox.drain(gateway=carrier, at=NOW) == 0
    row = OutgoingMessage.objects.get()
    assert (row.failure, row.attempts, row.due_at) == ("fake", 1, NOW + timedelta(minutes=1))
    carrier.broken = False
    assert outbox.drain(gateway=carrier, at=row.due_at) == 1


def test_nothing_is_handed_to_a_carrier_that_is_not_there(cast, carrier):
    outbox.enqueue(effect_key="e", matter=None, channel="sms", address="1", text="字", at=NOW)
    assert outbox.drain(gateway=FakeGateway(is_there=False), at=NOW) == 0


def test_the_outbox_folder_holds_one_private_file_for_each_message(cast, settings, tmp_path):
    settings.XINFANG_OUTBOX, settings.XINFANG_SMS = tmp_path / "outbox", "file"
    for _time in range(2):
        outbox.carrier().send(Message("e", "sms", "1", "字"))
    (file,) = (tmp_path / "outbox").iterdir()
    assert json.loads(file.read_text()) == {"to": "1", "text": "字"}
    assert file.stat().st_mode & 0o777 == 0o600
    settings.XINFANG_OUTBOX = tmp_path / "outbox" / file.name
    with pytest.raises(NotDelivered):
        outbox.carrier().send(Message("e", "sms", "1", "字"))


def test_a_house_without_a_carrier_says_so_and_a_demo_has_its_outbox(cast, settings):
    assert not outbox.carrier().is_there
    with pytest.raises(NotDelivered):
        outbox.carrier().send(Message("e", "sms", "1", "字"))
    Installation.objects.update(is_demo=True)
    assert outbox.carrier().is_there
    settings.XINFANG_SMS = "none"
    assert not outbox.carrier().is_there
