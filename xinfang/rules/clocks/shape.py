"""What a clock of a matter is: its trigger, its dates, what met it and what ended it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.catalogue import DeadlineRule
from xinfang.rules.clocks.due import Count, Due, Pause, due
from xinfang.rules.clocks.hours import OfficeHours
from xinfang.rules.clocks.policy import HousePolicy, in_force
from xinfang.rules.matters.codes import NOT_OURS, ClockCode, LinkKind
from xinfang.rules.matters.state import MatterState

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Counting:
    """What days are counted with: the calendar of working days, the office hours, the rules, the policies."""

    calendar: Calendar
    hours: OfficeHours
    rules: Mapping[str, DeadlineRule]
    policies: Mapping[int, HousePolicy]

    @cached_property
    def hints(self) -> Mapping[str, DeadlineRule]:
        """The rules that only hint, by the rule whose clock they are about."""
        return {rule.hint_of: rule for rule in self.rules.values() if rule.hint_of}

    def policy(self, number: int) -> HousePolicy:
        """The policy of this number; a matter never outlives the one under which it came in."""
        return self.policies[number]

    def policy_on(self, day: date) -> HousePolicy:
        """The policy under which a matter comes in that is received on this day."""
        return in_force(self.policies.values(), day)


@dataclass(frozen=True)
class Clock:
    """One clock of one matter.

    `key` is unique in the matter. `due` is None where the clock has no date (C-0) or does not apply; then
    `why_not` is the code of the reason. `met_at`: what it asked for happened. `ended_at`: it stopped without
    being met (closed without solving, merged, replaced); outside the on-time rate. `reason_given`: going past the
    date was approved before it came (C-R3), which makes late late-with-reason. `awaits_answer`: a plan that was
    filed in time waits for its decision, so that nobody is late yet. `rule` is the id of the deadline rule where the
    code stands for many. `paused`: a pause that the law allows lasts, and the dates will move by its length. `until`:
    the moment at which it runs out, where it is counted in hours; its dates are then the day of that moment.
    """

    code: ClockCode
    k: int
    trigger_at: datetime
    due: Due | None
    met_at: datetime | None = None
    ended_at: datetime | None = None
    why_not: str = ""
    unit: str = ""
    reason_given: bool = False
    awaits_answer: bool = False
    rule: str = ""
    paused: bool = False
    until: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.code.value}#{self.k}" if self.k else self.code.value

    @property
    def applies(self) -> bool:
        return not self.why_not

    @property
    def due_at(self) -> datetime | None:
        """The moment after which it is late: the end of its hours, else of the due day in Shanghai."""
        if self.until is not None:
            return self.until
        return midnight_after(self.due.due) if self.due else None

    @property
    def is_running(self) -> bool:
        return self.applies and self.due is not None and self.met_at is None and self.ended_at is None

    @property
    def stopped_at(self) -> datetime | None:
        """When it was met or ended, whichever came first."""
        return first_of(self.met_at, self.ended_at)

    def is_late(self, now: datetime) -> bool:
        """Was it met too late, or is it open past its due moment?"""
        if self.due_at is None or not self.applies or self.code in NOT_OURS:
            return False
        if self.stopped_at is None and (self.awaits_answer or self.paused):
            return False
        return (self.stopped_at or now) >= self.due_at


def local_day(moment: datetime) -> date:
    """The day in Shanghai on which a moment lies."""
    return moment.astimezone(SHANGHAI).date()


def midnight_after(day: date) -> datetime:
    """24:00 of a day in Shanghai."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), SHANGHAI)


def first_of(*moments: datetime | None) -> datetime | None:
    known = [moment for moment in moments if moment is not None]
    return min(known) if known else None


def first_since(start: datetime, *moments: datetime | None) -> datetime | None:
    """The first of these moments that is not before the start: what was true before a clock began cannot meet it."""
    return first_of(*(moment for moment in moments if moment is not None and moment >= start))


def left_at(state: MatterState) -> datetime | None:
    """When the matter left the ledger's work: merged into another, or its batch was taken back."""
    merged = next((link.at for link in state.links if link.kind == LinkKind.MERGED_INTO), None)
    return first_of(merged, state.revoked_at)


def day_of(counting: Counting, count: Count, n: int, start: datetime) -> Due:
    return due(count, n, local_day(start), counting.calendar)


def by_rule(counting: Counting, rule: str, start: date, pauses: Iterable[Pause] = ()) -> Due:
    """The end of the period that a rule gives, from a day."""
    known = counting.rules[rule]
    if known.count is None:
        raise ValueError(f"{rule} is not counted in days or months")
    return due(known.count, known.n, start, counting.calendar, pauses)
