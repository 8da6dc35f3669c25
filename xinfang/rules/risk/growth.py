"""Did a kind of matter grow in a place against that place's own year before it?

Two published methods, from SciPy: the exact conditional test for two Poisson counts (Przyborowski and Wilenski 1940,
Biometrika 31; the counts given their sum are binomial), and the false discovery rate of Benjamini and Hochberg (1995,
JRSS B 57) over every place and kind that is looked at together. No place is compared with another (H-07).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scipy.stats import binomtest, false_discovery_control

from xinfang.rules.risk.codes import RiskLevel
from xinfang.rules.risk.places import LEAST_BASELINE, RECENT_DAYS, Cell, Place

LEAST_COUNT = 3
YELLOW, RED = 0.05, 0.001


@dataclass(frozen=True)
class Growth:
    """What was found: `p` of one cell alone, `q` after all cells that were looked at together."""

    cell: Cell
    p: float
    q: float
    level: RiskLevel


def chance(cell: Cell, baseline_days: int) -> float:
    """How probable is so much or more in the recent days, if nothing had changed? 1.0 without a recent matter."""
    if cell.recent == 0:
        return 1.0
    share = RECENT_DAYS / (RECENT_DAYS + baseline_days)
    return float(binomtest(cell.recent, cell.recent + cell.before, share, alternative="greater").pvalue)


def grown(cells: Mapping[Place, Cell], baseline_days: int) -> dict[Place, Growth]:
    """The cells that grew, with what was found; none while the ledger is younger than four weeks and a week."""
    if baseline_days < LEAST_BASELINE or not cells:
        return {}
    chances = [chance(cell, baseline_days) for cell in cells.values()]
    shares = [float(q) for q in false_discovery_control(chances)]
    found = {}
    for (key, cell), p, q in zip(cells.items(), chances, shares, strict=True):
        if cell.recent >= LEAST_COUNT and q <= YELLOW:
            found[key] = Growth(cell, p, q, RiskLevel.RED if q <= RED else RiskLevel.YELLOW)
    return found
