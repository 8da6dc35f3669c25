"""The queue of the hall: each ticket once, called by one clerk, gone tomorrow, and nothing in it about anybody."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from tests.cast import at, build_cast
from xinfang.models import Event, HallTicket, HallWindow, Installation, Unit
from xinfang.queries import hall as known
from xinfang.rules.hall.tickets import Lane, TicketState
from xinfang.rules.hall.waits import DayOfWaits
from xinfang.rules.refusals import RuleBroken
from xinfang.services import hall

CENTRE = "999901001"
NINE = at("2026-03-16 09:00")
TOMORROW = at("2026-03-17 08:31")


def opened(cast, *, number="1", lanes="AB", name="综合受理", is_open=True):
    return hall.set_window(
        centre=CENTRE, number=number, name=name, lanes=lanes, is_open=is_open, by=cast.director, at=NINE
    )


@pytest.fixture
def two(cast):
    opened(cast)
    opened(cast, number="2", lanes="A", name="查询")
    return cast


def taken(lane="A", *, priority=False, when=NINE):
    return hall.issue(centre=CENTRE, lane=lane, priority=priority, at=when)


def called(cast, window=1, seen=0, when=NINE):
    return hall.call_next(centre=CENTRE, window=window, seen=seen, by=cast.clerk, at=when)


def names(rows):
    return [str(row) for row in rows]


def test_a_ticket_holds_nothing_about_whoever_took_it():
    fields = {field.name for field in HallTicket._meta.get_fields()}
    assert fields == {
        "id", "centre", "day", "lane", "number", "is_priority", "state", "window", "calls", "issued_at", "called_at",
        "first_called_at",
    }  # fmt: skip


def test_numbers_run_by_lane_and_day(two):
    assert names([taken(), taken(), taken("B")]) == ["A001", "A002", "B001"]
    assert str(taken(when=TOMORROW)) == "A001"


def test_the_tickets_of_a_day_are_gone_when_the_next_one_begins(two):
    taken()
    assert known.board(Unit.objects.get(pk=CENTRE), TOMORROW).total == 0
    assert called(two, when=TOMORROW) is None
    taken(when=TOMORROW)
    assert list(HallTicket.objects.values_list("day", flat=True)) == [TOMORROW.date()]


def test_a_lane_that_no_window_serves_gives_no_tickets(two):
    with pytest.raises(RuleBroken, match="lane_not_served"):
        taken("C")
    with pytest.raises(RuleBroken, match="choice_unknown"):
        taken("Z")
    with pytest.raises(RuleBroken, match="not_found"):
        hall.issue(centre="999901-RS", lane="A", priority=False, at=NINE)


def test_after_the_last_number_of_a_lane_people_go_straight_to_the_window(two):
    HallTicket.objects.create(centre_id=CENTRE, day=NINE.date(), lane="A", number=999, issued_at=NINE)
    with pytest.raises(RuleBroken, match="tickets_run_out"):
        taken()


def test_who_chose_the_priority_lane_is_called_first_and_nobody_says_why(two):
    taken(), taken(priority=True), taken()
    assert [str(called(two)), str(called(two, window=2))] == ["A002", "A001"]


def test_how_many_are_ahead_counts_the_own_lane_and_its_priority(two):
    first, later, old = taken(), taken(when=at("2026-03-16 09:05")), taken(priority=True, when=at("2026-03-16 09:06"))
    taken("B")
    assert [known.ahead_of(row) for row in (first, later, old)] == [1, 2, 0]


def test_a_window_calls_only_what_it_serves(two):
    taken("B")
    assert called(two, window=2) is None
    assert str(called(two)) == "B001"


def test_calling_the_next_ends_the_one_before(two):
    taken(), taken()
    first = called(two)
    second = called(two, seen=first.pk)
    first.refresh_from_db()
    assert (first.state, str(second), second.calls) == ("done", "A002", 1)


def test_a_second_click_calls_nobody(two):
    taken(), taken()
    called(two)
    with pytest.raises(RuleBroken, match="ticket_moved_on"):
        called(two)
    assert HallTicket.objects.filter(state="waiting").count() == 1


def test_a_ticket_is_called_again_and_ended(two):
    taken()
    row = called(two)
    again = hall.call_again(centre=CENTRE, window=1, ticket=row.pk, by=two.clerk, at=at("2026-03-16 09:01"))
    assert (again.calls, again.called_at) == (2, at("2026-03-16 09:01"))
    assert hall.finish(centre=CENTRE, window=1, ticket=row.pk, by=two.clerk, at=NINE).state == "done"
    with pytest.raises(RuleBroken, match="ticket_moved_on"):
        hall.finish(centre=CENTRE, window=1, ticket=row.pk, by=two.clerk, at=NINE)


def test_waiting_was_over_at_the_first_call_and_no_later_one_moves_that(two):
    taken()
    row = called(two)
    hall.call_again(centre=CENTRE, window=1, ticket=row.pk, by=two.clerk, at=at("2026-03-16 09:01"))
    hall.skip(centre=CENTRE, window=1, ticket=row.pk, by=two.clerk, at=at("2026-03-16 09:02"))
    hall.bring_back(centre=CENTRE, window=1, ticket=row.pk, by=two.clerk, at=at("2026-03-16 09:03"))
    row = called(two, when=at("2026-03-16 09:04"))
    assert (row.calls, row.called_at, row.first_called_at) == (3, at("2026-03-16 09:04"), NINE)


def test_how_long_the_queue_is_comes_from_its_last_hour_and_the_day_from_all_its_tickets(two):
    seen = 0
    for minute in range(0, 50, 10):
        taken(when=at(f"2026-03-16 09:{minute:02d}"))
        seen = called(two, seen=seen, when=at(f"2026-03-16 09:{minute + 6:02d}")).pk
    taken(when=at("2026-03-16 09:46")), taken("B", when=at("2026-03-16 09:46"))
    centre, now = Unit.objects.get(pk=CENTRE), at("2026-03-16 09:46")
    queue = known.queues(centre, now)[Lane.RECEPTION]
    assert (queue.waiting, queue.pace, queue.about) == (1, timedelta(minutes=6), 15)
    assert known.queues(centre, now)[Lane.MEDIATION].about is None
    assert known.queues(centre, at("2026-03-16 10:40"))[Lane.RECEPTION].about is None
    days = dict(known.waits_of_day(centre, at("2026-03-16 10:40")))
    assert days[Lane.RECEPTION] == DayOfWaits(called=5, waiting=1, middle=6, longest=54)
    assert days[Lane.MEDIATION] == DayOfWaits(called=0, waiting=1, middle=None, longest=54)


def test_whoever_missed_the_call_comes_back_and_is_next(two):
    taken(), taken()
    row = called(two)
    assert hall.skip(centre=CENTRE, window=1, ticket=row.pk, by=two.clerk, at=NINE).state == "skipped"
    hall.bring_back(centre=CENTRE, window=2, ticket=row.pk, by=two.clerk, at=NINE)
    assert str(called(two, window=2)) == "A001"
    with pytest.raises(RuleBroken, match="ticket_moved_on"):
        hall.bring_back(centre=CENTRE, window=2, ticket=row.pk, by=two.clerk, at=NINE)


def test_who_is_sent_to_another_window_is_next_there_without_a_new_number(two):
    taken("B"), taken()
    row = called(two)
    hall.transfer(centre=CENTRE, window=1, ticket=row.pk, to=2, by=two.clerk, at=NINE)
    assert str(called(two, window=2)) == "B001"


def test_nobody_is_sent_to_a_window_that_is_not_there_or_to_the_same(two):
    taken()
    row = called(two)
    for to in (1, 9):
        with pytest.raises(RuleBroken, match="window_unknown"):
            hall.transfer(centre=CENTRE, window=1, ticket=row.pk, to=to, by=two.clerk, at=NINE)


def test_a_window_out_of_use_calls_nobody_and_frees_whoever_was_sent_to_it(two):
    taken()
    row = called(two)
    hall.transfer(centre=CENTRE, window=1, ticket=row.pk, to=2, by=two.clerk, at=NINE)
    opened(two, number="2", lanes="A", is_open=False)
    with pytest.raises(RuleBroken, match="window_unknown"):
        called(two, window=2)
    assert str(called(two)) == "A001"


def test_only_the_people_of_the_hall_call_and_only_its_director_sets_windows(two):
    with pytest.raises(RuleBroken, match="not_of_this_hall"):
        hall.call_next(centre=CENTRE, window=1, seen=0, by=two.other_director, at=NINE)
    with pytest.raises(RuleBroken, match="not_of_this_hall"):
        hall.set_window(centre=CENTRE, number="3", name="三", lanes="A", is_open=True, by=two.clerk, at=NINE)


def test_a_window_is_set_up_with_an_event_of_the_house(two):
    event = Event.objects.filter(chain=Installation.objects.get().chain).order_by("-seq").first()
    assert (event.type, event.role, event.unit) == ("window_set", "centre_director", CENTRE)
    assert event.payload == {
        "unit": CENTRE, "window": 2, "name": "查询", "lanes": "A", "is_open": True, "stand_in": None,
    }  # fmt: skip
    opened(two, number="2", lanes="BC")
    assert [str(row) for row in HallWindow.objects.order_by("number")] == [f"{CENTRE} 1", f"{CENTRE} 2"]


def test_the_screen_shows_the_last_calls_and_how_many_wait(two):
    taken(), taken(), taken("B")
    row = called(two)
    aside = called(two, window=2)
    hall.skip(centre=CENTRE, window=2, ticket=aside.pk, by=two.clerk, at=NINE)
    board = known.board(Unit.objects.get(pk=CENTRE), NINE)
    assert (names(board.calls), [(queue.lane.value, queue.waiting) for queue in board.queues]) == (["A001"], [("B", 1)])
    assert board.total == 1
    assert known.at_window(Unit.objects.get(pk=CENTRE), NINE.date(), 1) == row
    assert str(known.ticket(Unit.objects.get(pk=CENTRE), NINE.date(), "A002")) == "A002"
    assert known.ticket(Unit.objects.get(pk=CENTRE), NINE.date(), "nothing") is None


def test_which_hall_somebody_sits_in(two):
    assert [known.centre_of(actor) and known.centre_of(actor).pk for actor in (two.clerk, two.labour_officer)] == [
        CENTRE, None,
    ]  # fmt: skip
    assert known.hall("999901-RS") is None
    assert [row.number for row in known.windows(known.hall(CENTRE))] == [1, 2]
    opened(two, number="2", lanes="A", is_open=False)
    centre = known.hall(CENTRE)
    assert [len(known.windows(centre)), len(known.windows(centre, every=True))] == [1, 2]
    assert [lane.value for lane in known.lanes_served(centre)] == ["A", "B"]
    assert list(known.tickets(centre, NINE.date(), TicketState.WAITING)) == []


def at_once(*runs):
    """Each in a thread and a connection of its own, all started together; what they answered."""
    start, outcomes = threading.Barrier(len(runs), timeout=20), []

    def run(act):
        try:
            start.wait()
            outcomes.append(act())
        except RuleBroken as broken:
            outcomes.append(broken.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_call_at_once_never_call_the_same_ticket():
    cast = build_cast()
    opened(cast)
    opened(cast, number="2", lanes="A")
    clerk = cast.clerk
    held = {1: 0, 2: 0}
    for _turn in range(5):
        taken(), taken()

        acts = [partial(hall.call_next, centre=CENTRE, window=n, seen=held[n], by=clerk, at=NINE) for n in (1, 2)]
        rows = at_once(*acts)
        assert len({row.pk for row in rows}) == 2
        held |= {row.window: row.pk for row in rows}
    assert HallTicket.objects.filter(state="waiting").count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_double_click_and_two_takers_at_once_are_told_apart():
    cast = build_cast()
    opened(cast)
    clerk = cast.clerk
    assert sorted(map(str, at_once(taken, taken))) == ["A001", "A002"]
    outcomes = at_once(*[partial(hall.call_next, centre=CENTRE, window=1, seen=0, by=clerk, at=NINE)] * 2)
    assert sorted(map(str, outcomes)) == ["A001", "ticket_moved_on"]
