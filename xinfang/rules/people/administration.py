"""Who may run the house: units, posts, accounts, hours, calendar (domain 6.2, last rows; E3: no self-grants)."""

from collections.abc import Iterable
from datetime import date

from xinfang.rules.people.seats import Actor, Role, UnitKind
from xinfang.rules.refusals import RuleBroken

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
APPROVERS = frozenset({Role.PETITION_BUREAU})
OFFICE_ROLES = ADMINISTRATORS | APPROVERS
NO_POST = frozenset({Role.PETITIONER, Role.SYSTEM})

# Roles that only make sense in one kind of unit; every other role may sit anywhere.
SEATED_IN: dict[Role, UnitKind] = {
    Role.WINDOW_CLERK: UnitKind.CENTRE,
    Role.CENTRE_DIRECTOR: UnitKind.CENTRE,
    Role.CENTRE_DEPUTY: UnitKind.CENTRE,
    Role.STATION_HEAD: UnitKind.STATION,
    Role.STATION_MEMBER: UnitKind.STATION,
    Role.PETITION_BUREAU: UnitKind.BUREAU_OF_PETITIONS,
    Role.SUPERVISOR: UnitKind.SUPERVISION_OFFICE,
    Role.DISCIPLINE_DESK: UnitKind.DISCIPLINE,
}


def is_system(actor: Actor) -> bool:
    """The installation itself, as it is set up by whoever holds the machine."""
    return actor.user_id is None and not actor.petitioner


def may_administer(actor: Actor) -> bool:
    """Units, posts and accounts: the administrator's work, who in turn sees no case content."""
    return is_system(actor) or bool(actor.roles & ADMINISTRATORS)


def may_set_hours(actor: Actor) -> bool:
    """Opening hours are a fact of the house: administrator or petition bureau."""
    return is_system(actor) or bool(actor.roles & OFFICE_ROLES)


def may_propose_calendar(actor: Actor) -> bool:
    return is_system(actor) or bool(actor.roles & OFFICE_ROLES)


def may_approve_calendar(actor: Actor, proposed_by: int) -> bool:
    """A calendar year needs two persons: whoever entered it, and somebody else in the petition bureau."""
    return bool(actor.roles & APPROVERS) and actor.user_id != proposed_by


def may_propose_policy(actor: Actor) -> bool:
    return is_system(actor) or bool(actor.roles & OFFICE_ROLES)


def may_publish_policy(actor: Actor, proposed_by: int) -> bool:
    """What days are counted with decides who is late: the petition bureau's decision, never the technician's."""
    return bool(actor.roles & APPROVERS) and actor.user_id != proposed_by


def may_edit_catalogue(actor: Actor) -> bool:
    """What things are called and who is likely to lead them: administrator or petition bureau, as a draft."""
    return bool(actor.roles & OFFICE_ROLES)


def may_publish_catalogue(actor: Actor, editors: Iterable[int]) -> bool:
    """What every search and suggestion stands on: somebody of the petition bureau who did not work on it."""
    return bool(actor.roles & APPROVERS) and actor.user_id not in set(editors)


def may_teach(actor: Actor) -> bool:
    """Have the house learn from its confirmed matters, and use it: the administrator, who sees figures."""
    return may_administer(actor)


def require(answer: bool) -> None:
    """Turn an answer of this file into the one refusal."""
    if not answer:
        raise RuleBroken("office_only")


def check_post(actor: Actor, *, holder: int, role: Role, kind: UnitKind, is_organ: bool) -> None:
    """May this person put that account on a post of this role in such a unit? Nobody gives rights to himself."""
    require(may_administer(actor))
    if actor.user_id == holder:
        raise RuleBroken("own_rights", field="holder")
    if role in NO_POST:
        raise RuleBroken("choice_unknown", field="role")
    if role is Role.ORGAN_HEAD and not is_organ:
        raise RuleBroken("organ_head_needs_organ", field="role")
    seat = SEATED_IN.get(role)
    if seat is not None and seat is not kind:
        raise RuleBroken("role_not_in_such_unit", field="role")


def check_span(from_on: date, to_on: date | None, field: str) -> None:
    """A span ends on or after the day on which it begins."""
    if to_on is not None and to_on < from_on:
        raise RuleBroken("dates_reversed", field=field)
