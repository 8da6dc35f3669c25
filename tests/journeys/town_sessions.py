"""Joint sessions in the next centre: one ahead with somebody from outside, one that began and waits for its minutes."""

from datetime import timedelta

from tests.factories import TRIAGE
from xinfang.models import Party, Room
from xinfang.rules.sessions.calling import Asked
from xinfang.rules.sessions.codes import GuestKind
from xinfang.services import sessions

CENTRE = "999901002"
TRIAGED = ("other_director", "triage", TRIAGE)


def fill_sessions(town) -> str:
    """The code of whoever is invited from outside."""
    cast, now = town.cast, town.now
    room = Room.objects.create(centre_id=CENTRE, name="调解室1", places=8)
    town.registers("meeting", now - timedelta(days=6), TRIAGED, unit=CENTRE)
    matter = town.receipts["meeting"].matter
    director = Asked(GuestKind.STAFF, user=cast.users["other_director"].pk, unit=CENTRE)
    party = Asked(GuestKind.PARTY, person=str(Party.objects.get(matter=matter).person_id))
    other = Asked(GuestKind.OTHER, name="周某某")
    begun = sessions.Time(room.pk, now - timedelta(minutes=30), 60)
    ahead = sessions.Time(room.pk, now + timedelta(days=2), 60)
    call = {"matter": matter, "subject": "油烟和噪声怎么改", "by": cast.other_director}
    sessions.call(**call, when=begun, guests=[director, party, other], at=now - timedelta(days=3))
    _state, codes = sessions.call(**call, when=ahead, guests=[director, party, other], at=now - timedelta(hours=1))
    return codes[0].code
