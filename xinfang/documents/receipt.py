"""F-02, the receipt that a petitioner takes away: number, papers taken in, what comes next and by which date (B-08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from xinfang.labels.intake import NEXT_STEPS, Words
from xinfang.labels.limits import RULES
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.clocks.limits import own_limits
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.state import MatterState

PRESSING = 16  # days: as S05 has it, the notice on the receipt is red a day before the fifteen begin


@dataclass(frozen=True)
class Step:
    """One thing that comes next. `by` is the last day in time; `raw` differs where a day off prolongs the count."""

    words: Words
    by: date
    raw: date
    provisional: bool


@dataclass(frozen=True)
class Right:
    """A right of the petitioner's own that lapses, by its prudent day; `days_left` are counted to that day."""

    words: Words
    prudent: date
    last: date
    days_left: int
    provisional: bool

    @property
    def is_pressing(self) -> bool:
        return self.days_left <= PRESSING

    @property
    def has_lapsed(self) -> bool:
        return self.days_left < 0


@dataclass(frozen=True)
class ReceiptSheet:
    """Everything that stands on a receipt but the query code, which whoever prints it holds for this once."""

    number: str
    received_at: datetime
    registered_at: datetime
    centre: str
    phone: str
    address: str
    papers: tuple[str, ...]
    steps: tuple[Step, ...]
    rights: tuple[Right, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Centre:
    """The centre that holds the matter, as the receipt names it."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True)
class Papers:
    """What was handed in, and what is still to be brought, said once."""

    taken_in: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


NO_PAPERS = Papers()


def receipt_sheet(
    state: MatterState,
    clocks: Iterable[Clock],
    centre: Centre,
    today: date,
    papers: Papers = NO_PAPERS,
    came_with: int = 1,
) -> ReceiptSheet:
    """The receipt of a matter as it stands: the duties and rights that run, soonest first, each once.

    Rights and papers are those of who came with that event; nobody's receipt shows another petitioner's.
    """
    running = [clock for clock in own_limits(clocks, state, came_with) if clock.is_running]
    return ReceiptSheet(
        number=state.number,
        received_at=state.received_at,
        registered_at=state.registered_at,
        centre=centre.name,
        phone=centre.phone,
        address=centre.address,
        papers=papers.taken_in,
        missing=papers.missing,
        steps=_steps(running),
        rights=_rights(running, today),
    )


def _rights(running: Iterable[Clock], today: date) -> tuple[Right, ...]:
    found = [(clock.rule, clock.due) for clock in running if clock.code is ClockCode.RIGHT and clock.due is not None]
    return tuple(
        Right(RULES[rule], due.prudent, due.due, (due.prudent - today).days, due.provisional)
        for rule, due in sorted(found, key=lambda one: (one[1].prudent, one[0]))
    )


def _steps(clocks: Iterable[Clock]) -> tuple[Step, ...]:
    running = [clock for clock in clocks if clock.code in NEXT_STEPS]
    steps = [
        Step(NEXT_STEPS[clock.code], clock.due.due, clock.due.raw, clock.due.provisional)
        for clock in sorted(running, key=lambda clock: (clock.due_at or clock.trigger_at, clock.key))
        if clock.due is not None
    ]
    return tuple(steps)
