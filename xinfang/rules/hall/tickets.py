"""Tickets of the hall: lanes, numbers, and who may call them. A ticket says nothing about whoever holds it (H-04)."""

import re
from enum import StrEnum

from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.refusals import RuleBroken


class Lane(StrEnum):
    """The four lanes of one desk (B-01), by the letter on their tickets."""

    RECEPTION = "A"
    MEDIATION = "B"
    LAW = "C"
    PROGRESS = "D"


class TicketState(StrEnum):
    """How a ticket stands today; tomorrow there is none of it left."""

    WAITING = "waiting"
    CALLED = "called"
    SKIPPED = "skipped"
    DONE = "done"


CALLERS = frozenset({Role.WINDOW_CLERK, Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.MEMBER_OFFICER, Role.MEDIATOR})
SETTERS = frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY})
LAST_NUMBER = 999
LAST_WINDOW = 99
_NAME = re.compile(r"([A-D])([0-9]{3})")


def ticket_name(lane: str, number: int) -> str:
    """What stands on the ticket and is called: `A017`."""
    return f"{lane}{number:03d}"


def read_name(text: str) -> tuple[Lane, int] | None:
    """The lane and the number of `A017`; None for what is no ticket."""
    found = _NAME.fullmatch(text)
    return (Lane(found[1]), int(found[2])) if found else None


def lane_of(text: str) -> Lane:
    """One lane by its letter."""
    try:
        return Lane(text)
    except ValueError:
        raise RuleBroken("choice_unknown", field="lane") from None


def lanes_of(letters: str) -> tuple[Lane, ...]:
    """The lanes that a window serves, each once, in their order; at least one."""
    chosen = tuple(lane for lane in Lane if lane.value in letters)
    if not chosen or set(letters) - {lane.value for lane in Lane}:
        raise RuleBroken("window_needs_lanes", field="lanes")
    return chosen


def window_number(text: str) -> int:
    """The number of a window as typed."""
    plain = text.strip()
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 4 else 0
    if not 1 <= number <= LAST_WINDOW:
        raise RuleBroken("window_number_unreal", field="number", most=LAST_WINDOW)
    return number


def sits_in(actor: Actor, centre: str, roles: frozenset[Role]) -> bool:
    """Does this person hold one of these posts in this very centre today?"""
    return any(seat.unit == centre and seat.role in roles for seat in actor.seats)


def require(actor: Actor, centre: str, roles: frozenset[Role]) -> None:
    """The same, as a refusal."""
    if not sits_in(actor, centre, roles):
        raise RuleBroken("not_of_this_hall")
