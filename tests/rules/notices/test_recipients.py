"""Who is told of what: the groups of each event."""

from dataclasses import replace

import pytest

from tests.rules.states import CENTRE, LABOUR, NOON, PATHS, TOWN, Story, state
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.matters.codes import AssignMode, Channel, TaskPart
from xinfang.rules.matters.parts import Task
from xinfang.rules.notices.recipients import Group, recipients
from xinfang.rules.people.seats import Role

LEAD = Task(1, TOWN, TaskPart.LEAD, AssignMode.TRANSFER, NOON)
CO = Task(2, LABOUR, TaskPart.CO, AssignMode.TRANSFER, NOON)
HEADS = {Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.STATION_HEAD}


def told(kind, after, **payload):
    event = Story("2026-03-16 09:00").add(kind, "2026-03-16 10:00", **payload).events[-1]
    return recipients(event, after, after)


def units(groups):
    return set().union(*(group.units for group in groups))


def test_a_new_matter_is_told_to_the_heads_of_the_centre():
    assert told("registered", state()) == [Group(frozenset(HEADS), frozenset({CENTRE}))]


def test_an_assignment_is_told_to_every_unit_in_it():
    assert units(told("assigned", state(), lead=TOWN, co_units=[{"unit": LABOUR}])) == {TOWN, LABOUR}
    assert units(told("assigned", state(), co_units=[{"unit": LABOUR}])) == {LABOUR}


@pytest.mark.parametrize("kind", ["objection_rejected", "task_done", "material_added", "plan_approved", "report_read"])
def test_what_concerns_the_work_is_told_to_whoever_works(kind):
    assert units(told(kind, state(tasks=(LEAD, CO)))) == {TOWN, LABOUR}
    assert units(told(kind, state())) == {CENTRE}


@pytest.mark.parametrize("kind", ["urged", "objection_upheld", "withdrawal_asked", "plan_returned", "reopened"])
def test_what_concerns_both_is_told_to_both(kind):
    assert units(told(kind, state(tasks=(LEAD,)))) == {TOWN, CENTRE}


@pytest.mark.parametrize("kind", ["urgent_marked", "urgent_ended"])
def test_what_is_grave_or_urgent_is_told_at_once_on_every_rung(kind):
    groups = told(kind, state(tasks=(LEAD,)), reported_to="committee")
    above = groups[-1]
    assert units(groups) == {TOWN, CENTRE}
    assert (above.roles, above.over) == (
        {Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.PETITION_BUREAU, Role.SUPERVISOR}, PATHS[CENTRE],
    )  # fmt: skip
    hers = told(kind, state(channel=Channel.LEADER_MAILBOX))
    assert Role.LEADER in hers[-1].roles
    kept = told(kind, state(restricted=True, tasks=(LEAD,)))
    assert kept[-1].roles == {Role.CENTRE_DIRECTOR, Role.PETITION_BUREAU}


def test_what_nobody_has_to_know_is_told_to_nobody():
    assert told("note_added", state()) == []


def test_each_level_climbs_one_rung():
    named = state(tasks=(replace(LEAD, handler=5),))
    handler = Group(users=frozenset({5}))
    head = Group(frozenset({Role.ORGAN_HEAD}), frozenset({TOWN}))
    directors = Group(HEADS, frozenset({TOWN, CENTRE}))
    leader = Group(frozenset({Role.LEADER}), over=named.holder_path)
    rungs = {
        level: told("due_soon", named, clock="13710-7", level=level) for level in Level if level is not Level.BLACK
    }
    assert rungs == {
        Level.GREEN: [handler], Level.YELLOW: [handler], Level.ORANGE: [handler, head],
        Level.RED: [handler, head, directors], Level.LEADER: [leader],
    }  # fmt: skip


def test_a_clock_of_a_co_unit_is_told_to_the_co_unit():
    event = Story("2026-03-16 09:00").add("due_soon", "2026-03-16 10:00", clock="TASK#2", level=1).events[-1]
    event = replace(event, payload={**event.payload, "unit": LABOUR})
    after = state(tasks=(LEAD, CO))
    assert units(recipients(event, after, after)) == {LABOUR}


def test_a_finished_lead_is_not_told_but_the_centre_is():
    assert units(told("due_soon", state(tasks=(replace(LEAD, done_at=NOON),)), clock="13710-0", level=1)) == {CENTRE}


@pytest.mark.parametrize(
    ("clock", "role"),
    [("13710-7", Role.SUPERVISOR), ("13710-MF#3", Role.SUPERVISOR), ("EXPLICIT", Role.SUPERVISOR),
     ("TASK#1", Role.SUPERVISOR), ("XF-DO60", Role.PETITION_BUREAU), ("XF-URG#2", Role.PETITION_BUREAU),
     ("XF-TELL15T#2", Role.PETITION_BUREAU)],
)  # fmt: skip
def test_breaches_of_the_house_and_of_the_law_go_to_different_offices(clock, role):
    above = told("breached", state(tasks=(LEAD,)), clock=clock, level=4)[-1]
    assert (above.roles, above.over) == ({role}, PATHS[CENTRE])


def test_recused_units_and_people_are_told_nothing():
    away = state(
        tasks=(replace(LEAD, handler=5),), recused_units=frozenset({TOWN, CENTRE}), recused_users=frozenset({5})
    )
    groups = told("breached", away, clock="13710-7", level=4)
    assert units(groups) == set()
    assert all(group.users == frozenset() for group in groups)


def test_what_the_petitioner_wants_kept_is_told_only_to_seats_that_may_see_it():
    groups = told("breached", state(restricted=True, tasks=(LEAD,)), clock="13710-7", level=4)
    assert {role for group in groups for role in group.roles} == {
        Role.CENTRE_DIRECTOR, Role.ORGAN_HEAD, Role.HANDLER, Role.PETITION_BUREAU, Role.REVIEW_ORGAN,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["task_returned", "task_urged", "task_called_off"])
def test_what_happens_to_a_part_is_told_to_whose_it_is_and_to_the_person_who_was_named(kind):
    assert units(told(kind, state(tasks=(LEAD, CO)), k=2)) == {LABOUR}
    named = told(kind, state(tasks=(LEAD, replace(CO, handler=9))), k=2)
    assert named == [Group(users=frozenset({9}))]
    assert told(kind, state(tasks=(LEAD, CO)), k=7) == []


def test_a_ruling_that_is_due_or_late_is_told_to_the_bureau_and_a_late_one_to_the_supervisor_too():
    bureau = Group(frozenset({Role.PETITION_BUREAU}), over=PATHS[CENTRE])
    after = state(tasks=(LEAD, CO))
    assert told("due_soon", after, clock="HF-RUL5#2", level=int(Level.RED)) == [bureau]
    late = told("breached", after, clock="HF-RUL5", level=int(Level.BLACK))
    assert late == [bureau, Group(frozenset({Role.SUPERVISOR}), over=PATHS[CENTRE])]
    assert units(told("part_ruled", after, k=2)) == {TOWN, LABOUR}
    assert units(told("part_ruled", after, k=7)) == {TOWN, LABOUR}
