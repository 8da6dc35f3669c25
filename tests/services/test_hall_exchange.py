"""Exchanging a duty: one asks, the other agrees, the roster and the notice board follow, both in the chain."""

from datetime import date

import pytest

from tests.cast import at
from xinfang.models import DutyExchange, Event, HallDuty, Installation, Post, Unit
from xinfang.queries import hall_exchange as known
from xinfang.queries import hall_roster as roster
from xinfang.rules.refusals import RuleBroken
from xinfang.services import hall, hall_exchange, hall_roster

CENTRE = "999901001"
NINE = at("2026-03-16 09:00")  # a Monday
MONDAY, TUESDAY, FRIDAY = date(2026, 3, 16), date(2026, 3, 17), date(2026, 3, 20)


@pytest.fixture
def week(cast):
    """The clerk sits at window 1, the deputy at window 2, the whole week; the director at none."""
    for number, who in (("1", "clerk"), ("2", "deputy")):
        hall.set_window(
            centre=CENTRE, number=number, name="综合受理", lanes="A", is_open=True, by=cast.director, at=NINE
        )
        put_down(cast, who, int(number))
    return cast


def put_down(cast, who, window, first=MONDAY, last=FRIDAY):
    return hall_roster.put_down(
        centre=CENTRE, window=window, holder=cast.users[who].pk, from_on=first, to_on=last, by=cast.director, at=NINE
    )


def duty(window, day):
    return HallDuty.objects.get(window__number=window, day=day)


def ask(cast, of="director", mine=(1, TUESDAY), theirs=None, *, by="clerk", when=NINE):
    return hall_exchange.ask(
        centre=CENTRE, duty=duty(*mine).pk, of=cast.users[of].pk, theirs=theirs and duty(*theirs).pk,
        by=getattr(cast, by), at=when,
    )  # fmt: skip


def answer(cast, row, by, *, agrees=True, when=NINE):
    return hall_exchange.answer(centre=CENTRE, exchange=row.pk, agrees=agrees, by=getattr(cast, by), at=when)


def names(day):
    sitting = roster.sitting_on(Unit.objects.get(pk=CENTRE), day)
    return [(window, who.name) for window, who in sorted(sitting.items())]


def last_event():
    return Event.objects.filter(chain=Installation.objects.get().chain).order_by("-seq").first()


def test_a_stand_in_sits_there_from_the_moment_of_agreeing_and_the_notice_board_says_so(week):
    row = ask(week)
    assert names(TUESDAY) == [(1, "王芳"), (2, "钱进")]
    event = last_event()
    assert (event.type, event.role) == ("duty_exchange_asked", "window_clerk")
    assert event.payload == {
        "unit": CENTRE, "exchange": row.pk, "asked_by": week.users["clerk"].pk, "asked_of": week.users["director"].pk,
        "window": 1, "day": "2026-03-17", "other_window": None, "other_day": None, "state": "asked",
    }  # fmt: skip
    assert answer(week, row, "director").state == "agreed"
    assert names(TUESDAY) == [(1, "赵敏"), (2, "钱进")]
    assert (last_event().type, last_event().role) == ("duty_exchanged", "centre_director")
    assert str(row) == f"{row.window_id} 2026-03-17"


def test_two_exchange_their_windows_of_one_day_or_of_two(week):
    answer(week, ask(week, of="deputy", theirs=(2, TUESDAY)), "deputy")
    assert names(TUESDAY) == [(1, "钱进"), (2, "王芳")]
    assert last_event().payload["other_day"] == "2026-03-17"
    put_down(week, "director", 2, FRIDAY, FRIDAY)
    HallDuty.objects.filter(window__number=1, day=FRIDAY).delete()
    answer(week, ask(week, mine=(1, MONDAY), theirs=(2, FRIDAY)), "director")
    assert (names(MONDAY), names(FRIDAY)) == ([(1, "赵敏"), (2, "钱进")], [(2, "王芳")])


def test_an_exchange_over_two_days_is_refused_when_one_would_sit_twice(week):
    with pytest.raises(RuleBroken) as broken:
        ask(week, of="deputy", theirs=(2, FRIDAY))
    assert (broken.value.code, broken.value.facts) == ("sits_elsewhere", {"day": "2026-03-17", "window": 2})


def test_what_became_impossible_between_asking_and_agreeing_is_refused(week):
    row = ask(week)
    put_down(week, "director", 2, TUESDAY, TUESDAY)
    with pytest.raises(RuleBroken, match="sits_elsewhere"):
        answer(week, row, "director")
    assert names(TUESDAY) == [(1, "王芳"), (2, "赵敏")]
    put_down(week, "deputy", 1, TUESDAY, TUESDAY)
    with pytest.raises(RuleBroken, match="exchange_moved_on"):
        answer(week, row, "director")
    with pytest.raises(RuleBroken, match="duty_in_the_past"):
        ask(week, when=at("2026-03-18 09:00"), mine=(1, MONDAY))


def test_whoever_is_asked_can_say_no_and_whoever_asked_can_take_it_back(week):
    row = ask(week)
    assert answer(week, row, "director", agrees=False).state == "declined"
    assert last_event().type == "duty_exchange_refused"
    again = ask(week)
    assert answer(week, again, "clerk", agrees=False).state == "taken_back"
    assert names(TUESDAY)[0] == (1, "王芳")
    with pytest.raises(RuleBroken, match="exchange_moved_on"):
        answer(week, again, "director")


def test_asked_anew_the_earlier_question_is_taken_back(week):
    first, second = ask(week), ask(week)
    assert [DutyExchange.objects.get(pk=row.pk).state for row in (first, second)] == ["taken_back", "asked"]


def test_nobody_agrees_for_another_nor_gives_away_what_is_not_theirs(week):
    row = ask(week)
    for who in ("clerk", "deputy"):
        with pytest.raises(RuleBroken, match="exchange_moved_on"):
            answer(week, row, who)
    with pytest.raises(RuleBroken, match="exchange_moved_on"):
        ask(week, mine=(2, TUESDAY))
    with pytest.raises(RuleBroken, match="exchange_moved_on"):
        hall_exchange.ask(
            centre=CENTRE, duty=duty(1, TUESDAY).pk, of=week.users["deputy"].pk, theirs=0, by=week.clerk, at=NINE
        )
    with pytest.raises(RuleBroken, match="not_of_this_hall"):
        answer(week, row, "other_director")


def test_who_holds_no_post_of_this_hall_stands_in_for_nobody(week):
    with pytest.raises(RuleBroken, match="holds_no_post_then"):
        ask(week, of="labour_officer")
    row = ask(week)
    Post.objects.filter(holder=week.users["director"]).update(to_on=date(2026, 3, 16))
    with pytest.raises(RuleBroken, match="holds_no_post_then"):
        answer(week, row, "director")


def receives(cast, who, day):
    announced = hall_roster.Announced(cast.users[who].pk, day, "09:00", "11:30", "一楼接访室")
    return hall_roster.publish_reception(centre=CENTRE, announced=announced, by=cast.director, at=NINE)


def test_who_receives_people_on_a_day_sits_at_no_window_on_it_and_the_other_way_round(week):
    receives(week, "director", TUESDAY)
    with pytest.raises(RuleBroken) as broken:
        ask(week)
    assert (broken.value.code, broken.value.facts) == ("receives_that_day", {"day": "2026-03-17"})
    with pytest.raises(RuleBroken, match="receives_that_day"):
        put_down(week, "director", 1)
    with pytest.raises(RuleBroken) as broken:
        receives(week, "deputy", FRIDAY)
    assert (broken.value.code, broken.value.facts) == ("sits_at_window_then", {"window": 2})


def test_each_sees_what_waits_for_them_and_everybody_of_the_hall_what_is_settled(week, django_assert_num_queries):
    row = ask(week)
    centre = Unit.objects.get(pk=CENTRE)

    def seen(who, day=MONDAY):
        found = known.exchanges(centre, week.users[who].pk, day)
        return [[each.pk for each in part] for part in (found.to_answer, found.asked, found.others)]

    assert (seen("director"), seen("clerk"), seen("deputy")) == (
        [[row.pk], [], []], [[], [row.pk], []], [[], [], [row.pk]],
    )  # fmt: skip
    answer(week, row, "director")
    assert seen("deputy") == [[], [], [row.pk]]
    assert seen("deputy", FRIDAY) == [[], [], []]
    with django_assert_num_queries(1):
        known.exchanges(centre, week.users["clerk"].pk, MONDAY)
    with django_assert_num_queries(1):
        assert len(known.duties_ahead(centre, TUESDAY)) == 8
