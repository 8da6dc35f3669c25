"""Who looked at this matter, and is this person still within the minutes for which a reason was given?"""

from datetime import datetime, timedelta
from uuid import UUID

from xinfang.models import Look

OPEN_FOR = timedelta(minutes=10)


def open_look(matter: UUID, user: int, what: str, now: datetime) -> Look | None:
    """The look that still lets this person see the identity data of this matter."""
    rows = Look.objects.filter(matter=matter, user=user, what=what, at__gt=now - OPEN_FOR, at__lte=now)
    return rows.order_by("-at").first()


def looks_at(matter: UUID) -> list[Look]:
    """Every look at a matter, newest first; the petitioner may read them."""
    return list(Look.objects.filter(matter=matter).order_by("-at", "-pk"))
