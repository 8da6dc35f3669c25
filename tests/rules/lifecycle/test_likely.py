"""The order in which a person is offered what may be done next."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.rules.tasks.test_waiting import NEW
from xinfang.rules.lifecycle.allowed import BY_NAME, MOVES
from xinfang.rules.lifecycle.likely import is_rare, likeliest_first
from xinfang.rules.matters.codes import ReportVerdict
from xinfang.rules.matters.state import Report

NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)


def test_every_move_keeps_its_place_in_the_list_once():
    assert sorted(move.name for move in likeliest_first(MOVES, NEW)) == sorted(BY_NAME)


def test_what_usually_comes_next_comes_before_what_is_always_there():
    moves = [BY_NAME[name] for name in ("recuse", "record_progress", "assign", "triage", "correct")]
    assert [move.name for move in likeliest_first(moves, NEW)][:3] == ["triage", "assign", "record_progress"]


def test_a_report_that_was_sent_is_hardly_meant_again_unless_it_came_back():
    report = BY_NAME["report_preliminary"]
    assert not is_rare(report, NEW)
    assert is_rare(report, replace(NEW, reports=(Report(0, NOW),)))
    assert not is_rare(report, replace(NEW, reports=(Report(0, NOW, ReportVerdict.RETURNED),)))
