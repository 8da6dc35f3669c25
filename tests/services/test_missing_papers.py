"""Papers that are missing are said once and for all; who asks again says why, and the petitioner reads it."""

from datetime import timedelta

import pytest

from tests.cast import at
from tests.factories import moved, registered
from xinfang.gateways.messages import FakeGateway
from xinfang.models import Event, OutgoingMessage, ProtectedText
from xinfang.queries.intake import receipt_facts
from xinfang.rules.access.petitioner_sight import shown_words
from xinfang.rules.refusals import RuleBroken
from xinfang.services import outbox
from xinfang.services.turns import state_of

pytestmark = pytest.mark.django_db
NOON, LATER = at("2026-03-10 12:00"), at("2026-03-10 15:00")
LIST = "劳动合同\n考勤记录"


def asks(cast, receipt, who="director", **values):
    moved(cast, receipt.matter, LATER, (who, "ask_papers", values))


def last(receipt):
    return Event.objects.filter(chain_id=receipt.matter).order_by("-seq").first()


def test_what_was_missing_at_the_window_stands_on_the_receipt_and_only_its_number_in_the_event(cast):
    receipt = registered(cast, NOON, missing=LIST)
    event = last(receipt)
    assert event.payload["missing"] == 2
    assert "劳动合同" not in str(event.payload)
    assert ProtectedText.objects.get(chain_id=receipt.matter, field="missing").text == LIST
    assert receipt_facts(receipt.matter).missing == ("劳动合同", "考勤记录")
    assert state_of(receipt.matter).papers_asked


def test_who_lacks_nothing_hears_of_nothing(cast):
    receipt = registered(cast, NOON)
    assert "missing" not in last(receipt).payload
    assert (receipt_facts(receipt.matter).missing, state_of(receipt.matter).papers_asked) == ((), False)


@pytest.mark.parametrize("at_the_window", [True, False])
def test_a_second_list_needs_a_reason_that_the_petitioner_reads(cast, at_the_window):
    receipt = registered(cast, NOON, **({"missing": LIST} if at_the_window else {}))
    if not at_the_window:
        asks(cast, receipt, "clerk", missing=LIST)
    with pytest.raises(RuleBroken, match="papers_asked_before") as broken:
        asks(cast, receipt, missing="身份证复印件")
    assert broken.value.field == "reason"
    asks(cast, receipt, missing="身份证复印件", reason="法院要求补充")
    assert receipt_facts(receipt.matter).missing == ("身份证复印件",)
    assert shown_words(last(receipt).plain()) == ("missing", "reason")


def test_nobody_outside_asks_for_papers(cast):
    receipt = registered(cast, NOON)
    with pytest.raises(RuleBroken):
        asks(cast, receipt, "supervisor", missing=LIST)


def test_the_petitioner_hears_once_of_each_list_and_never_what_is_on_it(cast):
    receipt = registered(cast, NOON)
    asks(cast, receipt, missing=LIST)
    asks(cast, receipt, missing="身份证复印件", reason="法院要求补充")
    carrier = FakeGateway()
    for hour in (0, 1):
        outbox.drain(gateway=carrier, at=LATER + timedelta(hours=hour))
    said = [message for message in carrier.sent if message.kind == "papers"]
    assert [message.address for message in said] == ["19900000001", "19900000001"]
    assert {message.effect_key for message in said} == {f"papers:{receipt.matter}:{n}" for n in (2, 3)}
    assert all("要补材料" in message.text and "劳动合同" not in message.text for message in said)


def test_who_left_no_phone_gets_it_by_post_and_who_wants_secrecy_not_at_all(cast):
    away = registered(cast, NOON, people=[{"name": "周六", "address": "丙村二组"}])
    kept = registered(cast, NOON, restricted=True)
    for receipt in (away, kept):
        asks(cast, receipt, missing=LIST)
    outbox.drain(gateway=FakeGateway(), at=LATER)
    rows = OutgoingMessage.objects.filter(kind="papers")
    assert [(row.matter, row.state, row.channel) for row in rows] == [(away.matter, "to_post", "letter")]
