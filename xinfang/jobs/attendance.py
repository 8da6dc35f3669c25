"""Telling the directors of a hall of windows where nobody is."""

from datetime import datetime

from xinfang.services.hall_attendance import tell_unattended


def run(at: datetime) -> bool:
    """Look once; there is never more at once."""
    tell_unattended(at=at)
    return False
