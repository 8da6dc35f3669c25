"""Who is acting: the seats that a member of staff holds today, and units by code."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from xinfang.models import Post, Unit, User
from xinfang.rules.access.sight import AREA_WIDE
from xinfang.rules.people.seats import Actor, Role, Seat, Tier, UnitKind, within
from xinfang.rules.refusals import RuleBroken

AREA_UNITS = frozenset({UnitKind.CENTRE.value, UnitKind.STATION.value})


def actor_of(user: User, today: date) -> Actor:
    """The actor that a user is today: only posts held on that day give rights."""
    if not user.is_active:
        return Actor(user.pk)
    posts = (
        Post.objects.filter(holder=user, from_on__lte=today)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today))
        .select_related("unit", "unit__parent")
        .order_by("from_on", "id")
    )
    return Actor(user.pk, tuple(_seat(post) for post in posts))


def _seat(post: Post) -> Seat:
    unit, role = post.unit, Role(post.role)
    scope = unit.path
    if role in AREA_WIDE and unit.kind not in AREA_UNITS and unit.parent is not None:
        scope = unit.parent.path
    return Seat(role, unit.code, unit.path, Tier(unit.tier), scope)


def unit_of(code: str, *, field: str) -> Unit:
    """The unit of that code; refuses an unknown one beside the field that named it."""
    unit = Unit.objects.filter(pk=code).first()
    if unit is None:
        raise RuleBroken("unit_unknown", field=field, unit=code)
    return unit


def holders(units: frozenset[str] | set[str], roles: frozenset[Role] | set[Role], today: date) -> list[int]:
    """The users who hold one of these roles in one of these units today."""
    return list(
        Post.objects.filter(unit_id__in=units, role__in=[r.value for r in roles], from_on__lte=today)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today), holder__is_active=True)
        .order_by("holder_id")
        .values_list("holder_id", flat=True)
        .distinct(),
    )


def overseers(path: str, roles: frozenset[Role] | set[Role], today: date) -> list[int]:
    """The users who hold one of these roles today over what lies at this path."""
    posts = (
        Post.objects.filter(role__in=[r.value for r in roles], from_on__lte=today, holder__is_active=True)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today))
        .select_related("unit", "unit__parent")
        .order_by("holder_id")
    )
    return [post.holder_id for post in posts if within(path, _seat(post).scope)]


def holds(user_id: int, roles: frozenset[Role], today: date) -> bool:
    """Does this user hold one of these roles anywhere today?"""
    return (
        Post.objects.filter(holder_id=user_id, role__in=[r.value for r in roles], from_on__lte=today)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today))
        .exists()
    )


def user_names(users: Iterable[int]) -> dict[int, str]:
    """Names by account. One statement."""
    return dict(User.objects.filter(pk__in=set(users)).values_list("pk", "name"))
