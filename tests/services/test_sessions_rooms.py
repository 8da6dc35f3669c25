"""The rooms of a centre; and of many who want one room and one person at the same moment exactly one gets them."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.cast import at
from tests.factories import registered
from xinfang.models import Event, Room, SessionBooking
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import Asked
from xinfang.rules.sessions.codes import GuestKind
from xinfang.services import sessions
from xinfang.services.sessions_rooms import set_room

pytestmark = pytest.mark.django_db
LABOUR, CENTRE = "999901-RS", "999901001"
MON, TUE, THU = at("2026-04-13 09:00"), at("2026-04-14 09:00"), at("2026-04-16 09:00")


@pytest.fixture
def room(cast):
    return set_room(centre=CENTRE, name="调解室1", places="8", is_active=True, by=cast.director, at=MON)


def refusal(doing, *args, **more):
    with pytest.raises(RuleBroken) as broken:
        doing(*args, **more)
    return broken.value.code


def test_rooms_are_kept_by_the_directors_of_their_centre(cast, room):
    again = set_room(centre=CENTRE, name=" 调解室1 ", places="６", is_active=False, by=cast.deputy, at=TUE)
    assert (again.pk, again.places, again.is_active) == (room.pk, 6, False)
    given = {"centre": CENTRE, "name": "乙", "places": "6", "is_active": True, "at": TUE}
    assert refusal(set_room, **given, by=cast.clerk) == "not_of_this_hall"
    assert refusal(set_room, **{**given, "places": "0"}, by=cast.director) == "number_out_of_range"
    assert Event.objects.filter(type="room_set").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_one_room_and_one_person_at_once_exactly_one_gets_them(cast):
    racers = 12
    room = Room.objects.create(centre_id=CENTRE, name="调解室1", places=8)
    matters = [registered(cast, MON).matter for _n in range(racers)]
    guests = [Asked(GuestKind.STAFF, user=cast.users["labour_officer"].pk, unit=LABOUR)]
    by = cast.director
    gate, won, lost = Barrier(racers), [], []

    def race(matter):
        try:
            gate.wait()
            sessions.call(
                matter=matter, when=sessions.Time(room.pk, THU, 60), guests=guests, subject="x", by=by, at=TUE
            )
            won.append(matter)
        except RuleBroken as refused:
            lost.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=race, args=(matter,)) for matter in matters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, racers - 1)
    assert set(lost) <= {"room_taken", "guest_not_free"}
    assert SessionBooking.objects.count() == 2
