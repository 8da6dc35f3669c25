"""The risk board on the screen: what, why, the evidence, one key for a false alarm; and nothing about persons."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import registered
from xinfang.models import RiskSignal
from xinfang.services.risk_watch import watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(cast):
    now = timezone.now()
    receipt = registered(cast, now - timedelta(hours=1), present=6)
    watch(at=now)
    return receipt


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def test_a_signal_says_what_and_why_and_leads_to_its_matters(desk, many):
    page = text(desk("bureau").get("/desk/risk/"))
    assert "人数多：来访 6 人，涉及 6 人" in page
    assert "红 0，黄 1" in page
    assert "还没有结论" in page
    pk = RiskSignal.objects.get().pk
    signal = text(desk("director").get(f"/desk/risk/{pk}/"))
    assert f"/desk/m/{many.number}/" in signal
    assert "来访5人以上为黄" in signal
    assert "现在没有信号" in text(desk("bureau").get("/desk/risk/?about=place"))


def test_one_key_calls_it_a_false_alarm_and_the_precision_of_its_rule_falls(desk, many):
    pk = RiskSignal.objects.get().pk
    assert desk("director").post(f"/desk/risk/{pk}/", {"false": "1"}).status_code == 302
    assert "0 %（0/1）" in text(desk("bureau").get("/desk/risk/rules/"))
    assert "误报" in text(desk("bureau").get(f"/desk/risk/{pk}/"))


def test_what_was_done_is_asked_for_and_what_was_typed_is_kept(desk, many):
    pk = RiskSignal.objects.get().pk
    assert "请填写" in text(desk("bureau").post(f"/desk/risk/{pk}/", {"done": " "}))
    long = "已经当场接访。" * 400
    assert long[:100] in text(desk("bureau").post(f"/desk/risk/{pk}/", {"done": long}))
    assert desk("bureau").post(f"/desk/risk/{pk}/", {"done": "已经接访"}).status_code == 302
    page = text(desk("bureau").get(f"/desk/risk/{pk}/"))
    assert "已经接访" in page
    assert 'name="false"' not in page
    assert "100 %（1/1）" in text(desk("bureau").get("/desk/risk/"))


def test_a_leader_reads_and_decides_nothing(desk, many):
    assert 'name="false"' not in text(desk("leader").get("/desk/risk/"))


def test_a_place_that_grew_is_marked_in_the_grid(cast, desk):
    now = timezone.now()
    for days in (190, 150, 100, 60):
        registered(cast, now - timedelta(days=days), category="labour", area="999901001")
    for _ in range(9):
        registered(cast, now - timedelta(days=1), category="labour", area="999901001")
    watch(at=now)
    page = text(desk("bureau").get("/desk/risk/"))
    assert "近7天 9 件" in page
    assert "9 !" in page


@pytest.mark.parametrize("times", [1, 3])
def test_the_board_asks_the_same_whatever_the_number_of_signals(cast, desk, django_assert_num_queries, times):
    now = timezone.now()
    for _ in range(times):
        registered(cast, now, present=6)
    watch(at=now)
    bureau = desk("bureau")
    bureau.get("/desk/risk/")
    with django_assert_num_queries(14):
        bureau.get("/desk/risk/")
