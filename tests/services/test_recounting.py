"""A calendar has changed: every date that it may move is counted again, and what moves is an event."""

import pytest

from tests.cast import at, build_cast
from tests.factories import TRIAGE, registered
from xinfang.models import CalendarYear, Deadline, Event
from xinfang.services import clocks
from xinfang.services.clocks import call_in, recount
from xinfang.services.matters import perform

NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")


@pytest.mark.django_db
def test_publishing_a_year_recomputes_what_was_provisional_and_says_so(cast):
    CalendarYear.objects.filter(year=2026).delete()
    matter = registered(cast, at("2025-12-30 09:00")).matter
    kept = Deadline.objects.get(matter_id=matter, key="13710-3")
    assert (str(kept.due_on), kept.provisional) == ("2026-01-02", True)
    days = {"off": ["2026-01-01", "2026-01-02", "2026-01-03"], "makeup": ["2026-01-04"]}
    CalendarYear.objects.create(year=2026, notice="通知", document=days, published_at=TEN)
    assert (recount(at("2025-12-30 10:00")), call_in(2026), recount(at("2025-12-30 10:00"))) == (0, 1, 1)
    moved_dates = Event.objects.filter(chain_id=matter, type="recomputed").values_list("payload", flat=True)
    assert {"clock": "13710-3", "from": "2026-01-02", "to": "2026-01-04"} in list(moved_dates)
    kept.refresh_from_db()
    assert (str(kept.due_on), kept.provisional) == ("2026-01-04", False)
    assert recount(at("2025-12-30 11:00")) == 0


@pytest.mark.django_db
def test_a_matter_that_cannot_be_counted_again_stays_marked_and_stops_no_other(cast, caplog, monkeypatch):
    poisoned, other = (registered(cast, NINE).matter for _ in range(2))
    real = clocks.take
    with monkeypatch.context() as patched:
        patched.setattr(clocks, "take", lambda matter: real(matter if matter != poisoned else None))
        assert (call_in(2026), recount(TEN)) == (2, 2)
    assert {record.getMessage() for record in caplog.records} == {"a matter cannot be counted"}
    assert set(Deadline.objects.filter(stale=True).values_list("matter_id", flat=True)) == {poisoned}
    assert (recount(TEN), recount(TEN), Event.objects.filter(chain_id=other).count()) == (1, 0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_matter_that_somebody_works_on_is_counted_again_afterwards(second_session):
    cast = build_cast()
    held, other = registered(cast, NINE).matter, registered(cast, NINE).matter
    second_session.execute("SELECT 1 FROM xinfang_chain WHERE id = %s FOR UPDATE", [held])
    assert (call_in(2026), recount(TEN)) == (2, 1)
    assert not Deadline.objects.filter(matter_id=other, stale=True).exists()
    second_session.rollback()
    assert (recount(TEN), Deadline.objects.filter(stale=True).count()) == (1, 0)


def a_notice_that_moves_the_third_day(cast):
    """A matter of 30 December without a notice for 2026, and then with one in which 4 January is worked."""
    CalendarYear.objects.filter(year=2026).delete()
    matter = registered(cast, at("2025-12-30 09:00")).matter
    days = {"off": ["2026-01-01", "2026-01-02", "2026-01-03"], "makeup": ["2026-01-04"]}
    CalendarYear.objects.create(year=2026, notice="通知", document=days, published_at=TEN)
    call_in(2026)
    return matter


def last_events(matter, n):
    rows = Event.objects.filter(chain_id=matter).order_by("-seq")[:n]
    return [(row.type, row.payload.get("clock", "")) for row in reversed(rows)]


@pytest.mark.django_db
def test_a_move_before_the_recount_says_first_what_the_calendar_moved(cast):
    matter = a_notice_that_moves_the_third_day(cast)
    perform("triage", matter=matter, by=cast.director, at=at("2025-12-30 10:00"), values=TRIAGE)
    assert last_events(matter, 2) == [("recomputed", "13710-3"), ("triaged", "")]
    assert not Deadline.objects.filter(matter_id=matter, stale=True).exists()
    assert (recount(at("2025-12-30 11:00")), Event.objects.filter(type="recomputed").count()) == (0, 1)
    assert str(Deadline.objects.get(matter_id=matter, key="13710-3").due_on) == "2026-01-04"


@pytest.mark.django_db
def test_a_look_before_the_recount_says_it_too(cast):
    matter = a_notice_that_moves_the_third_day(cast)
    clocks.sweep(at("2026-01-03 09:00"))
    told = last_events(matter, 9)
    assert ("recomputed", "13710-3") in told
    assert told.index(("recomputed", "13710-3")) < min(n for n, (kind, _clock) in enumerate(told) if kind == "due_soon")
    assert not Deadline.objects.filter(matter_id=matter, stale=True).exists()
