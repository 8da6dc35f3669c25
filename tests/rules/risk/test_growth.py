"""Growth against a place's own year: the exact test and the false discovery rate, against figures worked out apart."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.rules.risk.codes import RiskLevel
from xinfang.rules.risk.growth import chance, grown
from xinfang.rules.risk.places import Cell

YEAR = 364


def by_hand(cell, days):
    """P(X >= recent) for X ~ Bin(recent + before, 7 / (7 + days)), in whole numbers."""
    n, share = cell.recent + cell.before, Fraction(7, 7 + days)
    return float(sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(cell.recent, n + 1)))


@given(st.integers(0, 12), st.integers(0, 40), st.integers(28, YEAR))
def test_the_chance_is_the_binomial_tail(recent, before, days):
    assert chance(Cell(recent, before), days) == pytest.approx(by_hand(Cell(recent, before), days), rel=1e-9)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), min_size=1, max_size=30))
def test_what_is_found_is_what_benjamini_and_hochberg_would_find(rows):
    cells = {(str(n), "labour"): Cell(*row) for n, row in enumerate(rows)}
    chances = sorted((by_hand(cell, YEAR), key) for key, cell in cells.items())
    passed = [n for n, (p, _key) in enumerate(chances, start=1) if p <= 0.05 * n / len(chances) * (1 + 1e-12)]
    below = {key for n, (_p, key) in enumerate(chances, start=1) if passed and n <= max(passed)}
    assert set(grown(cells, YEAR)) == {key for key in below if cells[key].recent >= 3}


def test_eighteen_in_a_week_where_two_were_usual_is_red_and_a_usual_week_is_nothing():
    found = grown({("a", "water"): Cell(18, 104), ("b", "water"): Cell(3, 104)}, YEAR)
    assert set(found) == {("a", "water")}
    assert found["a", "water"].level is RiskLevel.RED
    assert Cell(18, 104).usual_a_week(YEAR) == 2.0


def test_a_small_growth_is_yellow_and_many_places_looked_at_together_make_it_nothing():
    four = {("a", "water"): Cell(4, 40)}
    assert grown(four, YEAR)["a", "water"].level is RiskLevel.YELLOW
    others = {(str(n), "water"): Cell(0, 40) for n in range(60)}
    assert grown({**four, **others}, YEAR) == {}


def test_a_young_ledger_says_nothing():
    assert grown({("a", "water"): Cell(50, 1)}, 27) == {}
    assert grown({}, YEAR) == {}


def test_two_matters_are_never_a_growth():
    assert grown({("a", "water"): Cell(2, 0)}, YEAR) == {}
