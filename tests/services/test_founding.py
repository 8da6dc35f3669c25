"""An installation is set up from files, once, and may be set up again without harm."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import at
from xinfang.models import Area, CalendarYear, Event, Exemption, Installation, Post, Rollout, Unit, User
from xinfang.policies import shipped
from xinfang.rules.refusals import RuleBroken
from xinfang.services import founding

pytestmark = pytest.mark.django_db

NOW = at("2026-11-23 09:00")


def initialise(*arguments):
    said = StringIO()
    call_command("initialise", "--area", "341602", *arguments, stdout=said)
    return said.getvalue()


def test_a_real_district_has_its_townships_a_centre_in_each_and_no_demo():
    initialise("--admin", "何管")
    assert Area.objects.filter(parent="341602").count() == 28
    assert Unit.objects.filter(tier="township", kind="centre").count() == 28
    centre = Unit.objects.get(pk="341602106")
    assert (centre.name, centre.path) == ("五马镇群众工作服务中心（信访超市）", "341602.341602106")
    assert Unit.objects.get(pk="341602001-ZF").name == "花戏楼街道办事处"
    installation = Installation.objects.get()
    assert (installation.district, installation.is_demo) == ("341602", False)
    assert sorted(CalendarYear.objects.values_list("year", flat=True)) == list(range(2011, 2027))


def test_the_first_administrator_gets_a_password_that_is_shown_once_and_must_be_changed():
    said = initialise("--admin", "何管")
    user = User.objects.get()
    password = said.split("一次性密码 ")[1].split("，")[0]
    assert (user.username, user.name, user.must_change_password) == ("heguan", "何管", True)
    assert user.check_password(password)
    assert [post.role for post in user.posts.all()] == ["administrator"]
    assert password not in initialise()


def test_a_lost_password_of_the_administrator_is_renewed_at_the_machine():
    initialise("--admin", "何管")
    said = initialise("--admin", "heguan", "--new-password")
    assert User.objects.get().check_password(said.split("一次性密码 ")[1].split("，")[0])
    with pytest.raises(CommandError, match="没有这个系统管理员"):
        initialise("--admin", "nobody", "--new-password")


def test_setting_up_again_changes_nothing():
    initialise("--admin", "何管", "--hours", "9:00-17:00")
    before = (Area.objects.count(), Unit.objects.count(), User.objects.count())
    Unit.objects.filter(pk="341602106").update(name="改过的名字")
    said = initialise("--admin", "另一个人")
    assert "新增区划 0 个、单位 0 个、日历 0 年" in said
    assert (Area.objects.count(), Unit.objects.count(), User.objects.count()) == before
    assert Unit.objects.get(pk="341602106").name == "改过的名字"
    assert Installation.objects.get().settings["opens"] == "09:00"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--area", "110101"], "没有 110101 的区划文件"),
        ([], "请写明区划代码"),
        (["--area", "341602"], "请用 --admin"),
        (["--area", "341602", "--admin", "何管", "--hours", "早上到晚上"], "办公时间的写法"),
        (["--area", "341602", "--admin", "何管", "--hours", "17:30-08:30"], "开门时间要早于关门时间"),
    ],
)
def test_what_cannot_be_set_up_is_said_in_a_sentence_and_leaves_nothing(arguments, words, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError, match=words):
        call_command("initialise", *arguments, stdout=StringIO())
    assert Installation.objects.count() == 0


def test_areas_of_another_district_come_from_a_file(tmp_path):
    file = tmp_path / "areas.yaml"
    file.write_text('areas: [{code: "990001", name: 某区, kind: district, parent: null}]', encoding="utf-8")
    call_command("initialise", "--area", "990001", "--areas-file", str(file), "--admin", "a.b", stdout=StringIO())
    assert Unit.objects.get(pk="990001").name == "某区群众工作服务中心（信访超市）"


def test_one_installation_is_never_two():
    founding.found(district="341602", is_demo=False, at=NOW)
    with pytest.raises(RuleBroken, match="installation_differs"):
        founding.found(district="341602", is_demo=True, at=NOW)


def test_the_invented_district_loads_whole():
    district, people = shipped("demo_district.yaml"), shipped("demo_people.yaml")
    founding.found(district="999901", is_demo=True, at=NOW, settings=district["hours"])
    founding.load_areas(rows=district["areas"])
    founding.load_units(rows=district["units"], at=NOW)
    accounts = founding.load_people(
        rows=people["people"], at=NOW, from_on=date.fromisoformat(str(people["posts_valid_from"])), is_demo=True
    )
    founding.load_rollout(rows=district["rollout"], at=NOW)
    founding.load_exemptions(rows=district["exemptions"], at=NOW)
    assert Unit.objects.count() == len(district["units"])
    assert len(accounts) == len(people["people"])
    assert Post.objects.count() == sum(len(row["posts"]) for row in people["people"])
    assert {a.user.username for a in accounts if a.password} == {r["login"] for r in people["people"] if r["sign_in"]}
    assert (Rollout.objects.count(), Exemption.objects.count()) == (7, 1)
    assert Event.objects.filter(type="post_filled").count() == Post.objects.count()
    assert founding.load_people(rows=people["people"], at=NOW, from_on=date(2021, 1, 1)) == []
