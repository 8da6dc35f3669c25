"""Which matters and backlogs ask to be looked at, by what is known of the matter itself? (B-07, B13)

Thresholds are published beside every signal; a level says how soon people should look, and decides nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from xinfang.rules.risk.codes import RiskLevel, RiskRule, SignalState

GROUP_YELLOW, GROUP_RED, CONCERNED_RED = 5, 30, 100
MONEY_YELLOW, MONEY_RED = 500_000, 5_000_000
AGAIN_DAYS, AGAIN_YELLOW, AGAIN_RED = 30, 3, 6
BACKLOG_LEAST, BACKLOG_YELLOW, BACKLOG_RED = 5, 20, 40  # matters; per cent
QUIET_AFTER_HANDLED, QUIET_AFTER_FALSE = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class MatterFacts:
    """What is known of one open matter. `contacts`: those of the last days, the first one included."""

    present: int = 1
    concerned: int = 1
    amount: int = 0
    contacts: int = 1
    danger: bool = False


def of_matter(facts: MatterFacts) -> dict[RiskRule, RiskLevel]:
    """Every rule that this matter meets."""
    found = {
        RiskRule.GROUP: _group(facts),
        RiskRule.MONEY: _step(facts.amount, MONEY_YELLOW, MONEY_RED),
        RiskRule.AGAIN: _step(facts.contacts, AGAIN_YELLOW, AGAIN_RED),
        RiskRule.DANGER_WORDS: RiskLevel.RED if facts.danger else None,
    }
    return {rule: level for rule, level in found.items() if level is not None}


def _group(facts: MatterFacts) -> RiskLevel | None:
    if facts.concerned >= CONCERNED_RED:
        return RiskLevel.RED
    return _step(facts.present, GROUP_YELLOW, GROUP_RED)


def _step(value: int, yellow: int, red: int) -> RiskLevel | None:
    if value >= red:
        return RiskLevel.RED
    return RiskLevel.YELLOW if value >= yellow else None


def of_backlog(overdue: int, at_work: int) -> RiskLevel | None:
    """Whether so much of what a unit has at work is past its day that somebody should ask what it needs."""
    if overdue < BACKLOG_LEAST:
        return None
    return _step(100 * overdue // at_work, BACKLOG_YELLOW, BACKLOG_RED)


@dataclass(frozen=True)
class Decision:
    """What a person said of the last signal of the same kind about the same thing."""

    state: SignalState
    level: RiskLevel
    at: datetime


def stays_quiet(last: Decision | None, level: RiskLevel, now: datetime) -> bool:
    """What was just decided is not raised again, unless it became graver."""
    if last is None or (level is RiskLevel.RED and last.level is RiskLevel.YELLOW):
        return False
    quiet = QUIET_AFTER_FALSE if last.state is SignalState.FALSE_ALARM else QUIET_AFTER_HANDLED
    return now < last.at + quiet
