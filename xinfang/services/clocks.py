"""The watcher's work: tell each new level of a clock once, record a breach when it happens (product, promise 3).

A deadline row only says when to look; what is true then is worked out anew from the events, under the chain's lock.
"""

import logging
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from xinfang.models import Chain, Deadline
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.calendar import ONE_DAY
from xinfang.rules.clocks.duties import Clock, clocks_of, midnight_after
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
    return sum(_look(matter, at) for matter in _due(at, limit))


def _due(at: datetime, limit: int) -> list[UUID]:
    rows = Deadline.objects.filter(look_at__lte=at).order_by("look_at").values_list("matter_id", flat=True)
    return list(dict.fromkeys(rows[: limit * 4]))[:limit]


def _look(matter: UUID, at: datetime) -> bool:
    try:
        with transaction.atomic():
            if not Chain.objects.select_for_update(skip_locked=True).filter(pk=matter).exists():
                return False
            watch(take(matter), at)
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


def call_in(year: int) -> int:
    """The calendar of a year has changed: mark every date that this may move; returns how many matters wait.

    Those are the dates that lean on a year without a notice, and those whose days touch this year.
    """
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    touches = Q(trigger_at__lt=midnight_after(after - ONE_DAY), due_on__gte=first) | Q(provisional=True)
    Deadline.objects.filter(touches, due_on__isnull=False).update(stale=True)
    return Deadline.objects.filter(stale=True).values("matter_id").distinct().count()


def recount(at: datetime, limit: int = 200) -> int:
    """Count marked dates again, each matter by itself; returns how many matters were counted.

    What moves is an event; what was told before stays told. A process that dies in between leaves the rest marked.
    """
    waiting = Deadline.objects.filter(stale=True).order_by("matter_id").values_list("matter_id", flat=True)
    matters = list(waiting.distinct()[:limit])
    for matter in matters:
        with transaction.atomic():
            _recount(take(matter), at)
    return len(matters)


def _recount(turn: Turn, at: datetime) -> None:
    matter = turn.state.id
    Deadline.objects.filter(matter_id=matter, stale=True).update(stale=False)
    kept = dict(Deadline.objects.filter(matter_id=matter).values_list("key", "due_on"))
    when = When.now(max(at, turn.state.last_at or at))
    for clock in clocks_of(turn.state, turn.counting):
        before, now = kept.get(clock.key), clock.due.due if clock.due else None
        if before is None or now is None or before == now:
            continue
        payload = {"clock": clock.key, "from": before.isoformat(), "to": now.isoformat()}
        turn.record(Draft(EventType.RECOMPUTED, payload), when, SYSTEM)
    turn.finish()
