"""The closed lists of the risk board: what a signal is about, what raised it, how grave it is, what became of it.

A signal is about a matter, a place or a unit's backlog. None is about a person (H-01).
"""

from enum import StrEnum


class Subject(StrEnum):
    """What a signal is about."""

    MATTER = "matter"
    PLACE = "place"
    UNIT = "unit"


class RiskRule(StrEnum):
    """The published rules; each raises signals of one subject."""

    GROWTH_TOWN = "growth_town"
    GROWTH_VILLAGE = "growth_village"
    GROUP = "group"
    MONEY = "money"
    DANGER_WORDS = "danger_words"
    AGAIN = "again"
    BACKLOG = "backlog"


class RiskLevel(StrEnum):
    """Two levels, as the board shows them."""

    YELLOW = "yellow"
    RED = "red"


class SignalState(StrEnum):
    """Open until a person handles it or calls it a false alarm, or until it is no longer so."""

    OPEN = "open"
    HANDLED = "handled"
    FALSE_ALARM = "false_alarm"
    PASSED = "passed"


SUBJECTS: dict[RiskRule, Subject] = {
    RiskRule.GROWTH_TOWN: Subject.PLACE,
    RiskRule.GROWTH_VILLAGE: Subject.PLACE,
    RiskRule.GROUP: Subject.MATTER,
    RiskRule.MONEY: Subject.MATTER,
    RiskRule.DANGER_WORDS: Subject.MATTER,
    RiskRule.AGAIN: Subject.MATTER,
    RiskRule.BACKLOG: Subject.UNIT,
}
RAISED = "risk_raised"  # the notice of a red one
DECIDED = frozenset({SignalState.HANDLED, SignalState.FALSE_ALARM})
