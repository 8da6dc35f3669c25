"""The rooms of a centre as its director keeps them; each change is an event of the house (B8)."""

from datetime import datetime

from django.db import transaction

from xinfang.models import Room
from xinfang.rules.hall.tickets import SETTERS, require
from xinfang.rules.lifecycle.values import parse_number
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people.seats import Actor
from xinfang.rules.people.units import plain_name
from xinfang.rules.sessions.calling import MOST_GUESTS
from xinfang.services.house import record


@transaction.atomic
def set_room(*, centre: str, name: str, places: str, is_active: bool, by: Actor, at: datetime) -> Room:
    """Set up a room of one's own centre or change it by its name; what is booked in it stays booked."""
    require(by, centre, SETTERS)
    called = plain_name(name, "name", most=40)
    seats = parse_number("places", places, least=1, most=MOST_GUESTS * 10)
    row, _created = Room.objects.update_or_create(
        centre_id=centre, name=called, defaults={"places": seats, "is_active": is_active}
    )
    change = {"unit": centre, "room": row.pk, "name": called, "places": seats, "is_active": is_active}
    record(HouseEvent.ROOM_SET, change, by=by, at=at, roles=SETTERS)
    return row
