"""Which units and people may be named by this member of staff: those near her own, not the whole province."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from xinfang.models import Post, Unit
from xinfang.queries.access import below
from xinfang.rules.people.seats import Actor, Role, UnitKind

_CENTRES = (UnitKind.CENTRE.value, UnitKind.STATION.value)


@dataclass(frozen=True)
class Holder:
    """Somebody on a post: account, name, unit and role."""

    user: int
    name: str
    unit: str
    role: Role


def units_near(actor: Actor, today: date) -> list[Unit]:
    """The units in one's own scope, the ones above it, and the organs and offices of those above; open today."""
    near = Q()
    for seat in actor.seats:
        above = seat.path.split(".")
        near |= below("path", seat.scope or seat.path) | Q(code__in=above)
        near |= Q(parent__in=above[:-1]) & ~Q(kind__in=_CENTRES)
    if not near:
        return []
    return list(Unit.objects.filter(near).filter(Q(open_to__isnull=True) | Q(open_to__gte=today)).order_by("path"))


def unit_names(codes: Iterable[str]) -> dict[str, str]:
    """Short names by code. One statement."""
    wanted = {code for code in codes if code}
    return dict(Unit.objects.filter(code__in=wanted).values_list("code", "short_name"))


def unit_full_name(code: str) -> str:
    """The name in full, as a paper carries it."""
    return Unit.objects.get(pk=code).name


def holders_near(units: Iterable[str], roles: Iterable[Role], today: date) -> list[Holder]:
    """Who holds one of these roles in one of these units today, by unit and name."""
    posts = (
        Post.objects.filter(unit_id__in=set(units), role__in=[role.value for role in roles], from_on__lte=today)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today), holder__is_active=True)
        .select_related("holder", "unit")
        .order_by("unit__path", "holder__name", "pk")
    )
    return [Holder(post.holder_id, post.holder.name, post.unit.short_name, Role(post.role)) for post in posts]
