"""The demo's centres have mediation committees and matters that are mediated; a second run changes nothing."""

from datetime import date

import pytest

from tests.cast import FOUNDED, at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Committee, Event, Post, User
from xinfang.services.matters import state_of
from xinfang.stories import demo_troupe
from xinfang.stories.demo_mediation import mediate_some
from xinfang.stories.demo_troupe import Troupe

pytestmark = pytest.mark.django_db
CENTRE, NINE = "999901001", at("2026-03-16 09:00")


@pytest.fixture
def troupe(cast, monkeypatch):
    monkeypatch.setattr(demo_troupe, "JUSTICE", "999901")
    for unit in (CENTRE, "999901001201"):
        user = User.objects.create(username=f"mediator-{unit}", name="陈红", opened_at=NINE)
        Post.objects.create(unit_id=unit, role="mediator", holder=user, from_on=FOUNDED)
    legal = User.objects.create(username="legal", name="法制", opened_at=NINE)
    Post.objects.create(unit_id="999901", role="legal_reviewer", holder=legal, from_on=FOUNDED)
    return Troupe(date(2026, 3, 16))


def test_one_waits_one_is_agreed_one_is_over(cast, troupe):
    receipts = [registered(cast, NINE) for _n in range(4)]
    for receipt in receipts:
        moved(cast, receipt.matter, NINE, ("director", "triage", TRIAGE))
    for _run in range(2):
        mediate_some(centres=(CENTRE, "no-such-centre"), troupe=troupe, now=NINE)
    files = [one for receipt in receipts for one in state_of(receipt.matter).mediations]
    assert sorted((one.is_open, one.in_effect, len(one.answers)) for one in files) == [
        (False, False, 2), (False, True, 2), (True, False, 1),
    ]  # fmt: skip
    agreed = next(one for one in files if one.in_effect)
    assert agreed.committee == CENTRE
    assert [(step.due_on.isoformat(), step.yuan) for step in agreed.agreement.steps] == [
        ("2026-03-26", 1200), ("2026-04-25", 800),
    ]  # fmt: skip
    assert list(Committee.objects.order_by("pk").values_list("name", "kind")) == [
        ("青禾镇人民调解委员会", "township"), ("甲村人民调解委员会", "village"),
    ]  # fmt: skip
    assert Event.objects.filter(type="mediation_offered").count() == 3


def test_without_a_matter_there_are_only_committees(cast, troupe):
    mediate_some(centres=(CENTRE,), troupe=troupe, now=NINE)
    assert Committee.objects.count() == 2
