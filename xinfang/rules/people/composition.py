"""Is a centre or station staffed as the founding text asks (A-02 to A-09)? Dated warnings, never a block (A-14)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from xinfang.rules.people.seats import Tier, UnitKind


class Duty(StrEnum):
    """What a post counts as in the founding composition; mediators and officers count in none."""

    DIRECTOR = "director"
    DEPUTY = "deputy"
    FULL_TIME = "full_time"
    MEMBER = "member"
    HEAD = "head"
    MEDIATOR = "mediator"
    OFFICER = "officer"


class Origin(StrEnum):
    """The five kinds of people from whom a village chooses its members (A-09)."""

    VILLAGE_COMMITTEE = "village_committee"
    SELECTED_GRADUATE = "selected_graduate"
    RESIDENT_TEAM = "resident_team"
    RESERVE_CADRE = "reserve_cadre"
    FIVE_ELDERS = "five_elders"


class Elder(StrEnum):
    """The five kinds of elders (五老, A-10)."""

    OLD_CADRE = "old_cadre"
    OLD_SOLDIER = "old_soldier"
    OLD_EXPERT = "old_expert"
    OLD_TEACHER = "old_teacher"
    OLD_MODEL = "old_model"


class NamedOffice(StrEnum):
    """The five offices that the founding text names (A-05), by function: reform renames them."""

    ORDER_OFFICE = "order_office"
    PETITIONS_OFFICE = "petitions_office"
    FARMING_STATION = "farming_station"
    LAND_OFFICE = "land_office"
    POLICE_STATION = "police_station"


class Place(StrEnum):
    """Where a centre or station works (A-07, A-11)."""

    OWN_HALL = "own_hall"
    COMPREHENSIVE_CENTRE = "comprehensive_centre"
    SHARED_ROOM = "shared_room"


class CompositionRule(StrEnum):
    """The rules of domain 1.1 that a gap can break."""

    DIRECTOR = "A-02"
    DEPUTY = "A-03"
    FULL_TIME = "A-04"
    MEMBERS = "A-05"
    HEAD_COUNT = "A-06"
    PLACE = "A-07"
    STATION_HEADS = "A-08"
    STATION_MEMBERS = "A-09"


@dataclass(frozen=True)
class Sitting:
    """One post held from a day until and including another (None: still): its duty and where its holder comes from."""

    duty: str
    from_on: date
    to_on: date | None = None
    home_function: str = ""
    origin: str = ""

    def held_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True)
class ExemptionNote:
    """A dated note for one rule of one unit; `about` narrows it to one office or duty."""

    rule: str
    about: str
    from_on: date
    until_on: date | None
    note: str

    def covers(self, rule: str, about: str, day: date) -> bool:
        if self.rule != rule or (self.about and self.about != about):
            return False
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Establishment:
    """What the rules need to know of one unit. `has_team`: a work team is resident in the village (A-08)."""

    tier: Tier
    kind: UnitKind
    place: str
    has_team: bool
    sittings: tuple[Sitting, ...] = ()
    exemptions: tuple[ExemptionNote, ...] = ()


@dataclass(frozen=True)
class Gap:
    """One difference from the founding text on one day: how many there are, how many there should be, since when."""

    rule: CompositionRule
    about: str
    found: int
    least: int
    most: int
    since: date | None = None
    exemption: ExemptionNote | None = field(default=None, compare=False)


def _held(unit: Establishment, day: date) -> list[Sitting]:
    return [sitting for sitting in unit.sittings if sitting.held_on(day)]


def _count(rule: CompositionRule, sittings: Iterable[Sitting], duty: Duty, least: int, most: int) -> list[Gap]:
    found = sum(sitting.duty == duty for sitting in sittings)
    return [] if least <= found <= most else [Gap(rule, duty.value, found, least, most)]


def _township(unit: Establishment, day: date) -> list[Gap]:
    sittings = _held(unit, day)
    members = [sitting for sitting in sittings if sitting.duty == Duty.MEMBER]
    represented = {member.home_function for member in members}
    homeless = sum(not member.home_function for member in members)
    gaps = [
        *_count(CompositionRule.DIRECTOR, sittings, Duty.DIRECTOR, 1, 1),
        *_count(CompositionRule.DEPUTY, sittings, Duty.DEPUTY, 1, 1),
        *_count(CompositionRule.FULL_TIME, sittings, Duty.FULL_TIME, 2, 2),
        *_count(CompositionRule.MEMBERS, sittings, Duty.MEMBER, 6, 10),
        *(Gap(CompositionRule.MEMBERS, office.value, 0, 1, 1) for office in NamedOffice if office not in represented),
    ]
    if homeless:
        gaps.append(Gap(CompositionRule.MEMBERS, "home_unit", len(members) - homeless, len(members), len(members)))
    return gaps + _placeless(unit)


def _placeless(unit: Establishment) -> list[Gap]:
    return [] if unit.place else [Gap(CompositionRule.PLACE, "place", 0, 1, 1)]


def _station(unit: Establishment, day: date) -> list[Gap]:
    sittings = _held(unit, day)
    members = [sitting for sitting in sittings if sitting.duty == Duty.MEMBER]
    known = sum(member.origin in set(Origin) for member in members)
    gaps = _count(CompositionRule.STATION_HEADS, sittings, Duty.HEAD, 1, 1)
    if unit.has_team:  # a village without a work team shows the post as not filled, which is no gap
        gaps += _count(CompositionRule.STATION_HEADS, sittings, Duty.DEPUTY, 1, 1)
    gaps += _count(CompositionRule.STATION_MEMBERS, sittings, Duty.MEMBER, 3, 5)
    if known < len(members):
        gaps.append(Gap(CompositionRule.STATION_MEMBERS, "origin", known, len(members), len(members)))
    return gaps + _placeless(unit)


_CHECKS: dict[tuple[Tier, UnitKind], Callable[[Establishment, date], list[Gap]]] = {
    (Tier.TOWNSHIP, UnitKind.CENTRE): _township,
    (Tier.VILLAGE, UnitKind.STATION): _station,
}


def has_composition(tier: Tier, kind: UnitKind) -> bool:
    """Does the founding text say how such a unit is composed? Of the district it says nothing (A-12)."""
    return (tier, kind) in _CHECKS


def gaps_on(unit: Establishment, day: date) -> tuple[Gap, ...]:
    """Every gap of a unit on a day, each with the first day of its present spell and the note that explains it."""
    check = _CHECKS.get((unit.tier, unit.kind))
    if check is None:
        return ()
    return tuple(
        Gap(gap.rule, gap.about, gap.found, gap.least, gap.most, _since(check, unit, gap, day), _note(unit, gap, day))
        for gap in check(unit, day)
    )


def _note(unit: Establishment, gap: Gap, day: date) -> ExemptionNote | None:
    return next((note for note in unit.exemptions if note.covers(gap.rule, gap.about, day)), None)


def _since(check: Callable[[Establishment, date], list[Gap]], unit: Establishment, gap: Gap, day: date) -> date | None:
    """The first day of the spell in which this gap has stood without a break; None when nobody was ever posted."""
    changes = {sitting.from_on for sitting in unit.sittings}
    changes |= {sitting.to_on + timedelta(days=1) for sitting in unit.sittings if sitting.to_on}
    since: date | None = None
    for change in sorted((c for c in changes if c <= day), reverse=True):
        if not any((g.rule, g.about) == (gap.rule, gap.about) for g in check(unit, change)):
            break
        since = change
    return since


def head_count(unit: Establishment, day: date) -> tuple[int, int, int]:
    """How many people the composition counts, and the least and most of A-06 and A-09: 10 to 14, or 5 to 7.

    Without a resident team the deputy is not asked for: 4 to 7.
    """
    counted = {Duty.DIRECTOR, Duty.HEAD, Duty.DEPUTY, Duty.FULL_TIME, Duty.MEMBER}
    found = sum(sitting.duty in counted for sitting in _held(unit, day))
    if unit.kind is UnitKind.STATION:
        return found, 5 if unit.has_team else 4, 7
    return found, 10, 14
