"""Telling people of the house that a session of theirs is near."""

from datetime import datetime

from xinfang.services.sessions_answers import remind


def run(at: datetime) -> bool:
    """Look once; there is never more at once."""
    remind(at=at)
    return False
