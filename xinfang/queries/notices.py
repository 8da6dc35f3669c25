"""What should this member of staff know, and how much of it is unread? Recusal takes notices away as well (RC-4)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from xinfang.models import Matter, Notice
from xinfang.queries.access import kept_away, matters_for
from xinfang.rules.people.seats import Actor

SHOWN, COUNTED = 100, 100


@dataclass(frozen=True)
class Told:
    """One notice; `in_sight` says whether its matter can still be opened."""

    notice: Notice
    in_sight: bool


def _notices(actor: Actor) -> QuerySet[Notice]:
    away = Matter.objects.filter(kept_away(actor), pk=OuterRef("matter"))
    return Notice.objects.filter(~Exists(away), user_id=actor.user_id or 0)


def unread_of(actor: Actor) -> int:
    """How many notices are unread; not counted further than a hundred."""
    return _notices(actor).filter(read_at__isnull=True)[:COUNTED].count()


def notices_of(actor: Actor, now: datetime) -> list[Told]:
    """The latest notices, newest first. Two statements."""
    rows = list(_notices(actor).order_by("-at", "-pk")[:SHOWN])
    matters = {row.matter for row in rows if row.matter}
    seen = set(matters_for(actor, now).filter(pk__in=matters).values_list("pk", flat=True))
    return [Told(row, row.matter in seen) for row in rows]
