"""Which days of leaders are open to a matter, who has a place on a day, and which matters a leader is in charge of?"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from xinfang.models import Event, ReceptionDay, ReceptionVisit
from xinfang.queries.access import matters_for
from xinfang.queries.hall_roster import TAKEN
from xinfang.queries.matters import Line, lines, titles_of
from xinfang.queries.people import user_names
from xinfang.rules.hall.receptions import may_take_place
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, Role

DAYS_SHOWN, LED_SHOWN = 12, 200


@dataclass(frozen=True)
class Visit:
    """A place on a day; `number` and `title` are "" for whoever may not see the matter."""

    row: ReceptionVisit
    number: str
    title: str
    is_recorded: bool


def open_to(state: MatterState, today: date) -> list[ReceptionDay]:
    """The days on which this matter can still have a place."""
    codes = {*state.holder_path.split("."), *state.origin_path.split(".")}
    days = ReceptionDay.objects.filter(day__gt=today, called_off_at__isnull=True, centre__in=codes)
    free = days.annotate(taken=TAKEN).filter(taken__lt=F("slots")).select_related("centre", "leader")
    return [day for day in free.order_by("day", "opens", "pk")[:DAYS_SHOWN] if may_take_place(state, day.centre.path)]


def place_of(matter: UUID, today: date) -> ReceptionVisit | None:
    """The place that a matter has from today on."""
    rows = ReceptionVisit.objects.filter(matter=matter, reception__day__gte=today)
    rows = rows.filter(reception__called_off_at__isnull=True)
    return rows.select_related("reception__centre", "reception__leader").order_by("reception__day").first()


def visits(day: ReceptionDay, actor: Actor, now: datetime) -> list[Visit]:
    """Who has a place on a day, in turn; a matter that this person may not see keeps its number to itself."""
    rows = list(day.visits.order_by("turn"))
    seen = dict(matters_for(actor, now).filter(pk__in=[row.matter_id for row in rows]).values_list("pk", "number"))
    titles = titles_of(list(seen))
    received = Event.objects.filter(
        chain_id__in=list(seen), type=EventType.LEADER_RECEIVED.value, payload__leader=day.leader_id,
        occurred_at__date=day.day,
    )  # fmt: skip
    recorded = set(received.values_list("chain_id", flat=True))
    return [
        Visit(row, seen.get(row.matter_id, ""), titles.get(row.matter_id) or "", row.matter_id in recorded)
        for row in rows
    ]


def led(actor: Actor, now: datetime) -> list[tuple[str, list[Line]]]:
    """The open matters in a leader's charge, by leader; a leader reads her own, everybody else what they may see."""
    rows = matters_for(actor, now).filter(in_charge__isnull=False, is_open=True)
    if Role.LEADER in actor.roles:
        rows = rows.filter(in_charge=actor.user_id)
    found = list(rows.order_by(F("next_prudent_on").asc(nulls_last=True), "pk")[:LED_SHOWN])
    names = user_names([row.in_charge for row in found if row.in_charge])
    by_leader: dict[str, list[Line]] = {}
    for row, line in zip(found, lines(found), strict=True):
        by_leader.setdefault(names.get(row.in_charge or 0, ""), []).append(line)
    return list(by_leader.items())
