"""What does a co-unit's part count as, to the unit's own credit? (B-04; no order by number, H-07)

A part that was taken away because it was not the unit's counts for nobody; one that ended late is late, however it
ended: who calls a part off does not improve a figure.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from xinfang.rules.clocks.shape import midnight_after
from xinfang.rules.figures.ratio import percentage
from xinfang.rules.matters.parts import Task


class Credit(StrEnum):
    """How a part stands: each part counts as exactly one of these."""

    IN_TIME = "in_time"
    LATE = "late"
    UNDATED = "undated"
    OPEN = "open"
    OVERDUE = "overdue"
    TAKEN_OFF = "taken_off"


_DUE = (Credit.IN_TIME, Credit.LATE, Credit.OVERDUE)


def credit_of(part: Task, now: datetime) -> Credit:
    """The one answer for one part. A part without a day is neither in time nor late."""
    if part.sent_back:
        return Credit.TAKEN_OFF
    stopped = part.done_at or part.returned_at
    late = part.due_on is not None and (stopped or now) >= midnight_after(part.due_on)
    if stopped is None:
        return Credit.OVERDUE if late else Credit.OPEN
    if late:
        return Credit.LATE
    if part.done_at is None:
        return Credit.TAKEN_OFF
    return Credit.IN_TIME if part.due_on else Credit.UNDATED


def in_time_share(counts: Mapping[Credit, int]) -> tuple[int, int, Decimal | None]:
    """In time, everything whose day came, and the share in per cent (None where no day came)."""
    due = _sum(counts, _DUE)
    return counts.get(Credit.IN_TIME, 0), due, percentage(counts.get(Credit.IN_TIME, 0), due, 2)


def _sum(counts: Mapping[Credit, int], credits_: Iterable[Credit]) -> int:
    return sum(counts.get(credit, 0) for credit in credits_)
