"""F-17 on paper: form, request, notices, hearing and opinions of 复查 and 复核, each from the record of the review."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import FOUNDED
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Post, Unit
from xinfang.queries.people import actor_of
from xinfang.rules.people.seats import PETITIONER
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
GOV = "999901-ZF"
OPINION = {
    "outcome": "not_supported", "findings": "查明", "legal_basis": "条例", "opinion": "不予支持",
    "review_organ": "示范区人民政府（意见书写明）", "document": "青政信处〔2026〕8号",
}  # fmt: skip
DECISION = {
    "decision": "maintained", "findings": "路面合格，程序合法", "legal_basis": "公路法第三十五条",
    "opinion": "维持原意见",
    "document": "区政复查〔2026〕6号",
}  # fmt: skip
HEARING = {"chair": "金法", "members": "木清、水平", "participants": "双方当事人"}


@pytest.fixture
def lamp(cast):
    start = timezone.now() - timedelta(days=5)
    receipt = registered(cast, start, demand="重做路面", people=[{"name": "司徒路", "address": "甲村"}])
    moved(
        cast, receipt.matter, start, ("director", "triage", TRIAGE),
        ("director", "assign", {"mode": "transfer", "lead": "999901001-ZF"}),
        ("town_head", "accept", {"document": "受1"}), ("town_head", "start_handling", {}),
        ("town_head", "sign_opinion", {**OPINION, "reviewed_by": cast.users["deputy"].pk}),
        ("town_handler", "serve_opinion", {"way": "in_person"}),
    )  # fmt: skip
    return receipt


@pytest.fixture
def reviewer(cast):
    Unit.objects.create(
        code=GOV, name="示范区人民政府", short_name="区政府", tier="district", kind="organ", area_id="999901",
        parent_id="999901", path=f"999901.{GOV}", is_organ=True, phone="0000-7654321",
    )  # fmt: skip
    user = cast.users["archivist"]
    Post.objects.create(unit_id=GOV, role="review_organ", holder=user, from_on=FOUNDED)
    return actor_of(user, FOUNDED)


@pytest.fixture
def paper(desk, lamp):
    """`paper("bureau", "review_asked", "review-taken")`: the paper of the newest such event, or how it was refused."""

    def shown(who, event, kind):
        seq = Event.objects.filter(chain_id=lamp.matter, type=event).order_by("-seq")[0].seq
        answer = desk(who).get(f"/desk/m/{lamp.number}/paper/{seq}/{kind}/")
        return " ".join(answer.content.decode().split()) if answer.status_code == 200 else answer.status_code

    return shown


def holds(page, *texts):
    for said in texts:
        assert said in page, said


def day(on):
    return f"{on.year}年{on.month}月{on.day}日"


def asked(cast, lamp, **values):
    perform("register_review", matter=lamp.matter, by=cast.bureau, at=timezone.now(),
            values={"reasons": "检测点选得不对", **values})  # fmt: skip


def test_the_form_knows_what_is_known_and_leaves_the_rest_free(cast, paper, reviewer, lamp):
    page = paper("town_handler", "opinion_served", "review-form")
    until = timezone.localdate() - timedelta(days=5) + timedelta(days=30)
    holds(page, "信访事项复查申请书", "示范区人民政府：", "青政信处〔2026〕8号", "重做路面", "请求事项", "write-here",
          "申请人签名（指印）", "请求复查不收费", "起算日，当天不算", "晚了也可以提", f"{lamp.number}-")  # fmt: skip
    assert "（印章）" not in page, "the petitioner's own paper carries nobody's seal"
    assert str(until.year) in page
    asked(cast, lamp)
    assert paper("town_handler", "opinion_served", "review-form") == 404


def test_without_a_review_seat_the_form_names_the_organ_that_the_opinion_names(paper, lamp):
    holds(paper("town_handler", "opinion_served", "review-form"), "示范区人民政府（意见书写明）：")


def test_request_and_notices_come_from_the_request(cast, paper, reviewer, lamp):
    asked(cast, lamp)
    holds(paper("bureau", "review_asked", "review-request"), "信访事项复查申请书", "检测点选得不对", "示范区人民政府：",
          "青政信处〔2026〕8号", "登记人")  # fmt: skip
    taken = paper("bureau", "review_asked", "review-taken")
    holds(taken, "信访事项复查受理通知书", "示范区人民政府（印章）", "联系人：许存", "0000-7654321", "审查机关最迟",
          "回避",
          "第三十五条", "的日期是怎样算出来的")  # fmt: skip
    assert "超过请求期限" not in taken
    assert "区信访局" not in taken.split("official-end")[1]
    holds(paper("bureau", "review_asked", "review-supplement"), "补正通知书", "请补充的材料", "write-here",
          "不会因此不予审查", "补充材料不停止审查的期限", f"编号：{lamp.number}-8-3")  # fmt: skip


def test_a_late_request_is_taken_and_the_notice_says_how_late(cast, paper, reviewer, lamp):
    late = timezone.now() + timedelta(days=28)
    perform("register_review", matter=lamp.matter, by=cast.bureau, at=late, values={"reasons": "刚知道"})
    holds(paper("bureau", "review_asked", "review-taken"), "超过请求期限", "日：由法制人员说明")
    noted = {"lateness": "excused", "reason": "住院", "reviewed_by": cast.users["deputy"].pk}
    perform("note_lateness", matter=lamp.matter, by=reviewer, at=late, values=noted)
    holds(paper("bureau", "review_asked", "review-taken"), "有正当理由")


def test_each_hearing_has_its_notice_and_its_record(cast, paper, reviewer, lamp):
    asked(cast, lamp)
    today, at = timezone.localdate(), timezone.now()
    for chair in ("金法", "土正"):
        perform("open_hearing", matter=lamp.matter, by=reviewer, at=at,
                values={**HEARING, "chair": chair, "since": today.isoformat()})  # fmt: skip
        perform("close_hearing", matter=lamp.matter, by=reviewer, at=at,
                values={"until": today.isoformat(), "record": f"{chair}问，司徒路答", "published": True})  # fmt: skip
    holds(paper("bureau", "hearing_opened", "hearing-notice"), "听证通知书", "土正", "木清、水平", "双方当事人",
          day(today),
          "可以委托代理人", "示范区人民政府（印章）", "联系人：许存", "不收费")  # fmt: skip
    record = paper("bureau", "hearing_closed", "hearing-record")
    holds(record, "听证笔录", "土正问，司徒路答", "土正", "木清、水平", "原办理机关", "记录人")
    assert "金法" not in record


def test_the_first_opinion_says_the_next_step_and_its_last_day_once_served(cast, paper, reviewer, lamp):
    asked(cast, lamp)
    perform("decide_review", matter=lamp.matter, by=reviewer, at=timezone.now(), values=DECISION)
    page = paper("bureau", "review_decided", "review-opinion")
    holds(page, "信访事项复查意见书", "区政复查〔2026〕6号", "路面合格，程序合法", "公路法第三十五条", "维持原处理意见",
          "检测点选得不对", "向复查机关的上一级机关请求复核", "自收到之日起30日内",
          "示范区人民政府（印章）")  # fmt: skip
    perform("serve_review", matter=lamp.matter, by=reviewer, at=timezone.now(), values={"way": "post"})
    holds(paper("bureau", "review_decided", "review-opinion"), "请求复核：请注意，最迟")
    holds(
        paper("bureau", "review_served", "review-form"),
        "信访事项复核申请书",
        "复查机关的上一级机关：",
        "区政复查〔2026〕6号",
    )


def test_a_changed_and_an_annulled_opinion_say_what_follows(cast, paper, reviewer, lamp):
    asked(cast, lamp)
    by = (timezone.localdate() + timedelta(days=20)).isoformat()
    changed = {**DECISION, "decision": "changed", "outcome": "supported", "execute_by": by}
    perform("decide_review", matter=lamp.matter, by=reviewer, at=timezone.now(), values=changed)
    holds(paper("bureau", "review_decided", "review-opinion"), "变更原处理意见", "变更为", "支持", by)


def test_an_annulled_one_goes_back_with_sixty_days(cast, paper, reviewer, lamp):
    asked(cast, lamp)
    annulled = {**DECISION, "decision": "annulled"}
    perform("decide_review", matter=lamp.matter, by=reviewer, at=timezone.now(), values=annulled)
    holds(paper("bureau", "review_decided", "review-opinion"), "等待原办理机关重新办理，六十日以内答复")


@pytest.mark.parametrize(
    ("decision", "said"), [("maintained", "各级机关不再受理"), ("annulled", "等待原办理机关重新办理")]
)
def test_the_final_opinion_says_that_nothing_follows(cast, paper, reviewer, lamp, decision, said):
    asked(cast, lamp)
    perform("decide_review", matter=lamp.matter, by=reviewer, at=timezone.now(), values=DECISION)
    perform("serve_review", matter=lamp.matter, by=reviewer, at=timezone.now(), values={"way": "post"})
    Unit.objects.create(
        code="999901-SZF", name="示范市人民政府", short_name="市政府", tier="district", kind="organ", area_id="999901",
        parent_id="999901", path="999901.999901-SZF", is_organ=True,
    )  # fmt: skip
    Post.objects.create(unit_id="999901-SZF", role="review_organ", holder=cast.users["caller"], from_on=FOUNDED)
    asked(cast, lamp, organ="999901-SZF")
    city = actor_of(cast.users["caller"], FOUNDED)
    values = {**DECISION, "decision": decision, "document": "市政复核〔2026〕1号"}
    perform("decide_review", matter=lamp.matter, by=city, at=timezone.now(), values=values)
    holds(paper("bureau", "review_decided", "review-opinion"), "信访事项复核意见书", "市政复核〔2026〕1号",
          said, "第三十六条",
          "示范市人民政府（印章）", "没有下一步审查")  # fmt: skip


def test_what_sits_above_the_house_issues_its_own_papers(cast, paper, lamp):
    perform("ask_review", matter=lamp.matter, by=PETITIONER, at=timezone.now(), values={"reasons": "不服"})
    for kind in ("review-taken", "review-supplement"):
        assert paper("bureau", "review_asked", kind) == 404
    holds(paper("bureau", "review_asked", "review-request"), "上一级机关：")
    perform("decide_review", matter=lamp.matter, by=cast.bureau, at=timezone.now(), values=DECISION)
    assert paper("bureau", "review_decided", "review-opinion") == 404


def test_who_does_not_see_the_matter_finds_no_paper(cast, paper, reviewer, lamp):
    asked(cast, lamp)
    for who in ("stranger", "other_director", "labour_officer", "administrator"):
        assert paper(who, "review_asked", "review-request") == 404, who
    page = paper("archivist", "review_asked", "review-taken")
    assert "司徒路" not in page
