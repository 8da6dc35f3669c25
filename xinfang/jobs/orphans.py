"""Removing files that no matter knows."""

from datetime import datetime

from xinfang.services.materials import sweep_orphans


def run(at: datetime) -> bool:
    """Look once; there is never more at once."""
    sweep_orphans(at=at)
    return False
