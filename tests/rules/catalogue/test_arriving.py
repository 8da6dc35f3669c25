"""A catalogue file becomes a draft whole or not at all, and every fault is said with its line."""

from copy import deepcopy

import pytest

from tests.rules.catalogue.test_editing import CODES
from tests.rules.shipped_files import policy
from xinfang.rules.catalogue.arriving import arrived
from xinfang.rules.catalogue.editing import Codes
from xinfang.rules.catalogue.versions import changes

SHIPPED = policy("catalogue")
ITEMS, SHELVES = SHIPPED["items"], SHIPPED["shelves"]


def codes(shelves):
    return Codes(frozenset(one["key"] for one in shelves), CODES.categories, CODES.functions, CODES.elsewhere)


def read(**changes):
    document = {"items": deepcopy(ITEMS), "shelves": deepcopy(SHELVES), **changes}
    return arrived({name: part for name, part in document.items() if part is not None}, ITEMS, SHELVES, codes)


def item(**changes):
    return {**deepcopy(ITEMS[0]), **changes}


def faults(**changes):
    return [(fault.key, fault.refusal.field or "", fault.refusal.code) for fault in read(**changes).faults]


def test_what_is_shipped_comes_back_as_it_is():
    found = read()
    assert changes(ITEMS, found.items) == []
    assert (found.shelves, found.faults) == (SHELVES, ())


def test_a_line_takes_the_place_of_its_own_others_are_added_and_the_rest_stays():
    found = read(items=[item(zh="欠薪"), item(key="kilns", zh="砖厂")], shelves=None)
    assert found.faults == ()
    assert [one["zh"] for one in found.items[:1]] == ["欠薪"]
    assert found.items[1:-1] == ITEMS[1:]
    assert (found.items[-1]["key"], found.shelves) == ("kilns", SHELVES)


def test_every_fault_is_said_with_its_line_and_field():
    wrong = [item(zh="", route="accusation"), item(key="kilns", shelf="cellar")]
    assert faults(items=wrong) == [
        ("unpaid_wages", "zh", "field_required"), ("unpaid_wages", "route", "choice_unknown"),
        ("kilns", "shelf", "choice_unknown"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (item(key="No Key"), "file_key_wrong"),
        ("text", "file_key_wrong"),
        ({"key": "bare"}, "file_line_unreadable"),
        (item(zh=["list"]), "file_line_unreadable"),
        (item(synonyms=[1, 2]), "file_line_unreadable"),
        (item(limit="soon"), "file_line_unreadable"),
    ],
)
def test_a_row_that_is_no_line_is_said(row, code):
    assert [found[2] for found in faults(items=[row])] == [code]


def test_a_key_stands_once():
    assert faults(items=[item(), item()]) == [("unpaid_wages", "", "file_key_wrong")]


@pytest.mark.parametrize("document", [None, [], "text", {"items": []}, {"items": 5}])
def test_a_file_without_lines_is_said(document):
    [fault] = arrived(document, ITEMS, SHELVES, codes).faults
    assert fault.refusal.code == "file_part_missing"


def test_there_is_an_end_to_lines_and_shelves():
    assert faults(items=[item()] * 501)[0][2] == "too_many_words"
    assert ("", "", "too_many_words") in faults(shelves=[*SHELVES, SHELVES[0]])


def test_the_unclear_shelf_is_there_and_last_and_no_line_loses_its_shelf():
    assert ("unclear", "", "shelf_stays") in faults(shelves=SHELVES[:-1])
    assert read(shelves=[SHELVES[-1], *SHELVES[:-1]]).shelves == SHELVES
    lost = faults(items=[item()], shelves=[one for one in SHELVES if one["key"] != "trade"])
    assert lost
    assert {code for _key, _field, code in lost} == {"line_without_shelf"}
