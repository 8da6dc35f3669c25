"""The house as its administration sees it: units, accounts, posts, calendar, roll-out and gaps; never a matter."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from xinfang.models import (
    Area,
    CalendarDraft,
    CalendarYear,
    Event,
    Exemption,
    Installation,
    Post,
    Rollout,
    Unit,
    User,
)
from xinfang.rules.clocks.year_notices import published_ahead
from xinfang.rules.people.composition import (
    Establishment,
    ExemptionNote,
    Gap,
    Sitting,
    gaps_on,
    has_composition,
    head_count,
)
from xinfang.rules.people.rollout import RolloutStatus
from xinfang.rules.people.seats import Tier, UnitKind

LISTED = 100


@dataclass(frozen=True)
class UnitRow:
    """One unit in the tree: how deep it lies, and how many posts are held there today."""

    unit: Unit
    depth: int
    held: int


@dataclass(frozen=True)
class Staffing:
    """How a centre or station is staffed on a day: head count with its bounds, and its gaps."""

    unit: Unit
    found: int
    least: int
    most: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class RolloutRow:
    """A township and how far it has come; without a record it has not started."""

    area: Area
    status: RolloutStatus
    on: date | None
    note: str
    centre: Unit | None


@dataclass(frozen=True)
class HouseLine:
    """One event of the house, for its log."""

    seq: int
    type: str
    at: Any
    who: str
    payload: dict[str, Any] = field(default_factory=dict)


def held_on(day: date) -> Q:
    """Posts that are held on a day."""
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))


def open_on(day: date) -> Q:
    """Units that are open on a day."""
    return Q(open_to__isnull=True) | Q(open_to__gte=day)


def unit_tree(today: date, *, words: str = "", closed: bool = False) -> list[UnitRow]:
    """The units in the order of their tree; with `words`, only those whose name or code holds them."""
    held = Q(posts__from_on__lte=today) & (Q(posts__to_on__isnull=True) | Q(posts__to_on__gte=today))
    rows = Unit.objects.annotate(held=Count("posts", filter=held)).order_by("path")
    if not closed:
        rows = rows.filter(open_on(today))
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__icontains=words))
    return [UnitRow(unit, 0 if words else unit.path.count("."), unit.held) for unit in rows]


def unit_posts(unit: Unit) -> list[Post]:
    """Every post of a unit, those held longest ago last."""
    rows = unit.posts.select_related("holder", "home_unit").order_by("-to_on", "from_on", "pk")
    return sorted(rows, key=lambda post: (post.to_on is not None, post.role, post.from_on))


def former_names(unit: Unit) -> list[dict[str, Any]]:
    """What a unit was called before, with the day on which each name ended; the newest first."""
    chain = Installation.objects.values_list("chain", flat=True).get(pk=1)
    changes = Event.objects.filter(chain=chain, type="unit_changed", payload__unit=unit.code).order_by("-seq")
    return [event.payload for event in changes if event.payload.get("before")]


def accounts(today: date, *, words: str = "", closed: bool = False) -> list[User]:
    """Accounts with the posts held today, by name; at most `LISTED`."""
    rows = User.objects.filter(is_active=not closed)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(username__icontains=words))
    return list(rows.prefetch_related(Prefetch("posts", queryset=_posts_on(today))).order_by("username")[:LISTED])


def accounts_in_use() -> int:
    return User.objects.filter(is_active=True).count()


def _posts_on(day: date) -> QuerySet[Post]:
    return Post.objects.filter(held_on(day)).select_related("unit").order_by("from_on", "pk")


def account(user: int) -> User | None:
    """One account with every post it ever held."""
    posts = Post.objects.select_related("unit", "home_unit").order_by("-from_on", "-pk")
    return User.objects.filter(pk=user).prefetch_related(Prefetch("posts", queryset=posts)).first()


def people_to_post() -> list[tuple[int, str]]:
    """Every account in use, to choose from: id and name with login."""
    rows = User.objects.filter(is_active=True).order_by("username").values_list("pk", "name", "username")
    return [(pk, f"{name}（{username}）") for pk, name, username in rows]


def open_units(today: date) -> list[Unit]:
    """Every open unit, in the order of the tree."""
    return list(Unit.objects.filter(open_on(today)).order_by("path"))


def areas() -> list[Area]:
    return list(Area.objects.order_by("code"))


def days_ahead(today: date) -> int:
    """How many published calendar days lie ahead; -1 when not even this year is published."""
    return published_ahead(frozenset(CalendarYear.objects.values_list("year", flat=True)), today)


def calendar_years() -> list[CalendarYear]:
    return list(CalendarYear.objects.order_by("-year"))


def calendar_drafts() -> list[tuple[CalendarDraft, str]]:
    """Years that wait for approval, with the name of who entered them."""
    drafts = list(CalendarDraft.objects.order_by("year"))
    names = dict(User.objects.filter(pk__in=[d.proposed_by for d in drafts]).values_list("pk", "name"))
    return [(draft, names.get(draft.proposed_by, "")) for draft in drafts]


def staffing_of(units: Iterable[Unit], day: date) -> list[Staffing]:
    """The composition of these units on a day, three statements for all of them."""
    asked = [unit for unit in units if has_composition(Tier(unit.tier), UnitKind(unit.kind))]
    codes = [unit.code for unit in asked]
    sittings: dict[str, list[Sitting]] = defaultdict(list)
    for post in Post.objects.filter(unit__in=codes).select_related("home_unit"):
        home = post.home_unit.function or post.home_unit.code if post.home_unit else ""
        sittings[post.unit_id].append(Sitting(post.duty, post.from_on, post.to_on, home, post.origin))
    notes: dict[str, list[ExemptionNote]] = defaultdict(list)
    for row in Exemption.objects.filter(unit__in=codes).order_by("pk"):
        notes[row.unit_id].append(ExemptionNote(row.rule, row.about, row.from_on, row.until_on, row.note))
    return [_staffing(unit, sittings[unit.code], notes[unit.code], day) for unit in asked]


def _staffing(unit: Unit, sittings: list[Sitting], notes: list[ExemptionNote], day: date) -> Staffing:
    known = Establishment(
        Tier(unit.tier), UnitKind(unit.kind), unit.place, unit.team_resident, tuple(sittings), tuple(notes)
    )
    return Staffing(unit, *head_count(known, day), gaps_on(known, day))


def rollout_rows(district: str) -> list[RolloutRow]:
    """Every township with the newest record of its roll-out (A-13)."""
    newest: dict[str, Rollout] = {}
    for row in Rollout.objects.order_by("on", "pk"):
        newest[row.area_id] = row
    centres = {unit.area_id: unit for unit in Unit.objects.filter(kind=UnitKind.CENTRE.value)}
    rows = []
    for area in Area.objects.filter(parent=district).order_by("code"):
        last = newest.get(area.code)
        status = RolloutStatus(last.status) if last else RolloutStatus.NOT_STARTED
        rows.append(
            RolloutRow(area, status, last.on if last else None, last.note if last else "", centres.get(area.code))
        )
    return rows


def house_lines(count: int) -> list[HouseLine]:
    """The newest events of the house."""
    chain = Installation.objects.values_list("chain", flat=True).filter(pk=1).first()
    events = list(Event.objects.filter(chain=chain).order_by("-seq")[:count])
    named = [user for event in events for user in (event.actor, event.payload.get("user")) if user]
    names = dict(User.objects.filter(pk__in=named).values_list("pk", "name"))
    return [
        HouseLine(
            event.seq,
            event.type,
            event.occurred_at,
            names.get(event.actor or 0, ""),
            {**event.payload, "user_name": names.get(event.payload.get("user", 0), "")},
        )
        for event in events
    ]
