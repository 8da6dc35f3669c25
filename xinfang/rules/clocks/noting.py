"""May this limit begin on this day? Asked at the window and in the file, with one answer (domain 3.3, alarm rule)."""

from collections.abc import Mapping
from datetime import date

from xinfang.rules.clocks.catalogue import DeadlineRule
from xinfang.rules.refusals import RuleBroken

LONGEST_AGO = 40  # years: what began before can have no limit that still runs


def check_noted(rules: Mapping[str, DeadlineRule], rule: str, from_on: date, today: date) -> None:
    """Only a rule that begins with a day we are told, and a day that has come and is not out of all reach."""
    known = rules.get(rule)
    if known is None or not known.is_noted:
        raise RuleBroken("rule_unknown", field="rule")
    if from_on > today:
        raise RuleBroken("date_in_the_future", field="from_on")
    if not known.applies_on(from_on) or today.year - from_on.year > LONGEST_AGO:
        raise RuleBroken("limit_too_old", field="from_on")
