"""Removing what nobody needs any more: sessions that are over, half-typed forms, and old wrong tries."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore

from xinfang.services.attempts import forget
from xinfang.services.drafts import drop_old


def run(at: datetime) -> bool:
    """Remove it all; there is never more at once."""
    SessionStore.clear_expired()
    forget(at=at)
    drop_old(at=at)
    return False
