"""Shelves on the screen: a list in the order of the first page, a form for one, the differences, the first page."""

import re

import pytest
from django.test import Client

from tests.services.test_shelves import WATER, emptied
from xinfang.models import CatalogueVersion

pytestmark = pytest.mark.django_db
URL = "/desk/office/catalogue/"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def told(page):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def office(desk):
    return desk("administrator")


def test_a_shelf_is_changed_compared_published_and_stands_on_the_first_page(office, desk):
    page = text(office.get(URL))
    assert f'{URL}shelf/work/"' in page
    form = text(office.get(f"{URL}shelf/work/"))
    assert 'value="工资 社保 劳动"' in form
    assert "要取消它，先把这些事项放到别的货架" in form
    values = {"zh": "打工 工资", "eg": "欠薪、工伤", "shape": "trade", "place": "1"}
    assert office.post(f"{URL}shelf/work/", values)["Location"] == f"{URL}1/"
    assert "打工 工资" not in text(Client().get("/"))
    bureau = desk("bureau")
    page = text(bureau.get(f"{URL}1/"))
    assert "货架名字工资社保劳动打工工资" in told(page)
    assert "图形公文包票据" in told(page)
    assert "没有不同" not in page
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    bureau.post(f"{URL}1/publish/", {"seen": seen})
    first = text(Client().get("/"))
    assert "打工 工资" in first
    assert "#shelf-trade" in first
    assert "打工 工资" in text(Client().get("/shelf/work/"))


def test_an_empty_shelf_is_taken_away_and_a_new_one_added(office, cast):
    emptied(cast)
    page = text(office.get(f"{URL}shelf/trade/"))
    assert "取消这个货架" in page
    assert "已写进草案：取消这个货架" in text(office.post(f"{URL}shelf/trade/remove/", follow=True))
    assert "加一个货架" in text(office.get(f"{URL}shelf/"))
    office.post(f"{URL}shelf/", WATER)
    page = text(office.get(f"{URL}1/"))
    assert "取消货架：<del>买卖 合同 债务</del>" in page
    assert "新货架" in page
    assert "货架是空的" in page
    assert "没有这个货架" in text(office.post(f"{URL}shelf/trade/remove/", follow=True))


def test_what_is_wrong_is_said_beside_its_field(office):
    page = text(office.post(f"{URL}shelf/", {**WATER, "zh": "长" * 17, "shape": ""}))
    assert "错误：" in page
    assert not CatalogueVersion.objects.exists()
    assert "首页最多 8 个货架" in text(office.post(f"{URL}shelf/", WATER))
    assert office.get(f"{URL}shelf/gone/").status_code == 404


def test_the_unclear_shelf_has_no_button_that_takes_it_away(office):
    assert "取消这个货架</button>" not in text(office.get(f"{URL}shelf/unclear/"))
