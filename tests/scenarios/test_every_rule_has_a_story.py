"""Rules are data: each names its source, and a story asserts a date of a clock that runs by it.

The stories themselves are played in `test_stories.py`, where the `rule` that a story writes beside a date is compared
with the rule of the clock; so what is read from the files here is what the services counted.
"""

from pathlib import Path

import pytest

from xinfang.policies import shipped
from xinfang.rules.clocks.catalogue import CONFIDENCES, read
from xinfang.stories.story import read as read_story

RULES = read(shipped("deadline_rules.json"))
STORIES = [
    read_story(path.read_text(encoding="utf-8"), path.name) for path in sorted(Path(__file__).parent.glob("[SL]*.yaml"))
]
DATES = {"raw", "due", "prudent", "until"}
# No article can be named: the text was not at hand, and its words are to be checked before it is relied on.
WITHOUT_ARTICLE = {"XF-SIMPLE3", "XF-SIMPLE10", "XF-CNTY4", "EX-JW15"}


def dated(key, wanted):
    """The rules of which one expected deadline asserts a date: the one it names, else the one its clock is called by.

    A rule that only hints has no clock; a story asserts its day beside the clock at which it hints.
    """
    told = wanted if isinstance(wanted, dict) else {"due": wanted}
    if told.get("due") == "none" or key.startswith("TELL-RIGHT"):
        return set()
    rule = told.get("rule", key.split("#")[0])
    hints = {hint.id for hint in RULES.values() if hint.hint_of == rule and told.get("hint")}
    return hints | ({rule} if any(told.get(name) for name in DATES) else set())


def stories_of(rule):
    return [
        story.source
        for story in STORIES
        for expectation in story.expect
        for key, wanted in expectation.deadlines.items()
        if rule in dated(key, wanted)
    ]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_names_its_source_and_how_sure_we_are_of_it(rule):
    assert rule.basis.title
    assert rule.confidence in CONFIDENCES
    assert bool(rule.basis.article) is (rule.id not in WITHOUT_ARTICLE)
    if not rule.basis.article:
        assert rule.confidence == "knowledge-medium"
        assert rule.note


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_story_asserts_a_date_that_was_counted_by_the_rule(rule):
    assert stories_of(rule) != []


def test_a_story_names_no_rule_that_is_not_there():
    named = {
        wanted["rule"]
        for story in STORIES
        for expectation in story.expect
        for wanted in expectation.deadlines.values()
        if isinstance(wanted, dict) and wanted.get("rule")
    }
    assert named - set(RULES) == set()


@pytest.mark.parametrize(
    ("key", "wanted", "rules"),
    [
        ("XF-TELL15", "2026-04-07", {"XF-TELL15"}),
        ("13710-MF#5", {"due": "2026-03-30"}, {"13710-MF"}),
        ("RIGHT#2", {"rule": "EX-SS6M", "due": "2026-09-02"}, {"EX-SS6M"}),
        ("RIGHT#2", {"rule": "EX-SS6M", "late": False}, set()),
        ("TELL-RIGHT#2", {"rule": "EX-SS6M", "due": "2026-09-02"}, set()),
        ("XF-DO60", "none", set()),
        ("XF-DO60", {"met": "2026-04-07"}, set()),
        ("XF-REG15", {"due": "2026-08-27", "hint": "2026-08-16"}, {"XF-REG15", "XF-CNTY4"}),
    ],
)
def test_only_a_date_that_was_counted_counts_as_asserted(key, wanted, rules):
    assert dated(key, wanted) == rules
