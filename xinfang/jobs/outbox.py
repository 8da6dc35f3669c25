"""Handing messages to the carrier."""

from datetime import datetime

from xinfang.services.outbox import carrier, drain

# Each may take as long as a carrier takes to answer; the lease of one and the provider's idea of now must outlast it.
BATCH = 20


def run(at: datetime) -> bool:
    """Hand over one batch; True if the next one should follow at once."""
    return drain(gateway=carrier(), at=at, most=BATCH) >= BATCH
