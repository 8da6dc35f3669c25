"""Saying that the worker lives."""

from datetime import datetime

from xinfang.services.heartbeat import beat


def run(at: datetime) -> bool:
    """Say it; there is never more at once."""
    beat(at=at)
    return False
