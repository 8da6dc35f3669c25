"""What a matter or a backlog is looked at for, at its thresholds; and how long what was decided stays quiet."""

from datetime import timedelta

import pytest

from tests.cast import at
from xinfang.rules.risk.codes import RiskLevel, RiskRule, SignalState
from xinfang.rules.risk.signals import Decision, MatterFacts, of_backlog, of_matter, stays_quiet

RED, YELLOW = RiskLevel.RED, RiskLevel.YELLOW
NOW = at("2026-04-20 09:00")


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, {}),
        ({"present": 4, "concerned": 99, "amount": 499_999, "contacts": 2}, {}),
        ({"present": 5}, {RiskRule.GROUP: YELLOW}),
        ({"present": 30}, {RiskRule.GROUP: RED}),
        ({"concerned": 100}, {RiskRule.GROUP: RED}),
        ({"amount": 500_000}, {RiskRule.MONEY: YELLOW}),
        ({"amount": 5_000_000}, {RiskRule.MONEY: RED}),
        ({"contacts": 3}, {RiskRule.AGAIN: YELLOW}),
        ({"contacts": 6}, {RiskRule.AGAIN: RED}),
        ({"danger": True, "present": 6}, {RiskRule.DANGER_WORDS: RED, RiskRule.GROUP: YELLOW}),
    ],
)
def test_a_matter_meets_a_rule_from_its_threshold_on(facts, found):
    assert of_matter(MatterFacts(**facts)) == found


@pytest.mark.parametrize(
    ("overdue", "at_work", "level"),
    [(4, 4, None), (5, 26, None), (5, 25, YELLOW), (5, 13, YELLOW), (6, 15, RED), (9, 10, RED)],
)
def test_a_backlog_is_a_share_and_not_a_small_number(overdue, at_work, level):
    assert of_backlog(overdue, at_work) is level


@pytest.mark.parametrize(
    ("last", "level", "quiet"),
    [
        (None, YELLOW, False),
        (Decision(SignalState.HANDLED, YELLOW, NOW - timedelta(days=6)), YELLOW, True),
        (Decision(SignalState.HANDLED, YELLOW, NOW - timedelta(days=7)), YELLOW, False),
        (Decision(SignalState.FALSE_ALARM, YELLOW, NOW - timedelta(days=29)), YELLOW, True),
        (Decision(SignalState.FALSE_ALARM, YELLOW, NOW - timedelta(days=30)), YELLOW, False),
        (Decision(SignalState.FALSE_ALARM, YELLOW, NOW), RED, False),
        (Decision(SignalState.FALSE_ALARM, RED, NOW), RED, True),
    ],
)
def test_what_was_decided_stays_quiet_unless_it_became_graver(last, level, quiet):
    assert stays_quiet(last, level, NOW) is quiet
