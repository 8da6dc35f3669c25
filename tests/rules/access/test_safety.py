"""Two kinds of seats read a safety concern, while it is open; an address that is kept is read by who received (2.7)."""

from datetime import timedelta

import pytest

from tests.rules.states import CENTRE, NOON, PATHS, STATION, TOWN, Story, actor, at, state
from xinfang.rules.access.safety import reads_address, reads_line, reads_safety
from xinfang.rules.access.sight import may_open_identity, may_see
from xinfang.rules.matters.state import Concern
from xinfang.rules.people.seats import Actor, Role, Seat, Tier

HOURS = timedelta(hours=72)
OPEN = {"concerns": (Concern(NOON, NOON + HOURS, frozenset({2})),)}
ENDED = {"concerns": (Concern(NOON, NOON + HOURS, frozenset({2}), ended_at=NOON + timedelta(hours=1)),)}
LAST = NOON + HOURS - timedelta(microseconds=1)
STAFF = [role for role in Role if role not in {Role.PETITIONER, Role.SYSTEM}]


def police(path="999901.999901001"):
    return Actor(5, (Seat(Role.POLICE_LIAISON, "999901001-PC", path + ".999901001-PC", Tier.TOWNSHIP, path),))


def test_only_the_director_and_the_police_liaison_read_it():
    readers = {role for role in STAFF if reads_safety(state(**OPEN), actor(role), NOON)}
    assert readers == {Role.CENTRE_DIRECTOR, Role.POLICE_LIAISON}


def test_a_director_elsewhere_reads_nothing_of_it():
    other = Actor(3, (Seat(Role.CENTRE_DIRECTOR, "999901002", "999901.999901002", Tier.TOWNSHIP, "999901.999901002"),))
    assert not reads_safety(state(organ="999901002", **OPEN), other, NOON)
    assert may_see(state(organ="999901002", **OPEN), other, NOON)


@pytest.mark.parametrize(("changes", "now", "sees"), [
    (OPEN, NOON, True), (OPEN, LAST, True), (OPEN, NOON + HOURS, False), (ENDED, LAST, False), ({}, NOON, False),
    ({**OPEN, "sealed": True}, NOON, False), ({**OPEN, "restricted": True}, NOON, True),
    ({**OPEN, "recused_users": frozenset({5})}, NOON, False), ({**OPEN, "recused_units": frozenset({"999901001-PC"})},
                                                             NOON, False),
])  # fmt: skip
def test_the_police_liaison_sees_the_matter_as_long_as_a_concern_is_open(changes, now, sees):
    assert may_see(state(**changes), police(), now) is sees
    assert may_open_identity(state(**changes), police(), now) is sees


def test_the_police_liaison_sees_what_came_in_nearby_and_nothing_of_the_next_town():
    up = {"holder": "999901-XF", "holder_path": "999901.999901-XF", **OPEN}
    assert may_see(state(**up), police(), NOON)
    assert not may_see(state(**OPEN), police("999901.999901002"), NOON)


def test_a_line_of_a_concern_that_is_over_is_read_by_nobody_while_the_next_one_is_open():
    story = Story("2026-03-16 09:00")
    story.add("safety_noted", "2026-03-16 10:00")
    story.add("safety_renewed", "2026-03-17 10:00")
    story.add("safety_noted", "2026-03-21 10:00", at_home=True)
    now, director = at("2026-03-21 11:00"), actor(Role.CENTRE_DIRECTOR)
    assert [reads_line(story.state(), seq, director, now) for seq in (2, 3, 4)] == [False, False, True]
    assert story.state().safety_until == at("2026-03-24 10:00")
    assert story.state().address_kept_at == at("2026-03-21 10:00")
    assert not reads_line(story.state(), 4, actor(Role.CENTRE_DEPUTY), now)


def test_a_renewal_lasts_as_long_again_and_an_end_ends_all_that_is_open():
    story = Story("2026-03-16 09:00")
    story.add("safety_noted", "2026-03-16 10:00")
    story.add("safety_noted", "2026-03-16 11:00")
    story.add("safety_renewed", "2026-03-18 10:00")
    assert story.state().safety_until == at("2026-03-21 10:00")
    assert story.state().has_concern(at("2026-03-21 09:59"))
    story.add("safety_ended", "2026-03-18 12:00")
    assert (story.state().safety_until, story.state().has_concern(at("2026-03-18 12:00"))) == (None, False)


def test_a_kept_address_is_read_by_who_received_and_by_the_police_alone():
    kept = {"address_kept_at": NOON, **OPEN}
    readers = {role for role in STAFF if reads_address(state(**kept), actor(role), NOON)}
    assert readers == {Role.WINDOW_CLERK, Role.STATION_HEAD, Role.STATION_MEMBER, Role.POLICE_LIAISON}
    assert all(reads_address(state(), actor(role), NOON) for role in STAFF)
    assert reads_address(state(**kept, registered_by=1), actor(Role.LEADER), NOON)
    assert not reads_address(state(**kept), actor(Role.STATION_HEAD, unit=STATION), NOON)
    assert not reads_address(state(**kept), police(), NOON + HOURS)
    elsewhere = {**kept, "origin_unit": STATION, "origin_path": PATHS[STATION]}
    assert not reads_address(state(**elsewhere), actor(Role.WINDOW_CLERK, unit=CENTRE), NOON)
    assert not reads_address(state(**kept), actor(Role.HANDLER, unit=TOWN), NOON)


def test_showing_the_address_again_ends_the_keeping():
    story = Story("2026-03-16 09:00")
    story.add("safety_noted", "2026-03-16 10:00", at_home=True)
    story.add("safety_noted", "2026-03-16 11:00", at_home=True)
    assert story.state().address_kept_at == at("2026-03-16 10:00")
    story.add("address_shown", "2026-03-30 10:00")
    assert story.state().address_kept_at is None


def test_what_has_lapsed_is_not_renewed_with_what_is_open():
    story = Story("2026-03-16 09:00")
    story.add("safety_noted", "2026-03-16 10:00")
    story.add("safety_noted", "2026-03-21 10:00")
    story.add("safety_renewed", "2026-03-22 10:00")
    assert [concern.until for concern in story.state().concerns] == [at("2026-03-19 10:00"), at("2026-03-25 10:00")]
    director, now = actor(Role.CENTRE_DIRECTOR), at("2026-03-22 11:00")
    assert [reads_line(story.state(), seq, director, now) for seq in (2, 3, 4)] == [False, True, True]
