"""The rows say what the events say; where somebody made them say something else, rebuilding puts it right."""

import pytest
from django.core.management import call_command

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Deadline, Event, Matter, Standing, Task
from xinfang.services.clocks import sweep
from xinfang.services.rebuilding import differences, repair

pytestmark = pytest.mark.django_db
NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")
ASSIGN = {
    "mode": "assignment",
    "lead": "999901001-ZF",
    "due_on": "2026-03-25",
    "co_units": [{"unit": "999901001-ZH", "due_on": "2026-03-20"}],
}


@pytest.fixture
def matter(cast):
    """A matter that has been through triage, assignment and two weeks of the watcher."""
    chosen = registered(cast, NINE).matter
    registered(cast, NINE)
    moved(cast, chosen, TEN, ("director", "triage", TRIAGE), ("director", "assign", ASSIGN))
    for day in range(17, 30):
        sweep(at(f"2026-03-{day} 00:30"))
    return chosen


def found():
    return [(one.table, one.row, one.column) for one in differences()]


def test_what_the_services_wrote_is_what_the_events_say(matter):
    assert found() == []


def test_every_kind_of_wrong_row_is_found_and_put_right(matter):
    number = Matter.objects.get(pk=matter).number
    Matter.objects.filter(pk=matter).update(stage="closed", holder="999901")
    Task.objects.filter(matter_id=matter, k=2).update(due_on="2026-12-31")
    Task.objects.create(matter_id=matter, k=9, unit="999901", part="co", mode="transfer", assigned_at=TEN)
    Deadline.objects.filter(matter_id=matter, key="13710-7").delete()
    Deadline.objects.filter(matter_id=matter, key="13710-3").update(due_on="2026-12-31", look_at=None)
    Standing.objects.filter(matter_id=matter, until__isnull=True).update(marks=0)
    wrong = [
        ("matter", number, "stage"),
        ("matter", number, "holder"),
        ("task", "2", "due_on"),
        ("task", "9", ""),
        ("deadline", "13710-3", "due_on"),
        ("deadline", "13710-7", "*"),
    ]
    assert [one for one in found() if one[0] != "standing"] == wrong
    assert [column for table, _row, column in found() if table == "standing"] == ["marks"]
    repair(matter)
    assert found() == []


def test_a_matter_whose_row_is_gone_comes_back(matter):
    for table in (Task, Deadline, Standing):
        table.objects.filter(matter_id=matter).delete()
    Matter.objects.get(pk=matter).parties.all().delete()
    Matter.objects.get(pk=matter).contacts.all().delete()
    Matter.objects.filter(pk=matter).delete()
    assert ("matter", "*") in {(table, column) for table, _row, column in found()}
    repair(matter)
    assert found() == []


def test_history_stands_when_only_the_newest_version_was_wrong(matter):
    before = list(Standing.objects.filter(matter_id=matter).order_by("seq").values())
    Standing.objects.filter(matter_id=matter).update(marks=1)
    repair(matter)
    assert list(Standing.objects.filter(matter_id=matter).order_by("seq").values()) == before


def test_a_matter_that_lost_its_standing_gets_one_with_its_next_event(matter, cast):
    last = Standing.objects.get(matter_id=matter, until__isnull=True)
    Standing.objects.filter(matter_id=matter).delete()
    at_once = at("2026-03-30 09:00")
    state = moved(cast, matter, at_once, ("town_head", "accept", {"document": "青政信受〔2026〕1号"}))
    fresh = Standing.objects.get(matter_id=matter)
    assert (fresh.seq, fresh.since, fresh.until, fresh.received_at) == (state.seq, at_once, None, last.received_at)
    assert (fresh.marks, fresh.c3_due_at, last.opinion_due_at) == (last.marks, last.c3_due_at, None)
    assert fresh.opinion_due_at == at("2026-05-30 00:00")


def test_the_command_checks_with_exit_status_1_and_repairs_without(matter, capsys):
    Matter.objects.filter(pk=matter).update(category="x")
    number = Matter.objects.get(pk=matter).number
    with pytest.raises(SystemExit) as ended:
        call_command("rebuild", "--check")
    said = capsys.readouterr().out
    assert (ended.value.code, said.splitlines()) == (
        1,
        [f"{number} matter {number} category", "差异 1 处，涉及 1 件。"],
    )
    call_command("rebuild")
    capsys.readouterr()
    call_command("rebuild", "--check")
    assert capsys.readouterr().out == "差异 0 处，涉及 0 件。\n"


def test_pages_cover_every_matter(matter, cast, monkeypatch):
    monkeypatch.setattr("xinfang.services.rebuilding.PAGE", 2)
    for _ in range(5):
        registered(cast, NINE)
    Matter.objects.update(category="x")
    assert len(found()) == Matter.objects.count() == 7
    assert Event.objects.filter(type="registered").count() == 7
