"""Counting dates again after a calendar has changed, a batch at a time, while everybody goes on working."""

from datetime import datetime

from xinfang.services.clocks import recount

BATCH = 100


def run(at: datetime) -> bool:
    """Count one batch; True if the next one should follow at once."""
    return recount(at, BATCH) >= BATCH
