"""The versions of the 13710 parameters on the screen: drafted, compared, replayed, published by a second person."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import registered
from xinfang.models import PolicyVersion
from xinfang.queries.clocks import policies, rules
from xinfang.rules.clocks.policy import document_of, shipped_policy

pytestmark = pytest.mark.django_db

POLICY = "/desk/office/policy/"


def told(page):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", page.content.decode()))


def typed(**changes):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    values = {**document_of(shipped_policy(rules())), "effective_on": tomorrow, "note": "会议纪要12号", **changes}
    return {name: str(value) for name, value in values.items()}


@pytest.fixture
def office(desk):
    """The administrator's browser."""
    return desk("administrator")


@pytest.fixture
def drafted(office):
    """A draft that gives three more days to solve."""
    assert office.post(f"{POLICY}draft/", typed(solve_days="10"))["Location"] == f"{POLICY}1/"
    return PolicyVersion.objects.get()


def test_the_list_says_what_holds_and_every_parameter_with_its_unit(office):
    page = told(office.get(POLICY))
    assert "第0版现在用的一开始" in page
    for words in ("几天落实解决7天", "怎样数天自然日", "几个月解决或报方案1个月", "第一次提醒（黄）50%",
                  "超期几个工作日报区领导3个工作日"):  # fmt: skip
        assert words in page
    assert "系统自带，按13710工作法" in told(office.get(f"{POLICY}0/"))


def test_a_draft_shows_what_it_changes_and_what_it_would_have_changed(office, cast, drafted):
    registered(cast, timezone.now() - timedelta(days=30))
    page = told(office.get(f"{POLICY}1/"))
    assert "几天落实解决7天10天改" in page
    assert "几天反馈初步情况3天3天不变" in page
    assert "已经收到的事项：0个期限改动" in page
    assert "收到1件事项。假如当时就用这个草案，其中1件的1个期限会是别的日期；到现在，会多0个超期，少0个超期" in page
    assert "7天落实解决100" in page
    assert "只改提醒" not in page


def test_a_draft_of_warnings_says_that_no_date_moves(office):
    office.post(f"{POLICY}draft/", typed(warn_red="95"))
    assert "这个草案只改提醒和报告的时间，不改任何期限" in told(office.get(f"{POLICY}1/"))


def test_the_form_begins_with_the_newest_version_and_then_with_the_draft(office, drafted):
    page = office.get(f"{POLICY}draft/").content.decode()
    assert re.search(r'name="solve_days" value="10"', page)
    assert 'value="会议纪要12号"' in page
    assert "修改草案" in told(office.get(POLICY))
    office.post(f"{POLICY}1/withdraw/")
    assert re.search(r'name="solve_days" value="7"', office.get(f"{POLICY}draft/").content.decode())


def test_everything_that_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(office):
    wrong = typed(report_days="8", hard_months="一", warn_orange="40", leader_after="", effective_on="2020-01-01")
    page = office.post(f"{POLICY}draft/", wrong)
    for words in ("解决的天数要多于反馈的天数", "请填写整数", "后一次提醒要晚于前一次"):
        assert told(page).count(words) == 2
    for value in ("8", "一", "40", "2020-01-01", "会议纪要12号"):
        assert f'value="{value}"' in page.content.decode()
    page = office.post(f"{POLICY}draft/", typed(effective_on="2020-01-01"))
    assert "生效日期最早是明天" in told(page)
    page = office.post(f"{POLICY}draft/", typed(note="字" * 201))
    assert "内容太长" in told(page)
    assert not PolicyVersion.objects.exists()


def test_a_second_person_publishes_and_who_entered_it_cannot(office, desk, drafted):
    assert "发布这个版本" not in told(office.get(f"{POLICY}1/"))
    assert "要由信访局的另一个人发布" in told(office.get(f"{POLICY}1/"))
    assert office.post(f"{POLICY}1/publish/", {"seen": drafted.mark}).status_code == 404
    page = desk("bureau").get(f"{POLICY}1/").content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert "已发布，从" in told(desk("bureau").post(f"{POLICY}1/publish/", {"seen": seen}, follow=True))
    assert policies()[1].solve_days == 10
    page = told(office.get(POLICY))
    assert "第1版已发布，还没有生效" in page
    assert "何管沈信会议纪要12号" in page
    page = told(office.get(f"{POLICY}1/"))
    assert "几天落实解决7天10天改" in page
    assert "试算" not in page


def test_a_bureau_that_entered_the_draft_itself_is_told_so(desk):
    bureau = desk("bureau")
    bureau.post(f"{POLICY}draft/", typed())
    assert "发布这个版本" not in told(bureau.get(f"{POLICY}1/"))
    page = bureau.post(f"{POLICY}1/publish/", {"seen": PolicyVersion.objects.get().mark}, follow=True)
    assert "提交草案的人不能自己发布" in told(page)


def test_what_was_changed_after_it_was_read_is_not_published(office, desk, drafted):
    office.post(f"{POLICY}draft/", typed(solve_days="9"))
    page = desk("bureau").post(f"{POLICY}1/publish/", {"seen": drafted.mark}, follow=True)
    assert "这份草案刚才有人改过" in told(page)
    assert set(policies()) == {0}


def test_a_draft_is_withdrawn_once(office, drafted):
    assert "草案已撤回" in told(office.post(f"{POLICY}1/withdraw/", follow=True))
    assert "没有等待发布的这份草案" in told(office.post(f"{POLICY}1/withdraw/", follow=True))
    assert office.get(f"{POLICY}1/").status_code == 404


def test_every_step_stands_in_the_log_of_the_house(office, drafted):
    office.post(f"{POLICY}1/withdraw/")
    page = told(office.get("/desk/office/"))
    assert "撤回期限参数草案第1版" in page
    assert f"提交期限参数草案第1版·{drafted.effective_on.isoformat()}" in page


@pytest.mark.parametrize("path", ["", "draft/", "0/"])
def test_only_the_office_meets_the_versions(desk, cast, path):
    met = {who for who in cast.users if desk(who).get(POLICY + path).status_code == 200}
    assert met == {"administrator", "bureau", "second_bureau"}


@pytest.mark.parametrize("path", ["draft/", "1/publish/", "1/withdraw/"])
def test_nobody_else_changes_a_version(desk, client, drafted, path):
    for who in ("clerk", "director", "supervisor", "stranger", "leader"):
        assert desk(who).post(POLICY + path, typed()).status_code == 404
    assert client.post(POLICY + path)["Location"].startswith("/sign-in/")
    assert PolicyVersion.objects.get().published_at is None
