"""Joint sessions through the services: called, answered, moved, called off, held; seats taken once; who is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import (
    Event,
    HallDuty,
    HallWindow,
    Matter,
    Notice,
    OutgoingMessage,
    Party,
    Post,
    ProtectedText,
    ReceptionDay,
    Room,
    SessionBooking,
    SessionInvitation,
    Task,
    User,
)
from xinfang.queries import sessions as known
from xinfang.rules.matters.codes import Stage
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import Asked, LeftOut
from xinfang.rules.sessions.codes import Answer, Attendance, GuestKind, Why
from xinfang.services import sessions, sessions_answers, sessions_inviting
from xinfang.services.matters import state_of
from xinfang.services.rebuilding import differences, repair
from xinfang.services.sessions_rooms import set_room

pytestmark = pytest.mark.django_db
LABOUR, HOUSING, TOWN, CENTRE = "999901-RS", "999901-ZJ", "999901001-ZF", "999901001"
MON, TUE = at("2026-04-13 09:00"), at("2026-04-14 09:00")
THU = at("2026-04-16 09:00")
MINUTES = {"subject": "排烟和噪声", "facts": "烟道朝向居民", "opinions": "愿意改", "decisions": "五日内改道"}


@pytest.fixture
def room(cast):
    return set_room(centre=CENTRE, name="调解室1", places="8", is_active=True, by=cast.director, at=MON)


@pytest.fixture
def matter(cast):
    receipt = registered(cast, MON)
    co = [{"unit": LABOUR, "due_on": "2026-04-20"}]
    moved(cast, receipt.matter, MON, ("director", "triage", TRIAGE),
          ("director", "assign", {"mode": "assignment", "lead": HOUSING, "due_on": "2026-04-24",
                                  "document": "交1", "co_units": co}))  # fmt: skip
    return receipt.matter


def staff(cast, who="labour_officer", unit=LABOUR):
    return Asked(GuestKind.STAFF, user=cast.users[who].pk, unit=unit)


def party(matter):
    return Asked(GuestKind.PARTY, person=str(Party.objects.get(matter=matter).person_id))


BOSS = Asked(GuestKind.OTHER, name="周某", phone="19900000009")


def call(cast, matter, room, guests=None, *, when=THU, minutes=60, at=TUE, who="director", subject="排烟和噪声"):
    asked = [staff(cast), party(matter), BOSS] if guests is None else guests
    return sessions.call(
        matter=matter, when=sessions.Time(room.pk, when, minutes), guests=asked, subject=subject,
        by=getattr(cast, who), at=at,
    )  # fmt: skip


def refusal(doing, *args, **more):
    with pytest.raises(RuleBroken) as broken:
        doing(*args, **more)
    return broken.value.code


def answers(matter, k=1):
    return [guest.answer for guest in state_of(matter).sessions[k - 1].guests]


def test_a_session_takes_up_room_and_people_and_invites_them_all(cast, matter, room):
    state, by_hand = call(cast, matter, room)
    assert (state.stage, by_hand) == (Stage.ASSIGNED, [])
    person = party(matter).person
    seats = sorted(SessionBooking.objects.filter(matter=matter).values_list("seat", flat=True))
    assert seats == sorted([f"room:{room.pk}", f"user:{cast.users['labour_officer'].pk}", f"person:{person}"])
    event = Event.objects.get(chain_id=matter, type="session_called")
    assert "周某" not in str(event.payload)
    assert ProtectedText.objects.get(chain_id=matter, seq=event.seq, field="guest_3").text == "周某"
    kinds = list(
        OutgoingMessage.objects.filter(kind__startswith="session").order_by("pk").values_list("kind", "due_at")
    )
    day, hours = THU - timedelta(days=1), THU - timedelta(hours=2)
    assert kinds == [
        ("session_code", TUE), ("session", TUE), ("session_soon", day), ("session_soon", day),
        ("session_soon", hours), ("session_soon", hours),
    ]  # fmt: skip
    code = OutgoingMessage.objects.get(kind="session_code")
    assert (code.facts, code.expires_at) == ({"month": 4, "day": 16, "time": "09:00", "guest": True}, THU)
    assert b"19900000009" not in bytes(code.address_sealed)
    assert Notice.objects.filter(user=cast.users["labour_officer"], code="session_called").count() == 1
    assert list(differences()) == []


def test_whoever_has_no_phone_gets_the_code_by_hand(cast, matter, room):
    _state, codes = call(cast, matter, room, [staff(cast), Asked(GuestKind.OTHER, name="周某")])
    (code,) = codes
    assert (code.n, code.name, len(code.code)) == (2, "周某", 12)
    invitation = sessions_inviting.open_by_code(code=code.code, address="1.2.3.4", at=TUE)
    sessions_answers.answer_with_code(invitation=invitation, said="coming", at=TUE)
    assert answers(matter) == [Answer.WAITING, Answer.COMING]
    assert (
        refusal(sessions_inviting.open_by_code, code="000000000000", address="1.2.3.5", at=TUE) == "session_code_wrong"
    )
    over = THU + timedelta(days=2)
    assert refusal(sessions_inviting.open_by_code, code=code.code, address="1.2.3.4", at=over) == "session_code_wrong"
    assert sessions_inviting.forget(at=over) == 1


def test_trying_codes_makes_the_next_try_wait(cast, matter, room):
    for _try in range(12):
        said = refusal(sessions_inviting.open_by_code, code="123456789012", address="9.9.9.9", at=TUE)
    assert said == "wait_before_trying"


def test_the_database_refuses_a_seat_that_is_taken_and_takes_one_that_begins_when_another_ends(cast, matter, room):
    call(cast, matter, room)
    other = registered(cast, MON).matter
    row = {"matter_id": other, "k": 1, "seat": f"room:{room.pk}"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionBooking.objects.create(**row, span=DateTimeTZRange(THU, THU + timedelta(minutes=1)))
    after = THU + timedelta(hours=1)
    SessionBooking.objects.create(**row, span=DateTimeTZRange(after, after + timedelta(hours=1)))


def test_what_is_taken_is_said_and_a_session_called_off_frees_it(cast, matter, room):
    call(cast, matter, room)
    other = registered(cast, MON).matter
    housing = [staff(cast, "housing_officer", HOUSING)]
    half = THU + timedelta(minutes=30)
    assert refusal(call, cast, other, room, housing, when=half) == "room_taken"
    second = Room.objects.create(centre_id="999901", name="会议室", places=20)
    assert refusal(call, cast, other, second, [staff(cast)], when=half) == "guest_not_free"
    assert state_of(other).sessions == ()
    call(cast, other, second, housing, when=half)
    assert refusal(
        sessions.move, matter=other, k=1, when=sessions.Time(room.pk, half, 60), by=cast.director, at=TUE
    ) == ("room_taken")
    assert state_of(other).sessions[0].room == second.pk
    sessions.call_off(matter=matter, k=1, by=cast.director, at=TUE)
    sessions.move(matter=other, k=1, when=sessions.Time(room.pk, half, 60), by=cast.director, at=TUE)
    assert [row.matter_id for row in SessionBooking.objects.filter(seat=f"room:{room.pk}")] == [other]
    assert list(differences()) == []


def test_one_matter_cannot_sit_twice_at_once(cast, matter, room):
    call(cast, matter, room)
    second = Room.objects.create(centre_id="999901", name="会议室", places=20)
    assert refusal(call, cast, matter, second, [party(matter)], when=THU) == "guest_not_free"


def test_another_broken_constraint_is_not_taken_for_a_taken_seat(cast, matter, room, monkeypatch):
    def broken(_turn):
        raise IntegrityError("something else")

    monkeypatch.setattr("xinfang.services.turns.Turn.finish", broken)
    with pytest.raises(IntegrityError):
        call(cast, matter, room)


@pytest.mark.parametrize(
    ("who", "code"),
    [("housing_officer", "may_not_convene"), ("other_director", "not_found"), ("labour_head", "may_not_convene")],
)
def test_whoever_may_not_convene_does_not(cast, matter, room, who, code):
    assert refusal(call, cast, matter, room, who=who) == code


def test_what_cannot_be_is_refused_and_leaves_nothing(cast, matter, room):
    elsewhere = Room.objects.create(centre_id="999901002", name="远", places=9)
    small = Room.objects.create(centre_id=CENTRE, name="小", places=1)
    unused = Room.objects.create(centre_id=CENTRE, name="旧", places=9, is_active=False)
    assert refusal(call, cast, matter, elsewhere) == refusal(call, cast, matter, unused) == "room_unknown"
    assert refusal(call, cast, matter, small) == "room_too_small"
    assert refusal(call, cast, matter, room, subject=" ") == "field_required"
    assert refusal(call, cast, matter, room, subject="长" * 501) == "text_too_long"
    assert refusal(call, cast, matter, room, [Asked(GuestKind.OTHER, name="长" * 41)]) == "text_too_long"
    assert refusal(call, cast, matter, room, [staff(cast, unit=HOUSING)]) == "user_unknown"
    assert refusal(call, cast, matter, room, [Asked(GuestKind.STAFF)]) == "user_unknown"
    stranger = Asked(GuestKind.PARTY, person="019aaaaa-0000-7000-8000-00000000000a")
    assert refusal(call, cast, matter, room, [stranger]) == "user_unknown"
    assert (state_of(matter).sessions, SessionBooking.objects.count()) == ((), 0)


def test_recused_people_and_units_are_left_out_with_the_reason_and_refused(cast, matter, room):
    moved(
        cast, matter, MON, ("director", "recuse", {"recused_user": cast.users["labour_officer"].pk, "reason": "亲属"})
    )
    found = {p.user: p.why for p in known.people_for(state_of(matter), [], TUE, TUE.date())}
    assert found[cast.users["labour_officer"].pk] is LeftOut.RECUSED
    assert found[cast.users["labour_head"].pk] is None
    assert refusal(call, cast, matter, room) == "guest_left_out"
    gone = User.objects.create(username="gone", name="走", is_active=False, opened_at=MON)
    assert known.why_left_out(state_of(matter), gone.pk, TUE, TUE.date()) is LeftOut.OUT_OF_SIGHT


def test_who_is_asked_first_are_those_with_a_part_the_directors_and_the_mediators(cast, matter):
    mediator = User.objects.create(username="mediator", name="陈红", opened_at=MON)
    Post.objects.create(unit_id=CENTRE, role="mediator", holder=mediator, from_on=MON.date())
    names = {person.name for person in known.people_for(state_of(matter), [], TUE, TUE.date())}
    assert {"陈红", "李明", "陈明", "蒋平", "赵敏"} <= names
    assert "吴勤" not in names
    more = known.people_for(state_of(matter), [TOWN], TUE, TUE.date())
    assert "吴勤" in {person.name for person in more}
    assert len([person for person in more if person.name == "陈红"]) == 1


def test_whoever_sits_at_a_window_that_day_or_receives_people_is_not_free(cast, matter, room):
    window = HallWindow.objects.create(centre_id=CENTRE, number=1, name="综合", lanes="A")
    HallDuty.objects.create(window=window, day=THU.date(), holder=cast.users["deputy"])
    guests = [staff(cast, "deputy", CENTRE)]
    assert refusal(call, cast, matter, room, guests) == "guest_not_free"
    leader = cast.users["leader"]
    ReceptionDay.objects.create(
        centre_id=CENTRE, day=THU.date(), opens="09:00", closes="11:00", leader=leader, place="一楼"
    )
    seats = [f"user:{leader.pk}", f"user:{cast.users['deputy'].pk}", f"room:{room.pk}"]
    found = {each.seat: each.why for each in known.busy(seats, THU.date(), THU.date())}
    assert found == {seats[0]: Why.RECEIVES, seats[1]: Why.ON_DUTY}
    call(cast, matter, room, guests, when=THU + timedelta(days=1))


def test_guests_answer_for_themselves_and_somebody_writes_down_what_was_said_on_the_telephone(cast, matter, room):
    call(cast, matter, room)
    say = sessions_answers.answer
    say(matter=matter, k=1, n=1, said="coming", by=cast.labour_officer, at=TUE)
    sessions_answers.answer_at_home(matter=matter, k=1, said="other_time", wish="下午三点以后", at=TUE)
    say(matter=matter, k=1, n=3, said="not_coming", by=cast.clerk, at=TUE)
    assert answers(matter) == [Answer.COMING, Answer.OTHER_TIME, Answer.NOT_COMING]
    wish = ProtectedText.objects.get(chain_id=matter, field="other_time")
    assert wish.text == "下午三点以后"
    assert OutgoingMessage.objects.filter(kind="session_soon", failure="called_back").count() == 2
    seq = state_of(matter).seq
    say(matter=matter, k=1, n=3, said="not_coming", by=cast.clerk, at=TUE)
    assert state_of(matter).seq == seq, "the same answer again is no event"
    assert Notice.objects.filter(user=cast.users["director"], code="session_answered").count() == 3
    for who, n in (("supervisor", 2), ("director", 4)):
        assert refusal(say, matter=matter, k=1, n=n, said="coming", by=getattr(cast, who), at=TUE) in {
            "not_found", "no_such_session"
        }  # fmt: skip
    assert refusal(say, matter=matter, k=1, n=1, said="waiting", by=cast.director, at=TUE) == "choice_unknown"
    long = {"said": "other_time", "wish": "长" * 201}
    assert refusal(say, matter=matter, k=1, n=1, by=cast.director, at=TUE, **long) == "text_too_long"


def test_a_petitioner_who_stays_away_is_not_reminded_and_one_who_is_not_asked_answers_nothing(cast, matter, room):
    call(cast, matter, room, [staff(cast), party(matter)])
    sessions_answers.answer_at_home(matter=matter, k=1, said="not_coming", at=TUE)
    assert OutgoingMessage.objects.filter(kind="session_soon", state="waiting").count() == 0
    sessions_answers.answer(matter=matter, k=1, n=1, said="not_coming", by=cast.labour_officer, at=TUE)
    call(cast, matter, room, [staff(cast)], when=THU + timedelta(days=1))
    assert refusal(sessions_answers.answer_at_home, matter=matter, k=2, said="coming", at=TUE) == "no_such_session"


def test_a_recused_guest_answers_nothing_any_more(cast, matter, room):
    call(cast, matter, room)
    moved(
        cast, matter, TUE, ("director", "recuse", {"recused_user": cast.users["labour_officer"].pk, "reason": "亲属"})
    )
    by = cast.labour_officer
    assert refusal(sessions_answers.answer, matter=matter, k=1, n=1, said="coming", by=by, at=TUE) == "not_found"
    own = known.sessions_of_user(by.user_id, [state_of(matter)])
    assert own == []


def test_moving_asks_everybody_anew_and_calls_the_old_reminders_back(cast, matter, room):
    call(cast, matter, room)
    sessions_answers.answer(matter=matter, k=1, n=1, said="coming", by=cast.labour_officer, at=TUE)
    friday = THU + timedelta(days=1)
    sessions.move(matter=matter, k=1, when=sessions.Time(room.pk, friday, 90), by=cast.director, at=TUE)
    assert set(answers(matter)) == {Answer.WAITING}
    live = OutgoingMessage.objects.filter(kind="session_soon", state="waiting").values_list("due_at", flat=True)
    assert set(live) == {friday - timedelta(days=1), friday - timedelta(hours=2)}
    assert OutgoingMessage.objects.filter(kind="session_moved").count() == 2
    assert SessionInvitation.objects.get().expires_at == friday + timedelta(days=1, minutes=90)
    sessions.call_off(matter=matter, k=1, by=cast.director, at=TUE)
    assert OutgoingMessage.objects.filter(kind="session_soon", state="waiting").count() == 0
    assert OutgoingMessage.objects.filter(kind="session_off").count() == 2
    assert refusal(sessions.call_off, matter=matter, k=1, by=cast.director, at=TUE) == "session_is_over"


def test_nothing_goes_out_for_a_matter_that_is_to_be_kept_secret(cast, room):
    secret = registered(cast, MON, restricted=True).matter
    _state, codes = call(cast, secret, room, [party(secret), BOSS])
    assert [code.name for code in codes] == ["周某"]
    assert OutgoingMessage.objects.filter(matter=secret, kind__startswith="session").count() == 0
    assert refusal(call, cast, secret, room, [staff(cast, "deputy", CENTRE)], when=THU + timedelta(days=1)) == (
        "guest_left_out"
    )
    own = known.sessions_of_user(1, [state_of(secret)])
    assert (own, known.number_in(state_of(secret))) == ([], "")


def test_minutes_say_who_came_and_give_tasks_to_units_that_have_none(cast, matter, room):
    call(cast, matter, room)
    rows = [
        {"unit": TOWN, "who": "吴勤", "what": "查噪声", "due_on": "2026-04-20"},
        {"unit": LABOUR, "who": "李明", "what": "查用工", "due_on": "2026-04-20"},
    ]
    given = {"attendance": {1: "came", 2: "excused", 3: "absent"}, "words": MINUTES, "tasks": rows, "give_tasks": True}
    early = {**given, "by": cast.director}
    assert refusal(sessions_answers.hold, matter=matter, k=1, at=TUE, **early) == "session_not_begun"
    state = sessions_answers.hold(matter=matter, k=1, by=cast.director, at=THU, **given)
    (session,) = state.sessions
    assert session.attendance == ((1, Attendance.CAME), (2, Attendance.EXCUSED), (3, Attendance.ABSENT))
    parts = Task.objects.filter(matter=matter, part="co").order_by("k").values_list("unit", "due_on")
    assert [(unit, f"{day}") for unit, day in parts] == [(LABOUR, "2026-04-20"), (TOWN, "2026-04-20")]
    assert SessionBooking.objects.filter(matter=matter).count() == 3
    event = Event.objects.get(chain_id=matter, type="session_held")
    assert "排烟" not in str(event.payload)
    again = {**{name: given[name] for name in ("attendance", "tasks")}, "words": {**MINUTES, "facts": "更正"}}
    by = {"matter": matter, "k": 1, "by": cast.director, "at": THU + timedelta(hours=2)}
    assert refusal(sessions_answers.correct, **by, **again, reason=" ") == "field_required"
    assert refusal(sessions_answers.correct, **by, **again, reason="长" * 201) == "text_too_long"
    state = sessions_answers.correct(**by, **again, reason="写错了")
    assert (state.sessions[0].version, state.sessions[0].held_at) == (2, THU)
    assert Event.objects.filter(chain_id=matter, type__in=("session_held", "session_corrected")).count() == 2
    assert refusal(sessions_answers.hold, **{**by, **given}) == "session_is_over"
    assert list(differences()) == []


def test_minutes_without_new_parts_and_those_who_may_not_write_them(cast, matter, room):
    call(cast, matter, room, [staff(cast)])
    given = {
        "attendance": {1: "came"},
        "words": MINUTES,
        "tasks": [],
        "give_tasks": True,
        "matter": matter,
        "k": 1,
        "at": THU,
    }
    assert refusal(sessions_answers.hold, by=cast.other_director, **given) == "not_found"
    assert refusal(sessions_answers.hold, by=cast.supervisor, **given) == "may_not_convene"
    unknown = [{"unit": "no-such", "who": "", "what": "查", "due_on": "2026-04-20"}]
    assert refusal(sessions_answers.hold, by=cast.director, **{**given, "tasks": unknown}) == "unit_unknown"
    again = {"matter": matter, "k": 1, "attendance": {1: "came"}, "words": MINUTES, "tasks": [], "reason": "x"}
    assert refusal(sessions_answers.correct, by=cast.director, at=THU, **again) == "no_such_session"
    sessions_answers.hold(by=cast.director, **given)
    assert Task.objects.filter(matter=matter).count() == 2


def test_parts_that_the_rules_refuse_leave_no_minutes(cast, room):
    fresh = registered(cast, MON).matter
    call(cast, fresh, room, [staff(cast)])
    row = {"unit": TOWN, "who": "", "what": "查", "due_on": "2026-04-20"}
    given = {"attendance": {1: "came"}, "words": MINUTES, "tasks": [row], "matter": fresh, "k": 1, "at": THU}
    assert refusal(sessions_answers.hold, by=cast.director, give_tasks=True, **given) == "stage_does_not_allow"
    assert state_of(fresh).sessions[0].held_at is None
    sessions_answers.hold(by=cast.director, give_tasks=False, **given)
    assert state_of(fresh).sessions[0].held_at == THU


def test_people_of_the_house_are_reminded_twice_and_each_time_once(cast, matter, room):
    call(cast, matter, room)
    user = cast.users["labour_officer"]
    for moment, written in ((TUE, 0), (THU - timedelta(days=1), 1), (THU - timedelta(hours=20), 0),
                            (THU - timedelta(hours=2), 1), (THU - timedelta(minutes=1), 0), (THU, 0)):  # fmt: skip
        assert sessions_answers.remind(at=moment) == written, moment
    rows = Notice.objects.filter(user=user, code="session_soon")
    assert [row.facts["number"] for row in rows] == [Matter.objects.get(pk=matter).number] * 2


def test_one_reads_ones_own_sessions_and_where_they_are(cast, matter, room):
    call(cast, matter, room)
    user = cast.users["labour_officer"].pk
    assert known.matters_of_user(user, TUE) == [matter]
    assert known.matters_of_user(user, THU + timedelta(days=40)) == []
    (own,) = known.sessions_of_user(user, [state_of(matter)])
    assert (own.place, own.n, own.number) == ("青禾镇群众工作服务中心 调解室1", 1, state_of(matter).number)
    assert known.address_of_room(room.pk) == ""
    assert known.working_days(MON.date(), 3) == [MON.date(), TUE.date(), (TUE + timedelta(days=1)).date()]
    assert [each.name for each in known.rooms_of(state_of(matter), every=True)] == ["调解室1"]


def test_rebuilding_finds_and_mends_wrong_bookings(cast, matter, room):
    call(cast, matter, room)
    SessionBooking.objects.filter(seat=f"room:{room.pk}").delete()
    assert [(row.table, row.column) for row in differences()] == [("booking", "*")]
    repair(matter)
    assert list(differences()) == []
