"""A right that is about to lapse is spoken of to the petitioner's own phone, and to nobody who may read over it."""

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.gateways.messages import FakeGateway
from xinfang.models import OutgoingMessage
from xinfang.services import outbox
from xinfang.services.clocks import sweep
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
NOTED = at("2026-11-02 10:00")
FIFTEEN, SEVEN = at("2026-11-12 00:01"), at("2026-11-20 00:01")


def with_a_right(cast, **changes):
    """A year for labour arbitration that ends on Saturday the 28th: prudent is the 27th."""
    receipt = registered(cast, NOTED, **changes)
    limit = {"rule": "EX-LAB1Y", "from_on": "2025-11-28"}
    perform("note_limit", matter=receipt.matter, by=cast.director, at=NOTED, values=limit)
    return receipt.matter


def said(matter):
    rows = OutgoingMessage.objects.filter(matter=matter, kind="right_nearing").order_by("id")
    return [row.facts for row in rows]


def test_the_petitioner_hears_fifteen_and_seven_days_before_and_never_what_it_is_about(cast):
    matter = with_a_right(cast)
    sweep(at("2026-11-11 23:59"))
    assert said(matter) == []
    for moment in (FIFTEEN, FIFTEEN, SEVEN, SEVEN, at("2026-11-27 12:00"), at("2026-12-01 12:00")):
        sweep(moment)
    words = (
        "【群众工作服务中心】您登记的事项里，有一项要由您自己办的手续快到期了，最迟11月27日办。"
        "凭回执上的编号和查询码可以查是哪一项，也可以到窗口问。"
    )
    assert said(matter) == [{"month": 11, "day": 27}] * 2
    carrier = FakeGateway()
    outbox.drain(gateway=carrier, at=SEVEN)
    reminders = [(message.address, message.text) for message in carrier.sent if message.kind == "right_nearing"]
    assert reminders == [("19900000001", words)] * 2


def test_whoever_looks_late_says_it_once(cast):
    matter = with_a_right(cast)
    sweep(at("2026-11-24 09:00"))
    assert len(said(matter)) == 1


def test_nobody_is_told_who_asked_for_secrecy(cast):
    matter = with_a_right(cast, restricted=True)
    sweep(SEVEN)
    assert said(matter) == []


def test_an_agents_phone_is_not_the_petitioners(cast):
    people = [{"name": "周六", "address": "丙村"}, {"name": "吴七", "phone": "19900000077", "part": "agent"}]
    matter = with_a_right(cast, people=people)
    sweep(SEVEN)
    carrier = FakeGateway()
    assert outbox.drain(gateway=carrier, at=SEVEN) == 0
    assert (len(said(matter)), carrier.sent) == (1, [])
    assert OutgoingMessage.objects.get(matter=matter, kind="right_nearing").state == "to_post"


def test_no_other_clock_writes_to_the_petitioner(cast):
    receipt = registered(cast, NOTED)
    sweep(at("2026-12-20 09:00"))
    assert said(receipt.matter) == []
