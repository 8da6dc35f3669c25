"""What joint sessions make of a matter: called, answered, moved, called off, held; the stage stays where it is."""

from tests.rules.states import Story, at
from xinfang.rules.matters.codes import Stage
from xinfang.rules.sessions.codes import Answer, Attendance, GuestKind

PERSON = "019aaaaa-0000-7000-8000-00000000000a"
GUESTS = [{"kind": "staff", "user": 5, "unit": "999901-RS"}, {"kind": "party", "person": PERSON}, {"kind": "other"}]
FIRST = {"room": 3, "starts": "2026-03-05T09:00+08:00", "ends": "2026-03-05T10:00+08:00"}


def called():
    return Story("2026-03-02 09:00").add("session_called", "2026-03-02 10:00", k=1, guests=GUESTS, **FIRST)


def test_a_session_takes_up_its_room_and_everybody_whom_the_house_knows():
    (session,) = called().state().sessions
    assert (session.k, session.seq, session.chair, session.starts) == (1, 2, 1, at("2026-03-05 09:00"))
    assert session.seats == ("room:3", "user:5", f"person:{PERSON}")
    assert [guest.kind for guest in session.guests] == [GuestKind.STAFF, GuestKind.PARTY, GuestKind.OTHER]
    assert (session.guest(3).seat, session.guest(4), session.is_ahead) == ("", None, True)
    assert called().state().stage is Stage.REGISTERED


def test_an_answer_is_that_guests_and_a_move_asks_everybody_anew():
    story = called().add("session_answered", "2026-03-03 09:00", k=1, n=2, answer="coming")
    answers = [guest.answer for guest in story.state().sessions[0].guests]
    assert answers == [Answer.WAITING, Answer.COMING, Answer.WAITING]
    assert story.state().sessions[0].guests[1].answered_at == at("2026-03-03 09:00")
    later = {"room": 4, "starts": "2026-03-06T14:00+08:00", "ends": "2026-03-06T15:00+08:00", "moves": 1}
    (moved,) = story.add("session_moved", "2026-03-03 10:00", k=1, **later).state().sessions
    assert (moved.room, moved.starts, moved.moves) == (4, at("2026-03-06 14:00"), 1)
    assert {guest.answer for guest in moved.guests} == {Answer.WAITING}


def test_one_is_called_off_and_another_is_held_and_its_minutes_are_corrected():
    story = called().add("session_called", "2026-03-02 11:00", k=2, guests=GUESTS, **FIRST)
    story.add("session_called_off", "2026-03-02 12:00", k=1)
    minutes = {"k": 2, "version": 1, "attendance": [{"n": 1, "was": "came"}, {"n": 2, "was": "absent"}]}
    story.add("session_held", "2026-03-05 10:00", **minutes)
    off, held = story.state().sessions
    assert (off.is_ahead, held.is_ahead, held.held_at, held.minutes) == (False, False, at("2026-03-05 10:00"), 5)
    assert held.attendance == ((1, Attendance.CAME), (2, Attendance.ABSENT))
    again = {**minutes, "version": 2, "attendance": [{"n": 1, "was": "sat_in"}]}
    held = story.add("session_corrected", "2026-03-06 10:00", **again).state().sessions[1]
    assert (held.version, held.minutes, held.held_at) == (2, 6, at("2026-03-05 10:00"))
    assert held.attendance == ((1, Attendance.SAT_IN),)


def test_what_is_said_of_a_session_that_is_not_there_changes_nothing():
    before = Story("2026-03-02 09:00")
    before.add("session_answered", "2026-03-03 09:00", k=7, n=1, answer="coming")
    assert before.state().sessions == ()
