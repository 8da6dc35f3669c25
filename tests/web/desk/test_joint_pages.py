"""Joint handling on the screen: what each unit is asked to do, how far it is, and what was ruled before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, ProtectedText

pytestmark = pytest.mark.django_db
LABOUR, HOUSING, TOWN = "999901-RS", "999901-ZJ", "999901001-ZF"
DUE = (timezone.localdate() + timedelta(days=10)).isoformat()
ROW = {"co_units-count": "3", "co_units-0-unit": LABOUR, "co_units-0-due_on": DUE, "co_units-0-what": "查一查用工情况"}


@pytest.fixture
def stall(cast):
    receipt = registered(cast, timezone.now())
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", {**TRIAGE, "item": "stall_smoke"}))
    return receipt


def url(receipt, name=""):
    return f"/desk/m/{receipt.number}/" + (f"move/{name}/" if name else "")


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def test_a_co_unit_reads_what_it_is_asked_to_do_and_nobody_else_finds_it_in_the_event(desk, stall):
    sent = {"seq": "2", "mode": "transfer", "lead": HOUSING, "due_on": DUE, **ROW}
    first, again = (desk("director").post(url(stall, "assign"), sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    assert Event.objects.get(chain_id=stall.matter, seq=3).payload["co_units"] == [{"unit": LABOUR, "due_on": DUE}]
    assert ProtectedText.objects.get(chain_id=stall.matter, seq=3, field="what_1").text == "查一查用工情况"
    page = text(desk("labour_officer").get(url(stall)))
    assert page.count("查一查用工情况") == 2, "in the course of events and at the part"
    assert "区人社局：查一查用工情况" in page


def test_what_was_typed_in_a_row_stays_when_something_else_is_wrong(desk, stall):
    page = text(desk("director").post(url(stall, "assign"), {"seq": "2", "mode": "transfer", **ROW}))
    assert 'value="查一查用工情况"' in page


def test_the_choices_name_the_unit_its_day_and_its_task(cast, desk, stall):
    co = [{"unit": LABOUR, "due_on": DUE, "what": "查一查用工情况，" * 6}]
    moved(cast, stall.matter, timezone.now(), ("director", "assign",
          {"mode": "transfer", "lead": HOUSING, "co_units": co}))  # fmt: skip
    page = text(desk("housing_head").get(url(stall, "urge_task")))
    assert f"区人社局，{DUE} 前，查一查用工情况" in page
    moved(cast, stall.matter, timezone.now(), ("housing_head", "urge_task", {"k": 2}))
    assert "催办 1 次" in text(desk("housing_head").get(url(stall)))


def test_a_part_shows_that_it_waits_for_a_ruling_and_who_rules_sees_the_objection(cast, desk, stall):
    co = [{"unit": LABOUR, "due_on": DUE}]
    moved(cast, stall.matter, timezone.now(), ("director", "assign",
          {"mode": "transfer", "lead": HOUSING, "co_units": co}))  # fmt: skip
    moved(cast, stall.matter, timezone.now(), ("labour_head", "object_part", {"reason": "没有用工，不归人社"}))
    assert "提出异议，等待裁定" in text(desk("housing_head").get(url(stall)))
    page = text(desk("bureau").get(url(stall, "rule_on_part")))
    assert "没有用工，不归人社" in page
    assert "区人社局，" in page
    sent = {"seq": "4", "k": "2", "ruling": "rejected", "ruled_by": "superior", "reason": "有帮工"}
    page = text(desk("bureau").post(url(stall, "rule_on_part"), sent))
    assert page.count("共同上级或者联席会议的决定，要写文书编号。") == 2
    moved(cast, stall.matter, timezone.now(), ("bureau", "rule_on_part", {**_values(sent), "document": "府1"}))
    assert "经裁定确定" in text(desk("housing_head").get(url(stall)))


def _values(sent):
    return {name: value for name, value in sent.items() if name != "seq"}


def test_an_earlier_ruling_is_offered_where_the_next_matter_is_assigned(cast, desk, stall):
    now = timezone.now()
    moved(
        cast, stall.matter, now, ("director", "assign", {"mode": "transfer", "lead": HOUSING}),
        ("housing_head", "object", {"reason": "不归我们"}),
        ("bureau", "uphold_objection",
         {"reason": "是", "ruled_by": "superior", "document": "府办〔2026〕3号", "instead": TOWN}),
    )  # fmt: skip
    other = registered(cast, now)
    moved(cast, other.matter, now, ("director", "triage", {**TRIAGE, "item": "stall_smoke"}))
    page = text(desk("director").get(url(other, "assign")))
    assert "共同的上一级机关裁定 府办〔2026〕3号" in page
    taken = text(desk("director").post(url(other, "assign"), {"seq": "2", "mode": "transfer", "take": TOWN}))
    assert f'<option value="{TOWN}" selected>' in taken


def test_passing_up_is_a_button_of_whoever_has_it(desk, cast):
    receipt = registered(cast, timezone.now(), unit="999901001201")
    assert "上报上级中心" in text(desk("station").get(url(receipt)))
    answer = desk("station").post(url(receipt, "escalate"), {"seq": "1", "reason": "村里办不了"}, follow=True)
    assert "已办理：上报上级中心。" in text(answer)
