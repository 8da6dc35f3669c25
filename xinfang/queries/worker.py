"""Is the worker alive? When it last said so, and how long the oldest thing that it should have done is waiting."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from xinfang.models import Deadline

KEY = "worker-alive"
SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Life:
    """`seen_at` is None if it never ran here; `behind` is how late the watcher is."""

    seen_at: datetime | None
    behind: timedelta

    def is_alive(self, now: datetime) -> bool:
        """Did it say something lately, and does it keep up?"""
        return self.seen_at is not None and now - self.seen_at < SILENT_AFTER


def life_of_worker(now: datetime) -> Life:
    """When the worker was last alive, and how far the watcher is behind."""
    said = cache.get(KEY)
    oldest = Deadline.objects.filter(look_at__lte=now).order_by("look_at").values_list("look_at", flat=True).first()
    return Life(datetime.fromisoformat(said) if said else None, now - oldest if oldest else timedelta(0))
