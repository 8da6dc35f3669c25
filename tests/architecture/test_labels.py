"""Every code has words: nothing internal ever reaches a screen."""

import ast

import pytest

from tests.architecture.sources import PACKAGE, calls, python_files
from xinfang.labels import clocks, codes, events, moves, refusals, strike_off, tracking
from xinfang.rules.access import petitioner_sight
from xinfang.rules.lifecycle.allowed import MOVES
from xinfang.rules.lifecycle.move import Need
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.events import BatchEvent, EventType, HouseEvent


def raised_codes():
    """Every literal code given to RuleBroken anywhere in the package."""
    for path in python_files():
        for call in calls(path):
            if getattr(call.func, "id", "") == "RuleBroken" and call.args and isinstance(call.args[0], ast.Constant):
                yield call.args[0].value


def test_every_refusal_that_the_code_can_raise_has_a_sentence():
    assert sorted(set(raised_codes()) - set(refusals.REFUSALS)) == []


def test_every_need_has_a_sentence():
    assert [need for need in Need if f"need_{need.value}" not in refusals.REFUSALS] == []


def test_every_move_and_every_field_has_words():
    assert [move.name for move in MOVES if move.name not in moves.MOVES] == []
    assert sorted({field.name for move in MOVES for field in move.fields} - set(moves.FIELDS)) == []


def test_everything_that_a_petitioner_is_shown_has_words_for_them():
    assert sorted(set(petitioner_sight.SHOWN) - set(tracking.SEEN)) == []


@pytest.mark.parametrize("enum", codes.BY_ENUM, ids=lambda enum: enum.__name__)
def test_every_member_of_a_closed_list_has_words(enum):
    assert [member for member in enum if not str(codes.word(member))] == []


def test_every_event_has_words():
    assert [event for event in EventType if event not in events.EVENTS] == []
    assert [event for event in BatchEvent if event not in events.BATCH_EVENTS] == []
    assert [event for event in HouseEvent if event not in events.HOUSE_EVENTS] == []


def test_every_clock_and_every_missing_condition_has_words():
    assert [code for code in ClockCode if code not in clocks.CLOCKS] == []
    source = (PACKAGE / "rules/supervision/strike_off.py").read_text(encoding="utf-8")
    texts = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    answers = {text for text in texts if isinstance(text, str) and "_" in text and " " not in text}
    assert sorted(code for code in strike_off.MISSING if code not in answers) == []
