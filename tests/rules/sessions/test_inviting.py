"""Who may call a session, with whom, for when; when somebody is reminded; what minutes must say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.rules.states import LABOUR, NOON, TOWN, Story, actor, at, state
from xinfang.rules.matters.codes import AssignMode, Stage, TaskPart
from xinfang.rules.matters.parts import Task
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions import calling
from xinfang.rules.sessions.calling import Asked, LeftOut
from xinfang.rules.sessions.codes import GuestKind
from xinfang.rules.sessions.minutes import check_held, written
from xinfang.rules.sessions.reminders import due_reminder
from xinfang.rules.sessions.session import Guest, Session

LEAD = Task(1, TOWN, TaskPart.LEAD, AssignMode.TRANSFER, NOON)
STAFF = Asked(GuestKind.STAFF, user=5, unit=LABOUR)
SESSION = Session(1, 2, NOON, 1, 3, NOON, NOON + timedelta(hours=1), (Guest(1, GuestKind.STAFF, 5, LABOUR),))
WORDS = {"subject": "排烟", "decisions": "改道"}


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code, broken.value.field


def test_directors_the_bureau_and_the_head_of_the_lead_call_a_session_while_it_is_worked_on():
    for role in (Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.STATION_HEAD, Role.PETITION_BUREAU):
        assert calling.may_convene(state(), actor(role))
    head = actor(Role.ORGAN_HEAD, unit=TOWN)
    assert calling.may_convene(state(tasks=(LEAD,)), head)
    assert not calling.may_convene(state(), head)
    assert not calling.may_convene(state(tasks=(LEAD,)), actor(Role.ORGAN_HEAD, unit=LABOUR))
    assert not calling.may_convene(state(tasks=(LEAD,)), actor(Role.HANDLER, unit=TOWN))
    assert not calling.may_convene(state(stage=Stage.CLOSED), actor(Role.CENTRE_DIRECTOR))
    assert calling.may_note(actor(Role.WINDOW_CLERK))
    assert not calling.may_note(actor(Role.CALLER))


def test_whoever_is_recused_or_may_not_know_is_left_out_with_the_reason():
    away = state(recused_users=frozenset({5}), recused_units=frozenset({LABOUR}))
    assert calling.left_out(away, 5, {TOWN}, sees=True) is LeftOut.RECUSED
    assert calling.left_out(away, 6, {TOWN, LABOUR}, sees=True) is LeftOut.UNIT_RECUSED
    assert calling.left_out(away, 6, {TOWN}, sees=False) is None
    secret = state(restricted=True)
    assert calling.left_out(secret, 6, {TOWN}, sees=False) is LeftOut.OUT_OF_SIGHT
    assert calling.left_out(secret, 6, {TOWN}, sees=True) is None


def test_a_session_lies_ahead_and_lasts_neither_too_short_nor_too_long():
    hour = timedelta(hours=1)
    calling.check_time(NOON + hour, NOON + 2 * hour, NOON)
    for starts, ends, code in (
        (NOON + hour, NOON + hour + timedelta(minutes=14), "session_length"),
        (NOON + hour, NOON + 10 * hour, "session_length"),
        (NOON, NOON + hour, "session_not_ahead"),
        (NOON + timedelta(days=181), NOON + timedelta(days=181) + hour, "session_not_ahead"),
    ):
        assert refused(lambda starts=starts, ends=ends: calling.check_time(starts, ends, NOON))[0] == code


@pytest.mark.parametrize(
    ("guests", "code"),
    [
        ([], "session_needs_guests"),
        ([STAFF, STAFF], "guest_twice"),
        ([Asked(GuestKind.PARTY, person=str(n)) for n in range(6)], "representatives_too_many"),
        ([Asked(GuestKind.OTHER)], "field_required"),
        ([Asked(GuestKind.OTHER, name="周某")] * 41, "number_out_of_range"),
    ],
)
def test_who_is_asked_is_looked_at(guests, code):
    assert refused(lambda: calling.check_guests(guests))[0] == code


def test_two_others_of_one_name_are_two():
    calling.check_guests([Asked(GuestKind.OTHER, name="周某")] * 2)


def test_a_session_is_found_by_its_number_and_only_one_ahead_is_moved():
    mine = state(sessions=(SESSION,))
    assert calling.ahead(mine, 1) is SESSION
    assert refused(lambda: calling.session_of(mine, 2))[0] == "no_such_session"
    over = state(sessions=(replace(SESSION, held_at=NOON),))
    assert refused(lambda: calling.ahead(over, 1))[0] == "session_is_over"
    assert calling.session_of(over, 1).held_at == NOON


def test_reminders_are_due_a_day_and_two_hours_before_and_never_afterwards():
    starts = at("2026-03-20 09:00")
    due = [due_reminder(starts, starts - timedelta(minutes=m)) for m in (1441, 1440, 121, 120, 1, 0)]
    assert due == [None, "day", "day", "hours", "hours", None]


def minutes(attendance=None, words=WORDS, tasks=()):
    return written(SESSION, {1: "came"} if attendance is None else attendance, words, tasks, date(2026, 3, 16))


def test_minutes_carry_facts_in_the_event_and_words_beside_it():
    row = {"unit": LABOUR, "who": "李明", "what": "查用工", "due_on": "2026-03-20"}
    made = minutes(tasks=[row, {"unit": "", "who": "", "what": "", "due_on": ""}])
    assert made.facts == {
        "attendance": [{"n": 1, "was": "came"}], "tasks": [{"unit": LABOUR, "due_on": "2026-03-20"}]
    }  # fmt: skip
    assert made.words == {**WORDS, "task_who_1": "李明", "task_what_1": "查用工"}
    assert [line.due_on for line in made.tasks] == [date(2026, 3, 20)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": {"subject": "排烟"}}, ("field_required", "decisions")),
        ({"words": {**WORDS, "facts": "长" * 4001}}, ("text_too_long", "facts")),
        ({"attendance": {}}, ("attendance_missing", "was-1")),
        ({"attendance": {1: "waited"}}, ("attendance_missing", "was-1")),
        ({"tasks": [{"unit": LABOUR, "what": "", "due_on": "2026-03-20"}]}, ("task_line_incomplete", "tasks")),
        ({"tasks": [{"unit": LABOUR, "what": "查", "due_on": "2026-03-15"}]}, ("date_in_the_past", "tasks")),
        ({"tasks": [{"unit": LABOUR, "what": "长" * 201, "due_on": "2026-03-20"}]}, ("text_too_long", "tasks")),
        (
            {"tasks": [{"unit": LABOUR, "what": "查", "due_on": "2026-03-20"}] * 21},
            ("number_out_of_range", "tasks"),
        ),
    ],
)
def test_minutes_that_lack_something_are_refused_beside_it(changes, said):
    assert refused(lambda: minutes(**changes)) == said


def test_minutes_are_written_when_it_has_begun():
    check_held(SESSION, NOON)
    assert refused(lambda: check_held(SESSION, NOON - timedelta(minutes=1)))[0] == "session_not_begun"


def test_a_matter_without_sessions_folds_to_none():
    assert Story("2026-03-02 09:00").state().sessions == ()
