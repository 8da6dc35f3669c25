"""A story file is read strictly: what is wrong is said with its place."""

import pytest

from tests.cast import at
from xinfang.stories.story import NotAStory, moment, read

GOOD = """
id: X1
title: 一件事
cast: {clerk: {role: window_clerk, unit: 青禾中心}}
steps:
  - {at: 2026-03-16 09:00, by: clerk, do: register, on: , with: {unit: 青禾中心, original_words: 路灯}, as: lamp}
expect:
  - {at: 2026-03-16T24:00, matter: lamp, stage: registered}
"""


def test_a_good_story_is_read_with_shanghai_times():
    story = read(GOOD)
    assert (story.id, story.steps[0].at, story.steps[0].name) == ("X1", at("2026-03-16 09:00"), "lamp")
    assert story.expect[0].at.astimezone(at("2026-03-16").tzinfo).isoformat() == "2026-03-16T23:59:59.999999+08:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1, 2]", "a story is a mapping"),
        ("id: X\ntitle: x\nsteps: []", "'steps' is missing"),
        ("title: x\nsteps: [{}]", "'id' is missing"),
        (GOOD + "colour: red\n", "unknown key 'colour'"),
        (GOOD.replace("do: register", "does: register"), "unknown key 'does'"),
        (GOOD.replace("by: clerk", "by: "), "'by' is missing"),
        (GOOD.replace("stage: registered", "state: registered"), "unknown key 'state'"),
        (GOOD.replace("matter: lamp, ", ""), "'matter' is missing"),
        (GOOD.replace("2026-03-16 09:00", "2026-02-30 09:00"), "is not a real moment"),
        (GOOD + "id: X2\n", "stands twice"),
        ("id: [", "not YAML"),
        (GOOD.replace("cast: {clerk: {role: window_clerk, unit: 青禾中心}}", "cast: [clerk]"), "a mapping is expected"),
        ("id: X\ntitle: x\nsteps: {at: 1}", "a list is expected"),
        (GOOD + "settings: {weather: fine}\n", "unknown key 'weather'"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, said):
    with pytest.raises(NotAStory, match=said):
        read(text)


def test_steps_stand_in_the_order_of_recording():
    second = "  - {at: 2026-03-15 09:00, by: clerk, do: watch}\nexpect:"
    with pytest.raises(NotAStory, match="steps are in order of recording"):
        read(GOOD.replace("expect:", second))


def test_a_day_alone_is_its_beginning_and_an_offset_is_kept():
    assert moment("2026-03-16", "x") == at("2026-03-16")
    assert moment("2026-03-16T01:00:00+00:00", "x") == at("2026-03-16 09:00")


def test_a_recorded_event_belongs_to_a_matter():
    with pytest.raises(NotAStory, match="'matter' is missing"):
        read(GOOD.replace("matter: lamp, stage: registered", "events: {breached: 1}"))
