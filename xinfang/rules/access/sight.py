"""Who may see a matter, who reads what in it, who may open its identity data (domain 6.2, 6.3; promise 8)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from xinfang.rules.access.safety import police_sees, reads_line
from xinfang.rules.ledger.chain import Event
from xinfang.rules.lifecycle.allowed import BY_NAME, is_recused
from xinfang.rules.matters.codes import Channel
from xinfang.rules.matters.events import MEDIATION_EVENTS, SAFETY_EVENTS, EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, Role, Seat, within

CLERK_DAYS = 7
LEADER_CHANNELS = frozenset({Channel.LEADER_MAILBOX, Channel.LEADER_RECEPTION, Channel.FIELD_VISIT})
AREA_WIDE = frozenset(
    {Role.PETITION_BUREAU, Role.SUPERVISOR, Role.CALLER, Role.LEADER, Role.REVIEW_ORGAN, Role.ARCHIVIST},
)
# Whose seat in an organ or office looks after the area around it.
BEYOND_OWN_UNIT = AREA_WIDE | {Role.POLICE_LIAISON}
IDENTITY_ROLES = frozenset(
    {
        Role.WINDOW_CLERK, Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.MEMBER_OFFICER, Role.STATION_HEAD,
        Role.STATION_MEMBER, Role.HANDLER, Role.ORGAN_HEAD, Role.PETITION_BUREAU, Role.CALLER,
        Role.POLICE_LIAISON,
    },
)  # fmt: skip

# Who reads what was said in a mediation: who mediates, and whose committee it is (domain 6.2).
MEDIATION_READERS = frozenset({Role.MEDIATOR, Role.CENTRE_DEPUTY, Role.STATION_HEAD, Role.STATION_MEMBER})

Sight = Callable[[MatterState, Actor, Seat, datetime], bool]


def _in_scope(state: MatterState, _actor: Actor, seat: Seat, _now: datetime) -> bool:
    return within(state.holder_path, seat.scope or seat.path)


def _centre(state: MatterState, _actor: Actor, seat: Seat, _now: datetime) -> bool:
    return within(state.holder_path, seat.path) or within(state.origin_path, seat.path) or _unit_part(state, seat)


def _unit_part(state: MatterState, seat: Seat) -> bool:
    return state.organ == seat.unit or any(t.unit == seat.unit and not t.sent_back for t in state.tasks)


def _organ(state: MatterState, _actor: Actor, seat: Seat, _now: datetime) -> bool:
    return _unit_part(state, seat)


def _handler(state: MatterState, actor: Actor, seat: Seat, _now: datetime) -> bool:
    return any(t.unit == seat.unit and not t.sent_back and t.handler in {None, actor.user_id} for t in state.tasks)


def _clerk(state: MatterState, actor: Actor, seat: Seat, now: datetime) -> bool:
    if state.registered_by == actor.user_id:
        return True
    return state.origin_unit == seat.unit and now - state.registered_at < timedelta(days=CLERK_DAYS)


def _station(state: MatterState, _actor: Actor, seat: Seat, _now: datetime) -> bool:
    return within(state.holder_path, seat.path) or state.origin_path == seat.path


def _leader(state: MatterState, actor: Actor, seat: Seat, now: datetime) -> bool:
    """What came to leaders, and what this one received or is in charge of."""
    hers = state.channel in LEADER_CHANNELS or actor.user_id in state.leaders
    return hers and _in_scope(state, actor, seat, now)


def _caller(state: MatterState, actor: Actor, seat: Seat, now: datetime) -> bool:
    return (state.closed_at is not None or state.withdrawal is not None) and _in_scope(state, actor, seat, now)


def _police(state: MatterState, _actor: Actor, seat: Seat, now: datetime) -> bool:
    return police_sees(state, seat, now)


def _ended(state: MatterState, actor: Actor, seat: Seat, now: datetime) -> bool:
    return state.struck_off_at is not None and _in_scope(state, actor, seat, now)


def _reviews(state: MatterState, actor: Actor, seat: Seat, now: datetime) -> bool:
    """What this very organ was asked to review, and in its area what was contested."""
    asked = any(review.organ == seat.unit for review in state.reviews)
    return (asked or state.contested_at is not None) and _in_scope(state, actor, seat, now)


def _mediates(state: MatterState, actor: Actor, _seat: Seat, _now: datetime) -> bool:
    """Whoever was named to mediate, then and later: the file stays theirs to follow up."""
    return any(actor.user_id in one.mediators for one in state.mediations)


SIGHTS: dict[Role, Sight] = {
    Role.PETITION_BUREAU: _in_scope,
    Role.SUPERVISOR: _in_scope,
    Role.CENTRE_DIRECTOR: _centre,
    Role.CENTRE_DEPUTY: _centre,
    Role.WINDOW_CLERK: _clerk,
    Role.STATION_HEAD: _station,
    Role.STATION_MEMBER: _station,
    Role.ORGAN_HEAD: _organ,
    Role.HANDLER: _handler,
    Role.MEMBER_OFFICER: _handler,
    Role.LEADER: _leader,
    Role.CALLER: _caller,
    Role.ARCHIVIST: _ended,
    Role.REVIEW_ORGAN: _reviews,
    Role.POLICE_LIAISON: _police,
    Role.MEDIATOR: _mediates,
}
RESTRICTED_ROLES = frozenset(
    {
        Role.PETITION_BUREAU, Role.CENTRE_DIRECTOR, Role.ORGAN_HEAD, Role.HANDLER, Role.CALLER, Role.WINDOW_CLERK,
        Role.POLICE_LIAISON, Role.REVIEW_ORGAN,
    },
)  # fmt: skip


def may_see(state: MatterState, actor: Actor, now: datetime) -> bool:
    """May this person see that the matter exists? The petitioner and the system come by other doors and may.

    A matter whose petitioner wants secrecy is seen by the few roles that must act; the clerk only her own. Whoever
    joined it is then out of it as well: somebody who tells the same story may be the one they fear.
    """
    if state.sealed or is_recused(state, actor):
        return False
    if actor.petitioner:
        return not actor.joined or not (state.restricted or state.address_kept_at)
    if actor.user_id is None:
        return True
    return any(_seat_sees(state, actor, seat, now) for seat in actor.seats)


def _seat_sees(state: MatterState, actor: Actor, seat: Seat, now: datetime) -> bool:
    sight = SIGHTS.get(seat.role)
    if sight is None:
        return False
    if state.restricted:
        if seat.role not in RESTRICTED_ROLES:
            return False
        if seat.role is Role.WINDOW_CLERK and state.registered_by != actor.user_id:
            return False
    return sight(state, actor, seat, now)


def only_mediates(state: MatterState, actor: Actor, now: datetime) -> bool:
    """Does this person see the matter as its mediator and in no other way (domain 6.1 MED)?"""
    seeing = {seat.role for seat in actor.seats if _seat_sees(state, actor, seat, now)}
    return seeing == {Role.MEDIATOR}


def may_read(event: Event, actor: Actor, state: MatterState, now: datetime) -> bool:
    """May this person, who sees the matter, read at this moment that this happened?

    A safety concern is read by two kinds of seats while it is open, and by no staff afterwards. Whom the petitioner
    wants kept out of it, and why, is read by who decides about it, not by who is meant (RC-5).
    """
    if event.type == EventType.RECORD_TAKEN:
        return actor.petitioner
    if event.type not in MEDIATION_EVENTS and only_mediates(state, actor, now):
        return False
    if event.type in SAFETY_EVENTS:
        return reads_line(state, event.seq, actor, now)
    return event.type != EventType.RECUSAL_ASKED or bool(actor.roles & BY_NAME["recuse"].roles)


def may_open_identity(state: MatterState, actor: Actor, now: datetime) -> bool:
    """May this person open names, numbers and addresses, with a reason that is logged?"""
    return may_see(state, actor, now) and any(
        seat.role in IDENTITY_ROLES and _seat_sees(state, actor, seat, now) for seat in actor.seats
    )


def may_open_parties(state: MatterState, actor: Actor, now: datetime) -> bool:
    """May this person open the names of the parties for a paper? Whoever mediates may, and nothing more by it."""
    return may_open_identity(state, actor, now) or (may_see(state, actor, now) and only_mediates(state, actor, now))
