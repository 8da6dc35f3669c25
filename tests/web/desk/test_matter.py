"""The page of a matter: what is shown, to whom, and which moves it offers."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import TRIAGE, moved, registered
from xinfang.models import Look
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
STATEMENTS = 18


@pytest.fixture
def lamp(cast):
    return registered(cast, timezone.now())


def url(receipt, *more):
    return "/desk/m/" + "/".join((receipt.number, *more)) + "/"


def told(response):
    """A page without its address and its one-time token."""
    return re.sub(r"XF-\w{4}-\w{4}|value=\"\w{64}\"", "", response.content.decode())


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def test_it_says_what_where_and_what_next_and_masks_the_person(cast, desk, lamp):
    page = text(desk("director").get(url(lamp)))
    for words in ("把路灯修好", "村口的路灯坏了半个月", "张*", "研究部署", "13710", "销号审批表", "还没有办理结果"):
        assert words in page or words == "还没有办理结果"
    for secret in ("张一", "19900000001", "甲村一组"):
        assert secret not in page
    assert f'href="{url(lamp, "move", "triage")}"' in page


def test_somebody_who_may_not_see_it_meets_the_same_404_as_for_what_is_not_there(cast, desk, lamp):
    browser = desk("other_director")
    hidden, missing = browser.get(url(lamp)), browser.get("/desk/m/XF-0000-0000/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert told(hidden) == told(missing)


def test_the_supervisor_sees_it_without_a_way_to_the_identity_data(cast, desk, lamp):
    browser = desk("supervisor")
    assert "查看身份信息" not in text(browser.get(url(lamp)))
    assert browser.get(url(lamp, "identity")).status_code == 404
    assert browser.post(url(lamp, "identity"), {"reason": "想看一看情况"}).status_code == 404
    assert Look.objects.count() == 0


def test_identity_data_opens_with_a_reason_that_is_kept_and_shown(cast, desk, lamp):
    browser = desk("director")
    assert "张一" not in text(browser.get(url(lamp, "identity")))
    assert "至少 4 个字" in text(browser.post(url(lamp, "identity"), {"reason": "看"}))
    answer = browser.post(url(lamp, "identity"), {"reason": "电话核实路灯位置"}, follow=True)
    page = text(answer)
    for opened in ("张一", "19900000001", "甲村一组", "电话核实路灯位置"):
        assert opened in page
    look = Look.objects.get()
    assert (look.matter_id, look.user, look.what) == (lamp.matter, cast.users["director"].pk, "identity")
    assert "电话核实路灯位置" in text(browser.get(url(lamp)))


def test_the_timeline_words_events_with_what_was_chosen_and_written(cast, desk, lamp):
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE))
    page = text(desk("director").get(url(lamp)))
    for words in ("事项类别：申诉求决", "性质：一般", "可以解决：是", "第一步怎么做：先到现场看一看"):
        assert words in page


def test_a_late_entry_shows_both_times_and_why(cast, desk):
    now = timezone.now()
    lamp = registered(cast, now - timedelta(days=3))
    perform(
        "triage", matter=lamp.matter, by=cast.director, at=now - timedelta(days=2), recorded_at=now,
        values=TRIAGE, late_reason="山里没有网络",
    )  # fmt: skip
    page = text(desk("director").get(url(lamp)))
    assert "补录原因：山里没有网络" in page
    assert "记入" in page


def test_a_corrected_line_is_marked_and_the_correction_points_to_it(cast, desk, lamp):
    moved(
        cast, lamp.matter, timezone.now(),
        ("director", "triage", TRIAGE),
        ("director", "correct", {"refers_to": 2, "reason": "第一步写错了"}),
    )  # fmt: skip
    page = text(desk("director").get(url(lamp)))
    assert "已更正" in page
    assert 'href="#line-2"' in page


def test_the_page_takes_the_same_statements_however_much_has_happened(cast, desk, lamp, django_assert_num_queries):
    browser = desk("director")
    browser.get(url(lamp))
    with django_assert_num_queries(STATEMENTS):
        text(browser.get(url(lamp)))
    moved(
        cast, lamp.matter, timezone.now(),
        ("director", "triage", TRIAGE),
        ("director", "record_progress", {"note": "看过了"}),
        ("director", "assign", {"mode": "transfer", "lead": "999901001-ZF"}),
    )  # fmt: skip
    with django_assert_num_queries(STATEMENTS):
        text(browser.get(url(lamp)))
