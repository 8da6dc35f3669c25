"""Is there a hint that a clock should be looked at early? A stage budget of an older measure, never a limit.

Source: rules with `hint_of` in `policies/deadline_rules.json` (2014: four of the fifteen days of article 22 for the
county). A hint only brings a yellow forward: it is no clock, nobody breaches it, and no figure knows it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from xinfang.rules.clocks.catalogue import DeadlineRule
from xinfang.rules.clocks.shape import Clock, Counting, by_rule, local_day, midnight_after


@dataclass(frozen=True)
class Hint:
    """The rule that hints, and its last day as counted, without a roll."""

    rule: DeadlineRule
    on: date

    @property
    def at(self) -> datetime:
        """24:00 of that day."""
        return midnight_after(self.on)


def hint_of(clock: Clock, counting: Counting) -> Hint | None:
    """The hint that belongs to a clock, if a rule names it."""
    rule = counting.hints.get(clock.code.value)
    return Hint(rule, by_rule(counting, rule.id, local_day(clock.trigger_at)).raw) if rule else None
