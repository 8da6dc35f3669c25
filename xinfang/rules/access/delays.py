"""How long must somebody wait who typed a wrong code? Delays grow, they never lock anybody out (product, "Proofs")."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

FORGOTTEN_AFTER = timedelta(hours=24)
FIRST_WAIT = 5


@dataclass(frozen=True)
class Patience:
    """How many failures are free, and how many seconds the longest wait is; in between it doubles from five seconds."""

    free: int
    longest: int

    def wait_after(self, failures: int) -> int:
        """Seconds to wait after so many failures."""
        if failures <= self.free:
            return 0
        return min(self.longest, FIRST_WAIT << min(failures - self.free - 1, 20))


# One number tried from one address. Whoever mistypes three times loses nothing.
PAIR = Patience(free=3, longest=900)
# One number from anywhere: short, so that a stranger who keeps guessing cannot keep its owner out.
NUMBER = Patience(free=20, longest=60)
# One address, whatever it tries: a whole village may share it.
ADDRESS = Patience(free=20, longest=300)


def remaining(patience: Patience, failures: int, last_at: datetime, now: datetime) -> int:
    """Whole seconds until the next try counts, 0 if it counts now."""
    until = last_at + timedelta(seconds=patience.wait_after(failures))
    return max(0, ceil((until - now).total_seconds()))
