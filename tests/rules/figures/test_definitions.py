from datetime import UTC, datetime, timedelta

import pytest

from xinfang.labels.figures import BLOCKS, FIGURES
from xinfang.rules.figures.definitions import BY_CODE, DEFINITIONS, OUT, Block, Part
from xinfang.rules.figures.marks import DUTIES, NONE, Mark, Standing


def test_every_figure_has_a_code_of_its_own_words_and_a_place():
    assert len(BY_CODE) == len(DEFINITIONS)
    assert set(FIGURES) == set(BY_CODE)
    assert set(BLOCKS) == set(Block)
    assert all(bool(FIGURES[d.code].denominator) == (d.denominator is not None) for d in DEFINITIONS)


def test_a_numerator_is_always_part_of_its_denominator():
    every = [Mark(0), *(Mark(1 << bit) for bit in range(len(Mark)))]
    for definition in DEFINITIONS:
        if definition.denominator is None:
            continue
        for more in every:
            marks = definition.numerator.all | definition.numerator.any | more
            if definition.numerator.holds(marks):
                assert definition.denominator.holds(marks), definition.code


@pytest.mark.parametrize(
    ("marks", "holds"),
    [(Mark.CLOSED | Mark.PROVINCE_LETTER, True), (Mark.CLOSED, False), (Mark.PROVINCE_LETTER, False),
     (Mark.CLOSED | Mark.PROVINCE_MAILBOX | Mark.IMPORTED, False)],
)  # fmt: skip
def test_a_condition_asks_for_all_for_any_and_for_none(marks, holds):
    part = Part(all=Mark.CLOSED, any=Mark.PROVINCE_LETTER | Mark.PROVINCE_MAILBOX, bar=Mark.IMPORTED)
    assert part.holds(marks) is holds


def test_what_stands_for_another_or_was_taken_back_never_counts():
    assert OUT == Mark.MERGED | Mark.REVOKED


def test_an_open_duty_is_overdue_from_its_moment_on():
    moment = datetime(2026, 3, 20, tzinfo=UTC)
    for duty in DUTIES:
        standing = Standing(moment - timedelta(days=9), Mark.REGISTERED, due={duty.name: moment})
        assert standing.marks_at(moment - timedelta(microseconds=1)) == Mark.REGISTERED
        assert standing.marks_at(moment) == Mark.REGISTERED | duty.overdue
    assert Standing(moment, NONE).marks_at(moment) == NONE


def test_the_numbers_of_marks_are_stored_and_must_not_move():
    assert (Mark.REGISTERED, Mark.STRUCK_OFF, Mark.C1_IN_TIME, Mark.STATUTE_OVERDUE, Mark.ANSWERED_60) == (
        1, 1 << 4, 1 << 12, 1 << 31, 1 << 38,
    )  # fmt: skip
