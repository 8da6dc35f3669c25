"""How much came from a place lately and in the year before: what growth is asked about (B-07)."""

from dataclasses import dataclass

RECENT_DAYS, BASELINE_DAYS, LEAST_BASELINE = 7, 364, 28
Place = tuple[str, str]  # the code of an area and of a class of content


@dataclass(frozen=True)
class Cell:
    """How many matters of one class came from one place in the recent days, and in the days before them."""

    recent: int
    before: int

    def usual_a_week(self, baseline_days: int) -> float:
        """How many a week came before."""
        return self.before * 7 / baseline_days
