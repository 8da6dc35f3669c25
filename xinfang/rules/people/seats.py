"""Who acts, and from which seat: roles, tiers and the posts that carry rights (domain 6.1)."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Tier(StrEnum):
    """The three tiers of centres, from the top."""

    DISTRICT = "district"
    TOWNSHIP = "township"
    VILLAGE = "village"


class UnitKind(StrEnum):
    """What a unit is; only an organ may issue statutory notices and opinions."""

    CENTRE = "centre"
    STATION = "station"
    ORGAN = "organ"
    BUREAU_OF_PETITIONS = "bureau_of_petitions"
    SUPERVISION_OFFICE = "supervision_office"
    DISCIPLINE = "discipline"
    OFFICE = "office"


class Role(StrEnum):
    """The roles of domain 6.1; a post carries exactly one."""

    WINDOW_CLERK = "window_clerk"
    CENTRE_DIRECTOR = "centre_director"
    CENTRE_DEPUTY = "centre_deputy"
    MEMBER_OFFICER = "member_officer"
    STATION_HEAD = "station_head"
    STATION_MEMBER = "station_member"
    MEDIATOR = "mediator"
    HANDLER = "handler"
    ORGAN_HEAD = "organ_head"
    LEGAL_REVIEWER = "legal_reviewer"
    SUPERVISOR = "supervisor"
    PETITION_BUREAU = "petition_bureau"
    LEADER = "leader"
    REVIEW_ORGAN = "review_organ"
    DISCIPLINE_DESK = "discipline_desk"
    POLICE_LIAISON = "police_liaison"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"
    ARCHIVIST = "archivist"
    CALLER = "caller"
    PETITIONER = "petitioner"
    SYSTEM = "system"


@dataclass(frozen=True)
class Seat:
    """One post held today: the role, the unit (code and dotted path) and its tier.

    `scope` is the dotted path at and below which the seat looks after matters: the unit's own path for a centre
    or station, the area's path for a bureau that serves a whole area.
    """

    role: Role
    unit: str
    path: str
    tier: Tier
    scope: str = ""


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a member of staff with seats, the petitioner, or the system's clock.

    `proof` names how a petitioner was proved (`rules.matters.codes.Proof`); staff never hold one. `came_with` is the
    event with which the petitioner came into the matter: 1 for whoever brought it, a later one for whoever joined.
    """

    user_id: int | None
    seats: tuple[Seat, ...] = field(default_factory=tuple)
    petitioner: bool = False
    proof: str | None = None
    came_with: int = 1

    @property
    def joined(self) -> bool:
        """Is it, or does staff write for, a petitioner who joined a matter that others had brought?"""
        return self.came_with > 1

    def on_part_of(self, came_with: int) -> "Actor":
        """The same actor, speaking or writing for those who came with that event."""
        return replace(self, came_with=came_with)

    @property
    def roles(self) -> frozenset[Role]:
        if self.petitioner:
            return frozenset({Role.PETITIONER})
        if self.user_id is None:
            return frozenset({Role.SYSTEM})
        return frozenset(seat.role for seat in self.seats)

    @property
    def units(self) -> frozenset[str]:
        return frozenset(seat.unit for seat in self.seats)

    def seat_for(self, roles: frozenset[Role]) -> Seat | None:
        """The first seat that carries one of these roles, in the order the posts are held."""
        return next((seat for seat in self.seats if seat.role in roles), None)


PETITIONER = Actor(user_id=None, petitioner=True)
SYSTEM = Actor(user_id=None)


def within(path: str, scope: str) -> bool:
    """Does a dotted unit path lie at or below a scope path?"""
    return path == scope or path.startswith(scope + ".")
