"""The check of the catalogue says where it leaves somebody without an answer, and the shipped one has no such place."""

from tests.rules.shipped_files import codes_of, policy, units
from xinfang.rules.catalogue.gaps import CatalogueGap, Missing, gaps
from xinfang.rules.catalogue.lines import read

SHIPPED = policy("catalogue")


def item(**changes):
    plain = {
        "key": "lamps", "shelf": "outside", "category": "transport", "units": ["roads"], "route": "petition",
        "zh": "路灯", "en": "Lamps", "synonyms": ["灯不亮", "灯坏"], "example": {"zh": "例", "en": "e"},
    }  # fmt: skip
    return {**plain, **changes}


def found(*items, classes=("transport",), shelves=("outside",), present=None):
    here = {"甲镇": frozenset({"roads"})} if present is None else present
    return gaps(read(items), classes=classes, shelves=shelves, present=here)


def test_a_whole_catalogue_has_no_gap():
    assert found(item()) == []


def test_a_line_with_hardly_a_name_is_not_found_by_anybody():
    assert found(item(synonyms=[])) == [Missing(CatalogueGap.FEW_NAMES, "lamps")]


def test_one_name_for_two_things_is_named_at_the_second():
    other = item(key="bulbs", zh="灯泡", en="Bulbs", synonyms=["灯坏", "换灯"])
    assert found(item(), other) == [Missing(CatalogueGap.NAME_OF_TWO, "bulbs", "灯坏")]


def test_a_class_or_shelf_without_a_line_is_said():
    assert found(item(), classes=("transport", "health"), shelves=("outside", "inside")) == [
        Missing(CatalogueGap.CLASS_WITHOUT_LINE, "health"),
        Missing(CatalogueGap.SHELF_WITHOUT_LINE, "inside"),
    ]


def test_a_line_on_a_shelf_that_is_gone_is_said():
    assert found(item(), shelves=()) == [Missing(CatalogueGap.LINE_WITHOUT_SHELF, "lamps")]


def test_a_place_where_nobody_is_there_for_a_line_is_said():
    present = {"甲镇": frozenset({"roads"}), "乙镇": frozenset({"schools"})}
    assert found(item(), present=present) == [Missing(CatalogueGap.NOBODY_THERE, "lamps", "乙镇")]


def test_the_shipped_catalogue_has_no_gap_in_the_demo_district():
    everything = frozenset(unit["function"] for unit in units().values())
    missing = gaps(
        read(SHIPPED["items"]),
        classes=codes_of("categories"),
        shelves=[shelf["key"] for shelf in SHIPPED["shelves"]],
        present={"示范区": everything},
    )
    assert missing == []
