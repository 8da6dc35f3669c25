"""Handing messages to the carrier."""

from datetime import datetime

from xinfang.services.outbox import carrier, drain

BATCH = 50


def run(at: datetime) -> bool:
    """Hand over one batch; True if the next one should follow at once."""
    return drain(gateway=carrier(), at=at, most=BATCH) >= BATCH
