"""Asking the carrier what arrived, and telling the house whom nobody reached."""

from datetime import datetime

from xinfang.services.arrivals import take_reports, tell_of_lost
from xinfang.services.outbox import carrier

BATCH = 50


def run(at: datetime) -> bool:
    """One round; True if there is more of it."""
    reports = take_reports(gateway=carrier(), at=at)
    return tell_of_lost(at=at, most=BATCH) >= BATCH or reports >= BATCH * 2
