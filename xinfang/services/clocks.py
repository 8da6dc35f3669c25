"""The watcher's work: tell each new level of a clock once, record a breach when it happens (product, promise 3).

A deadline row only says when to look; what is true then is worked out anew from the events, under the chain's lock.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from xinfang.models import Chain, Deadline
from xinfang.queries.clocks import counting
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.duties import Clock, Counting, clocks_of
from xinfang.rules.clocks.lateness import rising
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import SYSTEM
from xinfang.services.ledger import Draft, When
from xinfang.services.turns import Turn, take

POISON_PAUSE = timedelta(hours=1)
log = logging.getLogger(__name__)


def sweep(at: datetime, limit: int = 500) -> int:
    """Look at the matters whose clocks ask for it by `at`, longest waiting first; returns how many were looked at.

    Each matter is a transaction of its own: a process that dies in between loses nothing and repeats nothing. A matter
    that cannot be read is put off for an hour and logged; one that somebody works on right now is left to them.
    """
    count = counting()
    return sum(_look(matter, at, count) for matter in _due(at, limit))


def _due(at: datetime, limit: int) -> list[UUID]:
    rows = Deadline.objects.filter(look_at__lte=at).order_by("look_at").values_list("matter_id", flat=True)
    return list(dict.fromkeys(rows[: limit * 4]))[:limit]


def _look(matter: UUID, at: datetime, count: Counting) -> bool:
    try:
        with transaction.atomic():
            if not Chain.objects.select_for_update(skip_locked=True).filter(pk=matter).exists():
                return False
            watch(take(matter, count), at)
    except Exception as broken:
        if isinstance(broken, DatabaseError) and not connection.is_usable():
            raise
        log.exception("a matter cannot be watched", extra={"job": "watcher", "number": str(matter)})
        Deadline.objects.filter(matter_id=matter, look_at__lte=at).update(look_at=at + POISON_PAUSE)
    return True


def watch(turn: Turn, at: datetime) -> None:
    """Record what became true of one matter's clocks by `at`, then move its next looks on."""
    moment = max(at, turn.state.last_at or at)
    # A breach of one month brings the next month's clock, which may have something to tell as well.
    while news := rising(turn.state, turn.counting, moment):
        for clock, level in news:
            turn.record(_telling(clock, level), When.now(moment), SYSTEM)
    turn.finish()


def _telling(clock: Clock, level: Level) -> Draft:
    kind = EventType.BREACHED if level is Level.BLACK else EventType.DUE_SOON
    payload: dict[str, Any] = {"clock": clock.key, "level": int(level)}
    return Draft(kind, payload | ({"unit": clock.unit} if clock.unit else {}))


def recompute_provisional(at: datetime) -> int:
    """A calendar year was published: bring every provisional date to it; returns how many matters got other dates."""
    matters = Deadline.objects.filter(provisional=True).values_list("matter_id", flat=True).distinct()
    count = counting()
    return sum(_recompute(matter, at, count) for matter in list(matters))


@transaction.atomic
def _recompute(matter: UUID, at: datetime, count: Counting) -> bool:
    turn = take(matter, count)
    kept = dict(Deadline.objects.filter(matter_id=matter).values_list("key", "due_on"))
    when = When.now(max(at, turn.state.last_at or at))
    moved = False
    for clock in clocks_of(turn.state, count):
        before, now = kept.get(clock.key), clock.due.due if clock.due else None
        if before is None or now is None or before == now:
            continue
        payload = {"clock": clock.key, "from": before.isoformat(), "to": now.isoformat()}
        turn.record(Draft(EventType.RECOMPUTED, payload), when, SYSTEM)
        moved = True
    turn.finish()
    return moved
