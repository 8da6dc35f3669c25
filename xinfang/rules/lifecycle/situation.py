"""What a rule is asked with: the matter's state, who asks, when, and the clocks as they stand."""

from dataclasses import dataclass
from datetime import date, datetime

from xinfang.rules.clocks.duties import Clock, Counting, clocks_of, local_day
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor


@dataclass(frozen=True)
class Situation:
    """One question to the rules. `at` is when it happens (aware)."""

    state: MatterState
    actor: Actor
    at: datetime
    counting: Counting
    clocks: tuple[Clock, ...]

    @property
    def today(self) -> date:
        return local_day(self.at)

    def clock(self, *codes: ClockCode) -> Clock | None:
        """The newest clock of one of these codes that applies."""
        return next((clock for clock in reversed(self.clocks) if clock.code in codes and clock.applies), None)


def situation(state: MatterState, actor: Actor, at: datetime, counting: Counting) -> Situation:
    """A situation with its clocks worked out."""
    return Situation(state, actor, at, counting, clocks_of(state, counting))
