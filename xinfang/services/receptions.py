"""Taking a place on a leader's day for a matter: beforehand as long as there are places, on the day whoever comes.

Sources: domain 2.12 (reception calendar, appointments, on-the-day walk-ins). No event: a place is a plan, and whoever
stays away leaves no mark. That a leader received somebody is the move `record_reception`.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from xinfang.models import ReceptionDay, ReceptionVisit
from xinfang.queries.access import state_for
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.shape import SHANGHAI
from xinfang.rules.hall.receptions import KEPT, may_take_place, reminder_at
from xinfang.rules.hall.tickets import CALLERS, require
from xinfang.rules.matters.state import MatterState
from xinfang.rules.notices.messages import MessageKind, may_speak
from xinfang.rules.people.seats import PETITIONER, Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services import outbox
from xinfang.services.turns import state_of


@transaction.atomic
def take_place(*, reception: int, matter: UUID, by: Actor, at: datetime) -> ReceptionVisit:
    """A place on a day ahead, or on the day itself for whoever has come: then by the staff of the hall alone."""
    # The row of the day orders those who take the last place at the same moment.
    day = ReceptionDay.objects.select_for_update().select_related("centre").filter(pk=reception).first()
    if day is None or day.called_off_at is not None or day.day < local_day(at):
        raise RuleBroken("reception_unknown")
    state = _state(matter, by, day.centre_id, at)
    if not may_take_place(state, day.centre.path):
        raise RuleBroken("no_place_for_this_matter")
    walk_in = day.day == local_day(at)
    if walk_in and by == PETITIONER:
        raise RuleBroken("come_today")
    ahead = ReceptionVisit.objects.filter(matter=matter, reception__day__gte=local_day(at))
    if ahead.filter(reception__called_off_at__isnull=True).exists():
        raise RuleBroken("place_is_taken")
    taken = day.visits.filter(walk_in=False).count()
    if not walk_in and taken >= day.slots:
        raise RuleBroken("no_place_left")
    turn = (day.visits.aggregate(last=Max("turn"))["last"] or 0) + 1
    row = ReceptionVisit.objects.create(
        reception=day, matter_id=matter, turn=turn, walk_in=walk_in, taken_at=at, taken_by=by.user_id
    )
    if not walk_in:
        _say(MessageKind.RECEPTION, row, state, at, reminder_at(day.day, at))
    return row


@transaction.atomic
def give_back(*, reception: int, matter: UUID, by: Actor, at: datetime) -> None:
    """Give a place back; another matter can have it, and its reminder does not go out."""
    day = ReceptionDay.objects.select_for_update().filter(pk=reception, day__gte=local_day(at)).first()
    if day is None:
        raise RuleBroken("reception_unknown")
    _state(matter, by, day.centre_id, at)
    row = ReceptionVisit.objects.filter(reception=day, matter=matter).first()
    if row is None:
        raise RuleBroken("reception_unknown")
    outbox.call_back(effect_key=_key(MessageKind.RECEPTION, row))
    row.delete()


def tell_called_off(*, day: ReceptionDay, at: datetime) -> int:
    """Tell everybody with a place that the day is called off, in the transaction that calls it off; how many."""
    rows = list(day.visits.filter(walk_in=False))
    for row in rows:
        outbox.call_back(effect_key=_key(MessageKind.RECEPTION, row))
        _say(MessageKind.RECEPTION_OFF, row, state_of(row.matter_id), at, at)
    return len(rows)


def forget(*, at: datetime) -> int:
    """Remove the places of days that were a month ago."""
    removed, _rows = ReceptionVisit.objects.filter(reception__day__lt=local_day(at) - KEPT).delete()
    return removed


def _state(matter: UUID, by: Actor, centre: str, at: datetime) -> MatterState:
    """The matter as its petitioner or somebody of this hall may see it."""
    if by == PETITIONER:
        return state_of(matter)
    require(by, centre, CALLERS)
    state = state_for(by, matter, at)
    if state is None:
        raise RuleBroken("not_found")
    return state


def _key(kind: MessageKind, row: ReceptionVisit) -> str:
    return f"{kind.value}:{row.pk}"


def _say(kind: MessageKind, row: ReceptionVisit, state: MatterState, at: datetime, due_at: datetime) -> None:
    if not may_speak(state):
        return
    day, opens = row.reception.day, row.reception.opens
    facts = {"month": day.month, "day": day.day, "time": f"{opens:%H:%M}"}
    outbox.write(
        kind=kind, matter=row.matter_id, effect_key=_key(kind, row), at=at, due_at=due_at, facts=facts,
        expires_at=datetime.combine(day, opens, SHANGHAI),
    )  # fmt: skip
