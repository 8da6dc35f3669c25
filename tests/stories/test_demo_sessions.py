"""The demo has rooms, and a session ahead where a matter can have one; a second run changes nothing."""

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Room, SessionBooking
from xinfang.services.matters import state_of
from xinfang.stories.demo_sessions import open_rooms

pytestmark = pytest.mark.django_db
CENTRE, NINE = "999901001", at("2026-03-16 09:00")


def test_a_centre_has_rooms_and_one_session_ahead_and_a_second_run_changes_nothing(cast):
    receipt = registered(cast, NINE)
    moved(cast, receipt.matter, NINE, ("director", "triage", TRIAGE),
          ("director", "assign", {"mode": "transfer", "lead": "999901-RS"}))  # fmt: skip
    for _run in range(2):
        open_rooms(centres=(CENTRE, "no-such-centre"), now=NINE)
    (session,) = state_of(receipt.matter).sessions
    assert [guest.unit for guest in session.guests] == [CENTRE, "999901-RS", ""]
    assert session.starts == at("2026-03-17 09:00")
    assert (Room.objects.count(), SessionBooking.objects.count()) == (3, 4)


def test_without_a_matter_there_are_only_rooms(cast):
    open_rooms(centres=(CENTRE,), now=NINE)
    assert (Room.objects.count(), SessionBooking.objects.count()) == (3, 0)
