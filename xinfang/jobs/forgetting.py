"""Removing what nobody needs any more: sessions that are over, with the drafts sealed in them, and old wrong tries."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore

from xinfang.services.attempts import forget


def run(at: datetime) -> bool:
    """Remove it all; there is never more at once."""
    SessionStore.clear_expired()
    forget(at=at)
    return False
