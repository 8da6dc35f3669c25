"""A story is played by the real services, and every mismatch is told."""

import pytest
from django.core.management import call_command

from xinfang.models import Matter
from xinfang.stories.story import NotAStory, read
from xinfang.stories.theatre import perform_story

pytestmark = pytest.mark.django_db
BEGIN = """
id: P1
title: 路灯
settings: {hours: 08:30-17:30, day_mode: working, calendar: [2025, 2026]}
cast:
  clerk: {role: window_clerk, unit: 青禾中心}
  director: {role: centre_director, unit: "999901101"}
steps:
  - at: 2026-03-16 09:00
    by: clerk
    do: register
    with: {unit: 青禾中心, original_words: 路灯坏了, name: 张一, phone: "1"}
    as: lamp
"""


def mismatches(rest):
    return perform_story(read(BEGIN + rest)).mismatches


def test_a_story_leaves_no_trace():
    assert mismatches("expect: [{at: 2026-03-16 10:00, matter: lamp, stage: registered}]") == ()
    assert Matter.objects.count() == 0


def test_working_days_are_counted_when_the_story_says_so():
    assert mismatches("expect: [{at: 2026-03-16 10:00, matter: lamp, deadlines: {13710-7: 2026-03-25}}]") == ()


def test_every_difference_is_told_with_its_place():
    told = mismatches(
        "expect: [{at: 2026-03-17, matter: lamp, stage: closed, facts: {closed: true, present: 2}, "
        "deadlines: {13710-1: {due: 2026-03-18, late: false}, 13710-1M: 2026-04-16, XF-DO60: 2026-05-15}, "
        "notices: [{to: director, of: urged}, {to: director, of: registered, count: 3}], figures: {R-4: 1/1}}]",
    )
    assert [line.split(" is ")[0] for line in told] == [
        "expect[0]: stage",
        "expect[0]: closed",
        "expect[0]: present",
        "expect[0].deadlines.13710-1.due",
        "expect[0].deadlines.13710-1.late",
        "expect[0].deadlines.13710-1M.due",
        "expect[0].deadlines.XF-DO60: there",
        "expect[0]: director has no notice of urged",
        "expect[0]: director has 1 notices of registered, expected 3",
        "expect[0]: R-4",
    ]


def test_a_refusal_that_nobody_expected_and_one_that_did_not_come_are_mismatches():
    close = "  - {at: 2026-03-16 10:00, by: director, do: close, on: lamp}\n"
    assert "stage_does_not_allow" in mismatches(close)[0]
    assert mismatches(close.replace("on: lamp", "on: lamp, refused: true")) == ()
    assert "expected refusal not_found" in mismatches(close.replace("on: lamp", "on: lamp, refused: not_found"))[0]
    watch = "  - {at: 2026-03-16 10:00, by: director, do: watch, refused: true}\n"
    assert "it was done" in mismatches(watch)[0]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("  - {at: 2026-03-16 10:00, by: nobody, do: watch}\n", "is not in the cast"),
        ("  - {at: 2026-03-16 10:00, by: director, do: dance, on: lamp}\n", "is no verb"),
        ("  - {at: 2026-03-16 10:00, by: director, do: close}\n", "'on' is missing"),
        ("  - {at: 2026-03-16 10:00, by: director, do: close, on: moon}\n", "no matter is called"),
        ("  - {at: 2026-03-16 10:00, by: petitioner, do: urge, on: lamp, with: {proof: oath}}\n", "is not a proof"),
        ("  - {at: 2026-03-16 10:00, by: clerk, do: register, with: {unit: 月宫}}\n", "no unit is called"),
        ("expect: [{at: 2026-03-17, matter: lamp, facts: {weight: 3}}]", "unknown fact"),
        ("expect: [{at: 2026-03-17, matter: lamp, deadlines: {13710-1: {colour: red}}}]", "unknown key 'colour'"),
        ("expect: [{at: 2026-03-17, notices: [{to: moon}]}]", "is not in the cast"),
        ("expect: [{at: 2026-03-17, figures: {Q-9: 1}}]", "unknown figure"),
        ("expect: [{at: 2026-03-17, matter: moon, stage: closed}]", "no matter is called"),
    ],
)
def test_what_cannot_be_played_is_no_valid_story(rest, said):
    with pytest.raises(NotAStory, match=said):
        mismatches(rest)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("{day_mode: lunar}", "day_mode"),
        ("{hours: always}", "hours"),
        ("{calendar: moon}", "calendar"),
        ("{calendar: {covered_years: [2026], off: [never]}}", "calendar"),
    ],
)
def test_settings_are_read_strictly(settings, said):
    text = BEGIN.replace("{hours: 08:30-17:30, day_mode: working, calendar: [2025, 2026]}", settings)
    with pytest.raises(NotAStory, match=said):
        perform_story(read(text))


def test_a_calendar_of_the_story_s_own_counts():
    text = BEGIN.replace("calendar: [2025, 2026]", "calendar: {covered_years: [2026], off: [2026-03-17], makeup: []}")
    due = "expect: [{at: 2026-03-16 10:00, matter: lamp, deadlines: {13710-3: {due: 2026-03-20}}}]"
    assert perform_story(read(text + due)).mismatches == ()


def test_the_verbs_are_listed_with_who_may_and_their_fields(capsys):
    call_command("scenario", "--verbs")
    listed = capsys.readouterr().out
    assert "triage    by: centre_deputy, centre_director, petition_bureau, station_head" in listed
    assert "    nature: general|complex|major" in listed
    assert "    co_units?: list of {unit, due_on}" in listed


def test_no_file_and_no_story_end_with_status_two(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("scenario")
    assert ended.value.code == 2
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: [", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("scenario", str(bad))
    assert ended.value.code == 2
    assert str(bad) in capsys.readouterr().err
