"""Places on a leader's day: as many as there are, one a matter, reminded of in neutral words, gone without a trace."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.gateways.messages import FakeGateway
from xinfang.jobs import forgetting
from xinfang.models import Event, HallWindow, Matter, OutgoingMessage, ReceptionDay, ReceptionVisit
from xinfang.queries.receptions import open_to, place_of
from xinfang.rules.hall.receptions import may_take_place, slots_of
from xinfang.rules.matters.codes import Stage
from xinfang.rules.people.seats import PETITIONER
from xinfang.rules.refusals import RuleBroken
from xinfang.services import hall_roster, outbox, receptions
from xinfang.services.turns import state_of

pytestmark = pytest.mark.django_db
CENTRE = "999901001"
NINE = at("2026-03-16 09:00")  # a Monday
WEDNESDAY = date(2026, 3, 18)
ON_THE_DAY = at("2026-03-18 09:30")


@pytest.fixture
def day(cast):
    return publish(cast)


def publish(cast, day=WEDNESDAY, slots="2", centre=CENTRE, by="director"):
    announced = hall_roster.Announced(cast.users["leader"].pk, day, "09:00", "11:30", "一楼接访室", slots)
    return hall_roster.publish_reception(centre=centre, announced=announced, by=getattr(cast, by), at=NINE)


def take(cast, day, matter, by="clerk", when=NINE):
    who = PETITIONER if by == "petitioner" else getattr(cast, by)
    return receptions.take_place(reception=day.pk, matter=matter, by=who, at=when)


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code


def waiting(kind):
    return list(OutgoingMessage.objects.filter(kind=kind).order_by("pk"))


def test_places_are_taken_in_turn_and_run_out_and_one_given_back_can_be_had_again(cast, day):
    first, second, third = (registered(cast, NINE).matter for _n in range(3))
    assert (take(cast, day, first).turn, take(cast, day, second, "petitioner").turn) == (1, 2)
    assert [row.taken_by for row in ReceptionVisit.objects.order_by("turn")] == [cast.users["clerk"].pk, None]
    assert open_to(state_of(third), NINE.date()) == []
    assert refused(lambda: take(cast, day, third)) == "no_place_left"
    receptions.give_back(reception=day.pk, matter=first, by=PETITIONER, at=NINE)
    assert [row.pk for row in open_to(state_of(third), NINE.date())] == [day.pk]
    assert take(cast, day, third).turn == 3
    assert place_of(third, NINE.date()).turn == 3
    assert refused(lambda: receptions.give_back(reception=day.pk, matter=first, by=PETITIONER, at=NINE)) == (
        "reception_unknown"
    )


def test_a_place_leaves_no_event_and_is_forgotten_after_a_month(cast, day):
    matter = registered(cast, NINE).matter
    events = Event.objects.count()
    take(cast, day, matter)
    assert Event.objects.count() == events
    forgetting.run(at("2026-04-17 12:00"))
    assert ReceptionVisit.objects.count() == 1
    forgetting.run(at("2026-04-18 12:00"))
    assert ReceptionVisit.objects.count() == 0


def test_a_matter_has_one_place_and_it_may_be_changed(cast, day):
    matter, later = registered(cast, NINE).matter, publish(cast, date(2026, 3, 20))
    take(cast, day, matter)
    assert refused(lambda: take(cast, later, matter)) == "place_is_taken"
    receptions.give_back(reception=day.pk, matter=matter, by=cast.director, at=NINE)
    assert take(cast, later, matter).turn == 1


def test_on_the_day_whoever_comes_is_put_behind_the_others_by_the_staff_alone(cast, day):
    booked, came = registered(cast, NINE).matter, registered(cast, NINE).matter
    take(cast, day, booked)
    assert refused(lambda: take(cast, day, came, "petitioner", ON_THE_DAY)) == "come_today"
    row = take(cast, day, came, "director", ON_THE_DAY)
    assert (row.turn, row.walk_in) == (2, True)
    assert len(waiting("reception")) == 1
    late = at("2026-03-19 09:00")
    assert refused(lambda: take(cast, day, registered(cast, NINE).matter, "clerk", late)) == "reception_unknown"
    assert refused(lambda: receptions.give_back(reception=day.pk, matter=came, by=cast.clerk, at=late)) == (
        "reception_unknown"
    )


def test_strangers_and_matters_of_other_places_get_no_place(cast, day):
    matter = registered(cast, NINE).matter
    assert refused(lambda: take(cast, day, matter, "stranger")) == "not_of_this_hall"
    secret = registered(cast, NINE, restricted=True).matter
    assert refused(lambda: take(cast, day, secret, "deputy")) == "not_found"
    elsewhere = registered(cast, NINE, unit="999901002").matter
    assert refused(lambda: take(cast, day, elsewhere, "petitioner")) == "no_place_for_this_matter"
    assert refused(lambda: take(cast, replace_pk(day), matter)) == "reception_unknown"
    state = state_of(matter)
    assert may_take_place(state, "999901")
    for changed in ({"stage": Stage.CLOSED}, {"sealed": True}, {"revoked_at": NINE}, {"merged_into": matter}):
        assert not may_take_place(replace(state, **changed), "999901")


def replace_pk(day):
    return ReceptionDay(pk=day.pk + 999)


def test_the_reminder_goes_out_on_the_morning_before_in_words_that_say_nothing_of_the_subject(cast, day):
    matter = registered(cast, NINE).matter
    OutgoingMessage.objects.all().delete()
    take(cast, day, matter)
    carrier = FakeGateway()
    assert outbox.drain(gateway=carrier, at=at("2026-03-17 08:59")) == 0
    assert outbox.drain(gateway=carrier, at=at("2026-03-17 09:00")) == 1
    (message,) = carrier.sent
    assert message.text == (
        "【群众工作服务中心】您预约当面反映的时间是3月18日09:00，请带上回执。来不了，凭单号和查询码可以取消，也可以打电话说。"
    )
    assert message.values == ("3", "18", "09:00")


def test_a_reminder_that_could_not_go_out_in_time_does_not_go_at_all(cast, day):
    take(cast, day, registered(cast, NINE).matter)
    carrier = FakeGateway()
    outbox.drain(gateway=carrier, at=at("2026-03-18 09:00"))
    assert [row.failure for row in waiting("reception")] == ["too_late"]


def test_who_gives_the_place_back_is_not_reminded_and_who_has_one_is_told_that_the_day_is_off(cast, day):
    away, there = registered(cast, NINE).matter, registered(cast, NINE).matter
    take(cast, day, away)
    receptions.give_back(reception=day.pk, matter=away, by=PETITIONER, at=NINE)
    take(cast, day, there)
    hall_roster.call_off_reception(centre=CENTRE, reception=day.pk, why="临时会议", by=cast.director, at=NINE)
    assert [(row.state, row.failure) for row in waiting("reception")] == [("dropped", "called_back")] * 2
    (told,) = waiting("reception_off")
    assert (told.matter, told.state, told.facts) == (there, "waiting", {"month": 3, "day": 18, "time": "09:00"})
    assert place_of(there, NINE.date()) is None
    assert refused(lambda: take(cast, day, away)) == "reception_unknown"


def test_of_a_restricted_matter_nothing_is_said(cast, day):
    matter = registered(cast, NINE, restricted=True).matter
    take(cast, day, matter)
    assert waiting("reception") == []


def test_the_number_of_places_is_a_small_number_or_none(cast):
    assert (slots_of(""), slots_of(" 6 "), slots_of("0")) == (0, 6, 0)
    for text in ("41", "viele", "-1", "１２"):
        assert refused(lambda text=text: slots_of(text)) == "slots_unreal"
    row = publish(cast, slots="")
    assert refused(lambda: take(cast, row, registered(cast, NINE).matter)) == "no_place_left"
    assert HallWindow.objects.count() == 0
    assert Matter.objects.count() == 1
    assert row.day - NINE.date() == timedelta(days=2)
