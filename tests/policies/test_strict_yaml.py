"""A policy or story file says what it seems to say."""

from datetime import date

import pytest
import yaml

from xinfang.policies.strict_yaml import parse


def test_on_off_yes_and_no_are_words_and_dates_are_dates():
    assert parse("on: 2026-11-23\nanswer: no\nkeep: true") == {"on": date(2026, 11, 23), "answer": "no", "keep": True}


@pytest.mark.parametrize("text", ["a: 1\na: 2", "x: {a: 1, a: 2}", "!!python/object/apply:os.getcwd []", "a: [1"])
def test_what_could_be_read_in_two_ways_or_is_no_data_is_refused(text):
    with pytest.raises(yaml.YAMLError):
        parse(text)


def test_merged_blocks_keep_working():
    assert parse("a: &a {x: 1}\nb: {<<: *a, y: 2}")["b"] == {"x": 1, "y": 2}
