"""Keeping what staff have half typed, so that a session that ends, a reload or another computer loses nothing.

One form of each kind for one person, for a day; it is neither a record nor a matter, and nobody else can open it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from xinfang.models import KeptForm
from xinfang.rules.refusals import RuleBroken

KEPT_FOR = timedelta(hours=24)
MOST_BYTES = 128 * 1024
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Kept:
    """What somebody had typed, and when it was saved."""

    fields: dict[str, list[str]]
    saved_at: datetime


def keep(*, form: str, fields: Fields, user: int, at: datetime) -> None:
    """Keep these fields in the place of what was kept before; refuses more than a form can hold."""
    content = json.dumps({name: list(values) for name, values in fields.items()}, ensure_ascii=False).encode()
    if len(content) > MOST_BYTES:
        raise RuleBroken("text_too_long", most=MOST_BYTES)
    row = KeptForm(user_id=user, form=form, saved_at=at)
    row.seal(content)
    KeptForm.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["user", "form"], update_fields=["content_sealed", "saved_at"]
    )


def kept(*, form: str, user: int, at: datetime) -> Kept | None:
    """What this person has half typed on this form within the last day."""
    row = KeptForm.objects.filter(user_id=user, form=form, saved_at__gt=at - KEPT_FOR).first()
    return Kept(json.loads(row.opened()), row.saved_at) if row else None


def drop(*, form: str, user: int) -> None:
    """It is registered, or not wanted any more."""
    KeptForm.objects.filter(user_id=user, form=form).delete()


def drop_old(*, at: datetime) -> int:
    """Remove what is older than a day; how many."""
    return KeptForm.objects.filter(saved_at__lte=at - KEPT_FOR).delete()[0]
