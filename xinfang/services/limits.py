"""How often may one address ask for something? Generous counts in the cache that all processes share, no puzzles."""

from datetime import datetime, timedelta
from math import ceil

from django.core.cache import cache

from xinfang.models.protection import blind_index
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.refusals import RuleBroken

WINDOW = timedelta(minutes=10)


def allow(*, what: str, address: str, most: int, at: datetime) -> None:
    """Count one use; raises `too_many_requests` with the minutes to wait once `most` in ten minutes is passed.

    The address is kept as a keyed hash under the day, so that tomorrow's has nothing to do with today's.
    """
    seconds = int(WINDOW.total_seconds())
    window = int(at.timestamp()) // seconds
    who = blind_index(f"{local_day(at)}|{address}", f"limit-{what}").hex()[:32]
    key = f"limit:{what}:{window}:{who}"
    used = int(cache.get(key, 0)) + 1
    if used > most:
        left = (window + 1) * seconds - at.timestamp()
        raise RuleBroken("too_many_requests", minutes=max(1, ceil(left / 60)))
    cache.set(key, used, timeout=2 * seconds)
