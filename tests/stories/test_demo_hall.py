"""The halls of the demo are not empty: windows, a roster, a leader's day, tickets; a second start adds nothing."""

from datetime import timedelta

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.models import Event, HallDuty, HallTicket, HallWindow, Installation, OutgoingMessage, ReceptionDay
from xinfang.rules.refusals import RuleBroken
from xinfang.services.demo import leave_old_messages
from xinfang.stories.demo_hall import open_halls

pytestmark = pytest.mark.django_db
CENTRES = ("999901001", "999901002")  # nobody sits at a window of the second one
NINE = at("2026-03-16 09:00")  # a Monday


def counts():
    return [model.objects.count() for model in (HallWindow, HallDuty, ReceptionDay, HallTicket, Event)]


def test_a_hall_is_set_up_once_and_has_people_waiting_every_day(cast):
    open_halls(centres=CENTRES, now=NINE)
    assert [(row.centre_id, row.number) for row in HallWindow.objects.order_by("number")] == [
        ("999901001", 1), ("999901001", 2),
    ]  # fmt: skip
    assert HallDuty.objects.filter(holder=cast.users["clerk"]).count() == 10
    assert [(str(row.day), row.slots) for row in ReceptionDay.objects.all()] == [("2026-03-18", 6)]
    assert ReceptionDay.objects.get().leader == cast.users["leader"]
    assert sorted(HallTicket.objects.values_list("state", flat=True)) == ["called", *["done"] * 7, *["waiting"] * 5]
    before = counts()
    open_halls(centres=CENTRES, now=NINE + timedelta(minutes=1))
    assert counts() == before
    open_halls(centres=CENTRES, now=NINE + timedelta(days=1))
    assert counts()[:3] == before[:3]
    assert HallTicket.objects.filter(day="2026-03-17").count() == 13


def test_right_after_midnight_nobody_was_called_yet(cast):
    open_halls(centres=CENTRES, now=at("2026-03-16 00:20"))
    assert sorted(HallTicket.objects.values_list("state", flat=True)) == ["called", *["waiting"] * 5]


def test_what_the_invented_past_would_have_sent_is_noted_as_not_sent(cast):
    matter = registered(cast, NINE).matter
    with pytest.raises(RuleBroken, match="not_a_demo_database"):
        leave_old_messages(before=NINE + timedelta(days=1))
    Installation.objects.update(is_demo=True)
    assert leave_old_messages(before=NINE) == 0
    waiting = OutgoingMessage.objects.filter(matter=matter)
    assert leave_old_messages(before=NINE + timedelta(days=1)) == waiting.count()
    assert {(row.state, row.failure) for row in waiting} <= {("dropped", "invented_past")}
