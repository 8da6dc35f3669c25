"""The secret address under which one's own calendar reads one's sessions; made anew, the old one is dead."""

import secrets
from datetime import datetime

from django.db import transaction

from xinfang.models import CalendarFeed, User
from xinfang.models.protection import code_hash
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken

PURPOSE = "calendar"


@transaction.atomic
def renew(*, by: Actor, at: datetime) -> str:
    """A new address for one's own calendar; shown once, only its hash stays."""
    code = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(
        user_id=by.user_id or 0, defaults={"code_hash": code_hash(code, PURPOSE), "made_at": at}
    )
    return code


def owner_of(code: str) -> User:
    """Whose calendar this address is; an account that was closed has none."""
    rows = CalendarFeed.objects.select_related("user").filter(code_hash=code_hash(code, PURPOSE))
    row = rows.filter(user__is_active=True).first()
    if row is None:
        raise RuleBroken("feed_unknown")
    return row.user
