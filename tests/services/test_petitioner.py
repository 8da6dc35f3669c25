"""What a petitioner does from home: submit once, look up, renew, add, urge; trying costs time and never access."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.gateways.files import Upload
from xinfang.gateways.messages import FakeGateway
from xinfang.models import Attachment, CodeFailure, Event, Matter, OutgoingMessage
from xinfang.rules.matters.numbers import public_number
from xinfang.rules.refusals import RuleBroken
from xinfang.services import attempts, outbox, petitioner

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")
HOME = "198.51.100.7"


@pytest.fixture
def carrier(settings):
    """A house with a carrier of messages."""
    settings.XINFANG_SMS = "file"
    return FakeGateway()


def sent(carrier, when):
    outbox.drain(gateway=carrier, at=when)
    return carrier.sent[-1]


def refusal(call, *args, **values):
    with pytest.raises(RuleBroken) as caught:
        call(*args, **values)
    return caught.value


def look(number, code, when=NOW, address=HOME):
    return petitioner.open_by_code(number=number, code=code, address=address, at=when).matter


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


def test_a_day_later_what_strangers_guessed_no_longer_counts(cast):
    receipt = registered(cast, NOW)

    def guess(when, *hosts):
        found = [refusal(look, receipt.number, "000000000000", when, f"203.0.113.{host}").code for host in hosts]
        return Counter(found)

    assert guess(NOW, *range(22)) == {"number_or_code_wrong": 21, "wait_before_trying": 1}
    assert guess(NOW + timedelta(hours=24), *range(21)) == {"number_or_code_wrong": 21}


def test_a_renewed_code_ends_the_old_one_and_the_petitioner_is_told(cast, carrier):
    receipt = registered(cast, NOW)
    code = petitioner.renew_code(matter=receipt.matter, by=cast.clerk, at=NOW)
    assert refusal(look, receipt.number, receipt.code).code == "number_or_code_wrong"
    assert look(receipt.number, code) == receipt.matter
    assert sent(carrier, NOW).address == "19900000001"
    event = Event.objects.filter(chain_id=receipt.matter).latest("seq")
    assert (event.type, event.payload) == ("code_renewed", {})
    assert refusal(petitioner.renew_code, matter=receipt.matter, by=cast.stranger, at=NOW).code == "not_found"
    assert (
        refusal(petitioner.renew_code, matter=receipt.matter, by=cast.supervisor, at=NOW).code
        == "code_at_the_window_only"
    )


def test_a_code_is_renewed_without_a_phone_as_well_and_a_letter_says_so(cast, carrier):
    receipt = registered(cast, NOW, people=[{"name": "李", "address": "乙村"}])
    code = petitioner.renew_code(matter=receipt.matter, by=cast.clerk, at=NOW)
    assert look(receipt.number, code) == receipt.matter
    assert outbox.drain(gateway=carrier, at=NOW) == 0
    assert [message.state for message in OutgoingMessage.objects.filter(kind="code_renewed")] == ["to_post"]


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


def test_papers_are_added_without_a_word(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    receipt = registered(cast, NOW)
    paper = Upload("照片.pdf", b"%PDF-1.7 lamp")
    state = petitioner.add(matter=receipt.matter, words=" ", files=[paper], at=NOW)
    event = Event.objects.get(chain_id=receipt.matter, type="material_added")
    assert (state.seq, event.seq, len(event.payload["files"]), event.role) == (2, 2, 1, "petitioner")
    assert Attachment.objects.get().name == "照片.pdf"


def test_only_a_refusal_can_be_contested(cast):
    receipt = registered(cast, NOW)
    assert refusal(petitioner.contest_refusal, matter=receipt.matter, reason="不服", at=NOW).code == "nothing_refused"
