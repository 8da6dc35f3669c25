"""The watcher: each level told once, breaches recorded, the right people told, whatever dies in between."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests.cast import at, build_cast
from tests.factories import TRIAGE, moved, registered
from xinfang.models import CalendarYear, Deadline, Event, Notice, Standing
from xinfang.services import clocks, projections
from xinfang.services.clocks import sweep
from xinfang.services.intake import register
from xinfang.services.matters import perform

NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")
ASSIGN = {"mode": "transfer", "lead": "999901001-ZF"}


def told(matter):
    """What the watcher wrote: (type, clock, level)."""
    events = Event.objects.filter(chain_id=matter, role="system").order_by("seq")
    return [(event.type, event.payload["clock"], event.payload["level"]) for event in events]


def heard(cast, matter, code, clock):
    """Who was told of a clock."""
    names = {user.pk: name for name, user in cast.users.items()}
    return sorted(names[n.user_id] for n in Notice.objects.filter(matter=matter, code=code, facts__clock=clock))


@pytest.mark.django_db
def test_each_level_of_a_clock_is_told_once_and_the_breach_when_the_day_is_over(cast):
    matter = registered(cast, NINE).matter
    assert sweep(at("2026-03-16 10:00")) == 1
    assert told(matter) == [("due_soon", "13710-1", 3)]
    assert sweep(at("2026-03-16 23:59")) == 0
    assert sweep(at("2026-03-17 00:00")) == 1
    assert told(matter) == [("due_soon", "13710-1", 3), ("breached", "13710-1", 4)]
    assert sweep(at("2026-03-17 00:00")) == 0


@pytest.mark.django_db
def test_what_was_slept_through_is_told_once_at_the_level_it_has_reached(cast):
    matter = registered(cast, NINE).matter
    sweep(at("2026-04-20 00:00"))
    late = ("13710-1", "13710-3", "13710-7", "XF-REG15", "XF-TELL15")
    assert told(matter) == [*(("breached", key, 4) for key in late), *(("due_soon", key, 5) for key in late)]
    looks = Deadline.objects.filter(matter_id=matter, look_at__isnull=False).values_list("key", flat=True)
    assert list(looks) == ["XF-DO60S"]


@pytest.mark.django_db
def test_a_breach_that_lasts_three_working_days_is_told_to_the_leader_once(cast):
    matter = registered(cast, NINE, channel="leader_mailbox").matter
    sweep(at("2026-03-17 00:00"))
    sweep(at("2026-03-19 23:59"))
    assert heard(cast, matter, "due_soon", "13710-1").count("leader") == 0
    for _again in range(2):
        sweep(at("2026-03-20 00:00"))
        assert heard(cast, matter, "due_soon", "13710-1").count("leader") == 1


@pytest.mark.django_db
def test_the_leader_hears_of_a_matter_that_is_not_hers_to_see_without_its_number(cast):
    registered(cast, NINE)
    sweep(at("2026-03-17 00:00"))
    sweep(at("2026-03-20 00:00"))
    heard_of = Notice.objects.filter(user_id=cast.users["leader"].pk).values_list("matter", "code", "facts")
    assert list(heard_of) == [(None, "due_soon", {"number": "", "clock": "13710-1"})]


@pytest.mark.django_db
def test_a_clock_met_too_late_before_anybody_looked_is_still_a_breach(cast):
    matter = registered(cast, NINE).matter
    moved(cast, matter, at("2026-03-17 09:00"), ("director", "triage", TRIAGE))
    sweep(at("2026-03-17 09:01"))
    assert told(matter)[0] == ("breached", "13710-1", 4)
    sweep(at("2026-03-17 09:02"))
    assert len([entry for entry in told(matter) if entry[1] == "13710-1"]) == 1


@pytest.mark.django_db
def test_a_clock_met_in_time_is_never_told_of_again(cast):
    matter = registered(cast, NINE).matter
    moved(cast, matter, TEN, ("director", "triage", TRIAGE), ("director", "report_preliminary",
          {"done": "去看了", "contacted": True, "next_steps": "修"}))  # fmt: skip
    sweep(at("2026-03-20 12:00"))
    assert {clock for _type, clock, _level in told(matter)} == {"13710-7"}


@pytest.mark.django_db
def test_the_ladder_of_notices(cast):
    """Whoever works on it first; from red on the heads; after a breach whoever supervises, by the kind of clock."""
    matter = registered(cast, NINE).matter
    handler = cast.users["town_handler"].pk
    moved(cast, matter, TEN, ("director", "triage", TRIAGE), ("director", "assign", ASSIGN))
    moved(cast, matter, TEN, ("town_head", "name_handler", {"handler": handler}))
    heads = ["deputy", "director", "town_handler", "town_head"]
    sweep(at("2026-03-18 12:00"))
    assert heard(cast, matter, "due_soon", "13710-3") == ["town_handler"]
    sweep(at("2026-03-19 09:00"))
    assert heard(cast, matter, "due_soon", "13710-3") == [
        "deputy",
        "director",
        "town_handler",
        "town_handler",
        "town_head",
    ]
    sweep(at("2026-03-20 00:00"))
    assert heard(cast, matter, "breached", "13710-3") == [
        "deputy",
        "director",
        "supervisor",
        "town_handler",
        "town_head",
    ]
    sweep(at("2026-04-01 00:00"))
    expected = sorted([*heads, "bureau", "second_bureau"])
    assert heard(cast, matter, "breached", "XF-TELL15T#1") == expected


@pytest.mark.django_db
def test_before_anybody_has_it_the_heads_of_the_centre_are_told(cast):
    matter = registered(cast, NINE).matter
    sweep(TEN)
    assert heard(cast, matter, "due_soon", "13710-1") == ["deputy", "director"]


@pytest.mark.django_db
def test_imported_matters_have_breaches_but_nobody_is_told(cast):
    values = {"unit": "999901001", "channel": "web", "original_words": "旧来信", "people": []}
    matter = register(
        values=values, by=cast.bureau, at=at("2025-03-03 09:00"), recorded_at=NINE, late_reason="import", imported=True
    ).matter
    sweep(TEN)
    assert [entry[0] for entry in told(matter)] == ["breached"] * 4
    assert Notice.objects.filter(matter=matter).count() == 0


@pytest.mark.django_db
def test_notices_never_reach_a_recused_unit_or_a_seat_that_may_not_see(cast):
    matter = registered(cast, NINE, restricted=True, recused_units=["999901001"]).matter
    sweep(at("2026-03-17 00:00"))
    assert heard(cast, matter, "breached", "13710-1") == []
    other = registered(cast, NINE, restricted=True).matter
    sweep(at("2026-03-17 00:00"))
    assert heard(cast, other, "breached", "13710-1") == ["director"]


@pytest.mark.django_db
def test_a_poisoned_matter_is_put_off_for_an_hour_and_the_others_are_looked_at(cast, caplog, monkeypatch):
    poisoned, other = registered(cast, NINE).matter, registered(cast, NINE).matter
    real = clocks.take

    def take(matter):
        if matter == poisoned:
            raise ValueError("张一 19900000001")
        return real(matter)

    monkeypatch.setattr(clocks, "take", take)
    assert sweep(TEN) == 2
    assert (told(poisoned), told(other)) == ([], [("due_soon", "13710-1", 3)])
    looks = Deadline.objects.filter(matter_id=poisoned, key="13710-1").values_list("look_at", flat=True)
    assert list(looks) == [TEN + timedelta(hours=1)]
    assert caplog.records[0].getMessage() == "a matter cannot be watched"
    monkeypatch.setattr(clocks, "take", real)
    sweep(TEN + timedelta(hours=1))
    assert told(poisoned) == [("due_soon", "13710-1", 3)]


@pytest.mark.django_db
def test_what_breaks_only_when_everything_is_written_puts_off_no_other_matter(cast, caplog, monkeypatch):
    """The chunk is undone, with what was appended for its other matters, and each is done again by itself."""
    matters = [registered(cast, NINE).matter for _ in range(4)]
    real = projections.deadline_rows

    def rows_of(state, counted, counting):
        if state.id == matters[2]:
            raise ValueError("张一 19900000001")
        return real(state, counted, counting)

    monkeypatch.setattr(projections, "deadline_rows", rows_of)
    assert sweep(TEN) == 4
    once = [("due_soon", "13710-1", 3)]
    assert [told(matter) for matter in matters] == [once, once, [], once]
    assert [len(heard(cast, matter, "due_soon", "13710-1")) for matter in matters] == [2, 2, 0, 2]
    assert [record.number for record in caplog.records] == [str(matters[2])]
    assert not Deadline.objects.filter(look_at__lte=TEN).exists()


@pytest.mark.django_db
def test_many_matters_take_few_statements_and_what_stays_is_not_written(cast, django_assert_max_num_queries):
    for _ in range(clocks.CHUNK):
        registered(cast, NINE)
    with django_assert_max_num_queries(25), CaptureQueriesContext(connection) as first:
        assert sweep(TEN) == clocks.CHUNK
    rows = sum(query["sql"].startswith('INSERT INTO "xinfang_deadline"') for query in first)
    Deadline.objects.filter(key="13710-1").update(look_at=TEN)
    with CaptureQueriesContext(connection) as second:
        assert sweep(TEN) == clocks.CHUNK
    written = [query["sql"].split()[2] for query in second if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert (rows, written) == (1, ['"xinfang_deadline"'])


@pytest.mark.django_db
def test_the_watcher_and_the_recount_find_their_work_by_an_index(cast):
    """What is due, and what waits to be counted again, are few among very many."""
    matters = [registered(cast, NINE).matter for _ in range(10)]
    columns = [field.column for field in Deadline._meta.concrete_fields if field.column != "key"]
    with connection.cursor() as cursor:
        kept, first = ", ".join(columns), Deadline.objects.filter(matter_id__in=matters).values_list("key")[0][0]
        cursor.execute(
            f"INSERT INTO xinfang_deadline (key, {kept}) SELECT 'T#' || n, {kept} FROM xinfang_deadline,"  # noqa: S608  -- the columns of the table
            " generate_series(1, 500) n WHERE key = %s",
            [first],
        )
        cursor.execute(
            "UPDATE xinfang_deadline SET look_at = %s + nth * interval '10 minutes'"
            " FROM (SELECT ctid place, row_number() OVER (ORDER BY matter_id, key) nth FROM xinfang_deadline) numbered"
            " WHERE place = ctid",
            [TEN],
        )
        cursor.execute("UPDATE xinfang_deadline SET stale = true WHERE matter_id = %s AND key LIKE '%%1'", [matters[0]])
        cursor.execute("ANALYZE xinfang_deadline")
    plans = {
        "deadline_look": (clocks.due(at("2026-03-16 12:00"), 500), clocks.due(at("2026-12-31 12:00"), 1)),
        "deadline_stale": (clocks.stale(100),),
    }
    for index, asked in plans.items():
        for rows in asked:
            assert index in rows.explain()
            assert "Seq Scan" not in rows.explain()
    # However much is due, it is read in the order of the index, and no further than it is wanted.
    assert "Sort" not in plans["deadline_look"][1].explain()


@pytest.mark.django_db
def test_a_move_recorded_after_the_sweep_began_does_not_poison_the_matter(cast):
    matter = registered(cast, NINE).matter
    moved(cast, matter, at("2026-03-16 10:30"), ("director", "triage", TRIAGE))
    Deadline.objects.filter(matter_id=matter, key="13710-3").update(look_at=NINE)
    assert sweep(TEN) == 1
    assert not Deadline.objects.filter(matter_id=matter, look_at__lte=TEN).exists()


@pytest.mark.django_db
def test_what_the_watcher_writes_does_not_turn_a_decision_away(cast):
    matter = registered(cast, NINE).matter
    sweep(TEN)
    state = perform("triage", matter=matter, by=cast.director, at=TEN, values=TRIAGE, expected_seq=1)
    assert state.triaged_at == TEN


@pytest.mark.django_db
def test_whoever_waited_for_the_lock_is_recorded_after_what_came_before(cast):
    matter = registered(cast, NINE).matter
    sweep(TEN)
    state = perform("triage", matter=matter, by=cast.director, at=TEN - timedelta(seconds=5), values=TRIAGE)
    assert state.triaged_at == TEN - timedelta(seconds=5)
    assert Event.objects.get(chain_id=matter, type="triaged").recorded_at == TEN


@pytest.mark.django_db
def test_a_sweep_takes_no_more_matters_than_it_is_told_to(cast):
    for _ in range(5):
        registered(cast, NINE)
    assert [sweep(TEN, limit=2), sweep(TEN, limit=2), sweep(TEN, limit=2)] == [2, 2, 1]


@pytest.mark.django_db
def test_a_look_under_a_new_calendar_moves_the_dates_of_the_figures_without_a_new_version(cast):
    CalendarYear.objects.filter(year=2026).delete()
    matter = registered(cast, at("2025-12-30 09:00")).matter
    moved(cast, matter, at("2025-12-30 09:30"), ("director", "triage", TRIAGE))
    before = Standing.objects.get(matter_id=matter, until__isnull=True)
    days = {"off": ["2026-01-01", "2026-01-02", "2026-01-03"], "makeup": ["2026-01-04"]}
    CalendarYear.objects.create(year=2026, notice="通知", document=days, published_at=TEN)
    Deadline.objects.filter(matter_id=matter, key="13710-3").update(look_at=at("2025-12-30 10:00"))
    assert (sweep(at("2025-12-30 10:00")), told(matter)) == (1, [])
    after = Standing.objects.get(matter_id=matter, until__isnull=True)
    assert (before.c3_due_at, after.c3_due_at) == (at("2026-01-03 00:00"), at("2026-01-05 00:00"))
    assert (after.seq, after.since, after.until) == (before.seq, before.since, None)


@pytest.mark.django_db(transaction=True)
def test_a_matter_that_somebody_works_on_is_left_to_them_and_looked_at_afterwards(second_session):
    cast = build_cast()
    held, other = registered(cast, NINE).matter, registered(cast, NINE).matter
    second_session.execute("SELECT 1 FROM xinfang_chain WHERE id = %s FOR UPDATE", [held])
    assert sweep(TEN) == 1
    assert (told(held), told(other)) == ([], [("due_soon", "13710-1", 3)])
    second_session.rollback()
    assert sweep(TEN) == 1
    assert told(held) == [("due_soon", "13710-1", 3)]


@pytest.mark.django_db(transaction=True)
def test_a_lost_database_is_no_fault_of_the_matter_and_ends_the_sweep(second_session, monkeypatch, caplog):
    matter = registered(build_cast(), NINE).matter

    with monkeypatch.context() as patched:

        def cut(_matter):
            patched.setitem(connection.settings_dict, "HOST", "/nowhere")
            second_session.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
            return Deadline.objects.count()

        patched.setattr(clocks, "take", cut)
        with pytest.raises(OperationalError):
            sweep(TEN)
    assert caplog.records == []
    assert sweep(TEN) == 1
    assert told(matter) == [("due_soon", "13710-1", 3)]
