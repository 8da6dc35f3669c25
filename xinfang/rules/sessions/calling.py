"""Who may call a session, for when, with whom? And who is left out because of what stands between them (RC-2..RC-4).

Sources: domain B-06 (convened by the director), B-04 (one joint meeting), 2.10 (at most five representatives, XF§19).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from xinfang.rules.matters.codes import UNFINISHED
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.codes import GuestKind
from xinfang.rules.sessions.session import Session

CONVENERS = frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.STATION_HEAD, Role.PETITION_BUREAU})
# Whoever leads the handling may call the others together as well, and those at the window write answers down.
LEADING = frozenset({Role.ORGAN_HEAD})
NOTERS = CONVENERS | LEADING | {Role.WINDOW_CLERK, Role.HANDLER, Role.MEMBER_OFFICER}
LEAST_MINUTES, MOST_MINUTES = 15, 480
MOST_REPRESENTATIVES = 5
MOST_GUESTS = 40
AHEAD = timedelta(days=180)


class LeftOut(StrEnum):
    """Why somebody cannot be asked to a session of this matter."""

    RECUSED = "recused"
    UNIT_RECUSED = "unit_recused"
    OUT_OF_SIGHT = "out_of_sight"


@dataclass(frozen=True)
class Asked:
    """Somebody who is to be asked: staff by account and unit, a petitioner by person, others by name and phone."""

    kind: GuestKind
    user: int | None = None
    unit: str = ""
    person: str = ""
    name: str = ""
    phone: str = ""


def may_convene(state: MatterState, actor: Actor) -> bool:
    """May this person, who sees the matter, call a session?"""
    lead = state.lead
    leads = lead is not None and lead.unit in actor.units and bool(actor.roles & LEADING)
    return state.stage in UNFINISHED and (leads or bool(actor.roles & CONVENERS))


def may_note(actor: Actor) -> bool:
    """May this person, who sees the matter, write down what somebody answered, who came and what was said?"""
    return bool(actor.roles & NOTERS)


def left_out(state: MatterState, user: int, units: Collection[str], *, sees: bool) -> LeftOut | None:
    """Why this member of staff does not come into question; None for who does.

    Where the petitioner wants secrecy, only those come who may see the matter anyhow.
    """
    if user in state.recused_users:
        return LeftOut.RECUSED
    if set(units) & state.recused_units:
        return LeftOut.UNIT_RECUSED
    return LeftOut.OUT_OF_SIGHT if state.restricted and not sees else None


def check_time(starts: datetime, ends: datetime, now: datetime) -> None:
    """A session lies ahead, on one day, and lasts between a quarter of an hour and eight hours."""
    minutes = (ends - starts).total_seconds() / 60
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise RuleBroken("session_length", field="minutes", least=LEAST_MINUTES, most=MOST_MINUTES)
    if not now < starts <= now + AHEAD:
        raise RuleBroken("session_not_ahead", field="slot")


def check_guests(guests: Collection[Asked]) -> None:
    """Somebody is asked, everybody once, and of the petitioners no more than five."""
    if not guests:
        raise RuleBroken("session_needs_guests", field="guests")
    if len(guests) > MOST_GUESTS:
        raise RuleBroken("number_out_of_range", field="guests", least=1, most=MOST_GUESTS)
    known = [guest.user or guest.person for guest in guests if guest.kind is not GuestKind.OTHER]
    if len(known) != len(set(known)):
        raise RuleBroken("guest_twice", field="guests")
    if sum(guest.kind is GuestKind.PARTY for guest in guests) > MOST_REPRESENTATIVES:
        raise RuleBroken("representatives_too_many", field="guests", most=MOST_REPRESENTATIVES)
    if any(guest.kind is GuestKind.OTHER and not guest.name for guest in guests):
        raise RuleBroken("field_required", field="other_name")


def session_of(state: MatterState, k: int) -> Session:
    """The session of that number."""
    found = next((session for session in state.sessions if session.k == k), None)
    if found is None:
        raise RuleBroken("no_such_session")
    return found


def ahead(state: MatterState, k: int) -> Session:
    """The same, as long as it was neither held nor called off."""
    found = session_of(state, k)
    if not found.is_ahead:
        raise RuleBroken("session_is_over")
    return found
