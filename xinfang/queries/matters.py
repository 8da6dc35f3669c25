"""What lies on whose desk? The work lists, each with a constant number of statements (domain 6.2 "list matters")."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xinfang.models import Deadline, Matter, Party, ProtectedText, Task
from xinfang.queries.access import matters_for
from xinfang.queries.keyset import Key, Page, soonest_first
from xinfang.queries.units import unit_names
from xinfang.rules.access.masking import masked_name
from xinfang.rules.clocks.duties import local_day, midnight_after
from xinfang.rules.matters.codes import NOT_OURS, ClockCode, TaskPart
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.tasks.waiting import ABOUT_CALL, ABOUT_CALLER, names_of

COUNTED, SOON_DAYS = 100, 3
View = Callable[[Actor, datetime], Q]


@dataclass(frozen=True)
class Filters:
    """What narrows a list; "" does not."""

    stage: str = ""
    channel: str = ""
    category: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Line:
    """One matter as a list shows it. `petitioner` is masked; `title` None once it was masked by law.

    `is_urgent`: the mark 重大紧急 stands on it.
    """

    matter: Matter
    title: str | None
    petitioner: str
    clock: Deadline | None
    is_urgent: bool = False
    holder: str = ""
    lead: str = ""
    co: tuple[str, ...] = field(default_factory=tuple)


def _open_tasks(actor: Actor, **columns: object) -> Exists:
    tasks = Task.objects.filter(
        matter=OuterRef("pk"), unit__in=actor.units, done_at__isnull=True, returned_at__isnull=True, **columns
    )
    return Exists(tasks)


def _mine(actor: Actor, _now: datetime) -> Q:
    return Q(is_open=True, waits_on__overlap=list(names_of(actor)))


def _of_unit(actor: Actor, _now: datetime) -> Q:
    return Q(is_open=True) & (Q(holder__in=actor.units) | Q(organ__in=actor.units) | Q(_open_tasks(actor)))


def _along(actor: Actor, _now: datetime) -> Q:
    return Q(is_open=True) & Q(_open_tasks(actor, part=TaskPart.CO.value))


def _to_sign(actor: Actor, _now: datetime) -> Q:
    return Q(is_open=True) & Q(_open_tasks(actor, signed_at__isnull=True))


def _soon(_actor: Actor, now: datetime) -> Q:
    today = local_day(now)
    return Q(is_open=True, next_prudent_on__gte=today, next_prudent_on__lt=today + timedelta(days=SOON_DAYS))


def overdue_deadlines(now: datetime) -> QuerySet[Deadline]:
    """Duties that are past their due moment and still open; the right to object is no duty."""
    return (
        Deadline.objects.filter(met_at__isnull=True, ended_at__isnull=True, due_at__isnull=False, due_at__lte=now)
        .exclude(code__in=NOT_OURS)
        .exclude(paused=True)
    )


def _overdue(_actor: Actor, now: datetime) -> Q:
    return Q(is_open=True) & Q(Exists(overdue_deadlines(now).filter(matter=OuterRef("pk"))))


def _returned(_actor: Actor, _now: datetime) -> Q:
    return Q(is_open=True, was_returned=True)


def _to_call(actor: Actor, _now: datetime) -> Q:
    """Whoever was not satisfied and is to be called, also when the ledger is done with the matter."""
    running = Deadline.objects.filter(code=ClockCode.CALL.value, met_at__isnull=True, ended_at__isnull=True)
    about = [ABOUT_CALL, ABOUT_CALLER] if Role.CALLER in actor.roles else [ABOUT_CALL]
    return Q(pk__in=running.values("matter_id"), waits_on__overlap=about)


def _registered_today(actor: Actor, now: datetime) -> Q:
    morning = midnight_after(local_day(now) - timedelta(days=1))
    return Q(registered_by=actor.user_id, registered_at__gte=morning)


VIEWS: dict[str, View] = {
    "today": _registered_today,
    "mine": _mine,
    "unit": _of_unit,
    "along": _along,
    "to_sign": _to_sign,
    "soon": _soon,
    "overdue": _overdue,
    "returned": _returned,
    "to_call": _to_call,
}


def listed(actor: Actor, now: datetime, view: str, filters: Filters = Filters()) -> QuerySet[Matter]:
    """The matters of one work list, unordered."""
    rows = matters_for(actor, now).filter(VIEWS[view](actor, now))
    return narrowed(rows, filters)


def narrowed(rows: QuerySet[Matter], filters: Filters) -> QuerySet[Matter]:
    """The rows that these filters leave."""
    for name in ("stage", "channel", "category"):
        value = getattr(filters, name)
        rows = rows.filter(**{name: value}) if value else rows
    if filters.unit:
        rows = rows.filter(Q(holder=filters.unit) | Q(lead=filters.unit) | Q(organ=filters.unit))
    return rows


def queue(
    actor: Actor,
    now: datetime,
    view: str,
    filters: Filters = Filters(),
    *,
    after: Key | None = None,
    before: Key | None = None,
) -> Page[Line]:
    """One page of a work list, the soonest date first."""
    return soonest_first(listed(actor, now, view, filters), after=after, before=before).map(lines)


def tallies(actor: Actor, now: datetime, views: Iterable[str]) -> dict[str, int]:
    """How many matters lie in these lists; not counted further than a hundred. One statement each."""
    return {view: listed(actor, now, view)[:COUNTED].count() for view in views}


def lines(rows: list[Matter]) -> list[Line]:
    """Matters with all that a list says of them, in the same order. Five statements."""
    ids = [row.pk for row in rows]
    titles, people, along = titles_of(ids), petitioners_of(ids), _co_units(ids)
    clocks, urgent = _next_clocks(ids)
    names = unit_names(
        {code for row in rows for code in (row.holder, row.lead, row.organ)} | {c for cs in along.values() for c in cs}
    )
    return [
        Line(
            matter=row,
            title=titles.get(row.pk, ""),
            petitioner=people.get(row.pk, ""),
            clock=clocks.get(row.pk),
            is_urgent=row.pk in urgent,
            holder=names.get(row.holder, row.holder),
            lead=names.get(row.lead or row.organ, ""),
            co=tuple(names.get(code, code) for code in along.get(row.pk, ())),
        )
        for row in rows
    ]


def titles_of(ids: list[UUID]) -> dict[UUID, str | None]:
    """The titles of matters, opened: the first words of their registration."""
    texts = ProtectedText.objects.filter(chain_id__in=ids, seq=1, field="title")
    return {text.chain_id: text.text for text in texts}


def petitioners_of(ids: list[UUID]) -> dict[UUID, str]:
    """The masked name of the first petitioner of each matter."""
    names: dict[UUID, str] = {}
    parties = Party.objects.filter(matter_id__in=ids).exclude(part=Party.Part.AGENT).select_related("person")
    for party in parties.order_by("seq", "pk"):
        name = party.person.opened("name")
        names.setdefault(party.matter_id, name if party.person.is_organisation else masked_name(name))
    return names


def _next_clocks(ids: list[UUID]) -> tuple[dict[UUID, Deadline], set[UUID]]:
    """The clock that ends first, by the hour where one is counted in hours, and which matters are marked urgent."""
    named = Q(key=F("matter__next_clock")) | Q(code=ClockCode.URG.value, ended_at__isnull=True)
    rows = Deadline.objects.filter(named, matter_id__in=ids)
    found: dict[UUID, Deadline] = {}
    urgent = set()
    for row in sorted(rows, key=lambda row: (row.prudent_on, row.due_at)):
        if row.code == ClockCode.URG:
            urgent.add(row.matter_id)
        if row.met_at is None:
            found.setdefault(row.matter_id, row)
    return found, urgent


def _co_units(ids: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    tasks = Task.objects.filter(matter_id__in=ids, part=TaskPart.CO.value, returned_at__isnull=True)
    for matter, unit in tasks.order_by("k").values_list("matter_id", "unit"):
        found.setdefault(matter, []).append(unit)
    return found
