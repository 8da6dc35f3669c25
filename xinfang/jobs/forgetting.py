"""Removing what nobody needs any more: old sessions, half-written forms and petitions, wrong tries and places."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore

from xinfang.services import outbox, receptions, saved_drafts, sessions_inviting
from xinfang.services.attempts import forget
from xinfang.services.drafts import drop_old


def run(at: datetime) -> bool:
    """Remove it all; there is never more at once."""
    SessionStore.clear_expired()
    forget(at=at)
    drop_old(at=at)
    saved_drafts.forget(at=at)
    receptions.forget(at=at)
    sessions_inviting.forget(at=at)
    outbox.forget_phones(at=at)
    return False
