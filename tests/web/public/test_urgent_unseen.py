"""That a matter is reported upward is not the petitioner's to wait for: their page says nothing of it."""

from datetime import timedelta

import pytest

from tests.factories import moved, registered
from tests.web.public.conftest import NOW, text
from xinfang.models import Event
from xinfang.services.clocks import sweep

pytestmark = pytest.mark.django_db


def test_neither_the_mark_nor_its_hour_nor_that_it_was_late_stands_on_the_citizens_page(cast, citizen):
    receipt = registered(cast, NOW)
    moved(cast, receipt.matter, NOW, ("clerk", "mark_urgent", {"reason": "停水两周"}))
    citizen.clock = NOW + timedelta(hours=3)
    sweep(citizen.clock)
    assert Event.objects.filter(chain_id=receipt.matter, type="breached", payload__clock="XF-URG").count() == 1
    page = text(citizen.opened(receipt).get("/track/case/"))
    assert "研究，定下由谁来办" in page
    for words in ("紧急", "1小时", "停水两周", "我们超过了期限"):
        assert words not in page
