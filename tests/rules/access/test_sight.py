"""Who sees a matter, seat by seat, and who may open the names in it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.rules import mediation_story
from tests.rules.states import CENTRE, LABOUR, NOON, PATHS, STATION, TOWN, actor, state
from xinfang.rules.access.sight import may_open_identity, may_read, may_see
from xinfang.rules.matters.codes import AssignMode, Channel, TaskPart
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import Withdrawal
from xinfang.rules.people.seats import PETITIONER, SYSTEM, Actor, Role, Seat, Tier

LEAD = Task(1, TOWN, TaskPart.LEAD, AssignMode.TRANSFER, NOON, date(2026, 3, 25))
MEDIATED = mediation_story.begun().state().mediations[0]
WEEK = timedelta(days=7)
ELSEWHERE = Actor(3, (Seat(Role.CENTRE_DIRECTOR, "999901002", "999901.999901002", Tier.TOWNSHIP, "999901.999901002"),))


def sees(role, unit=CENTRE, now=NOON, user=1, **changes):
    return may_see(state(**changes), actor(role, unit=unit, user=user), now)


@pytest.mark.parametrize("role", [Role.PETITION_BUREAU, Role.SUPERVISOR])
def test_offices_of_the_district_see_all_of_it_and_nothing_of_the_next(role):
    assert sees(role, "999901-XF")
    other = Actor(1, (Seat(role, "999902-XF", "999902.999902-XF", Tier.DISTRICT, "999902"),))
    assert not may_see(state(), other, NOON)


def test_a_centre_sees_what_it_holds_what_came_in_there_and_what_it_has_a_part_in():
    assert sees(Role.CENTRE_DIRECTOR)
    assert sees(Role.CENTRE_DEPUTY, holder="999901", holder_path="999901")
    assert not may_see(state(), ELSEWHERE, NOON)
    part = replace(LEAD, unit="999901002")
    assert may_see(state(tasks=(part,)), ELSEWHERE, NOON)
    assert not may_see(state(tasks=(replace(part, sent_back=True),)), ELSEWHERE, NOON)
    assert may_see(state(organ="999901002"), ELSEWHERE, NOON)


def test_a_station_sees_its_own_and_loses_nothing_it_passed_up():
    assert not sees(Role.STATION_HEAD, STATION)
    own = {"holder": STATION, "holder_path": PATHS[STATION]}
    assert sees(Role.STATION_HEAD, STATION, **own)
    assert sees(Role.STATION_MEMBER, STATION, origin_path=PATHS[STATION])


def test_an_organ_sees_its_part_and_a_handler_what_nobody_or_they_themselves_were_named_for():
    assert (sees(Role.ORGAN_HEAD, TOWN), sees(Role.ORGAN_HEAD, TOWN, tasks=(LEAD,))) == (False, True)
    for handler, seen in ((None, True), (1, True), (2, False)):
        assert sees(Role.HANDLER, TOWN, tasks=(replace(LEAD, handler=handler),)) is seen
    assert not sees(Role.MEMBER_OFFICER, LABOUR, tasks=(LEAD,))


def test_the_clerk_sees_a_week_of_the_window_and_the_own_for_ever():
    assert sees(Role.WINDOW_CLERK, now=NOON)
    assert not sees(Role.WINDOW_CLERK, now=state().registered_at + WEEK)
    assert sees(Role.WINDOW_CLERK, now=NOON + 9 * WEEK, registered_by=1)


def test_leaders_see_what_came_to_leaders():
    assert [sees(Role.LEADER, "999901", channel=channel) for channel in (
        Channel.VISIT, Channel.LEADER_MAILBOX, Channel.LEADER_RECEPTION, Channel.FIELD_VISIT,
    )] == [False, True, True, True]  # fmt: skip


def test_a_leader_sees_what_she_received_and_what_she_is_in_charge_of_as_long_as_she_is():
    assert sees(Role.LEADER, "999901", received_by=frozenset({1}))
    assert sees(Role.LEADER, "999901", in_charge=1)
    assert not sees(Role.LEADER, "999901", received_by=frozenset({2}), in_charge=3)


def test_callers_archivists_and_reviewers_see_what_their_office_asks_for():
    assert (sees(Role.CALLER), sees(Role.CALLER, closed_at=NOON), sees(Role.CALLER, withdrawal=Withdrawal(NOON))) == (
        False, True, True,
    )  # fmt: skip
    assert (sees(Role.ARCHIVIST), sees(Role.ARCHIVIST, struck_off_at=NOON)) == (False, True)
    assert (sees(Role.REVIEW_ORGAN), sees(Role.REVIEW_ORGAN, contested_at=NOON)) == (False, True)


@pytest.mark.parametrize("role", [
    Role.LEGAL_REVIEWER, Role.DISCIPLINE_DESK, Role.ADMINISTRATOR,
    Role.PRIVACY_OFFICER,
    Role.POLICE_LIAISON,
])  # fmt: skip
def test_other_seats_see_no_matter(role):
    everything = {"closed_at": NOON, "struck_off_at": NOON, "contested_at": NOON, "tasks": (LEAD,)}
    assert not sees(role, TOWN, **everything)


def test_what_the_petitioner_wants_kept_is_seen_by_who_must_act():
    kept = {"restricted": True, "tasks": (LEAD,), "closed_at": NOON}
    seen = {role for role in Role if role not in {Role.PETITIONER, Role.SYSTEM} and sees(role, TOWN, **kept)}
    assert seen == {Role.PETITION_BUREAU, Role.CENTRE_DIRECTOR, Role.ORGAN_HEAD, Role.HANDLER, Role.CALLER}
    assert sees(Role.WINDOW_CLERK, registered_by=1, restricted=True)
    assert not sees(Role.WINDOW_CLERK, restricted=True)


def test_the_recused_see_nothing_and_a_second_seat_elsewhere_opens_no_second_door():
    assert not sees(Role.CENTRE_DIRECTOR, recused_users=frozenset({1}))
    assert not sees(Role.CENTRE_DIRECTOR, recused_units=frozenset({CENTRE}))
    both = Actor(1, (*actor(Role.CENTRE_DIRECTOR).seats, *actor(Role.PETITION_BUREAU, unit="999901-XF").seats))
    assert may_see(state(), both, NOON)
    assert not may_see(state(recused_units=frozenset({CENTRE})), both, NOON)
    assert not may_see(state(recused_units=frozenset({"999901-XF"})), both, NOON)
    assert not may_see(state(sealed=True), both, NOON)


def test_names_are_never_opened_by_who_must_not_see_the_matter():
    for changes in ({"recused_users": frozenset({1})}, {"recused_units": frozenset({CENTRE})}, {"sealed": True}):
        assert may_open_identity(state(), actor(Role.CENTRE_DIRECTOR), NOON)
        assert not may_open_identity(state(**changes), actor(Role.CENTRE_DIRECTOR), NOON), changes


def test_the_petitioner_and_the_clock_come_by_other_doors():
    assert (may_see(state(), PETITIONER, NOON), may_see(state(), SYSTEM, NOON)) == (True, True)
    assert not may_see(state(sealed=True), PETITIONER, NOON)


def test_names_are_opened_by_who_handles_and_not_by_who_supervises():
    opens = {role for role in Role if role not in {Role.PETITIONER, Role.SYSTEM}
             and may_open_identity(state(tasks=(LEAD,), closed_at=NOON), actor(role, unit=TOWN), NOON)}  # fmt: skip
    assert opens == {Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.ORGAN_HEAD, Role.HANDLER, Role.MEMBER_OFFICER,
                     Role.PETITION_BUREAU, Role.CALLER}  # fmt: skip
    assert not may_open_identity(state(), PETITIONER, NOON)


def test_a_mediator_sees_what_they_were_named_for_and_of_it_only_the_mediation():
    kept = state(mediations=(MEDIATED,))
    named, other = actor(Role.MEDIATOR, user=44), actor(Role.MEDIATOR, user=45)
    assert (may_see(kept, named, NOON), may_see(kept, other, NOON)) == (True, False)
    assert not may_see(replace(kept, restricted=True), named, NOON)
    told = mediation_story.begun().events
    assert [event.type for event in told if may_read(event, named, kept, NOON)] == [
        "mediation_offered", "mediation_answered", "mediation_rights_told", "mediation_answered",
        "mediation_rights_told", "mediator_named",
    ]  # fmt: skip
    both = actor(Role.MEDIATOR, Role.CENTRE_DEPUTY, user=44)
    assert all(may_read(event, both, kept, NOON) for event in told)
