"""Who is shown at a window, and since when nobody is there (A-07, B12: a standing B角 for every window).

A window speaks of itself, never of a person's fault: the public reads who is there, the director which window is empty.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

# After so many minutes the director is told of an empty window; the house may set another number.
UNATTENDED_AFTER, LEAST_MINUTES, MOST_MINUTES = 10, 1, 120


@dataclass(frozen=True)
class Seat:
    """A window at one moment: who is put down, the standing B角, who sits there; `since` when so, or nobody, today."""

    window: int
    first: int | None = None
    stand_in: int | None = None
    seated: int | None = None
    since: datetime | None = None


def empty_since(seat: Seat, opened_at: datetime) -> datetime | None:
    """Since when nobody sits at a window while the hall receives people; None while somebody does.

    Nobody can be missing before the doors open.
    """
    if seat.seated is not None:
        return None
    return max(seat.since, opened_at) if seat.since is not None else opened_at


def is_late(since: datetime | None, now: datetime, minutes: int) -> bool:
    """Has a window been empty for so long that somebody must be told?"""
    return since is not None and now - since >= timedelta(minutes=minutes)


def shown(seat: Seat, *, late: bool, taken: Collection[int]) -> tuple[int | None, bool]:
    """Who is shown at a window, and whether as its B角: whoever sits there, else the first, else the stand-in.

    The stand-in takes the place of a first who is not put down or not there, unless another window has them (`taken`).
    """
    if seat.seated is not None:
        return seat.seated, seat.seated == seat.stand_in and seat.seated != seat.first
    if seat.first is not None and not late:
        return seat.first, False
    if seat.stand_in is not None and seat.stand_in not in taken:
        return seat.stand_in, True
    return seat.first, False
