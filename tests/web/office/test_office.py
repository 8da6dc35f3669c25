"""The administration: who meets it, what it changes, and that it never shows a matter."""

import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories import STORY, registered
from xinfang.models import CalendarDraft, CalendarYear, Exemption, Post, Rollout, Unit, User
from xinfang.queries.clocks import installation_settings
from xinfang.queries.people import actor_of

pytestmark = pytest.mark.django_db

HOME = "/desk/office/"
ADMINISTRATORS = ("units/", "units/new/", "units/999901001/", "people/", "people/new/")
BOTH = ("", "hours/", "calendar/", "calendar/2026/", "composition/", "rollout/")
TODAY = timezone.localdate()


def told(page):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def office(desk):
    """The administrator's browser."""
    return desk("administrator")


@pytest.mark.parametrize("path", ADMINISTRATORS)
def test_units_and_accounts_are_the_administrators_alone(desk, cast, path):
    met = {who for who in cast.users if desk(who).get(HOME + path).status_code == 200}
    assert met == {"administrator"}


@pytest.mark.parametrize("path", BOTH)
def test_hours_calendar_and_composition_are_the_petition_bureaus_too(desk, cast, path):
    met = {who for who in cast.users if desk(who).get(HOME + path).status_code == 200}
    assert met == {"administrator", "bureau", "second_bureau"}


SENDS = (
    "units/new/", "units/999901001/rename/", "units/999901001/details/", "units/999901001/close/",
    "units/999901001/post/", "people/new/", "people/1/post/", "people/1/password/", "people/1/close/", "posts/1/end/",
    "hours/hours/", "hours/helpline/", "calendar/", "calendar/2027/approve/", "composition/", "rollout/",
)  # fmt: skip


@pytest.mark.parametrize("path", SENDS)
def test_nobody_else_changes_the_house(desk, client, path):
    for who in ("clerk", "director", "supervisor", "stranger", "town_head"):
        assert desk(who).post(HOME + path, {}).status_code == 404
    assert client.post(HOME + path, {})["Location"].startswith("/sign-in/")


def test_an_administrator_meets_no_matter_anywhere(office, cast):
    receipt = registered(cast, timezone.now())
    for path in (*ADMINISTRATORS, *BOTH, f"people/{cast.users['clerk'].pk}/"):
        page = office.get(HOME + path).content.decode()
        assert receipt.number not in page
        assert STORY["demand"] not in page
    for path in (f"/desk/m/{receipt.number}/", f"/desk/intake/receipt/{receipt.number}/"):
        assert office.get(path).status_code == 404


def test_a_unit_is_opened_renamed_corrected_and_closed(office):
    fresh = {"parent": "999901", "code": "999901-NY", "name": "区农业农村局", "tier": "district", "kind": "organ",
             "is_organ": "on", "area": "999901", "function": "agriculture"}  # fmt: skip
    assert office.post(f"{HOME}units/new/", fresh)["Location"] == f"{HOME}units/999901-NY/"
    unit = Unit.objects.get(pk="999901-NY")
    assert (unit.is_organ, unit.path, unit.short_name) == (True, "999901.999901-NY", "区农业农村局")
    renamed = {"name": "区农业农村和水利局", "short_name": "区农水局", "from_on": "2026-01-05"}
    office.post(f"{HOME}units/999901-NY/rename/", renamed)
    assert "区农业农村局（2026-01-05前）" in told(office.get(f"{HOME}units/999901-NY/"))
    office.post(
        f"{HOME}units/999901-NY/details/", {"address": "和畅路9号", "phone": "0000-1", "function": "agriculture"}
    )
    assert Unit.objects.get(pk="999901-NY").address == "和畅路9号"
    office.post(f"{HOME}units/999901-NY/close/", {"last_on": TODAY.isoformat()})
    assert Unit.objects.get(pk="999901-NY").open_to == TODAY
    assert office.get(f"{HOME}units/nowhere/").status_code == 404
    assert office.post(f"{HOME}units/999901-NY/burn/").status_code == 404


def test_a_refused_act_comes_back_open_with_what_was_typed(office):
    page = office.post(f"{HOME}units/new/", {"code": "区局", "name": "", "area": "999901"})
    assert "单位编码用数字" in told(page) or "这个字段是必填项" in told(page)
    page = office.post(
        f"{HOME}units/999901001/rename/", {"name": "新名字", "short_name": "新", "from_on": "2026-02-30"}
    )
    assert "请填写真实的日期" in told(page)
    assert 'value="新名字"' in page.content.decode()
    assert "<details open" in re.sub(r"\s+", " ", page.content.decode())
    page = office.post(f"{HOME}units/999901001/close/", {"last_on": TODAY.isoformat()})
    assert "下面还有" in told(page)


def test_the_tree_is_searched_by_name_and_code(office):
    page = told(office.get(f"{HOME}units/?q=人社"))
    assert ("区人社局" in page, "区住建局" in page) == (True, False)
    assert "没有找到这样的单位" in told(office.get(f"{HOME}units/?q=不存在"))
    office.post(f"{HOME}units/999901001-ZH/close/", {"last_on": "2026-01-31"})
    assert "青禾镇综治办" not in told(office.get(f"{HOME}units/"))
    assert "2026-01-31撤销" in told(office.get(f"{HOME}units/?closed=on"))


def test_a_new_account_shows_its_password_once_and_can_then_be_posted(office):
    answer = office.post(f"{HOME}people/new/", {"name": "王五", "username": "wangwu"})
    user = User.objects.get(username="wangwu")
    assert answer["Location"] == f"{HOME}people/{user.pk}/"
    page = office.get(answer["Location"]).content.decode()
    password = re.search(r'receipt-code">\s*(\S+?)\s*<', page)[1]
    assert user.check_password(password)
    assert password not in office.get(answer["Location"]).content.decode()
    post = {"unit": "999901001", "role": "window_clerk", "title": "综合窗口", "duty": "full_time",
            "from_on": TODAY.isoformat()}  # fmt: skip
    office.post(f"{HOME}people/{user.pk}/post/", post)
    assert {role.value for role in actor_of(user, TODAY).roles} == {"window_clerk"}
    assert "综合窗口" in told(office.get(f"{HOME}units/999901001/"))


def test_nobody_posts_closes_or_resets_himself(office, cast):
    me = cast.users["administrator"].pk
    assert "要由另一位系统管理员办理" in told(office.get(f"{HOME}people/{me}/"))
    post = {"unit": "999901001", "role": "centre_director", "from_on": TODAY.isoformat()}
    assert "不能给自己安排岗位" in told(office.post(f"{HOME}people/{me}/post/", post))
    assert "不能停用或重置自己的账号" in told(office.post(f"{HOME}people/{me}/password/", follow=True))
    assert "不能停用或重置自己的账号" in told(office.post(f"{HOME}people/{me}/close/", follow=True))
    assert Post.objects.filter(holder=me).count() == 1


def test_from_a_units_page_somebody_else_is_posted_but_not_oneself(office, cast):
    url = f"{HOME}units/999901001/post/"
    post = {"holder": str(cast.users["stranger"].pk), "role": "mediator", "from_on": TODAY.isoformat()}
    assert office.post(url, post).status_code == 302
    mine = {**post, "holder": str(cast.users["administrator"].pk)}
    assert "不能给自己安排岗位" in told(office.post(url, mine))
    organ = {**post, "role": "organ_head"}
    assert "不是有权处理机关" in told(office.post(url, organ))


def test_a_reset_password_signs_the_other_out_and_shows_once(office, desk, cast):
    clerk, user = desk("clerk"), cast.users["clerk"].pk
    assert clerk.get("/desk/").status_code == 200
    page = office.post(f"{HOME}people/{user}/password/", follow=True).content.decode()
    password = re.search(r'receipt-code">\s*(\S+?)\s*<', page)[1]
    assert User.objects.get(pk=user).check_password(password)
    assert clerk.get("/desk/")["Location"].startswith("/sign-in/")


def test_a_closed_account_is_out_at_once(office, desk, cast):
    clerk, user = desk("clerk"), cast.users["clerk"].pk
    office.post(f"{HOME}people/{user}/close/")
    assert clerk.get("/desk/").status_code == 302
    assert "已停用" in told(office.get(f"{HOME}people/{user}/"))
    assert "王芳" in told(office.get(f"{HOME}people/?closed=on"))


def test_leaving_a_post_ends_its_rights(office, desk, cast):
    user = cast.users["clerk"]
    post = user.posts.get()
    assert "王芳" in told(office.get(f"{HOME}posts/{post.pk}/end/"))
    assert "结束日期不能早于开始日期" in told(office.post(f"{HOME}posts/{post.pk}/end/", {"last_on": "2019-01-01"}))
    yesterday = date.fromordinal(TODAY.toordinal() - 1).isoformat()
    office.post(f"{HOME}posts/{post.pk}/end/", {"last_on": yesterday})
    assert desk("clerk").get("/desk/intake/").status_code == 404
    assert "以前的岗位" in told(office.get(f"{HOME}people/{user.pk}/"))
    assert office.get(f"{HOME}posts/999999/end/").status_code == 404
    assert office.get(f"{HOME}people/999999/").status_code == 404


def test_hours_and_helpline_are_set(office):
    office.post(f"{HOME}hours/hours/", {"opens": "09:00", "closes": "17:00"})
    office.post(f"{HOME}hours/helpline/", {"helpline": "0000-12345"})
    office.post(f"{HOME}hours/closing/", {"days": "2999-12-30"})
    settings = installation_settings()
    assert (settings["opens"], settings["closes"], settings["helpline"]) == ("09:00", "17:00", "0000-12345")
    assert settings["closed_on"] == ["2999-12-30"]
    assert "请填写真实的日期" in told(office.post(f"{HOME}hours/closing/", {"days": "2026-02-30"}))
    page = office.post(f"{HOME}hours/hours/", {"opens": "17:00", "closes": "09:00"})
    assert "开门时间要早于关门时间" in told(page)
    assert office.post(f"{HOME}hours/weather/").status_code == 404


def calendar_file(**changes):
    document = {"covered_years": [2027], "off": ["2027-01-01"], "makeup": ["2027-02-14"],
                "notices": [{"year": 2027, "number": "国办发明电〔2026〕9号"}], **changes}  # fmt: skip
    return SimpleUploadedFile("2027.json", json.dumps(document).encode())


def test_a_calendar_year_goes_through_two_pairs_of_hands(office, desk):
    office.post(f"{HOME}calendar/file/", {"file": calendar_file()})
    assert CalendarDraft.objects.get().notice == "国办发明电〔2026〕9号"
    assert "等待核准" in told(office.get(f"{HOME}calendar/"))
    assert "核准并发布" not in told(office.get(f"{HOME}calendar/2027/?draft"))
    assert office.get(f"{HOME}calendar/2027/").status_code == 404
    assert "核准并发布" in told(desk("bureau").get(f"{HOME}calendar/2027/?draft"))
    page = desk("bureau").post(f"{HOME}calendar/2027/approve/", {"seen": "another reading"}, follow=True)
    assert "这份草案刚才有人改过" in told(page)
    seen = CalendarDraft.objects.get().mark
    page = desk("bureau").post(f"{HOME}calendar/2027/approve/", {"seen": seen}, follow=True)
    assert "已发布，0件事项的期限会在后台重新推算" in told(page)
    assert CalendarYear.objects.filter(pk=2027).exists()
    assert "没有等待核准的这一年日历" in told(desk("bureau").post(f"{HOME}calendar/2027/approve/", follow=True))


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.json", b"not json"),
        SimpleUploadedFile("a.json", b"[]"),
        SimpleUploadedFile("a.json", b"\xff\xfe"),
        SimpleUploadedFile("a.json", b'{"covered_years": [2027], "off": ["2027-02-30"], "makeup": []}'),
    ],
)
def test_a_calendar_file_that_cannot_be_read_says_why(office, file):
    page = office.post(f"{HOME}calendar/file/", {"file": file})
    assert "这个文件不是可用的工作日历" in told(page)
    assert CalendarDraft.objects.count() == 0


def test_a_calendar_file_without_the_number_of_its_notice_is_not_taken(office):
    page = office.post(f"{HOME}calendar/file/", {"file": calendar_file(notices=[])})
    assert "请填写通知文号" in told(page)
    assert CalendarDraft.objects.count() == 0


def test_a_year_is_entered_in_the_words_of_its_notice(office):
    words = "元旦：1月1日（周五）至3日（周日）放假，共3天。\n国庆节：10月1日至7日放假调休。10月9日（周六）上班。"
    typed = {"year": "２０２７年", "number": "国办发明电〔2026〕9号", "words": words}
    page = office.post(f"{HOME}calendar/", typed, follow=True)
    assert "已提交，等信访局另一个人核准后生效" in told(page)
    draft = CalendarDraft.objects.get()
    assert (draft.year, draft.notice, draft.document["makeup"]) == (2027, "国办发明电〔2026〕9号", ["2027-10-09"])
    assert draft.document["off"] == [*(f"2027-01-0{d}" for d in (1, 2, 3)), *(f"2027-10-0{d}" for d in range(1, 8))]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"year": "27"}, "年份要写四位数字，例如2027。"),
        ({"number": ""}, "这个字段是必填项"),
        ({"words": "10月1日至7日"}, "这一句没有写清是“放假”还是“上班”：10月1日至7日"),
    ],
)
def test_words_that_are_no_notice_are_kept_with_the_reason(office, changes, words):
    typed = {"year": "2027", "number": "国办发明电〔2026〕9号", "words": "10月1日至7日放假", **changes}
    page = office.post(f"{HOME}calendar/", typed)
    assert words in told(page)
    assert page.context["words_form"]["words"].value() == typed["words"]
    assert CalendarDraft.objects.count() == 0


def test_a_year_shows_days_off_and_made_up_month_by_month(office):
    page = told(office.get(f"{HOME}calendar/2026/"))
    assert page.count("休") >= 20
    assert "十月" in page


def test_a_calendar_that_ends_soon_is_said_on_the_first_page(office):
    page = told(office.get(HOME))
    ahead = (date(2026, 12, 31) - TODAY).days
    assert ("已公布的工作日历只剩" in page) == (0 <= ahead < 60) or "今年的工作日历还没有公布" in page


def test_gaps_are_listed_and_explained_for_a_time(office):
    page = told(office.get(f"{HOME}composition/"))
    assert "A-03副主任1名，由司法所所长担任" in page
    note = {"unit": "999901002", "rule": "A-05", "about": "farming_station", "note": "街道没有农业",
            "from_on": TODAY.isoformat()}  # fmt: skip
    assert office.post(f"{HOME}composition/", note).status_code == 302
    assert Exemption.objects.get().note == "街道没有农业"
    assert "街道没有农业" in told(office.get(f"{HOME}composition/"))
    page = office.post(f"{HOME}composition/", {**note, "about": "land_office", "until_on": "2020-01-01"})
    assert "结束日期不能早于开始日期" in told(page)


def test_the_roll_out_is_recorded_by_date(office):
    office.post(f"{HOME}rollout/", {"area": "999901002", "status": "preparing", "on": "2026-11-01", "note": "选址"})
    assert Rollout.objects.get().status == "preparing"
    page = told(office.get(f"{HOME}rollout/"))
    assert "云桥街道筹建2026-11-01选址" in page
    assert "青禾镇未启动" in page
    refused = office.post(f"{HOME}rollout/", {"area": "999901002", "status": "preparing", "on": "2099-01-01"})
    assert "日期不能晚于今天" in told(refused)


def test_every_change_stands_in_the_log_of_the_house(office):
    office.post(f"{HOME}people/new/", {"name": "王五", "username": "wangwu"})
    page = told(office.get(HOME))
    assert "开通账号王五何管" in page
