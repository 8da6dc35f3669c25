"""Two people with the same page open: the second is told, nothing is written over."""

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Matter
from xinfang.rules.refusals import RuleBroken
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
NOON = at("2026-03-16 12:00")


def test_a_move_decided_on_an_older_page_is_refused_and_writes_nothing(cast):
    receipt = registered(cast, at("2026-03-16 09:00"))
    moved(cast, receipt.matter, at("2026-03-16 10:00"), ("director", "triage", TRIAGE))
    with pytest.raises(RuleBroken) as refused:
        perform("triage", matter=receipt.matter, by=cast.deputy, at=NOON, values=TRIAGE, expected_seq=1)
    assert refused.value.code == "matter_moved_on"
    assert Event.objects.filter(chain_id=receipt.matter).count() == 2


def test_the_projection_says_for_whom_a_matter_waits(cast):
    receipt = registered(cast, at("2026-03-16 09:00"))
    assert Matter.objects.get(pk=receipt.matter).waits_on == ["heads:999901001"]
    moved(
        cast,
        receipt.matter,
        NOON,
        ("director", "triage", TRIAGE),
        ("director", "assign", {"mode": "transfer", "lead": "999901001-ZF"}),
    )
    row = Matter.objects.get(pk=receipt.matter)
    assert (row.waits_on, row.was_returned) == (["organ:999901001-ZF", "unit:999901001-ZF"], False)
