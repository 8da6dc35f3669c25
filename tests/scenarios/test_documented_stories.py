"""What docs/stories.md tells a clerk is true: its example plays, its tables name every key."""

import re
from pathlib import Path

import pytest

from xinfang.stories import story
from xinfang.stories.expectations import FACTS, PLAIN_FACTS
from xinfang.stories.theatre import perform_story

PAGE = (Path(__file__).parents[2] / "docs/stories.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES, ids=["the lamp"])
def test_the_example_on_the_page_goes_as_it_is_told(example):
    assert perform_story(story.read(example)).mismatches == ()


def test_the_page_names_every_key_of_the_form():
    keys = story.STORY_KEYS | story.SETTING_KEYS | story.STEP_KEYS | story.EXPECT_KEYS | {"role", "unit", "name"}
    assert sorted(key for key in keys if f"`{key}`" not in PAGE and f"{key}:" not in PAGE) == []


def test_the_page_names_every_fact_and_every_line_of_a_deadline():
    lines = {"raw", "due", "prudent", "provisional", "met", "ended", "late", "applies", "why_not", "running"}
    lines |= {"rule", "until", "hint"}
    assert sorted(key for key in {*FACTS, *PLAIN_FACTS, *lines} if f"`{key}`" not in PAGE) == []
