"""The only way to a matter: what this person may see, as rows and as one matter (domain 6.2, 6.3; promise 8).

`rules.access.sight` says who may see one matter; the same said over rows is here, and a test holds them together.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from xinfang.models import Event, Matter, Task
from xinfang.rules.access.sight import CLERK_DAYS, LEADER_CHANNELS, RESTRICTED_ROLES, may_see
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.numbers import read_number
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, Role, Seat

Rows = Callable[[Actor, Seat, datetime], Q]


def below(column: str, path: str) -> Q:
    """Rows whose dotted path is at or below this one; a range, so that the index on the path serves it."""
    return Q(**{column: path}) | Q(**{f"{column}__gte": path + ".", f"{column}__lt": path + "/"})


def _in_scope(_actor: Actor, seat: Seat, _now: datetime) -> Q:
    return below("unit_path", seat.scope or seat.path)


def _part(seat: Seat) -> Q:
    tasks = Task.objects.filter(matter=OuterRef("pk"), unit=seat.unit, sent_back=False)
    return Q(organ=seat.unit) | Q(Exists(tasks))


def _centre(_actor: Actor, seat: Seat, _now: datetime) -> Q:
    return below("unit_path", seat.path) | below("origin_path", seat.path) | _part(seat)


def _organ(_actor: Actor, seat: Seat, _now: datetime) -> Q:
    return _part(seat)


def _handler(actor: Actor, seat: Seat, _now: datetime) -> Q:
    mine = Q(handler__isnull=True) | Q(handler=actor.user_id)
    return Q(Exists(Task.objects.filter(mine, matter=OuterRef("pk"), unit=seat.unit, sent_back=False)))


def _clerk(actor: Actor, seat: Seat, now: datetime) -> Q:
    lately = Q(origin_path=seat.path, registered_at__gt=now - timedelta(days=CLERK_DAYS))
    return Q(registered_by=actor.user_id) | lately


def _station(_actor: Actor, seat: Seat, _now: datetime) -> Q:
    return below("unit_path", seat.path) | Q(origin_path=seat.path)


def _leader(actor: Actor, seat: Seat, now: datetime) -> Q:
    hers = Q(channel__in=[c.value for c in LEADER_CHANNELS]) | Q(leaders__contains=[actor.user_id])
    return _in_scope(actor, seat, now) & hers


def _caller(actor: Actor, seat: Seat, now: datetime) -> Q:
    return _in_scope(actor, seat, now) & (Q(closed_at__isnull=False) | Q(withdrawal_asked_at__isnull=False))


def _police(_actor: Actor, seat: Seat, now: datetime) -> Q:
    scope = seat.scope or seat.path
    return (below("unit_path", scope) | below("origin_path", scope)) & Q(safety_until__gt=now)


def _ended(actor: Actor, seat: Seat, now: datetime) -> Q:
    return _in_scope(actor, seat, now) & Q(struck_off_at__isnull=False)


def _reviews(actor: Actor, seat: Seat, now: datetime) -> Q:
    asked = Q(contested_at__isnull=False) | Q(review_units__contains=[seat.unit])
    return _in_scope(actor, seat, now) & asked


def _mediates(actor: Actor, _seat: Seat, _now: datetime) -> Q:
    return Q(mediators__contains=[actor.user_id])


ROWS: dict[Role, Rows] = {
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


def _seat_rows(actor: Actor, seat: Seat, now: datetime) -> Q | None:
    rows = ROWS.get(seat.role)
    if rows is None:
        return None
    seen = rows(actor, seat, now)
    if seat.role not in RESTRICTED_ROLES:
        return seen & Q(restricted=False)
    if seat.role is Role.WINDOW_CLERK:
        return seen & (Q(restricted=False) | Q(registered_by=actor.user_id))
    return seen


def matters_for(actor: Actor, now: datetime) -> QuerySet[Matter]:
    """Every matter that this member of staff may see, unordered; nothing for a petitioner or a nobody."""
    if actor.user_id is None or not actor.seats:
        return Matter.objects.none()
    seen: Q | None = None
    for seat in actor.seats:
        rows = _seat_rows(actor, seat, now)
        if rows is not None:
            seen = rows if seen is None else seen | rows
    if seen is None:
        return Matter.objects.none()
    return Matter.objects.filter(seen, sealed=False).exclude(kept_away(actor))


def matter_for(actor: Actor, number: str, now: datetime) -> Matter | None:
    """The matter of that public number if this person may see it; otherwise None, as if it were not there."""
    plain = read_number(number)
    if plain is None:
        return None
    return matters_for(actor, now).filter(number=plain).first()


def matter_id_for(actor: Actor, number: str, now: datetime) -> UUID | None:
    """The id of that matter, under the same rule."""
    matter = matter_for(actor, number, now)
    return matter.pk if matter else None


def state_for(actor: Actor, matter: UUID, now: datetime) -> MatterState | None:
    """Where a matter stands, for who may see it."""
    events = [event.plain() for event in Event.objects.filter(chain_id=matter).order_by("seq")]
    if not events:
        return None
    state = fold(events)
    return state if may_see(state, actor, now) else None


def kept_away(actor: Actor) -> Q:
    """Rows of matters from which this person, or a unit of hers, is recused, or that were sealed (RC-4)."""
    away = Q(sealed=True) | Q(recused_users__contains=[actor.user_id])
    return away | Q(recused_units__overlap=sorted(actor.units)) if actor.units else away
