"""The parts of co-units, counted over rows exactly as the rule counts them one by one."""

from collections import Counter
from datetime import date

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Matter
from xinfang.queries.credit import Given, credit_by_unit, parts_behind
from xinfang.rules.matters.codes import TaskPart
from xinfang.rules.tasks.credit import Credit, credit_of
from xinfang.services.matters import state_of

pytestmark = pytest.mark.django_db
MON, TUE, LATER = at("2026-04-13 09:00"), at("2026-04-14 09:00"), at("2026-04-29 09:00")
LABOUR, HOUSING, TOWN = "999901-RS", "999901-ZJ", "999901001-ZF"


def shared(cast, when=MON, *co):
    matter = registered(cast, when).matter
    rows = [{"unit": unit, "due_on": due, "what": "核实"} for unit, due in co]
    values = {"mode": "assignment", "lead": HOUSING, "due_on": "2026-04-30", "document": "交1", "co_units": rows}
    moved(cast, matter, when, ("director", "triage", TRIAGE), ("bureau", "assign", values))
    return matter


def world(cast):
    """In time and sent back, taken away, called off late, open and overdue."""
    first = shared(cast, MON, (LABOUR, "2026-04-20"), (TOWN, "2026-04-20"))
    moved(cast, first, TUE, ("labour_head", "finish_task", {"result_words": "查过了"}))
    again = {"k": 2, "reason": "再查一次", "due_on": "2026-04-28"}
    moved(cast, first, TUE, ("housing_head", "return_task", again))
    moved(cast, first, TUE, ("town_head", "object_part", {"reason": "不归我们"}))
    ruled = {"k": 3, "ruling": "upheld", "ruled_by": "bureau", "reason": "是"}
    moved(cast, first, TUE, ("bureau", "rule_on_part", ruled))
    second = shared(cast, TUE, (LABOUR, "2026-04-15"), (TOWN, "2026-04-30"))
    moved(cast, second, at("2026-04-16 09:00"), ("housing_head", "call_off_task", {"k": 2, "reason": "用不着了"}))
    return first, second


def test_every_number_is_the_recount_of_the_parts_one_by_one(cast):
    world(cast)
    mine: dict = {}
    for matter in Matter.objects.all():
        for part in state_of(matter.pk).tasks:
            if part.part is TaskPart.CO:
                mine.setdefault(part.unit, Counter())[credit_of(part, LATER)] += 1
    found = credit_by_unit(cast.bureau, LATER, Given())
    assert {one.unit: one.counts for one in found} == mine
    assert mine == {
        LABOUR: Counter({Credit.IN_TIME: 1, Credit.OVERDUE: 1, Credit.LATE: 1}),
        TOWN: Counter({Credit.TAKEN_OFF: 1, Credit.OPEN: 1}),
    }
    assert {one.unit: one.again for one in found} == {LABOUR: 1, TOWN: 0}


def test_units_stand_in_their_own_order_and_not_by_number(cast):
    world(cast)
    found = credit_by_unit(cast.bureau, LATER, Given())
    assert [one.path for one in found] == sorted(one.path for one in found)


def test_the_list_behind_a_number_has_as_many_parts_as_the_number(cast):
    world(cast)
    for one in credit_by_unit(cast.bureau, LATER, Given()):
        assert len(parts_behind(cast.bureau, LATER, Given(), one.unit, None).rows) == one.total
        for credit in Credit:
            page = parts_behind(cast.bureau, LATER, Given(), one.unit, credit)
            assert len(page.rows) == one.counts[credit]
            assert all(part.unit == one.unit and part.matter_id == matter.pk for part, matter in page.rows)


def test_only_parts_that_were_given_in_these_days_count(cast):
    world(cast)
    given = Given(date(2026, 4, 14), date(2026, 4, 14))
    assert {one.unit: one.total for one in credit_by_unit(cast.bureau, LATER, given)} == {LABOUR: 2, TOWN: 1}
    assert credit_by_unit(cast.bureau, LATER, Given(date(2026, 4, 15), None)) == []


def test_nobody_counts_what_they_may_not_see(cast):
    world(cast)
    assert credit_by_unit(cast.stranger, LATER, Given()) == []


@pytest.mark.parametrize("times", [1, 3])
def test_two_statements_whatever_the_number_of_rows(cast, django_assert_num_queries, times):
    for _ in range(times):
        world(cast)
    bureau = cast.bureau
    with django_assert_num_queries(2):
        credit_by_unit(bureau, LATER, Given())
