"""The worker's sign of life, where every web process can read it."""

from datetime import datetime, timedelta

from django.core.cache import cache

from xinfang.queries.worker import KEY

KEPT = timedelta(days=7)


def beat(*, at: datetime) -> None:
    """Note that the worker was alive at this moment."""
    cache.set(KEY, at.isoformat(), timeout=KEPT.total_seconds())
