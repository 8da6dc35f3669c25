"""The register of mediation committees: who mediates where, and which committee keeps a mediation's file."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from xinfang.models import Committee, Event, Post, Unit
from xinfang.queries.units import units_near
from xinfang.rules.hall.tickets import sits_in
from xinfang.rules.matters.events import EventType
from xinfang.rules.mediation.committee import KEEPERS, CommitteeGap, CommitteeKind, Standing, gaps, nearest, term_ends
from xinfang.rules.people.seats import Actor, Role


@dataclass(frozen=True)
class Registered:
    """One committee of the register with its mediators of today and what it lacks."""

    row: Committee
    mediators: tuple[str, ...]
    until: date
    gaps: tuple[CommitteeGap, ...]
    may_set: bool


def _mediator_posts(today: date) -> Q:
    held = Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))
    return held & Q(role=Role.MEDIATOR.value, holder__is_active=True)


def committees_near(actor: Actor, today: date) -> list[Registered]:
    """The committees of the units near this member of staff. At most three statements."""
    rows = list(
        Committee.objects.filter(unit__in=units_near(actor, today)).select_related("unit").order_by("unit__path")
    )
    posts = Post.objects.filter(_mediator_posts(today), unit__in=[row.pk for row in rows]).select_related("holder")
    names: dict[str, list[str]] = {}
    for post in posts.order_by("holder__name", "pk"):
        names.setdefault(post.unit_id, []).append(post.holder.name)
    return [_registered(row, tuple(names.get(row.pk, ())), actor, today) for row in rows]


def _registered(row: Committee, mediators: tuple[str, ...], actor: Actor, today: date) -> Registered:
    standing = Standing(CommitteeKind(row.kind), row.from_on, row.members, row.women, len(mediators), row.registered_on)
    return Registered(row, mediators, term_ends(row.from_on), gaps(standing, today), may_keep(actor, row.unit))


def may_keep(actor: Actor, unit: Unit) -> bool:
    """The directors of a unit, and of the centre right above it."""
    return any(sits_in(actor, code, KEEPERS) for code in (unit.code, unit.parent_id) if code)


def kept_units(actor: Actor, today: date) -> list[Unit]:
    """The units whose committees this member of staff enters."""
    return [unit for unit in units_near(actor, today) if may_keep(actor, unit)]


def committee_for(mediator: int, holder_path: str, today: date) -> str:
    """The unit whose committee this mediator sits in, the closest to who holds the matter; "" where none is entered."""
    posts = Post.objects.filter(_mediator_posts(today), holder=mediator, unit__committee__is_active=True)
    return nearest(dict(posts.values_list("unit", "unit__path").order_by("unit")), holder_path)


def committee_of(unit: str) -> Committee | None:
    """The committee of a unit, in use or not: papers name the one that mediated."""
    return Committee.objects.filter(pk=unit).first() if unit else None


def next_number(committee: Committee, today: date) -> str:
    """The number that the committee's next agreement of the year would bear: a proposal, a person decides."""
    front = f"（{today.year}）{committee.mark}字第"
    # Events keep what was typed in the plain form of its characters.
    kept = unicodedata.normalize("NFKC", front)
    drafted = Event.objects.filter(
        type=EventType.AGREEMENT_DRAFTED, recorded_at__year__gte=today.year, payload__document__startswith=kept
    )
    taken = set(drafted.values_list("payload__document", flat=True).order_by())
    n = len(taken) + 1
    while f"{kept}{n}号" in taken:
        n += 1
    return f"{front}{n}号"
