"""A place is found by code, name, part of a name, pinyin or first letters; several are offered, never guessed."""

import pytest

from xinfang.rules.intake.places import Place, find_places

TOWN = Place("999901001", "河湾镇", "", "he wan zhen")
EAST = Place("999901001201", "桥东村", "河湾镇", "qiao dong cun")
WEST = Place("999901001202", "桥西村", "河湾镇", "qiao xi cun")
OTHER = Place("999901002201", "桥东村", "石桥镇", "qiao dong cun")
ALL = (TOWN, EAST, WEST, OTHER)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("999901001201", (EAST,)),
        ("桥东村（河湾镇）", (EAST,)),
        ("桥东村(河湾镇)", (EAST,)),
        ("桥西村", (WEST,)),
        ("桥东村", (EAST, OTHER)),
        ("qiaoxicun", (WEST,)),
        ("QXC", (WEST,)),
        ("ｑｘ", (WEST,)),
        ("qiao x", (WEST,)),
        ("hwz", (TOWN,)),
        ("河湾", (TOWN,)),
        ("河湾镇桥西", (WEST,)),
        ("石桥", (OTHER,)),
        ("dong", (EAST, OTHER)),
        ("1202", (WEST,)),
        ("qiao", (EAST, WEST, OTHER)),
        ("没有这个村", ()),
        ("  ", ()),
    ],
)
def test_what_is_typed_finds(typed, found):
    assert find_places(typed, ALL) == found


def test_two_villages_of_one_name_are_written_apart():
    assert (EAST.full, OTHER.full, TOWN.full) == ("桥东村（河湾镇）", "桥东村（石桥镇）", "河湾镇")
    assert EAST.initials == "qdc"


def test_a_place_without_pinyin_is_found_by_its_name_alone():
    bare = Place("1", "某村", "")
    assert find_places("某", (bare,)) == (bare,)
    assert find_places("mc", (bare,)) == ()
