"""When is somebody reminded of a session? A day before and two hours before (B8)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

REMINDERS = (("day", timedelta(days=1)), ("hours", timedelta(hours=2)))


def due_reminder(starts: datetime, now: datetime) -> str | None:
    """Which reminder is due now: the last one whose moment has come, as long as it has not begun."""
    if now >= starts:
        return None
    come: Mapping[str, bool] = {name: now >= starts - lead for name, lead in REMINDERS}
    return next((name for name, _lead in reversed(REMINDERS) if come[name]), None)
