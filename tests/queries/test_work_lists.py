"""Work lists: the soonest first, whole pages forth and back, nothing lost at their edges."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Matter
from xinfang.queries.keyset import PAGE, Key, read_key
from xinfang.queries.matters import Filters, queue, tallies
from xinfang.queries.supervision import DATED, LAW, OWN_DATES
from xinfang.rules.matters.codes import NOT_OURS, ClockCode, Stage
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db


def ids(page):
    return [line.matter.pk for line in page.rows]


def test_pages_forth_and_back_hold_every_matter_once_in_one_order(cast):
    now = timezone.now()
    for n in range(PAGE + 3):
        registered(cast, now - timedelta(days=n % 7))
    first = queue(cast.director, now, "unit")
    second = queue(cast.director, now, "unit", after=first.older)
    assert (len(first.rows), len(second.rows)) == (PAGE, 3)
    assert (first.newer, second.older) == (None, None)
    everything = Matter.objects.order_by("next_prudent_on", "pk").values_list("pk", flat=True)
    assert ids(first) + ids(second) == list(everything)
    assert ids(queue(cast.director, now, "unit", before=second.newer)) == ids(first)


def test_rows_without_a_date_come_last_and_are_paged_over(cast):
    now = timezone.now()
    receipts = [registered(cast, now) for _ in range(3)]
    Matter.objects.filter(pk__in=[receipts[0].matter, receipts[2].matter]).update(next_prudent_on=None)
    dated = Matter.objects.get(pk=receipts[1].matter)
    assert ids(queue(cast.director, now, "unit")) == [receipts[1].matter, receipts[0].matter, receipts[2].matter]
    after_dated = queue(cast.director, now, "unit", after=Key(dated.next_prudent_on, dated.pk))
    assert ids(after_dated) == [receipts[0].matter, receipts[2].matter]
    after_first = queue(cast.director, now, "unit", after=Key(None, receipts[0].matter))
    assert ids(after_first) == [receipts[2].matter]
    assert ids(queue(cast.director, now, "unit", before=Key(None, receipts[2].matter))) == [
        receipts[1].matter, receipts[0].matter,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "x", "2026-02-30~", "~", "2026-01-01~zz", "a~b~c", None])
def test_a_key_that_cannot_be_one_is_no_key(text):
    assert read_key(text) is None


def test_a_key_reads_back_what_it_wrote(cast):
    row = Matter.objects.get(pk=registered(cast, timezone.now()).matter)
    for key in (Key(row.next_prudent_on, row.pk), Key(None, row.pk)):
        assert read_key(str(key)) == key


def test_overdue_means_past_the_due_moment_and_soon_means_within_three_days(cast):
    late = registered(cast, at("2026-03-16 09:00")).matter
    fresh = registered(cast, at("2026-03-25 09:00")).matter
    now = at("2026-03-25 12:00")
    assert ids(queue(cast.director, now, "overdue")) == [late]
    assert ids(queue(cast.director, now, "soon")) == [fresh]
    assert tallies(cast.director, now, ("mine", "overdue")) == {"mine": 2, "overdue": 1}


def test_what_was_sent_back_is_found_under_returned_until_it_is_assigned_anew(cast):
    start, now = at("2026-03-16 09:00"), at("2026-03-16 12:00")
    receipt = registered(cast, start, unit="999901")
    lead = {"mode": "transfer", "lead": "999901-RS"}
    moved(
        cast, receipt.matter, now, ("bureau", "triage", TRIAGE), ("bureau", "assign", lead),
        ("labour_head", "object", {"reason": "不归我们管"}),
        ("bureau", "uphold_objection", {"reason": "确实", "ruled_by": "bureau"}),
    )  # fmt: skip
    assert ids(queue(cast.bureau, now, "returned")) == [receipt.matter]
    moved(cast, receipt.matter, now, ("bureau", "assign", {**lead, "lead": "999901-ZJ"}))
    assert ids(queue(cast.bureau, now, "returned")) == []


def test_filters_leave_what_they_name(cast):
    now = timezone.now()
    letter = registered(cast, now, channel="letter", category="labour")
    registered(cast, now)
    director = cast.director
    for wanted in (Filters(channel="letter"), Filters(category="labour"), Filters(channel="letter", unit="999901001")):
        assert ids(queue(director, now, "unit", wanted)) == [letter.matter], wanted
    assert ids(queue(director, now, "unit", Filters(stage=Stage.CLOSED.value))) == []


def test_nobody_without_a_seat_has_a_list(cast):
    registered(cast, timezone.now())
    assert ids(queue(cast.stranger, timezone.now(), "unit")) == []


def test_whatever_can_be_late_stands_on_one_of_the_two_lists_of_the_board_and_on_no_more():
    lists = [*DATED, *OWN_DATES, *LAW]
    never_late = {*NOT_OURS, ClockCode.C0, ClockCode.OBJ5}
    assert sorted(lists) == sorted(set(ClockCode) - never_late)


def test_the_hour_of_a_grave_matter_comes_before_the_first_day_of_13710(cast):
    now = at("2026-11-23 09:00")
    receipt = registered(cast, now)
    perform("mark_urgent", matter=receipt.matter, by=cast.director, at=now, values={"reason": "多人聚集，可能伤人"})
    assert Matter.objects.get(pk=receipt.matter).next_clock == "XF-URG"
