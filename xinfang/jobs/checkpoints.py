"""Writing the heads of all chains outside the database."""

from datetime import datetime

from xinfang.services.checkpoints import checkpoint


def run(at: datetime) -> bool:
    """Write what changed; there is never more at once."""
    checkpoint(at=at)
    return False
