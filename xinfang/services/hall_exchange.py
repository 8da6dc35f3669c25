"""Asking somebody to take one's duty or to exchange it, and the answer; each an event of the house.

Sources: domain A-07 (duty roster), experience B12 (A and B of a window; an exchange needs both).
"""

from datetime import datetime

from django.db import transaction

from xinfang.models import DutyExchange, HallDuty, HallWindow
from xinfang.queries.hall_roster import holds_on
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.hall.exchange import ExchangeState, Sitting, exchanged, require_free
from xinfang.rules.hall.tickets import CALLERS, require
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.hall_roster import refuse_receiving
from xinfang.services.house import record


@transaction.atomic
def ask(*, centre: str, duty: int, of: int, theirs: int | None, by: Actor, at: datetime) -> DutyExchange:
    """Ask somebody of this hall to take one's duty; `theirs` is the duty taken in exchange, None for a stand-in.

    Asked anew for the same duty, the earlier question is taken back.
    """
    require(by, centre, CALLERS)
    mine = HallDuty.objects.filter(pk=duty, window__centre=centre, holder=by.user_id).first()
    other = HallDuty.objects.filter(pk=theirs, window__centre=centre).first() if theirs is not None else None
    if mine is None or (theirs is not None and other is None):
        raise RuleBroken("exchange_moved_on")
    row = DutyExchange(
        centre_id=centre, window=mine.window, day=mine.day, asked_by=mine.holder, asked_of_id=of, asked_at=at,
        other_window=other.window if other else None, other_day=other.day if other else None,
    )  # fmt: skip
    _after(row, at)
    earlier = DutyExchange.objects.filter(window=mine.window, day=mine.day, state=ExchangeState.ASKED.value)
    earlier.update(state=ExchangeState.TAKEN_BACK.value, answered_at=at)
    row.save()
    _record(HouseEvent.DUTY_EXCHANGE_ASKED, row, by, at)
    return row


@transaction.atomic
def answer(*, centre: str, exchange: int, agrees: bool, by: Actor, at: datetime) -> DutyExchange:
    """Agree, and the roster changes at once; or not. Whoever asked can take the question back."""
    require(by, centre, CALLERS)
    # The windows order everybody who changes the roster of this hall.
    list(HallWindow.objects.select_for_update().filter(centre=centre).order_by("pk"))
    row = DutyExchange.objects.filter(pk=exchange, centre=centre, state=ExchangeState.ASKED.value).first()
    if row is None or by.user_id not in {row.asked_of_id, *([] if agrees else [row.asked_by_id])}:
        raise RuleBroken("exchange_moved_on")
    if agrees:
        _apply(row, at)
        row.state = ExchangeState.AGREED.value
    elif by.user_id == row.asked_of_id:
        row.state = ExchangeState.DECLINED.value
    else:
        row.state = ExchangeState.TAKEN_BACK.value
    row.answered_at = at
    row.save(update_fields=["state", "answered_at"])
    _record(HouseEvent.DUTY_EXCHANGED if agrees else HouseEvent.DUTY_EXCHANGE_REFUSED, row, by, at)
    return row


def _duties(row: DutyExchange) -> list[HallDuty]:
    """The duty given away and, if it is one for one, the duty taken, as they stand now."""
    places = [(row.window_id, row.day, row.asked_by_id)]
    if row.other_window_id is not None and row.other_day is not None:
        places.append((row.other_window_id, row.other_day, row.asked_of_id))
    found = [
        HallDuty.objects.filter(window=window, window__is_open=True, day=day, holder=holder).first()
        for window, day, holder in places
    ]
    if None in found:
        raise RuleBroken("exchange_moved_on")
    return [duty for duty in found if duty is not None]


def _after(row: DutyExchange, at: datetime) -> list[Sitting]:
    """Who sits where afterwards, or why that cannot be."""
    duties = _duties(row)
    mine, *theirs = (Sitting(duty.day, duty.window_id, duty.holder_id) for duty in duties)
    after = exchanged(mine, row.asked_of_id, theirs[0] if theirs else None, local_day(at))
    pair = [row.asked_by_id, row.asked_of_id]
    others = HallDuty.objects.filter(holder__in=pair, day__in=[each.day for each in after])
    others = others.exclude(pk__in=[duty.pk for duty in duties]).select_related("window")
    require_free(after, [Sitting(duty.day, duty.window.number, duty.holder_id) for duty in others])
    for each in after:
        if not holds_on(row.centre_id, each.holder, [each.day]):
            raise RuleBroken("holds_no_post_then")
        refuse_receiving(each.holder, [each.day])
    return after


def _apply(row: DutyExchange, at: datetime) -> None:
    after = _after(row, at)
    HallDuty.objects.filter(pk__in=[duty.pk for duty in _duties(row)]).delete()
    HallDuty.objects.bulk_create(HallDuty(window_id=each.window, day=each.day, holder_id=each.holder) for each in after)


def _record(event: HouseEvent, row: DutyExchange, by: Actor, at: datetime) -> None:
    told = {
        "unit": row.centre_id, "exchange": row.pk, "asked_by": row.asked_by_id, "asked_of": row.asked_of_id,
        "window": row.window.number, "day": row.day.isoformat(),
        "other_window": row.other_window and row.other_window.number,
        "other_day": row.other_day and row.other_day.isoformat(), "state": row.state,
    }  # fmt: skip
    record(event, told, by=by, at=at, roles=CALLERS)
