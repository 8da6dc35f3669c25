from datetime import UTC, date, datetime

import pytest

from xinfang.rules.intake.batch_cells import day, folded, text, whole, yes
from xinfang.rules.intake.batch_rows import Head, ItemState, Places, level_of, read_row
from xinfang.rules.intake.watched_words import WatchedWords
from xinfang.rules.matters.codes import Level
from xinfang.rules.refusals import RuleBroken


@pytest.mark.parametrize(
    ("cell", "found"),
    [(None, ""), (True, "是"), (False, "否"), (12.0, "12"), (12.5, "12.5"), (date(2026, 3, 1), "2026-03-01"),
     (datetime(2026, 3, 1, 8, tzinfo=UTC), "2026-03-01"), (" 甲\x00村 ", "甲村")],
)  # fmt: skip
def test_the_text_of_a_cell_is_what_a_reader_sees(cell, found):
    assert text(cell) == found


def test_words_are_compared_narrow_and_without_blanks():
    assert folded(" Ａ１ 甲 村 ") == "A1甲村"


@pytest.mark.parametrize("cell", [46097, 46097.0, "46097", "2026-03-16", "2026.3.16", "20260316",
                                  datetime(2026, 3, 16, 9, tzinfo=UTC),
                                  date(2026, 3, 16), "2026年3月16日", "2026-03-16 00:00:00"])  # fmt: skip
def test_a_day_is_understood_however_it_was_typed(cell):
    assert day(cell) == date(2026, 3, 16)


@pytest.mark.parametrize("cell", ["2026-02-30", "三月", 1, "12345678", True, "2026-3", 99_999])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(RuleBroken, match="date_unreal"):
        day(cell)


def test_an_empty_cell_is_no_day_no_number_and_no():
    assert (day(" "), whole("", least=1, most=9), yes(None)) == (None, None, False)


@pytest.mark.parametrize(("cell", "found"), [("５人", 5), (7.0, 7), (" 3 ", 3)])
def test_whole_numbers_are_read_as_written(cell, found):
    assert whole(cell, least=1, most=9) == found


@pytest.mark.parametrize(("cell", "code"), [("多", "number_unreal"), (2.5, "number_unreal"), (0, "number_out_of_range"),
                                            (10, "number_out_of_range")])  # fmt: skip
def test_other_numbers_are_refused(cell, code):
    with pytest.raises(RuleBroken, match=code):
        whole(cell, least=1, most=9)


@pytest.mark.parametrize(
    ("cell", "found"), [("是", True), ("Y", True), (True, True), (1, True), ("否", False), ("无", False)]
)
def test_yes_and_no_are_understood(cell, found):
    assert yes(cell) is found


def test_maybe_is_neither():
    with pytest.raises(RuleBroken, match="yes_or_no"):
        yes("大概")


@pytest.mark.parametrize(
    ("words", "level"),
    [("省长", Level.PROVINCE), ("自治区主席", Level.PROVINCE), ("国家信访局", Level.STATE), ("市长", Level.CITY),
     ("区市场监管局", Level.COUNTY), ("镇党委", Level.TOWNSHIP), ("街道", Level.TOWNSHIP),
     ("国土所", None), ("", None)],
)  # fmt: skip
def test_the_office_says_its_level_first(words, level):
    assert level_of(words) == level


CELLS = {"name": "张一", "channel": "来信", "petitioned_on": "2026-03-02", "purpose": "求决", "area": "甲村",
         "summary": "路灯坏了", "demand": "修好", "unit": "区人社局"}  # fmt: skip
PLACES = Places({"区人社局": "999901-RS"}, {"甲村": "999901001201"})


def problems(default=None, **cells):
    """What is wrong in a row of a letter of 1 March that comes in on 16 March."""
    head = Head("批次", "1", "市", "1号", date(2026, 3, 1), default)
    row = read_row(1, {**CELLS, **cells}, head, PLACES, date(2026, 3, 16), WatchedWords((), ()))
    assert row.state is (ItemState.BLOCKED if row.problems else ItemState.ENTERED)
    return [(problem.column, problem.code) for problem in row.problems]


def test_a_day_that_passed_before_the_letter_came_in_cannot_be_kept():
    assert problems(due_on="2026-03-16") == []
    assert problems(due_on="2026-03-15") == problems(date(2026, 3, 15)) == [("due_on", "due_in_the_past")]


def test_one_cell_is_wrong_once_however_much_is_wrong_with_it():
    assert problems(date(2026, 3, 15), due_on="2026-02-30") == [("due_on", "date_unreal")]
