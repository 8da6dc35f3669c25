from datetime import date, timedelta
from random import Random

import pytest
from calendar_oracle import oracle

from xinfang.rules.clocks.due import Count, due

FIRST = date(2024, 1, 1)
STARTS = [FIRST + timedelta(days=passed) for passed in range((date(2027, 1, 1) - FIRST).days)]


def answer(rule, n, start, calendar):
    found = due(Count(rule), n, start, calendar)
    return found.raw, found.due, found.prudent, found.provisional


@pytest.mark.parametrize(
    ("rule", "n"),
    [
        *[("CAL-D", n) for n in (1, 3, 7, 15, 30, 60)],
        *[("CAL-M", n) for n in (1, 6)],
        ("CAL-Y", 1),
        *[("WD", n) for n in (1, 3, 5, 15, 30)],
    ],
)
def test_every_start_from_2024_to_2026_agrees_with_a_walk_from_day_to_day(rule, n, calendar):
    differences = [start for start in STARTS if answer(rule, n, start, calendar) != oracle(rule, n, start)]
    assert differences == []


def test_20_000_random_periods_agree_with_a_walk_from_day_to_day(calendar):
    dice = Random(13710)  # noqa: S311 - test cases, not secrets
    longest = {"CAL-D": 100, "CAL-M": 4, "CAL-Y": 2, "WD": 60}
    rules = dice.choices(list(longest), weights=(9, 4, 1, 6), k=20_000)
    cases = [(rule, dice.randint(1, longest[rule]), dice.choice(STARTS)) for rule in rules]
    differences = [case for case in cases if answer(*case, calendar) != oracle(*case)]
    assert differences == []
