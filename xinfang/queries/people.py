"""Who is acting: the seats that a member of staff holds today, and units by code."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from xinfang.models import Post, Unit, User
from xinfang.rules.access.sight import BEYOND_OWN_UNIT
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
    scope = _scope(role, unit.path, unit.kind, unit.parent.path if unit.parent else None)
    return Seat(role, unit.code, unit.path, Tier(unit.tier), scope)


def _scope(role: Role, path: str, kind: str, parent: str | None) -> str:
    """Where a seat reaches: its unit, or the whole area for a role that watches over it from an organ."""
    return parent if role in BEYOND_OWN_UNIT and kind not in AREA_UNITS and parent else path


def unit_of(code: str, *, field: str) -> Unit:
    """The unit of that code; refuses an unknown one beside the field that named it."""
    unit = Unit.objects.filter(pk=code).first()
    if unit is None:
        raise RuleBroken("unit_unknown", field=field, unit=code)
    return unit


def centre_above(code: str) -> Unit | None:
    """The centre under which this centre or station stands; None above the district."""
    unit = Unit.objects.select_related("parent").filter(pk=code).first()
    return unit.parent if unit and unit.parent and unit.parent.kind == UnitKind.CENTRE else None


def holders(units: frozenset[str] | set[str], roles: frozenset[Role] | set[Role], today: date) -> list[int]:
    """The users who hold one of these roles in one of these units today."""
    return list(
        Post.objects.filter(unit_id__in=units, role__in=[r.value for r in roles], from_on__lte=today)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today), holder__is_active=True)
        .order_by("holder_id")
        .values_list("holder_id", flat=True)
        .distinct(),
    )


@dataclass(frozen=True)
class Held:
    """A post as it is held on a day: by whom, in which role, in which unit, over what."""

    user: int
    role: Role
    unit: str
    scope: str


def posts_held(today: date, roles: Collection[Role]) -> list[Held]:
    """The posts in which these roles are held today. One statement."""
    rows = (
        Post.objects.filter(role__in=[role.value for role in roles], from_on__lte=today, holder__is_active=True)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today))
        .values_list("holder_id", "role", "unit_id", "unit__path", "unit__kind", "unit__parent__path")
    )
    return [
        Held(user, Role(role), unit, _scope(Role(role), path, kind, parent))
        for user, role, unit, path, kind, parent in rows
    ]


def holds(user_id: int, roles: frozenset[Role], today: date) -> bool:
    """Does this user hold one of these roles anywhere today?"""
    return (
        Post.objects.filter(holder_id=user_id, role__in=[r.value for r in roles], from_on__lte=today)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today))
        .exists()
    )


def reviewer_over(path: str, kept_away: Collection[str], today: date) -> str:
    """The nearest unit with a review seat over this path, without these; "" where none sits in this house."""
    held = [one for one in posts_held(today, {Role.REVIEW_ORGAN}) if within(path, one.scope)]
    fit = [one for one in held if one.unit not in kept_away]
    return max(fit, key=lambda one: (one.scope.count("."), one.unit)).unit if fit else ""


def user_names(users: Iterable[int]) -> dict[int, str]:
    """Names by account. One statement."""
    return dict(User.objects.filter(pk__in=set(users)).values_list("pk", "name"))
