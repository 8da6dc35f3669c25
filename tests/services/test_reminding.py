"""A right that is about to lapse is spoken of to the petitioner's own phone, and to nobody who may read over it."""

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.models import OutgoingMessage
from xinfang.models.protection import reveal
from xinfang.services.clocks import sweep
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
NOTED = at("2026-11-02 10:00")
FIFTEEN, SEVEN = at("2026-11-12 00:01"), at("2026-11-20 00:01")


@pytest.fixture
def with_a_carrier(settings):
    settings.XINFANG_SMS = "file"


def with_a_right(cast, **changes):
    """A year for labour arbitration that ends on Saturday the 28th: prudent is the 27th."""
    receipt = registered(cast, NOTED, **changes)
    limit = {"rule": "EX-LAB1Y", "from_on": "2025-11-28"}
    perform("note_limit", matter=receipt.matter, by=cast.director, at=NOTED, values=limit)
    return receipt.matter


def said(matter):
    rows = OutgoingMessage.objects.filter(matter=matter).order_by("id")
    return [
        (
            reveal(bytes(row.address_sealed), f"message|address|{row.effect_key}").decode(),
            reveal(bytes(row.text_sealed), f"message|text|{row.effect_key}").decode(),
        )
        for row in rows
    ]


def test_the_petitioner_hears_fifteen_and_seven_days_before_and_never_what_it_is_about(cast, with_a_carrier):
    matter = with_a_right(cast)
    sweep(at("2026-11-11 23:59"))
    assert said(matter) == []
    for moment in (FIFTEEN, FIFTEEN, SEVEN, SEVEN, at("2026-11-27 12:00"), at("2026-12-01 12:00")):
        sweep(moment)
    words = (
        "【群众工作服务中心】您登记的事项里，有一项要由您自己办的手续快到期了，最迟11月27日办。"
        "凭回执上的编号和查询码可以查是哪一项，也可以到窗口问。"
    )
    assert said(matter) == [("19900000001", words)] * 2
    assert OutgoingMessage.objects.values_list("effect_key").distinct().count() == 2


def test_whoever_looks_late_says_it_once(cast, with_a_carrier):
    matter = with_a_right(cast)
    sweep(at("2026-11-24 09:00"))
    assert len(said(matter)) == 1


@pytest.mark.parametrize("about", ["restricted", "no phone", "agent"])
def test_nobody_is_told_who_asked_for_secrecy_or_left_no_phone_of_their_own(cast, with_a_carrier, about):
    changes = {
        "restricted": {"restricted": True},
        "no phone": {"people": [{"name": "周六", "address": "丙村"}]},
        "agent": {
            "people": [{"name": "周六", "address": "丙村"}, {"name": "吴七", "phone": "19900000077", "part": "agent"}]
        },
    }[about]
    matter = with_a_right(cast, **changes)
    sweep(SEVEN)
    assert said(matter) == []


def test_without_a_carrier_nothing_is_written(cast):
    matter = with_a_right(cast)
    sweep(SEVEN)
    assert said(matter) == []


def test_no_other_clock_writes_to_the_petitioner(cast, with_a_carrier):
    receipt = registered(cast, NOTED)
    sweep(at("2026-12-20 09:00"))
    assert said(receipt.matter) == []
