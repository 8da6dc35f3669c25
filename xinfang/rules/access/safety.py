"""Who reads a safety concern, and from whom an address is kept (domain 2.7, S26, S28)."""

from datetime import datetime

from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, Role, Seat, within

RECEIVERS = frozenset({Role.WINDOW_CLERK, Role.STATION_HEAD, Role.STATION_MEMBER})


def is_near(state: MatterState, seat: Seat) -> bool:
    """Does the seat look after the place where the matter is, or where it came in?"""
    scope = seat.scope or seat.path
    return within(state.holder_path, scope) or within(state.origin_path, scope)


def directs(state: MatterState, actor: Actor) -> bool:
    """Is this a director over the matter, and not of a centre that only has a part in it?"""
    return any(seat.role is Role.CENTRE_DIRECTOR and is_near(state, seat) for seat in actor.seats)


def police_sees(state: MatterState, seat: Seat, now: datetime) -> bool:
    """The police liaison comes to a matter nearby only while a safety concern is open."""
    return state.has_concern(now) and is_near(state, seat)


def reads_safety(state: MatterState, actor: Actor, now: datetime) -> bool:
    """The director and the police liaison, while the concern is open: nobody else, and nobody afterwards."""
    liaison = any(seat.role is Role.POLICE_LIAISON and is_near(state, seat) for seat in actor.seats)
    return state.has_concern(now) and (liaison or directs(state, actor))


def reads_line(state: MatterState, seq: int, actor: Actor, now: datetime) -> bool:
    """May this line of a concern be read? Those of one that has lapsed or ended no longer are."""
    of_an_open_one = any(concern.is_open(now) and seq in concern.lines for concern in state.concerns)
    return of_an_open_one and reads_safety(state, actor, now)


def reads_address(state: MatterState, actor: Actor, now: datetime) -> bool:
    """May address and phone be opened? Where home is not safe: by who received, and by the police liaison alone."""
    if state.address_kept_at is None:
        return True
    received = any(seat.role in RECEIVERS and seat.unit == state.origin_unit for seat in actor.seats)
    if received or actor.user_id == state.registered_by:
        return True
    return any(seat.role is Role.POLICE_LIAISON and police_sees(state, seat, now) for seat in actor.seats)
