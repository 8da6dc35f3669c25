"""Checkpoint lines: whatever is changed, cut out, put in or moved is noticed."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from xinfang.rules.ledger.checkpoint import FIRST_ROOT, Broken, Checkpoint, Head, examined, parsed, written

KEY = bytes(range(32))
CHAIN = UUID("019aaaaa-0000-7000-8000-000000000001")


def lines(count):
    made, root = [], FIRST_ROOT
    for number in range(1, count + 1):
        heads = [Head(CHAIN, number, bytes([number]) * 32)]
        made.append(written(number, datetime(2026, 3, 16, 1, number, tzinfo=UTC), 1, number, heads, root, KEY))
        root = parsed(made[-1]).root
    return made


def codes(given):
    return [(found.code, found.number) for found in examined(given, KEY) if isinstance(found, Broken)]


def test_what_was_written_is_read_again():
    first, second = examined(lines(2), KEY)
    assert isinstance(first, Checkpoint)
    assert (second.number, second.chains, second.events) == (2, 1, 2)
    assert second.heads == (Head(CHAIN, 2, b"\x02" * 32),)


def test_an_edited_line_is_noticed_once():
    given = lines(4)
    given[1] = given[1].replace('"events":2', '"events":3')
    assert codes(given) == [("checkpoint_changed", 2)]


def test_an_edited_line_with_another_root_breaks_the_line_after_it():
    given = lines(3)
    forged = parsed(given[0])
    given[0] = written(1, datetime(2026, 3, 16, tzinfo=UTC), 1, 1, forged.heads, FIRST_ROOT, bytes(32))
    assert codes(given) == [("checkpoint_changed", 1), ("checkpoint_changed", 2)]


def test_a_line_taken_out_put_in_twice_or_moved_is_noticed():
    one, two, three, four = lines(4)
    assert codes([one, three, four]) == [("checkpoint_missing", 2)]
    assert codes([one, two, two, three, four])[0] == ("checkpoint_missing", 3)
    assert codes([one, three, two, four])[0] == ("checkpoint_missing", 2)
    assert codes([two, three, four]) == [("checkpoint_missing", 1)]


@pytest.mark.parametrize(
    "spoilt",
    ["", "{", "[]", "3", '{"number":2}', '{"number":2,"at":"","chains":1,"events":1,"heads":[[1]],"root":""}'],
)
def test_a_line_that_is_no_checkpoint_is_noticed(spoilt):
    one, _two, three = lines(3)
    assert codes([one, spoilt, three])[0] == ("checkpoint_unreadable", 2)


def test_more_than_what_was_written_in_a_line_is_noticed():
    one, two = lines(2)
    assert codes([one, two.replace('"number":2', '"number": 2')]) == [("checkpoint_changed", 2)]


def test_lines_under_another_key_are_not_ours():
    assert codes([*lines(1)]) == []
    assert [found.code for found in examined(lines(1), bytes(32)) if isinstance(found, Broken)] == [
        "checkpoint_changed"
    ]
