"""The catalogue on the screen: its lines and gaps, changed in a draft, compared, published by somebody else."""

import re

import pytest

from tests.cast import at
from tests.rules.shipped_files import policy
from tests.services.test_catalogue import MUSHROOMS, line, release
from xinfang.models import CatalogueVersion, Unit
from xinfang.queries import catalogue
from xinfang.rules.catalogue.gaps import CatalogueGap, Missing
from xinfang.services.catalogue import change_line
from xinfang.web.office.catalogue import _missing

pytestmark = pytest.mark.django_db
FUNCTIONS = sorted({function for item in policy("catalogue")["items"] for function in item["units"]})
URL = "/desk/office/catalogue/"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def told(response):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", text(response)))


@pytest.fixture
def office(desk):
    """The administrator's browser."""
    return desk("administrator")


def test_every_line_stands_on_its_shelf_with_what_follows_from_it(desk):
    page = text(desk("bureau").get(URL))
    for item in policy("catalogue")["items"]:
        assert item["zh"] in page
        assert f"{URL}line/{item['key']}/" in page
    for words in ("工资 社保 劳动", "拖欠工资", "不登记，另有专门渠道", "直接办理，不走信访程序", "生态环境"):
        assert words in page


def test_where_nobody_is_there_for_a_line_it_is_said_by_place(office):
    page = text(office.get(URL))
    assert "这里没有对应的办理单位" in page
    assert "云桥街道" in page


def test_a_district_that_is_there_for_everything_has_no_gap(desk):
    district = Unit.objects.get(code="999901-RS")
    for n, function in enumerate(FUNCTIONS):
        district.pk, district.code = f"999901-F{n}", f"999901-F{n}"
        district.path, district.function = f"999901.999901-F{n}", function
        district.save(force_insert=True)
    assert "每一类、每个货架都有事项，每个乡镇都有单位可办。" in text(desk("bureau").get(URL))


def test_gaps_of_classes_and_shelves_are_said_by_their_names():
    shelves = catalogue.shelf_names()
    assert _missing(Missing(CatalogueGap.CLASS_WITHOUT_LINE, "health"), {}, shelves)[1] == "卫生健康"
    assert _missing(Missing(CatalogueGap.SHELF_WITHOUT_LINE, "work"), {}, shelves)[1] == "工资 社保 劳动"


def test_a_line_is_changed_in_a_draft_that_shows_what_goes_and_what_comes(office):
    page = text(office.get(f"{URL}line/unpaid_wages/"))
    assert 'name="zh" value="工资被拖欠"' in page
    assert "欠薪、讨薪" in page
    answer = office.post(f"{URL}line/unpaid_wages/", line("unpaid_wages", zh="老板不给钱", route="petition"))
    assert answer["Location"] == f"{URL}1/"
    page = told(office.get(f"{URL}1/"))
    assert "群众看到的名字工资被拖欠老板不给钱" in page
    assert "和第0版比" in page
    assert "本地2026" in page or "本地" in page
    assert "要由信访局没有改过这份草案的人发布" in page
    assert "工资被拖欠" in text(office.get(f"{URL}0/"))
    assert "这里是草案里的写法" in text(office.get(f"{URL}line/unpaid_wages/"))


def test_a_line_of_ones_own_is_added_and_published_by_somebody_else(office, desk):
    assert "加一个事项" in text(office.get(f"{URL}line/"))
    assert office.post(f"{URL}line/", MUSHROOMS)["Location"] == f"{URL}1/"
    bureau = desk("bureau")
    page = text(bureau.get(f"{URL}1/"))
    assert "新事项" in page
    assert "蘑菇大棚塌了。" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    answer = bureau.post(f"{URL}1/publish/", {"seen": seen}, follow=True)
    assert "已发布，搜索、货架和建议马上用它" in text(answer)
    assert "蘑菇大棚" in text(office.get(URL))
    assert CatalogueVersion.objects.get().published_at is not None
    assert "没有等待发布的这份草案" in text(bureau.post(f"{URL}1/publish/", {"seen": seen}, follow=True))


def test_everything_that_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(office):
    page = told(office.post(f"{URL}line/", {**MUSHROOMS, "zh": "", "shelf": "", "until_on": "昨天"}))
    assert "错误：" in page
    assert page.count("菌棚、菇棚、蘑菇") == 1
    assert not CatalogueVersion.objects.exists()


def test_a_line_that_nobody_knows_is_a_missing_page_and_the_accusing_one_keeps_its_door(office):
    assert office.get(f"{URL}line/gone/").status_code == 404
    assert office.get(f"{URL}9/").status_code == 404
    page = text(office.get(f"{URL}line/accusation_of_officials/"))
    assert '<option value="accusation" selected>' in page
    assert '<option value="petition"' not in page


def test_an_ended_a_coming_and_an_ending_line_say_so(office, cast):
    for key, days in (("debts", {"until_on": "2020-01-01"}), ("school", {"from_on": "2099-01-01"}),
                      ("consumer", {"until_on": "2099-01-01"})):  # fmt: skip
        office.post(f"{URL}line/{key}/", line(key, **days))
    page = text(office.get(f"{URL}1/"))
    for words in ("2020-01-01 停用", "2099-01-01 起用", "用到 2099-01-01"):
        assert words in page


def test_a_draft_is_withdrawn(office):
    office.post(f"{URL}line/", MUSHROOMS)
    assert "草案已撤回" in text(office.post(f"{URL}1/withdraw/", follow=True))
    assert "没有等待发布的这份草案" in text(office.post(f"{URL}1/withdraw/", follow=True))


def test_what_a_release_brought_is_shown_and_answered(office, cast, desk, monkeypatch):
    change_line(key="", values=MUSHROOMS, by=cast.administrator, at=at("2026-11-23 09:00"))
    assert "系统升级带来的新内容" not in text(office.get(URL))
    release(monkeypatch, zh="老板欠薪")
    page = text(office.get(URL))
    assert "系统升级带来的新内容" in page
    assert "老板欠薪" in page
    assert "已写进草案" in text(office.post(f"{URL}release/unpaid_wages/", {"take": "yes"}, follow=True))
    assert "老板欠薪" in text(office.get(f"{URL}1/"))
    release(monkeypatch, zh="欠薪了")
    assert "保留本地的写法" in text(office.post(f"{URL}release/unpaid_wages/", {"take": "no"}, follow=True))
    assert "没有找到这个事项" in text(office.post(f"{URL}release/gone/", {"take": "no"}, follow=True))
    assert "系统升级带来的新内容" not in text(office.get(URL))


def test_the_list_takes_the_same_statements_however_many_lines_there_are(office, django_assert_num_queries):
    office.get(URL)
    with django_assert_num_queries(STATEMENTS):
        office.get(URL)
    for n in range(3):
        office.post(f"{URL}line/", {**MUSHROOMS, "zh": f"蘑菇{n}"})
    with django_assert_num_queries(STATEMENTS + 1):
        office.get(URL)


STATEMENTS = 12


def test_who_does_not_run_the_house_does_not_meet_it(desk):
    for url in (URL, f"{URL}line/", f"{URL}0/"):
        assert desk("clerk").get(url).status_code == 404
