"""The administration sees that messages wait or fail, and why; never to whom, of what, or what they say."""

import re

import pytest
from django.utils import timezone

from tests.factories import registered
from xinfang.gateways.messages import FakeGateway, NotDelivered
from xinfang.services import outbox

pytestmark = pytest.mark.django_db


def told(page):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_counts_by_reason_and_nothing_else(desk, cast, settings):
    office = desk("administrator")
    assert "都送到了" in told(office.get("/desk/office/messages/"))
    receipts = [registered(cast, timezone.now()) for _time in range(3)]
    broken = FakeGateway(broken=True, refusal=NotDelivered("no_credit"))
    outbox.drain(gateway=broken, at=timezone.now())
    settings.XINFANG_SMS = "webhook"
    page = told(office.get("/desk/office/messages/"))
    assert "等待发送短信短信余额不足3" in page
    assert "XINFANG_WEBHOOK_URL、XINFANG_WEBHOOK_KEY" in page
    assert not any(secret in page for secret in ("199", "张", receipts[0].number))
