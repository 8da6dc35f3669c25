"""The watcher's work: tell each new level of a clock once, record a breach when it happens (product, promise 3).

A deadline row only says when to look; what is true then is worked out anew from the events, under the chain's lock.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import Q, QuerySet

from xinfang.models import Deadline
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.calendar import ONE_DAY
from xinfang.rules.clocks.duties import Clock, midnight_after
from xinfang.rules.clocks.lateness import rising
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import SYSTEM
from xinfang.services.gathering import together
from xinfang.services.ledger import Draft, When
from xinfang.services.reminding import remind_petitioner
from xinfang.services.turns import Turn, take

POISON_PAUSE = timedelta(hours=1)
# The matters of one transaction. A desk that acts on one of them waits until it ends, which is a moment.
CHUNK = 50
# More clocks of one matter seldom ask at once; what is left over comes with the next sweep.
CLOCKS = 12
log = logging.getLogger(__name__)
Work = Callable[[list[Turn]], None]
PutOff = Callable[[UUID, Exception], None]


def sweep(at: datetime, limit: int = 500) -> int:
    """Look at the matters whose clocks ask for it by `at`, longest waiting first; returns how many were looked at.

    A process that dies in between loses nothing and repeats nothing. A matter that cannot be read is put off for an
    hour and logged; one that somebody works on right now is left to them.
    """

    def look(turns: list[Turn]) -> None:
        for turn in turns:
            watch(turn, at)

    def put_off(matter: UUID, broken: Exception) -> None:
        log.error("a matter cannot be watched", exc_info=broken, extra={"job": "watcher", "number": str(matter)})
        Deadline.objects.filter(matter_id=matter, look_at__lte=at).update(look_at=at + POISON_PAUSE)

    return _in_chunks(list(dict.fromkeys(due(at, limit)))[:limit], look, put_off)


def due(at: datetime, limit: int) -> "QuerySet[Deadline, UUID]":
    """The matters of the clocks that ask for a look by `at`, longest waiting first."""
    rows = Deadline.objects.filter(look_at__lte=at).order_by("look_at").values_list("matter_id", flat=True)
    return rows[: limit * CLOCKS]


def stale(limit: int) -> "QuerySet[Deadline, UUID]":
    """The first matters with a date that waits to be counted again."""
    rows = Deadline.objects.filter(stale=True).order_by("matter_id").values_list("matter_id", flat=True)
    return rows.distinct()[:limit]


def _in_chunks(matters: list[UUID], work: Work, put_off: PutOff) -> int:
    """Work on matters, a chunk in each transaction; returns how many were worked on or put off."""
    chunks = (matters[first : first + CHUNK] for first in range(0, len(matters), CHUNK))
    return sum(_one_chunk(chunk, work, put_off) for chunk in chunks)


def _one_chunk(matters: list[UUID], work: Work, put_off: PutOff) -> int:
    """All or none of a chunk. If none, then each matter by itself, so that what is wrong with one hurts no other."""
    try:
        with together() as gathering:
            turns = [take(matter) for matter in gathering.bring(matters)]
            work(turns)
        return len(turns)
    except Exception as broken:
        if isinstance(broken, DatabaseError) and not connection.is_usable():
            raise
        if len(matters) > 1:
            return sum(_one_chunk([matter], work, put_off) for matter in matters)
        put_off(matters[0], broken)
        return 1


def watch(turn: Turn, at: datetime) -> None:
    """Record what became true of one matter's clocks by `at`, then move its next looks on."""
    moment = max(at, turn.state.last_at or at)
    turn.count_again(moment)
    # A breach of one month brings the next month's clock, which may have something to tell as well.
    while news := rising(turn.state, turn.counting, moment):
        for clock, level in news:
            event = turn.record(_telling(clock, level), When.now(moment), SYSTEM)
            remind_petitioner(event, clock, level, turn.state)
    turn.finish()


def _telling(clock: Clock, level: Level) -> Draft:
    kind = EventType.BREACHED if level is Level.BLACK else EventType.DUE_SOON
    payload: dict[str, Any] = {"clock": clock.key, "level": int(level)}
    return Draft(kind, payload | ({"unit": clock.unit} if clock.unit else {}))


def call_in(year: int) -> int:
    """The calendar of a year has changed: mark every date that this may move; returns how many matters wait.

    Those are the dates that lean on a year without a notice, and those whose days touch this year.
    """
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    touches = Q(trigger_at__lt=midnight_after(after - ONE_DAY), due_on__gte=first) | Q(provisional=True)
    Deadline.objects.filter(touches, due_on__isnull=False).update(stale=True)
    return Deadline.objects.filter(stale=True).values("matter_id").distinct().count()


def recount(at: datetime, limit: int = 200) -> int:
    """Count marked dates again; returns how many matters were taken in hand.

    What moves is an event; what was told before stays told. A process that dies in between leaves the rest marked, and
    so does a matter that cannot be read, which is logged, or one that somebody works on right now.
    """

    def count(turns: list[Turn]) -> None:
        for turn in turns:
            turn.count_again(at)
            turn.finish()

    def leave(matter: UUID, broken: Exception) -> None:
        log.error("a matter cannot be counted", exc_info=broken, extra={"job": "recounting", "number": str(matter)})

    return _in_chunks(list(stale(limit)), count, leave)
