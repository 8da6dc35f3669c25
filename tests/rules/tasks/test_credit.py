"""What a co-unit's part counts as, moment by moment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import at
from xinfang.rules.matters.codes import AssignMode, TaskPart
from xinfang.rules.matters.parts import Task
from xinfang.rules.tasks.credit import Credit, credit_of, in_time_share

GIVEN, LAST_MINUTE, NEXT_DAY = at("2026-04-13 09:00"), at("2026-04-20 23:59"), at("2026-04-21 00:00")
DAY = date(2026, 4, 20)


def part(**facts):
    return Task(1, "999901-RS", TaskPart.CO, AssignMode.ASSIGNMENT, GIVEN, **{"due_on": DAY, **facts})


@pytest.mark.parametrize(
    ("facts", "now", "credit"),
    [
        ({}, LAST_MINUTE, Credit.OPEN),
        ({}, NEXT_DAY, Credit.OVERDUE),
        ({"due_on": None}, NEXT_DAY, Credit.OPEN),
        ({"done_at": LAST_MINUTE}, NEXT_DAY, Credit.IN_TIME),
        ({"done_at": NEXT_DAY}, NEXT_DAY, Credit.LATE),
        ({"done_at": NEXT_DAY, "due_on": None}, NEXT_DAY, Credit.UNDATED),
        ({"returned_at": LAST_MINUTE, "called_off": True}, NEXT_DAY, Credit.TAKEN_OFF),
        ({"returned_at": NEXT_DAY, "called_off": True}, NEXT_DAY, Credit.LATE),
        ({"returned_at": NEXT_DAY, "sent_back": True}, NEXT_DAY, Credit.TAKEN_OFF),
    ],
)
def test_a_part_counts_as_exactly_one_thing(facts, now, credit):
    assert credit_of(part(**facts), now) is credit


def test_calling_a_late_part_off_does_not_improve_the_share():
    late = credit_of(part(returned_at=NEXT_DAY + timedelta(days=9), called_off=True), NEXT_DAY + timedelta(days=9))
    counts = {Credit.IN_TIME: 2, late: 1, Credit.OPEN: 7, Credit.TAKEN_OFF: 4, Credit.UNDATED: 5}
    assert in_time_share(counts) == (2, 3, Decimal("66.67"))


def test_where_no_day_came_there_is_no_share():
    assert in_time_share({Credit.OPEN: 3}) == (0, 0, None)
