"""F-04 and F-05 on paper: the ground with its article, the competent organ, how to object; what would be new."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import FOUNDED
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Post, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp(cast):
    receipt = registered(cast, timezone.now(), demand="重做路面", people=[{"name": "司徒路", "address": "甲村"}])
    moved(
        cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE),
        ("director", "assign", {"mode": "transfer", "lead": "999901001-ZF"}),
    )  # fmt: skip
    return receipt


@pytest.fixture
def paper(cast, desk, lamp):
    """`paper("bureau", "not_accept", ground="n3", …)` makes the move and opens its paper."""

    def made(who, move, kind, **values):
        values = {"reviewed_by": cast.users["deputy"].pk, "document": "不受〔2026〕5号", **values}
        moved(cast, lamp.matter, timezone.now(), (who, move, values))
        seq = Event.objects.filter(chain_id=lamp.matter).order_by("-seq")[0].seq
        answer = desk(who).get(f"/desk/m/{lamp.number}/paper/{seq}/{kind}/")
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return made


@pytest.mark.parametrize(
    ("ground", "code", "article"),
    [
        ("n3", "N-3", "第二十条、第二十二条、第二十八条"),
        ("n4", "N-4", "第三十一条第二项至第四项"),
        ("n5", "N-5", "第二十三条"),
    ],
)
def test_the_refusal_names_its_ground_its_article_and_who_is_competent(paper, lamp, ground, code, article):
    page = paper("town_head", "not_accept", "not-accepted", ground=ground, competent_body="示范区人民法院立案庭")
    for said in ("不予受理告知书", "不受〔2026〕5号", lamp.number, "重做路面", f"（{code}）", article,
                 "向示范区人民法院立案庭提出", "青禾镇人民政府（印章）", "联系人：周正", "不收费",
                 "作出本告知的机关的上一级机关审查", "提出异议没有最迟日期"):  # fmt: skip
        assert said in page, said
    assert "司徒路" not in page


def test_in_handling_below_says_until_when_and_the_organ_above_is_named_where_it_sits_in_the_house(cast, paper):
    Unit.objects.create(
        code="999901-ZF", name="示范区人民政府", short_name="示范区政府", tier="district", kind="organ",
        area_id="999901", parent_id="999901", path="999901.999901-ZF", is_organ=True,
    )  # fmt: skip
    Post.objects.create(unit_id="999901-ZF", role="review_organ", holder=cast.users["archivist"], from_on=FOUNDED)
    until = timezone.localdate() + timedelta(days=9)
    page = paper(
        "bureau", "not_accept", "not-accepted", ground="n1", competent_body="云桥街道", handled_until=until.isoformat()
    )
    assert f"云桥街道最迟 {until.year}年{until.month}月{until.day}日" in page
    assert "第十九条" in page
    assert "由示范区政府审查" in page


def test_no_longer_names_the_final_review_what_would_be_new_and_where_help_is(paper):
    page = paper(
        "bureau", "no_longer_accept", "no-longer", final_document="亳政复核〔2026〕3号", final_on="2026-02-03",
        final_organ="亳州市人民政府", from_outside=True, compared="1",
        comparison="诉求、事实、理由都一样",
    )  # fmt: skip
    for said in ("不再受理告知书", "亳政复核〔2026〕3号", "2026年2月3日",
                 "亳州市人民政府", "诉求、事实、理由都一样", "第三十六条",
                 "同一事实和理由", "以下算新的", "法律援助", "区信访局（印章）"):  # fmt: skip
        assert said in page, said


def test_a_right_of_the_petitioner_that_runs_stands_there_with_its_safe_day(cast, lamp, paper):
    began = timezone.localdate() - timedelta(days=3)
    noted = {"rule": "EX-SS15", "from_on": began.isoformat()}
    moved(cast, lamp.matter, timezone.now(), ("director", "note_limit", noted))
    page = paper("town_head", "not_accept", "not-accepted", ground="n3", competent_body="法院")
    assert "：请注意，最迟" in page
