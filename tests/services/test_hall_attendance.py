"""Every window has a standing B角; an empty one is told to the directors of its hall, and nobody is blamed for it."""

from datetime import date, timedelta

import pytest

from tests.cast import at
from xinfang.jobs import attendance as job
from xinfang.models import Event, HallSeat, HallWindow, Notice, Unit
from xinfang.queries import hall_roster as roster
from xinfang.queries.hall_attendance import attendance, minutes_allowed, on_duty, opened_at
from xinfang.rules.hall.attendance import Seat, empty_since, is_late, shown
from xinfang.rules.hall.roster import Gap
from xinfang.rules.refusals import RuleBroken
from xinfang.services import hall, hall_attendance, hall_roster, house

pytestmark = pytest.mark.django_db
CENTRE = "999901001"
EIGHT, NINE = at("2026-03-16 08:00"), at("2026-03-16 09:00")  # a Monday
MONDAY, TUESDAY, FRIDAY = date(2026, 3, 16), date(2026, 3, 17), date(2026, 3, 20)
OPENED = at("2026-03-16 08:30")


def centre():
    return Unit.objects.get(pk=CENTRE)


def window(cast, number="1", stand_in=None, *, is_open=True):
    user = cast.users[stand_in].pk if stand_in else None
    return hall.set_window(
        centre=CENTRE, number=number, name="综合受理", lanes="A", is_open=is_open, by=cast.director, at=NINE,
        stand_in=user,
    )  # fmt: skip


def put_down(cast, who, number=1, first=MONDAY, last=FRIDAY):
    hall_roster.put_down(
        centre=CENTRE, window=number, holder=cast.users[who].pk, from_on=first, to_on=last, by=cast.director, at=NINE
    )


def sits(cast, who, when, number=1):
    hall_attendance.sit_down(centre=CENTRE, window=number, by=getattr(cast, who), at=when)


def at_windows(when):
    return [(each.window.number, each.name, each.is_stand_in) for each in on_duty(centre(), when)]


def test_the_stand_in_is_somebody_of_this_hall_and_is_written_down(cast):
    row = window(cast, stand_in="deputy")
    assert row.stand_in_id == cast.users["deputy"].pk
    assert Event.objects.filter(type="window_set").latest("seq").payload["stand_in"] == row.stand_in_id
    with pytest.raises(RuleBroken) as refused:
        window(cast, stand_in="stranger")
    assert (refused.value.code, refused.value.field) == ("holds_no_post_then", "stand_in")
    window(cast)
    assert HallWindow.objects.get().stand_in is None


def test_where_nobody_is_put_down_the_roster_shows_the_stand_in_and_no_gap(cast):
    window(cast)
    window(cast, "2", stand_in="deputy")
    put_down(cast, "clerk", first=MONDAY, last=MONDAY)
    line = roster.month(centre(), MONDAY, TUESDAY, MONDAY)
    cells = [[(who.name, who.is_stand_in) if who else None for _window, who in day.cells] for day in line]
    assert cells == [[("王芳", False), ("钱进", True)], [None, ("钱进", True)]]
    past = roster.month(centre(), MONDAY, MONDAY, TUESDAY)
    assert [who.name if who else None for _window, who in past[0].cells] == ["王芳", None]
    gaps = roster.gaps_ahead(centre(), MONDAY)
    assert Gap(TUESDAY, 1) in gaps
    assert {gap.window for gap in gaps} == {1}


def test_a_stand_in_stands_in_once_and_not_where_they_sit_or_receive_already(cast):
    window(cast, "1", stand_in="deputy")
    window(cast, "2", stand_in="deputy")
    window(cast, "3", stand_in="director")
    announced = hall_roster.Announced(cast.users["director"].pk, TUESDAY, "09:00", "10:00", "一楼")
    hall_roster.publish_reception(centre=CENTRE, announced=announced, by=cast.director, at=NINE)
    assert sorted(roster.sitting_on(centre(), TUESDAY)) == [1]
    put_down(cast, "deputy", 2)
    assert {n: who.is_stand_in for n, who in roster.sitting_on(centre(), TUESDAY).items()} == {2: False}
    assert sorted(roster.sitting_on(centre(), date(2026, 3, 21))) == []


def test_the_notice_board_names_who_is_there_and_never_who_is_not(cast):
    window(cast, stand_in="deputy")
    put_down(cast, "clerk")
    assert at_windows(EIGHT) == [(1, "王芳", False)]
    assert at_windows(OPENED + timedelta(minutes=9)) == [(1, "王芳", False)]
    # Not signed in at the seat: after the minutes of the house the stand-in is shown.
    assert at_windows(OPENED + timedelta(minutes=10)) == [(1, "钱进", True)]
    sits(cast, "clerk", NINE)
    assert at_windows(NINE) == [(1, "王芳", False)]
    hall_attendance.leave(centre=CENTRE, by=cast.clerk, at=NINE)
    assert at_windows(NINE + timedelta(minutes=9)) == [(1, "王芳", False)]
    assert at_windows(NINE + timedelta(minutes=10)) == [(1, "钱进", True)]
    sits(cast, "deputy", NINE + timedelta(minutes=11))
    assert at_windows(NINE + timedelta(minutes=12)) == [(1, "钱进", True)]
    # What was yesterday is of no matter today.
    assert at_windows(NINE + timedelta(hours=23)) == [(1, "王芳", False)]


def test_a_window_without_anybody_at_all_is_not_on_the_notice_board(cast):
    window(cast)
    window(cast, "2", is_open=False)
    assert at_windows(NINE) == []
    [each] = attendance(centre(), NINE)
    assert (each.present, each.empty_since, each.is_late, each.has_stand_in) == (False, OPENED, True, False)


def test_one_stand_in_is_shown_at_one_window_only(cast):
    window(cast, stand_in="deputy")
    window(cast, "2", stand_in="deputy")
    put_down(cast, "clerk", 1)
    put_down(cast, "director", 2)
    assert at_windows(NINE) == [(1, "钱进", True), (2, "赵敏", False)]


def test_whoever_sits_down_elsewhere_leaves_the_first_window_empty(cast):
    window(cast)
    window(cast, "2")
    sits(cast, "clerk", NINE)
    sits(cast, "clerk", NINE + timedelta(minutes=1))
    assert HallSeat.objects.get(window__number=1).since == NINE
    sits(cast, "clerk", NINE + timedelta(minutes=5), 2)
    one, two = attendance(centre(), NINE + timedelta(minutes=6))
    assert (one.present, one.empty_since) == (False, NINE + timedelta(minutes=5))
    assert (two.present, two.empty_since) == (True, None)
    with pytest.raises(RuleBroken) as refused:
        sits(cast, "clerk", NINE, 9)
    assert refused.value.code == "window_unknown"
    with pytest.raises(RuleBroken):
        sits(cast, "stranger", NINE)


def test_a_shut_hall_has_no_empty_window(cast):
    window(cast)
    saturday = at("2026-03-21 10:00")
    for moment in (EIGHT, at("2026-03-16 17:31"), saturday):
        assert opened_at(centre(), moment) is None
        assert attendance(centre(), moment)[0].empty_since is None
    Unit.objects.filter(pk=CENTRE).update(opening_hours={"opens": "07:30", "closes": "12:00"})
    assert opened_at(centre(), EIGHT) == at("2026-03-16 07:30")
    house.set_closing_days(days="2026-03-17", by=cast.administrator, at=NINE)
    assert opened_at(centre(), at("2026-03-17 10:00")) is None


def test_the_directors_are_told_of_the_window_once_and_of_no_person(cast):
    window(cast, stand_in="clerk")
    job.run(OPENED + timedelta(minutes=9))
    assert Notice.objects.count() == 0
    for minutes in (10, 11, 40):
        assert job.run(OPENED + timedelta(minutes=minutes)) is False
    told = Notice.objects.filter(code="window_unattended")
    assert {notice.user_id for notice in told} == {cast.users["director"].pk, cast.users["deputy"].pk}
    assert {str(notice.facts) for notice in told} == {str({"clock": "", "number": "", "window": 1})}
    sits(cast, "clerk", NINE + timedelta(hours=1))
    assert hall_attendance.tell_unattended(at=NINE + timedelta(hours=2)) == 0
    hall_attendance.leave(centre=CENTRE, by=cast.clerk, at=NINE + timedelta(hours=3))
    hall_attendance.tell_unattended(at=NINE + timedelta(hours=4))
    assert Notice.objects.filter(code="window_unattended").count() == 4


def test_the_house_says_after_how_many_minutes(cast):
    assert minutes_allowed() == 10
    house.set_unattended_after(minutes="25", by=cast.administrator, at=NINE)
    assert minutes_allowed() == 25
    window(cast)
    assert attendance(centre(), OPENED + timedelta(minutes=24))[0].is_late is False
    assert attendance(centre(), OPENED + timedelta(minutes=25))[0].is_late is True
    for wrong in ("0", "121", "x", "1000", ""):
        with pytest.raises(RuleBroken) as refused:
            house.set_unattended_after(minutes=wrong, by=cast.administrator, at=NINE)
        assert (refused.value.code, refused.value.field) == ("number_out_of_range", "minutes")


def test_who_is_shown():
    assert shown(Seat(1, first=1, stand_in=2, seated=3), late=True, taken=()) == (3, False)
    assert shown(Seat(1, first=1, stand_in=2, seated=2), late=False, taken=()) == (2, True)
    assert shown(Seat(1, first=2, stand_in=2, seated=2), late=False, taken=()) == (2, False)
    assert shown(Seat(1, first=1, stand_in=2), late=True, taken={2}) == (1, False)
    assert shown(Seat(1, stand_in=2), late=False, taken=()) == (2, True)
    assert shown(Seat(1), late=True, taken=()) == (None, False)
    assert empty_since(Seat(1, seated=1, since=NINE), OPENED) is None
    assert empty_since(Seat(1, since=EIGHT), OPENED) == OPENED
    assert empty_since(Seat(1, since=NINE), OPENED) == NINE
    assert empty_since(Seat(1), OPENED) == OPENED
    assert is_late(None, NINE, 1) is False
