"""A phone that staff wrote into the file proves nothing for some days; every other proves at once."""

from datetime import timedelta
from uuid import UUID

from tests.rules.states import Story, at
from xinfang.rules.access.proving import STAFF_PHONE_PAUSES, proves_from

ONE, TWO = UUID(int=1), UUID(int=2)
BORN = "2026-03-16 09:00"
LATER = "2026-03-20 09:00"


def corrected(role, *names, person=ONE, story=None):
    story = story or Story(BORN)
    return story.add("party_corrected", LATER, role=role, person=str(person), corrected=list(names))


def since(story, person=ONE, came_with=1):
    return proves_from(story.events, person, came_with)


def test_what_was_there_from_the_beginning_proves_at_once():
    assert since(Story(BORN)) is None


def test_what_the_petitioner_put_right_under_a_proof_proves_at_once():
    assert since(corrected("petitioner", "phone")) is None


def test_what_staff_wrote_down_later_waits_a_week_whoever_of_them_it_was():
    for role in ("window_clerk", "centre_director", "petition_bureau"):
        assert since(corrected(role, "address", "phone")) == at(LATER) + timedelta(days=7)


def test_another_name_or_address_or_somebody_elses_phone_changes_nothing():
    assert since(corrected("window_clerk", "name", "address")) is None
    assert since(corrected("window_clerk", "phone", person=TWO)) is None


def test_the_last_hand_counts():
    story = corrected("petitioner", "phone", story=corrected("window_clerk", "phone"))
    assert since(story) is None
    assert since(corrected("window_clerk", "phone", story=story)) == at(LATER) + STAFF_PHONE_PAUSES


def test_somebody_whom_a_window_added_later_proves_nothing_at_first_either():
    story = Story(BORN).add("party_added", LATER, role="window_clerk")
    assert since(story, TWO, came_with=2) == at(LATER) + STAFF_PHONE_PAUSES


def test_who_is_named_by_no_event_at_hand_is_not_held_up():
    assert proves_from([], ONE, 3) is None
