"""The catalogue on the screen: every line on its shelf, and what is missing of it in this district."""

import pytest

from tests.rules.shipped_files import policy
from xinfang.models import Unit
from xinfang.queries import catalogue
from xinfang.rules.catalogue.gaps import CatalogueGap, Missing
from xinfang.web.office.catalogue import _missing

pytestmark = pytest.mark.django_db
FUNCTIONS = sorted({function for item in policy("catalogue")["items"] for function in item["units"]})


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_every_line_stands_on_its_shelf_with_what_follows_from_it(desk):
    page = text(desk("bureau").get("/desk/office/catalogue/"))
    for item in policy("catalogue")["items"]:
        assert item["zh"] in page
    for words in ("工资 社保 劳动", "拖欠工资", "不登记，另有专门渠道", "直接办理，不走信访程序", "生态环境"):
        assert words in page


def test_where_nobody_is_there_for_a_line_it_is_said_by_place(desk):
    page = text(desk("administrator").get("/desk/office/catalogue/"))
    assert "这里没有对应的办理单位" in page
    assert "云桥街道" in page


def test_a_district_that_is_there_for_everything_has_no_gap(desk):
    district = Unit.objects.get(code="999901-RS")
    for n, function in enumerate(FUNCTIONS):
        district.pk, district.code = f"999901-F{n}", f"999901-F{n}"
        district.path, district.function = f"999901.999901-F{n}", function
        district.save(force_insert=True)
    page = text(desk("bureau").get("/desk/office/catalogue/"))
    assert "每一类、每个货架都有事项，每个乡镇都有单位可办。" in page


def test_gaps_of_classes_and_shelves_are_said_by_their_names():
    shelves = catalogue.shelves()
    assert _missing(Missing(CatalogueGap.CLASS_WITHOUT_LINE, "health"), shelves)[1] == "卫生健康"
    assert _missing(Missing(CatalogueGap.SHELF_WITHOUT_LINE, "work"), shelves)[1] == "工资 社保 劳动"


def test_who_does_not_run_the_house_does_not_meet_it(desk):
    assert desk("clerk").get("/desk/office/catalogue/").status_code == 404
