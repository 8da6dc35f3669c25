"""Which duties can be exchanged with whom, and which exchanges are asked or agreed for the days ahead?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from xinfang.models import DutyExchange, HallDuty, Unit
from xinfang.rules.hall.exchange import ExchangeState

AHEAD_SHOWN, DUTIES_SHOWN = 30, 40


def duties_ahead(centre: Unit, today: date) -> list[HallDuty]:
    """What the roster says from today on, by day and window."""
    rows = HallDuty.objects.filter(window__centre=centre, window__is_open=True, day__gte=today)
    return list(rows.select_related("window", "holder").order_by("day", "window__number"))


@dataclass(frozen=True)
class Exchanges:
    """For one person: what waits for their answer, what they asked, and what is settled in this hall."""

    to_answer: list[DutyExchange]
    asked: list[DutyExchange]
    others: list[DutyExchange]


def exchanges(centre: Unit, user: int, today: date) -> Exchanges:
    """What is asked or agreed for today and later. One statement."""
    ahead = Q(day__gte=today) | Q(other_day__gte=today)
    rows = DutyExchange.objects.filter(ahead, centre=centre).exclude(state=ExchangeState.TAKEN_BACK.value)
    rows = rows.select_related("window", "other_window", "asked_by", "asked_of").order_by("day", "pk")[:AHEAD_SHOWN]
    found = Exchanges([], [], [])
    for row in rows:
        waits = row.state == ExchangeState.ASKED.value
        if waits and row.asked_of_id == user and row.day >= today:
            found.to_answer.append(row)
        elif waits and row.asked_by_id == user:
            found.asked.append(row)
        else:
            found.others.append(row)
    return found
