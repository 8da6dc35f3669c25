"""Sitting down at a window and leaving it; and telling the directors of a hall where nobody is (B12).

Only the present is kept: who sits where now. Nobody's hours, pauses or absences are written down.
"""

from datetime import datetime

from django.db import transaction

from xinfang.models import HallSeat, HallWindow, Notice, Unit
from xinfang.queries.hall_attendance import attendance
from xinfang.queries.people import posts_held
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.hall.tickets import CALLERS, SETTERS, require
from xinfang.rules.people.seats import Actor, UnitKind
from xinfang.rules.refusals import RuleBroken

UNATTENDED = "window_unattended"


@transaction.atomic
def sit_down(*, centre: str, window: int, by: Actor, at: datetime) -> None:
    """Say that one is at this window now, and at no other; staying there changes nothing."""
    require(by, centre, CALLERS)
    row = HallWindow.objects.select_for_update().filter(centre=centre, number=window, is_open=True).first()
    if row is None:
        raise RuleBroken("window_unknown", field="window")
    HallSeat.objects.filter(holder=by.user_id).exclude(window=row).update(holder=None, since=at)
    seat = HallSeat.objects.filter(window=row).first()
    if seat is None or seat.holder_id != by.user_id or local_day(seat.since) != local_day(at):
        HallSeat.objects.update_or_create(window=row, defaults={"holder_id": by.user_id, "since": at})


@transaction.atomic
def leave(*, centre: str, by: Actor, at: datetime) -> None:
    """Say that one is away from one's window; the B角 is shown there, or the directors are told."""
    require(by, centre, CALLERS)
    HallSeat.objects.filter(window__centre=centre, holder=by.user_id).update(holder=None, since=at)


def tell_unattended(*, at: datetime) -> int:
    """Tell the directors of every hall of each window that has been empty too long; once for each time it empties."""
    halls = Unit.objects.filter(kind=UnitKind.CENTRE.value, open_to__isnull=True, hall_windows__is_open=True)
    rows = [row for hall in halls.distinct().order_by("path") for row in _notices(hall, at)]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _notices(hall: Unit, at: datetime) -> list[Notice]:
    empty = [each for each in attendance(hall, at) if each.is_late and each.empty_since is not None]
    directors = sorted({post.user for post in posts_held(local_day(at), SETTERS) if post.unit == hall.pk})
    return [
        Notice(
            user_id=user,
            code=UNATTENDED,
            facts={"number": "", "clock": "", "window": each.window.number},
            effect_key=f"{UNATTENDED}:{each.window.pk}:{each.empty_since:%Y%m%d%H%M%S}:{user}",
            at=at,
        )
        for each in empty
        for user in directors
    ]
