"""Finding a time for all: against an oracle that looks at every minute, and what stands in the way by its reason."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from xinfang.rules.clocks.shape import SHANGHAI
from xinfang.rules.sessions.codes import Why
from xinfang.rules.sessions.slots import Busy, Wanted, best_first, slots

MON, TUE = date(2026, 11, 30), date(2026, 12, 1)
OPENS, CLOSES = time(8, 30), time(17, 30)
SEATS = ("room:1", "room:2", "user:1", "user:2", "user:3")
EARLY = datetime(2026, 11, 1, tzinfo=SHANGHAI)


def moment(day, text):
    return datetime.combine(day, time.fromisoformat(text), SHANGHAI)


def busy(seat, day, since, until, why=Why.BOOKED):
    return Busy(seat, moment(day, since), moment(day, until), why)


def wanted(minutes=60, **more):
    return Wanted(**{"minutes": minutes, "rooms": ("room:1", "room:2"), "required": ("user:1", "user:2"), **more})


def starts(found):
    return [f"{slot.starts:%d %H:%M}" for slot in found]


def test_a_day_offers_whole_and_half_hours_but_neither_the_meal_nor_after_closing():
    found = slots([MON], OPENS, CLOSES, wanted(90), [], EARLY)
    assert starts(found) == [
        "30 08:30", "30 09:00", "30 09:30", "30 10:00", "30 10:30",
        "30 14:00", "30 14:30", "30 15:00", "30 15:30", "30 16:00",
    ]  # fmt: skip
    assert all(slot.fits for slot in found)
    late = slots([MON], OPENS, CLOSES, wanted(90), [], moment(MON, "15:10"))
    assert starts(late) == ["30 15:30", "30 16:00"]


def test_what_ends_when_it_begins_is_not_in_the_way_and_everything_else_says_why():
    taken = [
        busy("room:1", MON, "08:30", "09:30"), busy("user:1", MON, "00:00", "23:59", Why.ON_DUTY),
        busy("user:2", TUE, "09:00", "10:00", Why.RECEIVES), busy("user:3", TUE, "08:00", "12:00"),
    ]  # fmt: skip
    found = slots([MON, TUE], OPENS, CLOSES, wanted(optional=("user:3",)), taken, EARLY)
    by = {f"{slot.starts:%d %H:%M}": slot for slot in found}
    assert by["30 08:30"].rooms == ("room:2",)
    assert by["30 09:30"].rooms == ("room:1", "room:2")
    assert by["30 09:30"].blocked == {"user:1": Why.ON_DUTY}
    assert by["01 08:30"].blocked == {"user:2": Why.RECEIVES}
    assert (by["01 10:00"].fits, by["01 10:00"].missed) == (True, {"user:3": Why.BOOKED})
    assert not by["01 09:00"].fits


def test_the_best_time_is_on_the_nearest_day_and_there_where_most_can_come():
    taken = [busy("user:3", MON, "08:00", "15:00")]
    found = best_first(slots([MON, TUE], OPENS, CLOSES, wanted(optional=("user:3",)), taken, EARLY))
    assert starts(found)[:2] == ["30 15:00", "30 15:30"]
    nothing = slots([MON], OPENS, CLOSES, wanted(), [busy(room, MON, "00:00", "23:00") for room in SEATS[:2]], EARLY)
    assert best_first(nothing) == []


spans = some.tuples(
    some.sampled_from(SEATS), some.sampled_from((MON, TUE)), some.integers(0, 23 * 60), some.integers(1, 300)
)


def minutes_of(day, start, length):
    base = datetime.combine(day, time(), SHANGHAI)
    return {base + timedelta(minutes=start + n) for n in range(length)}


def oracle(rows, length):
    """Every beginning at which, minute by minute, one room and both people are free."""
    taken = {seat: set() for seat in SEATS}
    for seat, day, start, span in rows:
        taken[seat] |= minutes_of(day, start, span)
    found = []
    for day in (MON, TUE):
        for start in range(0, 24 * 60, 30):
            session = minutes_of(day, start, length)
            end = start + length
            in_hours = start >= 8 * 60 + 30 and end <= 17 * 60 + 30 and (end <= 12 * 60 or start >= 14 * 60)
            rooms = [room for room in SEATS[:2] if not session & taken[room]]
            if in_hours and rooms and not session & (taken["user:1"] | taken["user:2"]):
                found.append((min(session), tuple(rooms)))
    return found


@settings(max_examples=60, deadline=None)
@given(rows=some.lists(spans, max_size=12), length=some.sampled_from((15, 30, 45, 60, 90, 120, 240)))
def test_the_slots_are_those_that_a_look_at_every_minute_finds(rows, length):
    taken = []
    for seat, day, start, span in rows:
        begins = datetime.combine(day, time(), SHANGHAI) + timedelta(minutes=start)
        taken.append(Busy(seat, begins, begins + timedelta(minutes=span), Why.BOOKED))
    found = [(s.starts, s.rooms) for s in slots([MON, TUE], OPENS, CLOSES, wanted(length), taken, EARLY) if s.fits]
    assert found == oracle(rows, length)
