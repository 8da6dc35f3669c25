"""The ledgers of the demo add up to the five figures of the founding text."""

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import pytest

from tests.rules.shipped_files import check_digit, codes_of, places, policy, rows, units
from xinfang.policies import shipped
from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.matters import codes
from xinfang.stories.ledger_rows import LedgerRow


def count(of: str, group: list[LedgerRow]) -> int:
    tests = {
        "items": lambda _: True,
        "closed": lambda row: row.closed_on is not None,
        "resolved": lambda row: row.resolved_on is not None,
        "at_rest": lambda row: row.at_rest_on is not None,
    }
    facts = {row.key: row for row in rows()}
    return sum(tests[of](facts[row.links_to] if row.links_to else row) for row in group)


def test_the_batch_has_49_items_47_matters_1_link_and_1_pending_and_35_items_resolved() -> None:
    batch = rows("second_batch")
    assert Counter(row.item for row in batch) == {"matter": 47, "linked": 1, "pending": 1}
    assert sum(row.item == "matter" and row.resolved_on is not None for row in batch) == 34
    assert count("resolved", batch) == 35


def test_the_receptions_are_197_of_which_174_closed_and_101_of_those_at_rest() -> None:
    received = rows("provincial_reception")
    assert len(received) == 197
    assert count("closed", received) == 174
    assert sum(row.closed_on is not None and row.at_rest_on is not None for row in received) == 101
    assert count("at_rest", received) == 101
    assert {(row.channel, row.level) for row in received} == {("leader_reception", "province")}


def test_the_letters_are_79_being_21_and_58_of_which_59_closed() -> None:
    letters = rows("provincial_letters", "provincial_mailbox")
    assert Counter(row.channel for row in letters) == {"letter": 21, "leader_mailbox": 58}
    assert len(letters) == 79
    assert count("closed", letters) == 59
    assert {row.level for row in letters} == {"province"}


@pytest.mark.parametrize("figure", policy("ledgers")["figures"], ids=lambda figure: figure["key"])
def test_a_figure_equals_a_recount_of_its_rows(figure: dict[str, Any]) -> None:
    group = rows(*figure["ledgers"])
    assert count(figure["counts"], group) == figure["numerator"]
    if figure["of"] is None:
        assert figure["denominator"] is None
        return
    assert count(figure["of"], group) == figure["denominator"]
    exact = Decimal(figure["numerator"] * 100) / Decimal(figure["denominator"])
    assert str(exact.quantize(Decimal(10) ** -figure["decimals"], ROUND_HALF_UP)) == figure["value"]


def test_ledger_rows_do_not_read_as_copies() -> None:
    own = [row for row in rows() if row.item != "linked"]
    assert len({row.summary for row in own}) == len(own) == 324
    assert len({row.petitioner for row in own}) == 324
    assert len({row.key for row in rows()}) == 325
    assert all("{" not in row.summary and 20 <= len(row.summary) <= 80 for row in own)


def test_ledger_definitions_are_laid_out_completely_and_mixed_by_a_coprime_stride() -> None:
    for ledger in policy("ledgers")["ledgers"]:
        positions = {n * ledger["stride"] % ledger["count"] for n in range(ledger["count"])}
        assert len(positions) == ledger["count"]
        assert sum(state["count"] for state in ledger["states"]) == ledger["count"]
        assert sum(day["count"] for day in ledger["days"]) == ledger["count"]


def test_ledger_rows_refer_to_what_exists() -> None:
    catalogue = {item["key"] for item in policy("catalogue")["items"]}
    for row in rows():
        assert units()[row.lead]["is_organ"]
        assert row.village in places()
        assert row.catalogue_item in catalogue
        assert row.category in codes_of("categories")
        codes.Route(row.route)
        codes.Channel(row.channel)
        codes.Level(row.level)
        if row.stage:
            codes.Stage(row.stage)
        if row.result:
            codes.Result(row.result)


def test_dates_of_a_row_follow_each_other_on_working_days_and_end_before_november() -> None:
    calendar = Calendar.of(shipped("calendar_cn.json"))
    for row in rows():
        days = [row.received_on, row.closed_on, row.at_rest_on, row.struck_off_on]
        present = [day for day in days if day is not None]
        assert all(earlier < later for earlier, later in pairwise(present)), row.key
        assert row.resolved_on is None or row.received_on < row.resolved_on < date(2026, 11, 1)
        assert row.resolved_on is None or row.closed_on <= row.resolved_on
        assert row.struck_off_on is None or row.resolved_on is None or row.resolved_on < row.struck_off_on
        assert present[-1] < date(2026, 11, 1)
        assert all(calendar.is_working(day) for day in [*present, row.resolved_on or row.received_on]), row.key
        if row.closed_on and row.at_rest_on:
            assert (row.at_rest_on - row.closed_on).days >= 3, "the cooling time after service"


def test_three_batch_rows_have_a_failing_identity_number_and_the_pending_one_a_date_before_its_assignment() -> None:
    batch = rows("second_batch")
    failing = [row for row in batch if row.id_number]
    assert [row.line for row in failing] == [8, 19, 41]
    assert all(row.id_number[17] != check_digit(row.id_number) and row.item == "matter" for row in failing)
    assigned = policy("ledgers")["ledgers"][0]["batch"]["assigned_on"]
    assert [row.due_on < assigned for row in batch if row.item == "pending"] == [True]
    assert all(row.due_on > assigned for row in batch if row.item != "pending")


def test_the_linked_item_is_the_same_person_with_the_same_matter_received_earlier() -> None:
    (linked,) = [row for row in rows("second_batch") if row.item == "linked"]
    (target,) = [row for row in rows("provincial_reception") if row.key == linked.links_to]
    assert (linked.petitioner, linked.phone, linked.summary) == (target.petitioner, target.phone, target.summary)
    assert target.received_on < linked.received_on
    assert target.resolved_on is not None
