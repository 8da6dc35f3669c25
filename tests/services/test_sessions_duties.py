"""Who has a duty of the house is free for a session at its other hours."""

from datetime import timedelta

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.models import ReceptionDay, Room
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import Asked
from xinfang.rules.sessions.codes import GuestKind
from xinfang.services import sessions
from xinfang.services.matters import state_of

pytestmark = pytest.mark.django_db
MON, THU = at("2026-04-13 09:00"), at("2026-04-16 09:00")
CENTRE = "999901001"


def test_whoever_receives_people_in_the_morning_is_free_in_the_afternoon(cast):
    matter, deputy = registered(cast, MON).matter, cast.users["deputy"]
    room = Room.objects.create(centre_id=CENTRE, name="调解室1", places=8)
    ReceptionDay.objects.create(
        centre_id=CENTRE, day=THU.date(), opens="09:00", closes="11:00", leader=deputy, place="一楼"
    )

    def called(starts):
        guests = [Asked(GuestKind.STAFF, user=deputy.pk, unit=CENTRE)]
        when = sessions.Time(room.pk, starts, 60)
        sessions.call(matter=matter, when=when, guests=guests, subject="排烟", by=cast.director, at=MON)

    with pytest.raises(RuleBroken) as broken:
        called(THU)
    assert (broken.value.code, broken.value.field) == ("guest_not_free", "slot")
    called(THU + timedelta(hours=6))
    assert [session.starts for session in state_of(matter).sessions] == [THU + timedelta(hours=6)]
