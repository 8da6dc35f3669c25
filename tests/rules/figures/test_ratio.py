from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.rules.figures.ratio import half_up, percentage


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "printed"),
    [
        (35, 49, 1, "71.4"),
        (34, 49, 1, "69.4"),
        (174, 197, 2, "88.32"),
        (101, 174, 2, "58.05"),
        (101, 197, 2, "51.27"),
        (59, 79, 2, "74.68"),
        (1, 8, 1, "12.5"),
        (1, 16, 1, "6.3"),
        (1, 16, 2, "6.25"),
        (1, 2000, 1, "0.1"),
        (5, 10_000, 1, "0.1"),
        (0, 7, 2, "0.00"),
        (7, 7, 2, "100.00"),
    ],
)
def test_the_founding_text_is_printed_half_up_on_the_exact_ratio(numerator, denominator, decimals, printed):
    assert str(percentage(numerator, denominator, decimals)) == printed


def test_of_nothing_there_is_no_share():
    assert percentage(0, 0, 2) is None


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 6))
def test_rounding_is_never_further_than_half_a_unit_and_halves_go_up(value, of, decimals):
    rounded, exact = Fraction(half_up(value, of, decimals)), Fraction(value, of)
    half = Fraction(1, 2 * 10**decimals)
    assert -half <= exact - rounded < half


def test_a_negative_half_goes_away_from_zero():
    assert half_up(-1, 8, 2) == Decimal("-0.13")
