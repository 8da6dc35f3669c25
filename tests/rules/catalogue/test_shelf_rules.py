"""Shelves of the first page: at most eight, the unclear one always last, none goes that something stands on."""

import pytest

from tests.rules.shipped_files import policy
from xinfang.rules.catalogue.shelves import checked, put, typed, with_places, without
from xinfang.rules.catalogue.versions import SHELF_FIELDS, changes
from xinfang.rules.refusals import RuleBroken

SHIPPED = tuple(policy("catalogue")["shelves"])
WATER = {"zh": "水 电 气", "eg": "停水、停电", "shape": "home", "place": "2"}


def keys(shelves):
    return [shelf["key"] for shelf in shelves]


def test_a_shelf_is_typed_as_it_stands_and_read_as_it_was_typed():
    values = typed(SHIPPED, "land")
    assert (values["zh"], values["place"], values["shape"]) == ("土地 房屋 征收", "2", "land")
    read = checked(values, key="land")
    assert (read.item, read.refusals) == (SHIPPED[1], ())
    assert typed(SHIPPED, "") == {"place": "8"}


def test_english_may_stay_empty():
    assert checked(WATER, key="own_1").item == {
        "key": "own_1", "shape": "home", "zh": "水 电 气", "en": "水 电 气",
        "eg": {"zh": "停水、停电", "en": "停水、停电"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"zh": " "}, "zh", "field_required"),
        ({"zh": "长" * 17}, "zh", "text_too_long"),
        ({"eg": "长" * 41}, "eg", "text_too_long"),
        ({"shape": "moon"}, "shape", "choice_unknown"),
        ({"place": "9"}, "place", "choice_unknown"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(wrong, field, code):
    [refused] = checked({**WATER, **wrong}, key="own_1").refusals
    assert (refused.field, refused.code) == (field, code)


def test_a_shelf_moves_and_the_unclear_one_stays_last():
    assert keys(put(SHIPPED, SHIPPED[0], 3))[:3] == ["land", "home", "work"]
    assert keys(put(SHIPPED, SHIPPED[0], 8))[-2:] == ["work", "unclear"]
    assert keys(put(SHIPPED, SHIPPED[-1], 1)) == keys(SHIPPED)
    with pytest.raises(RuleBroken, match="too_many_shelves"):
        put(SHIPPED, {"key": "own_1"}, 1)


def test_only_an_empty_shelf_goes_and_never_the_unclear_one():
    lines = [{"shelf": "work"}]
    assert keys(without(SHIPPED, "trade", lines)) == [key for key in keys(SHIPPED) if key != "trade"]
    for key, code in (("work", "shelf_has_lines"), ("unclear", "shelf_stays"), ("gone", "shelf_unknown")):
        with pytest.raises(RuleBroken, match=code):
            without(SHIPPED, key, lines)


def test_another_order_is_a_difference():
    moved = put(SHIPPED, SHIPPED[0], 2)
    found = changes(with_places(SHIPPED), with_places(moved), SHELF_FIELDS)
    assert [(change.key, change.fields[0].name, change.fields[0].come) for change in found] == [
        ("land", "place", ("1",)), ("work", "place", ("2",)),
    ]  # fmt: skip
