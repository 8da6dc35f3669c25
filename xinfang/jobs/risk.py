"""Looking over the ledger for what asks to be looked at."""

from datetime import datetime

from xinfang.services.risk_watch import watch


def run(at: datetime) -> bool:
    """Look once; there is never more at once."""
    watch(at=at)
    return False
