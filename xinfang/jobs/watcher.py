"""Looking at the clocks: as long as a full batch is due there is more."""

from datetime import datetime

from xinfang.services.clocks import sweep

BATCH = 500


def run(at: datetime) -> bool:
    """Sweep one batch; True if the next one should follow at once."""
    return sweep(at, BATCH) >= BATCH
