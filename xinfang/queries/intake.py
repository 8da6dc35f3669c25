"""What the window needs to register: its own counters, the places around it, its own people; and a receipt's facts."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from xinfang.models import Area, Attachment, Contact, Event, Matter, Post, ProtectedText, Unit
from xinfang.queries.clocks import counting
from xinfang.rules.access.petitioner_sight import whose
from xinfang.rules.clocks.duties import Clock, clocks_of
from xinfang.rules.intake.places import Place
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, UnitKind

_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_COUNTERS = (UnitKind.CENTRE.value, UnitKind.STATION.value)


@dataclass(frozen=True)
class Colleague:
    """Somebody who works at a centre or under it."""

    user: int
    name: str
    unit: str


@dataclass(frozen=True)
class ReceiptFacts:
    """What a receipt tells: where the matter stands, its clocks, the papers that were taken in and those to bring."""

    state: MatterState
    clocks: tuple[Clock, ...]
    centre: Unit
    papers: tuple[str, ...]
    missing: tuple[str, ...] = ()


def counters_of(actor: Actor, today: date) -> list[Unit]:
    """The centres and stations in whose name this person registers: the nearest one above each of her seats."""
    lines = [seat.path.split(".") for seat in actor.seats]
    codes = {code for line in lines for code in line}
    rows = Unit.objects.filter(code__in=codes, kind__in=_COUNTERS)
    known = {unit.code: unit for unit in rows.filter(Q(open_to__isnull=True) | Q(open_to__gte=today))}
    nearest = [next((known[code] for code in reversed(line) if code in known), None) for line in lines]
    return list(dict.fromkeys(unit for unit in nearest if unit is not None))


def places_of(unit: Unit, today: date) -> list[Place]:
    """The areas in a centre's scope that exist today, villages under their township, in the order of their codes."""
    inside = Q(code__startswith=unit.area_id)
    valid = (Q(valid_from__isnull=True) | Q(valid_from__lte=today)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )
    rows = list(Area.objects.filter(inside & valid).order_by("code"))
    names = {row.code: row.name for row in rows}
    groups = (names.get(row.code[:9], "") if len(row.code) == 12 else "" for row in rows)
    return [Place(row.code, row.name, group, row.pinyin) for row, group in zip(rows, groups, strict=True)]


def colleagues_at(unit: Unit, today: date) -> list[Colleague]:
    """Who holds a post today at this centre, or in the organ and offices under it (the leaders of the town too)."""
    inside = Q(unit__parent=unit) & ~Q(unit__kind__in=_COUNTERS)
    held = (Q(to_on__isnull=True) | Q(to_on__gte=today)) & Q(from_on__lte=today)
    posts = Post.objects.filter(Q(unit=unit) | inside).filter(held).select_related("holder", "unit")
    people = {post.holder_id: Colleague(post.holder_id, post.holder.name, post.unit.short_name) for post in posts}
    return sorted(people.values(), key=lambda one: (one.unit, one.name))


def receipt_facts(matter: UUID, came_with: int = 1) -> ReceiptFacts:
    """The facts of a receipt: dates and what was handed in, no story and no person.

    `came_with`: of those who joined the matter with that event; 1: of whoever brought it. Whoever asks has either been
    given the matter by `queries.access`, or holds the once-shown code of it.
    """
    events = [event.plain() for event in Event.objects.filter(chain_id=matter).order_by("seq")]
    state, own = fold(events), [event.seq for event in events if whose(event) == came_with]
    centre = Unit.objects.get(pk=state.holder)
    spoken = Q(seq=came_with, field="papers") | Q(field="missing")
    texts = ProtectedText.objects.filter(spoken, chain_id=matter, seq__in=own).order_by("seq")
    said = {row.field: (row.text or "").splitlines() for row in texts}  # of two lists of missing ones the later counts
    listed = said.get("papers", [])
    kept = Attachment.objects.filter(matter_id=matter, masked_by__isnull=True, seq__in=own)
    files = [row.name for row in kept.order_by("seq", "id")]
    papers = tuple(line.strip() for line in [*listed, *files] if line.strip())
    missing = tuple(line.strip() for line in said.get("missing", []) if line.strip())
    return ReceiptFacts(state, clocks_of(state, counting()), centre, papers, missing)


def registered_today(actor: Actor, since: datetime) -> int:
    """How many matters this person has registered since that moment."""
    return Matter.objects.filter(registered_by=actor.user_id, registered_at__gte=since).count()


def is_registered(*keys: str) -> bool:
    """Has a form with one of these submission keys become a matter, or a contact of one? Whatever is no key has not."""
    read = [UUID(key) for key in keys if _KEY.fullmatch(key)]
    return any(table.objects.filter(submission_key__in=read).exists() for table in (Matter, Contact) if read)


def discipline_doors(today: date) -> list[Unit]:
    """The discipline organs of this district with their address and telephone, as entered by its administrator."""
    rows = Unit.objects.filter(kind=UnitKind.DISCIPLINE.value).filter(Q(open_to__isnull=True) | Q(open_to__gte=today))
    return list(rows.order_by("path"))
