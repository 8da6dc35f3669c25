"""Mediation committees as the county registers them: their term, their members, what is missing (人民调解法 8-10, 34).

Nothing here stops a mediation: a term that is over is said, and somebody elects.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xinfang.rules.people.seats import Role

TERM_YEARS = 3
LEAST_MEMBERS, MOST_MEMBERS = 3, 9
MOST_COUNTED = 99
KEEPERS = frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY})
READERS = KEEPERS | {Role.STATION_HEAD, Role.STATION_MEMBER, Role.MEDIATOR, Role.WINDOW_CLERK, Role.PETITION_BUREAU}


class CommitteeKind(StrEnum):
    """Who set a committee up: villagers or residents, a town or street, or a trade."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    TRADE = "trade"


class CommitteeGap(StrEnum):
    """What the law asks of a committee and this one does not show."""

    TERM_OVER = "term_over"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NO_WOMAN = "no_woman"
    UNREGISTERED = "unregistered"
    NO_MEDIATOR = "no_mediator"


@dataclass(frozen=True)
class Standing:
    """One committee's facts: counts of members and of women among them, its mediators on posts today."""

    kind: CommitteeKind
    from_on: date
    members: int
    women: int
    mediators: int
    registered_on: date | None = None


def term_ends(from_on: date) -> date:
    """The day on which three years after an election are over; 29 February ends on the 28th."""
    year = from_on.year + TERM_YEARS
    try:
        return from_on.replace(year=year)
    except ValueError:
        return from_on.replace(year=year, day=28)


def gaps(standing: Standing, today: date) -> tuple[CommitteeGap, ...]:
    """What is missing, in a fixed order. Counts and women bind the committees of villages and residents (art. 8)."""
    elected = standing.kind is CommitteeKind.VILLAGE
    found = {
        CommitteeGap.TERM_OVER: today > term_ends(standing.from_on),
        CommitteeGap.TOO_FEW: elected and standing.members < LEAST_MEMBERS,
        CommitteeGap.TOO_MANY: elected and standing.members > MOST_MEMBERS,
        CommitteeGap.NO_WOMAN: elected and standing.women == 0,
        CommitteeGap.UNREGISTERED: standing.registered_on is None,
        CommitteeGap.NO_MEDIATOR: standing.mediators == 0,
    }
    return tuple(gap for gap in CommitteeGap if found[gap])


def nearest(units: dict[str, str], holder_path: str) -> str:
    """The unit, of `units` (code: path), whose committee keeps this file: the one closest to who holds the matter."""
    wanted = holder_path.split(".")

    def shared(code: str) -> int:
        own = units[code].split(".")
        return sum(1 for one, other in zip(own, wanted, strict=False) if one == other)

    return min(units, key=lambda code: (-shared(code), len(units[code]), code), default="")
