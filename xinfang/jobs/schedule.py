"""What the worker does, and how often in seconds (decision 0005)."""

from xinfang.jobs import (
    arrivals,
    attendance,
    checkpoints,
    forgetting,
    heartbeat,
    learning,
    orphans,
    outbox,
    recounting,
    risk,
    sessions,
    watcher,
)
from xinfang.jobs.worker import Job


def jobs() -> tuple[Job, ...]:
    """All jobs, in the order in which they run when several are due."""
    return (
        Job("heartbeat", 15, heartbeat.run),
        Job("outbox", 5, outbox.run),
        Job("arrivals", 60, arrivals.run),
        Job("watcher", 20, watcher.run),
        Job("attendance", 60, attendance.run),
        Job("sessions", 60, sessions.run),
        Job("recounting", 10, recounting.run),
        Job("learning", 10, learning.Learning().run),
        Job("checkpoints", 60, checkpoints.run),
        Job("risk", 300, risk.run),
        Job("orphans", 3600, orphans.run),
        Job("forgetting", 3600, forgetting.run),
    )
