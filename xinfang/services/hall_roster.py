"""Putting people down for windows, and publishing the days on which leaders receive; each an event of the house.

Sources: domain A-07 (duty roster), 2.10 (reception times and places are public), 2.12 (published in advance).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from xinfang.models import HallDuty, HallWindow, ReceptionDay
from xinfang.queries.hall import hall
from xinfang.queries.hall_roster import holds_on, open_days, receivers_of
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.hall.receptions import slots_of
from xinfang.rules.hall.roster import check_span
from xinfang.rules.hall.tickets import SETTERS, require
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people.seats import Actor
from xinfang.rules.people.units import clock_time, plain_name
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import record
from xinfang.services.receptions import tell_called_off


@transaction.atomic
def put_down(
    *, centre: str, window: int, holder: int | None, from_on: date, to_on: date, by: Actor, at: datetime
) -> int:
    """Put somebody down for a window on every open day of a span, or nobody; returns for how many days.

    Whoever was put down before is replaced, and the event says by whom on which day: that is the substitution.
    """
    require(by, centre, SETTERS)
    check_span(from_on, to_on, local_day(at))
    # The row of the window orders two directors who fill the same days.
    row = HallWindow.objects.select_for_update().filter(centre=centre, number=window, is_open=True).first()
    if row is None:
        raise RuleBroken("window_unknown", field="window")
    days = open_days(from_on, to_on)
    if holder is not None:
        days = holds_on(centre, holder, days)
        _refuse_elsewhere(row, holder, days)
        refuse_receiving(holder, days)
    if not days:
        raise RuleBroken("no_day_to_sit" if holder is None else "holds_no_post_then", field="from_on")
    before = dict(HallDuty.objects.filter(window=row, day__in=days).values_list("day", "holder_id"))
    HallDuty.objects.filter(window=row, day__in=days).delete()
    if holder is not None:
        HallDuty.objects.bulk_create([HallDuty(window=row, day=day, holder_id=holder) for day in days])
    change = {
        "unit": centre, "window": window, "user": holder, "days": [day.isoformat() for day in days],
        "before": {day.isoformat(): user for day, user in sorted(before.items()) if user != holder},
    }  # fmt: skip
    record(HouseEvent.DUTY_SET, change, by=by, at=at, roles=SETTERS)
    return len(days)


def _refuse_elsewhere(row: HallWindow, holder: int, days: list[date]) -> None:
    """Nobody sits at two windows on one day, here or in another centre."""
    others = HallDuty.objects.filter(holder=holder, day__in=days).exclude(window=row).order_by("day")
    other = others.select_related("window").first()
    if other is not None:
        raise RuleBroken("sits_elsewhere", field="holder", day=other.day.isoformat(), window=other.window.number)


def refuse_receiving(holder: int, days: list[date]) -> None:
    """A leader who receives people on a day does not sit at a window on it."""
    rows = ReceptionDay.objects.filter(leader=holder, day__in=days, called_off_at__isnull=True).order_by("day")
    other = rows.first()
    if other is not None:
        raise RuleBroken("receives_that_day", field="holder", day=other.day.isoformat())


@dataclass(frozen=True)
class Announced:
    """A day of a leader as entered: who, when, where, and how many places can be taken beforehand."""

    leader: int
    day: date
    opens: str
    closes: str
    place: str
    slots: str = "0"


@transaction.atomic
def publish_reception(*, centre: str, announced: Announced, by: Actor, at: datetime) -> ReceptionDay:
    """Publish a day on which a leader receives whoever comes; at the latest on the day before."""
    require(by, centre, SETTERS)
    leader, day = announced.leader, announced.day
    if day <= local_day(at):
        raise RuleBroken("reception_needs_notice", field="day")
    first, last = clock_time(announced.opens, "opens"), clock_time(announced.closes, "closes")
    if first >= last:
        raise RuleBroken("hours_reversed", field="closes")
    where, slots = plain_name(announced.place, "place", most=80), slots_of(announced.slots)
    unit = hall(centre)
    if unit is None or leader not in receivers_of(unit, day):
        raise RuleBroken("receives_nobody_here", field="leader")
    if ReceptionDay.objects.filter(centre=centre, leader=leader, day=day, called_off_at__isnull=True).exists():
        raise RuleBroken("reception_is_published", field="day")
    duty = HallDuty.objects.filter(holder=leader, day=day).select_related("window").first()
    if duty is not None:
        raise RuleBroken("sits_at_window_then", field="leader", window=duty.window.number)
    row = ReceptionDay.objects.create(
        centre=unit, day=day, opens=first, closes=last, leader_id=leader, place=where, slots=slots
    )
    told = {"unit": centre, "reception": row.pk, "user": leader, "day": day.isoformat()}
    hours = {"opens": f"{first:%H:%M}", "closes": f"{last:%H:%M}", "slots": slots}
    record(HouseEvent.RECEPTION_PUBLISHED, told | hours, by=by, at=at, roles=SETTERS)
    return row


@transaction.atomic
def call_off_reception(*, centre: str, reception: int, why: str, by: Actor, at: datetime) -> ReceptionDay:
    """Call a day off; it stays on the notice board with its reason, so that nobody comes in vain.

    Whoever has a place is told.
    """
    require(by, centre, SETTERS)
    row = ReceptionDay.objects.select_for_update().filter(pk=reception, centre=centre).first()
    if row is None or row.called_off_at is not None or row.day < local_day(at):
        raise RuleBroken("reception_unknown")
    row.called_off_why, row.called_off_at = plain_name(why, "why", most=120), at
    row.save(update_fields=["called_off_why", "called_off_at"])
    tell_called_off(day=row, at=at)
    told = {"unit": centre, "reception": row.pk, "day": row.day.isoformat()}
    record(HouseEvent.RECEPTION_CALLED_OFF, told, by=by, at=at, roles=SETTERS)
    return row
