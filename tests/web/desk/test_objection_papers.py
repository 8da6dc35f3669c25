"""F-10 on paper: the objection of a unit and the answer to it, from what was entered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event

pytestmark = pytest.mark.django_db
LABOUR, HOUSING = "999901-RS", "999901-ZJ"


@pytest.fixture
def stall(cast):
    receipt = registered(cast, timezone.now(), demand="治油烟", papers="照片两张\n检测报告")
    due = (timezone.localdate() + timedelta(days=10)).isoformat()
    co = [{"unit": LABOUR, "due_on": due}]
    assigned = {"mode": "assignment", "lead": HOUSING, "due_on": due, "document": "区信交〔2026〕4号", "co_units": co}
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE), ("bureau", "assign", assigned))
    return receipt


def paper(desk, who, receipt, kind):
    seq = Event.objects.filter(chain_id=receipt.matter).order_by("-seq")[0].seq
    answer = desk(who).get(f"/desk/m/{receipt.number}/paper/{seq}/{kind}/")
    return " ".join(answer.content.decode().split()) if answer.status_code == 200 else answer.status_code


def holds(page, *texts):
    for said in texts:
        assert said in page, said


def test_the_letter_says_why_and_who_instead_and_which_papers_go_back_and_until_when(cast, desk, stall):
    objected = {"reason": "油烟由城管管，不是住建的职权", "suggested": LABOUR, "document": "建异〔2026〕1号"}
    moved(cast, stall.matter, timezone.now(), ("housing_head", "object", objected))
    page = paper(desk, "housing_head", stall, "objection")
    holds(page, "异议函", "建异〔2026〕1号", "区信访局：", "区信交〔2026〕4号", "油烟由城管管", "建议承办的机关",
          "区人社局",
          "照片两张、检测报告", "第二十三条", "前裁定", "治油烟", "区住建局（印章）", "联系人：卫东",
          "张*")  # fmt: skip
    assert "张一" not in page
    assert paper(desk, "stranger", stall, "objection") == 404
    assert paper(desk, "housing_head", stall, "objection-reply") == 404


@pytest.mark.parametrize(
    ("move", "values", "said"),
    [
        ("uphold_objection", {"instead": LABOUR}, ("同意退件复函", "改由谁承办", "请收回材料的单位继续办理")),
        ("reject_objection", {}, ("不同意退件复函", "对同一件不能再提异议")),
    ],
)
def test_the_answer_says_agreed_or_not_and_by_whom(cast, desk, stall, move, values, said):
    objected = {"reason": "不是住建的职权", "document": "建异〔2026〕1号"}
    moved(cast, stall.matter, timezone.now(), ("housing_head", "object", objected))
    ruled = {"reason": "查了三定方案", "ruled_by": "superior", "document": "区政裁〔2026〕2号", **values}
    later = timezone.now()
    moved(cast, stall.matter, later, ("bureau", move, ruled))
    page = paper(desk, "bureau", stall, "objection-reply")
    holds(
        page, "区政裁〔2026〕2号", "建异〔2026〕1号", "区住建局：", "查了三定方案", "第二十四条", "也不重新计算", *said
    )
    assert "区信访局（印章）" in page


def test_a_co_unit_objects_to_its_part_without_a_number_and_is_answered(cast, desk, stall):
    moved(cast, stall.matter, timezone.now(), ("labour_head", "object_part", {"reason": "没有用工问题"}))
    page = paper(desk, "labour_head", stall, "objection")
    holds(page, f"编号：{stall.number}-4", "没有用工问题", "区信交〔2026〕4号", "区人社局（印章）")
    ruled = {"k": 2, "ruling": "rejected", "reason": "还是要查", "ruled_by": "bureau"}
    moved(cast, stall.matter, timezone.now(), ("bureau", "rule_on_part", ruled))
    holds(paper(desk, "bureau", stall, "objection-reply"), "不同意退件复函", "区人社局：", "还是要查")
