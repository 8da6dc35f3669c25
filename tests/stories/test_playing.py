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


def test_who_sees_what_is_compared_to_the_last_matter():
    assert mismatches("expect: [{at: 2026-03-17, sees: {clerk: [lamp], director: [lamp]}}]") == ()
    told = mismatches("expect: [{at: 2026-03-17, sees: {clerk: []}}, {at: 2026-03-17, sees: {director: [lamp, two]}}]")
    assert told == (
        "expect[0]: clerk sees ['lamp'], expected []",
        "expect[1]: director sees ['lamp'], expected ['lamp', 'two']",
    )


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
        ("expect: [{at: 2026-03-17, sees: {moon: []}}]", "is not in the cast"),
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


def test_each_moment_is_seen_as_it_stood_and_in_any_order():
    far = "  - {at: 2026-03-18 09:00, by: director, do: watch}\n"
    later = "{at: 2026-03-18 10:00, matter: lamp, deadlines: {13710-1: {late: true}}}"
    before = "{at: 2026-03-16 12:00, matter: lamp, deadlines: {13710-1: {late: false}}, events: {breached: 0}}"
    earliest = "{at: 2026-03-16 08:00, matter: lamp, stage: registered}"
    told = mismatches(f"{far}expect: [{later}, {before}, {earliest}]")
    assert told == ("expect[2]: lamp is not registered by then",)


def test_a_clock_is_compared_with_the_rule_it_runs_by():
    due = "expect: [{at: 2026-03-16 10:00, matter: lamp, deadlines: {13710-7: {rule: 13710-3}, 13710-0: {rule: none}}}]"
    assert mismatches(due) == ("expect[0].deadlines.13710-7.rule is '13710-7', expected '13710-3'",)


def test_the_hint_beside_a_clock_and_recorded_events_are_compared():
    told = mismatches(
        "expect: [{at: 2026-03-16 10:00, matter: lamp, deadlines: {XF-REG15: {hint: 2026-03-21}, 13710-1: {hint: x}}, "
        "events: {registered: 2, breached: 0}}]"
    )
    assert told == (
        "expect[0].deadlines.XF-REG15.hint is '2026-03-20', expected '2026-03-21'",
        "expect[0].deadlines.13710-1.hint is None, expected 'x'",
        "expect[0]: registered was recorded 1 times, expected 2",
    )
    with pytest.raises(NotAStory, match="is no event"):
        mismatches("expect: [{at: 2026-03-17, matter: lamp, events: {sunshine: 1}}]")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("do: publish_policy, with: {number: 1}", "unknown key 'number'"),
        ("do: propose_policy, with: {solve_weeks: 1}", "unknown key 'solve_weeks'"),
        ("do: propose_calendar_year, with: {year: 2027, makeup: [2027-01-04]}", "no weekend day"),
        ("do: propose_calendar_year, with: {notice: 1}", "propose_calendar_year"),
        ("do: approve_calendar_year, with: {years: 2027}", "unknown key 'years'"),
        ("do: set_closing_days, with: {hours: 1}", "unknown key 'hours'"),
    ],
)
def test_what_the_house_does_is_read_strictly(step, said):
    with pytest.raises(NotAStory, match=said):
        mismatches(f"  - {{at: 2026-03-16 10:00, by: clerk, {step}}}\n")


def test_the_house_counts_anew_when_two_persons_publish_a_year():
    more = "  one: {role: petition_bureau, unit: 区信访局}\n  admin: {role: administrator, unit: 区数据局}\n  director:"
    house = BEGIN.replace("  director:", more).replace("2026-03-16", "2026-12-30")
    steps = (
        "  - {at: 2026-12-30 10:00, by: one, do: approve_calendar_year, with: {year: 2027}, "
        "refused: calendar_not_proposed}\n"
        "  - {at: 2026-12-31 10:00, by: admin, do: propose_calendar_year, "
        "with: {year: 2027, notice: 演练1号, off: [2027-01-01, 2027-01-04, 2027-01-05]}}\n"
        "  - {at: 2026-12-31 11:00, by: one, do: approve_calendar_year, with: {year: 2027}}\n"
    )
    due = (
        "expect: [{at: 2026-12-31 10:30, matter: lamp, deadlines: {13710-3: {due: 2027-01-05, provisional: true}}}, "
        "{at: 2026-12-31 12:00, matter: lamp, events: {recomputed: 2}, "
        "deadlines: {13710-3: {due: 2027-01-07, provisional: false}}}]"
    )
    assert perform_story(read(house + steps + due)).mismatches == ()
