"""A line of the catalogue as somebody types it: read into what a version keeps, or refused field by field."""

import pytest

from tests.rules.shipped_files import policy
from xinfang.rules.catalogue.editing import Codes, checked, typed
from xinfang.rules.catalogue.lines import read
from xinfang.rules.catalogue.versions import changes, mark, marks, own_key, proposals

SHIPPED = policy("catalogue")
CODES = Codes(
    shelves=frozenset(shelf["key"] for shelf in SHIPPED["shelves"]),
    categories=frozenset(item["category"] for item in SHIPPED["items"]),
    functions=frozenset(unit for item in SHIPPED["items"] for unit in item["units"]),
    elsewhere=frozenset(body["code"] for body in SHIPPED["elsewhere"]),
)
LAMPS = {
    "zh": "路灯不亮", "synonyms": "灯坏了、 灯不亮，灯坏了\n黑灯", "words": "",
    "example": "村口的灯坏了。", "shelf": "surroundings",
    "category": "transport", "route": "duty", "unit1": "transport", "unit2": "", "unit3": "transport",
    "papers": "照片\n位置\n\n", "papers_en": "Photograph", "limit": "7天", "elsewhere": ["emergency"],
}  # fmt: skip


def entered(**changes):
    return checked({**LAMPS, **changes}, CODES, key="lamps")


def refusals(**changes):
    return [(refused.code, refused.field) for refused in entered(**changes).refusals]


@pytest.mark.parametrize("item", SHIPPED["items"], ids=lambda item: item["key"])
def test_every_shipped_line_goes_through_its_form_unchanged(item):
    again = checked(typed(item), CODES, key=item["key"], accusing=item["route"] == "accusation")
    assert again.refusals == ()
    assert again.item == {"words": [], **item}


def test_words_are_set_apart_once_each_and_chinese_stands_for_english_that_is_missing():
    item = entered().item
    assert (item["synonyms"], item["words"], item["units"]) == (["灯坏了", "灯不亮", "黑灯"], [], ["transport"])
    assert item["papers"] == [{"zh": "照片", "en": "Photograph"}, {"zh": "位置", "en": "位置"}]
    assert (item["en"], item["example"], item["limit"]) == (
        "路灯不亮", {"zh": "村口的灯坏了。", "en": "村口的灯坏了。"}, {"zh": "7天", "en": "7天"},
    )  # fmt: skip
    assert "from_on" not in item


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"zh": " "}, [("field_required", "zh")]),
        ({"zh": "长" * 21}, [("text_too_long", "zh")]),
        ({"example": "", "limit": ""}, [("field_required", "example"), ("field_required", "limit")]),
        ({"shelf": "attic"}, [("choice_unknown", "shelf")]),
        ({"category": "", "route": "accusation"}, [("choice_unknown", "route"), ("choice_unknown", "category")]),
        ({"unit1": "", "unit3": ""}, [("field_required", "unit1")]),
        ({"unit2": "magic"}, [("choice_unknown", "unit2")]),
        ({"elsewhere": ["nowhere"]}, [("choice_unknown", "elsewhere")]),
        ({"words": "、".join(map(str, range(201)))}, [("too_many_words", "words")]),
        ({"synonyms": "长" * 21}, [("word_too_long", "synonyms")]),
        ({"papers": "\n".join(map(str, range(13)))}, [("too_many_words", "papers")]),
        ({"papers": "长" * 121}, [("word_too_long", "papers")]),
        ({"from_on": "2026-13-01"}, [("date_unreal", "from_on")]),
        ({"from_on": "2026-12-02", "until_on": "2026-12-01"}, [("dates_reversed", "until_on")]),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_field(wrong, expected):
    assert refusals(**wrong) == expected


def test_the_door_of_accusations_stays_that_door():
    assert checked({**LAMPS, "route": "accusation"}, CODES, key="a", accusing=True).refusals == ()
    assert checked(LAMPS, CODES, key="a", accusing=True).refusals[0].field == "route"


def test_a_line_is_offered_from_its_first_to_its_last_day():
    item = entered(from_on="2026-12-01", until_on="2026-12-31").item
    [line] = read([item]).lines
    days = [line.from_on.replace(month=month, day=day) for month, day in ((11, 30), (12, 1), (12, 31))]
    assert [line.is_on(day) for day in days] == [False, True, True]
    assert not line.is_on(days[-1].replace(year=2027))
    catalogue = read([item, {**item, "key": "always", "from_on": ""}])
    assert [line.key for line in catalogue.on(days[0]).lines] == ["always"]
    assert catalogue.on(days[1]) is catalogue


def test_a_change_says_what_goes_and_what_comes():
    before = entered().item
    after = entered(synonyms="灯坏了、黑灯、没灯", route="service", until_on="2026-12-31", papers="位置\n照片").item
    [change] = changes([before], [after])
    assert (change.key, change.is_new) == ("lamps", False)
    assert [(field.name, field.gone, field.come) for field in change.fields] == [
        ("route", ("duty",), ("service",)),
        ("synonyms", ("灯不亮",), ("没灯",)),
        ("papers", ({"zh": "照片", "en": "Photograph"}, {"zh": "位置", "en": "位置"}),
         ({"zh": "位置", "en": "Photograph"}, {"zh": "照片", "en": "照片"})),
        ("until_on", (), ("2026-12-31",)),
    ]  # fmt: skip


def test_another_order_is_a_change_and_the_same_is_none():
    before = entered(unit2="housing", unit3="").item
    after = entered(unit1="housing", unit2="transport", unit3="").item
    [change] = changes([before], [after])
    assert [(field.gone, field.come) for field in change.fields] == [
        (("transport", "housing"), ("housing", "transport"))
    ]
    assert changes([before], [before]) == []
    [new] = changes([], [before])
    assert new.is_new


def test_a_release_is_spoken_of_once_and_only_where_it_differs():
    ours, theirs = entered().item, entered(zh="路灯").item
    seen = marks([ours])
    assert proposals(seen, [ours], [{**ours, "zh": "黑灯"}]) == []
    assert [(one.key, one.is_new) for one in proposals(seen, [theirs], [ours])] == [("lamps", False)]
    assert [one.is_new for one in proposals(seen, [{**theirs, "key": "bulbs"}], [ours])] == [True]
    assert proposals({"lamps": mark(theirs)}, [theirs], [ours]) == []
    assert proposals(seen, [theirs], [theirs]) == []


def test_a_key_of_ones_own_is_the_first_that_was_never_used():
    assert own_key([]) == "own_1"
    assert own_key(["own_1", "lamps", "own_2"]) == "own_3"
