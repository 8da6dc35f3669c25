"""A calendar has changed: every date that it may move is counted again, and what moves is an event."""

import pytest

from tests.cast import at, build_cast
from tests.factories import registered
from xinfang.models import CalendarYear, Deadline, Event
from xinfang.services import clocks
from xinfang.services.clocks import call_in, recount

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
