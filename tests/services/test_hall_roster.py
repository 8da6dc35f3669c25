"""The roster and the days of leaders: by posts, ahead of time, with substitutions and cancellations in the chain."""

from datetime import date

import pytest

from tests.cast import at
from xinfang.models import Event, HallDuty, Installation, Post, Unit
from xinfang.queries import hall_roster as roster
from xinfang.rules.hall.roster import Gap
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import hall, hall_roster, house

CENTRE = "999901001"
NINE = at("2026-03-16 09:00")  # a Monday
MONDAY, FRIDAY, SUNDAY = date(2026, 3, 16), date(2026, 3, 20), date(2026, 3, 22)


@pytest.fixture
def windows(cast):
    for number in ("1", "2"):
        hall.set_window(
            centre=CENTRE, number=number, name="综合受理", lanes="A", is_open=True, by=cast.director, at=NINE
        )
    return cast


def put_down(cast, who, window=1, first=MONDAY, last=SUNDAY, *, by="director"):
    return hall_roster.put_down(
        centre=CENTRE, window=window, holder=cast.users[who].pk if who else None, from_on=first, to_on=last,
        by=getattr(cast, by), at=NINE,
    )  # fmt: skip


def publish(cast, leader="leader", day=date(2026, 3, 18), **more):
    given = {"opens": "09:00", "closes": "11:30", "place": "一楼接访室", **more}
    announced = hall_roster.Announced(cast.users[leader].pk, day, **given)
    return hall_roster.publish_reception(centre=CENTRE, announced=announced, by=cast.director, at=NINE)


def centre():
    return Unit.objects.get(pk=CENTRE)


def last_event():
    return Event.objects.filter(chain=Installation.objects.get().chain).order_by("-seq").first()


def names(day):
    return [(window, who.name, who.title) for window, who in sorted(roster.sitting_on(centre(), day).items())]


def test_somebody_is_put_down_for_the_open_days_of_a_span(windows):
    assert put_down(windows, "clerk") == 5
    assert names(FRIDAY) == [(1, "王芳", "窗口接待员")]
    assert names(SUNDAY) == []
    event = last_event()
    assert (event.type, event.role) == ("duty_set", "centre_director")
    assert event.payload == {
        "unit": CENTRE, "window": 1, "user": windows.users["clerk"].pk,
        "days": [f"2026-03-{day}" for day in range(16, 21)], "before": {},
    }  # fmt: skip
    assert roster.window_of(centre(), windows.users["clerk"].pk, FRIDAY) == 1


def test_days_on_which_the_house_is_closed_are_passed_over(windows):
    house.set_closing_days(days="2026-03-18", by=windows.administrator, at=NINE)
    assert put_down(windows, "clerk") == 4


def test_a_substitution_names_whom_it_replaces_on_which_day(windows):
    put_down(windows, "clerk")
    put_down(windows, "deputy", first=FRIDAY, last=FRIDAY)
    assert names(FRIDAY) == [(1, "钱进", "中心副主任")]
    assert last_event().payload["before"] == {"2026-03-20": windows.users["clerk"].pk}
    put_down(windows, None, first=FRIDAY, last=FRIDAY)
    assert names(FRIDAY) == []
    assert last_event().payload["user"] is None


def test_nobody_sits_at_two_windows_on_one_day(windows):
    put_down(windows, "clerk")
    with pytest.raises(RuleBroken) as broken:
        put_down(windows, "clerk", window=2, first=FRIDAY)
    assert (broken.value.code, broken.value.facts) == ("sits_elsewhere", {"day": "2026-03-20", "window": 1})


@pytest.mark.parametrize(
    ("who", "more", "code"),
    [
        ("labour_officer", {}, "holds_no_post_then"), ("clerk", {"window": 9}, "window_unknown"),
        ("clerk", {"first": SUNDAY}, "holds_no_post_then"), (None, {"first": SUNDAY}, "no_day_to_sit"),
        ("clerk", {"first": date(2026, 3, 15)}, "duty_in_the_past"), ("clerk", {"by": "clerk"}, "not_of_this_hall"),
    ],
)  # fmt: skip
def test_a_duty_that_cannot_be_is_refused(windows, who, more, code):
    with pytest.raises(RuleBroken, match=code):
        put_down(windows, who, **more)


def test_a_post_that_ends_leaves_a_gap(windows):
    put_down(windows, "clerk")
    put_down(windows, "deputy", window=2)
    Post.objects.filter(holder=windows.users["clerk"]).update(to_on=date(2026, 3, 18))
    gaps = [gap for gap in roster.gaps_ahead(centre(), MONDAY) if gap.day <= FRIDAY]
    assert gaps == [Gap(date(2026, 3, 19), 1), Gap(FRIDAY, 1)]
    week = roster.month(centre(), MONDAY, SUNDAY, date(2026, 3, 17))
    assert [[who.name if who else "" for _window, who in line.cells] for line in week][2:] == [
        ["王芳", "钱进"],
        ["", "钱进"],
        ["", "钱进"],
    ]
    assert [line.is_past for line in week] == [True, False, False, False, False]
    assert HallDuty.objects.count() == 10
    assert str(HallDuty.objects.order_by("day").first()).endswith("2026-03-16")


def test_who_can_be_put_down_holds_a_post_of_this_centre_on_that_day(windows):
    assert [name for _pk, name in roster.people_of(centre(), MONDAY)] == [
        "王芳（窗口接待员）", "钱进（中心副主任）", "赵敏（中心主任）",
    ]  # fmt: skip
    Post.objects.filter(holder=windows.users["deputy"]).update(title="司法所所长")
    assert "钱进（司法所所长）" in dict(roster.people_of(centre(), MONDAY)).values()


def test_a_day_of_a_leader_is_published_ahead_with_time_and_place(windows):
    row = publish(windows)
    assert (str(row), row.place) == (f"{CENTRE} 2026-03-18", "一楼接访室")
    assert [(each.name, each.title) for each in roster.receptions(centre(), MONDAY)] == [("秦岭", "接访包案领导")]
    assert last_event().type == "reception_published"
    assert last_event().payload["opens"] == "09:00"
    assert roster.receptions(centre(), date(2026, 3, 19)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"day": MONDAY}, "reception_needs_notice"), ({"opens": "12:00"}, "hours_reversed"),
        ({"opens": "x"}, "time_unreal"), ({"place": " "}, "name_needed"), ({"leader": "clerk"}, "receives_nobody_here"),
        ({"leader": "labour_head"}, "receives_nobody_here"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_published_is_refused(windows, changes, code):
    with pytest.raises(RuleBroken, match=code):
        publish(windows, **changes)


def test_a_leader_of_a_unit_that_is_no_centre_cannot_be_published_there(windows):
    Post.objects.create(
        unit_id="999901-RS", role=Role.CENTRE_DIRECTOR.value, holder=windows.users["stranger"], from_on=MONDAY
    )
    with pytest.raises(RuleBroken, match="not_of_this_hall"):
        hall_roster.publish_reception(
            centre="999901-RS", announced=hall_roster.Announced(1, FRIDAY, "09:00", "10:00", "一楼"),
            by=windows.director, at=NINE,
        )  # fmt: skip


def test_a_day_is_published_once_and_called_off_once_with_its_reason(windows):
    row = publish(windows)
    with pytest.raises(RuleBroken, match="reception_is_published"):
        publish(windows)

    def call_off(why="临时会议"):
        return hall_roster.call_off_reception(centre=CENTRE, reception=row.pk, why=why, by=windows.director, at=NINE)

    with pytest.raises(RuleBroken, match="name_needed"):
        call_off(" ")
    call_off()
    assert last_event().type == "reception_called_off"
    assert [each.row.called_off_why for each in roster.receptions(centre(), MONDAY)] == ["临时会议"]
    with pytest.raises(RuleBroken, match="reception_unknown"):
        call_off()
    publish(windows)


def test_those_who_receive_are_leaders_first_and_the_centres_own_people_last(cast):
    found = list(roster.receivers_of(Unit.objects.get(pk=CENTRE), MONDAY))
    assert found == [cast.users[who].pk for who in ("leader", "town_head", "director", "deputy")]
