"""Papers that are missing are said once and for all; who asks again says why, and the petitioner reads it."""

import pytest

from tests.cast import at
from tests.factories import moved, registered
from xinfang.models import Event, ProtectedText
from xinfang.queries.intake import receipt_facts
from xinfang.rules.access.petitioner_sight import shown_words
from xinfang.rules.refusals import RuleBroken
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
