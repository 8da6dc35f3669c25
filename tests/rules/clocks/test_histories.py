"""Random histories of a matter against an oracle that reads the bare events, and what must hold of any calendar."""

import os
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from history_oracle import LIMITS, ZONE, dates, urgencies
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.states import OTHER, STATION, TOWN, Story, counting
from xinfang.rules.clocks.due import Count, Pause, due
from xinfang.rules.clocks.duties import clocks_of

# The suite looks at some thousands; XINFANG_CASES=200000 looks at as many as anybody has patience for.
CASES = int(os.environ.get("XINFANG_CASES", "3000"))
QUIET = (
    ("urged", {}), ("material_added", {"files": [], "by_petitioner": True}), ("contact_added", {}), ("note_added", {}),
    ("rated", {"organ": "petition_bureau", "grade": "satisfied"}), ("rating_revoked", {"organ": "petition_bureau"}),
    ("put_at_rest", {}), ("rest_revoked", {}), ("withdrawal_asked", {}), ("withdrawal_revoked", {}),
    ("linked", {"link": "same", "other": str(OTHER)}), ("split", {"link": "split_into", "other": str(OTHER)}),
    ("merged", {"link": "absorbed", "other": str(OTHER)}), ("corrected", {"refers_to": 1, "category": "x"}),
    ("receipt_signed", {}), ("objected", {}), ("objection_upheld", {}), ("assigned", {"lead": STATION}),
    ("assigned", {"lead": TOWN, "holder": STATION, "holder_path": "999901.999901001.999901001201"}),
    ("limit_told", {"k": 1}), ("due_soon", {"clock": "13710-7", "level": 2}), ("progress_recorded", {}),
)  # fmt: skip
SHOWN = {"13710-1", "13710-3", "13710-7", "13710-1M", "XF-REG15", "XF-DO60", "XF-EXT30"}
NOTED = {whose for _in, _n, whose in LIMITS.values()} | {"TELL-RIGHT"}


def random_history(dice):
    """(registered, day mode, events): what may happen to a matter in any order that its times allow."""
    day = date(2024, 1, 2) + timedelta(days=dice.randrange(800))
    registered = datetime.combine(day, time(dice.randrange(24), dice.randrange(60)), ZONE)
    now, events = registered, []

    def after(most_days):
        nonlocal now
        now += timedelta(minutes=dice.randrange(1, int(most_days * 24 * 60)))
        return now

    events.append(
        ("triaged", after(9), {"kind": "claim", "stage": "triaged", **hard(dice), **own_date(dice, now, 0.15)})
    )
    for _step in range(dice.randrange(9)):
        dice.choice(
            [quiet, quiet, quiet, quiet, reclassified, dated, accepted, note_a_limit, urgent, told_of_it, away_and_back]
        )(dice, events, after)
    return registered, dice.choice(["calendar", "working"]), events


def hard(dice):
    return {"nature": dice.choice(["general", "general", "complex", "major"]), "solvable": dice.random() < 0.8}


def quiet(dice, events, after):
    kind, said = dice.choice(QUIET)
    events.append((kind, after(4), dict(said)))


def urgent(dice, events, after):
    """Marked, or, where a mark that was reported stands, no longer so."""
    of_it = [(kind, said) for kind, _when, said in events if kind.startswith("urgent")]
    reported = [kind for kind, said in of_it if kind != "urgent_reported" or said["reported_to"] == "committee"]
    if not reported or reported[-1] == "urgent_ended":
        events.append(("urgent_marked", after(3), {}))
    elif reported[-1] == "urgent_reported":
        events.append(("urgent_ended", after(3), {}))


def told_of_it(dice, events, after):
    """A report, often within minutes; it says nothing where no mark stands."""
    standing = [kind for kind, *_rest in events if kind in ("urgent_marked", "urgent_ended")][-1:] == ["urgent_marked"]
    if standing:
        days = dice.choice([1 / 24, 1 / 12, 1])
        to = dice.choice(["committee", "committee", "upper_bureau", "joint_office"])
        events.append(("urgent_reported", after(days), {"reported_to": to, "report_way": "phone"}))


def away_and_back(dice, events, after):
    """Merged and taken out again, or closed and opened again: what was lost in between comes back as it was."""
    if dice.random() < 0.5:
        events.append(("merged", after(2), {"link": "merged_into", "other": str(OTHER), "stage": "closed"}))
        events.append(("unmerged", after(2), {"link": "merged_into", "other": str(OTHER), "stage": "triaged"}))
    else:
        events.append(("reopened", after(2), {"ground": "error", "stage": "triaged"}))


def reclassified(dice, events, after):
    events.append(("reclassified", after(6), hard(dice)))


def dated(dice, events, after):
    moment = after(6)
    events.append(("explicit_date_set", moment, own_date(dice, moment, 1)))


def accepted(dice, events, after):
    if any(kind == "accepted" for kind, *_rest in events):
        return
    events.append(("accepted", after(6), {"document": "受1", "stage": "accepted"}))
    if dice.random() < 0.4:
        events.append(("extended", after(6), {"days": dice.randint(1, 30), "document": "延1"}))


def own_date(dice, now, likely):
    if dice.random() >= likely:
        return {}
    on = now.astimezone(ZONE).date() + timedelta(days=dice.randrange(60))
    return {"explicit_on": on.isoformat(), "explicit_source": "leader_instruction", "explicit_document": "批1"}


def note_a_limit(dice, events, after):
    rule, moment = dice.choice(sorted(LIMITS)), after(3)
    began = moment.astimezone(ZONE).date() - timedelta(days=dice.randrange(40))
    events.append(("limit_noted", moment, {"rule": rule, "from_on": began.isoformat()}))
    k = sum(kind == "limit_noted" for kind, *_rest in events)
    since = began
    for _pause in range(dice.randrange(3) if rule in ("XF-FH30", "ME-MED30W") else 0):
        since += timedelta(days=dice.randrange(12))
        until = since + timedelta(days=dice.randrange(20))
        events.append(("limit_paused", after(1), {"k": k, "since": since.isoformat()}))
        events.append(("limit_resumed", after(1), {"k": k, "until": until.isoformat()}))
        since = until


def told(registered, day_mode, events):
    """The clocks of such a history, as the house has them."""
    story = Story(registered, day_mode=day_mode)
    for kind, when, said in events:
        story.add(kind, when, unit=TOWN, **said)
    return clocks_of(story.state(), counting())


def of_the_house(registered, day_mode, events):
    return {
        clock.key: (clock.due.raw, clock.due.due, clock.due.prudent)
        for clock in told(registered, day_mode, events)
        if clock.due is not None and (clock.key in SHOWN or clock.key.partition("#")[0] in NOTED) and clock.k + 1
    }


@pytest.mark.parametrize("seed", [13710, 20261123])
def test_random_histories_agree_with_a_walk_over_the_bare_events(seed):
    dice, wrong = Random(seed), []  # noqa: S311  -- test cases, not secrets
    for _case in range(CASES // 2):
        history = random_history(dice)
        expected, found = dates(*history), of_the_house(*history)
        if expected != found:
            wrong.append((history, {key: (expected.get(key), found.get(key)) for key in expected.keys() | found.keys()
                                    if expected.get(key) != found.get(key)}))  # fmt: skip
            break
    assert wrong == []


FOR_EVER = datetime(2099, 1, 1, tzinfo=ZONE)


@pytest.mark.parametrize("seed", [25, 20260511])
def test_the_hours_of_random_histories_agree_with_a_walk_over_the_bare_events(seed):
    """Whatever is merged, opened again, returned or passed on, the hour is the one that began with the mark."""
    dice, wrong, marks, late = Random(seed), [], 0, 0  # noqa: S311  -- test cases, not secrets
    for _case in range(CASES // 3):
        history = random_history(dice)
        expected = {
            key: (until, reported, (reported or FOR_EVER) >= until)
            for key, (until, reported) in urgencies(history[2]).items()
        }
        found = {
            clock.key: (clock.due_at, clock.met_at, clock.is_late(FOR_EVER))
            for clock in told(*history)
            if clock.code == "XF-URG"
        }
        marks, late = marks + len(expected), late + sum(row[2] for row in expected.values())
        if expected != found:
            wrong.append((history, expected, found))
            break
    assert wrong == []
    assert marks > late > 0


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(list(Count)), st.integers(1, 40), st.dates(date(2024, 1, 1), date(2026, 6, 1)), st.integers(1, 30)
)
def test_a_longer_period_and_a_later_start_never_end_earlier(count, n, start, more):
    calendar = counting().calendar
    ends = due(count, n, start, calendar)
    longer, later = due(count, n + more, start, calendar), due(count, n, start + timedelta(days=more), calendar)
    assert (ends.raw, ends.due) <= (longer.raw, longer.due)
    assert ends.due <= later.due
    assert start <= ends.prudent <= ends.raw <= ends.due


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([Count.CAL_D, Count.WD]), st.integers(1, 40), st.dates(date(2024, 1, 1), date(2026, 3, 1)),
    st.integers(0, 30), st.integers(0, 25),
)  # fmt: skip
def test_a_pause_never_brings_an_end_nearer_nor_moves_it_by_more_than_its_days(count, n, start, after, length):
    calendar = counting().calendar
    since = start + timedelta(days=after)
    plain = due(count, n, start, calendar)
    paused = due(count, n, start, calendar, (Pause(since, since + timedelta(days=length)),))
    assert plain.raw <= paused.raw
    if count is Count.CAL_D:
        assert paused.raw <= plain.raw + timedelta(days=length)
    if since >= plain.raw:
        assert paused == plain


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(Count)), st.integers(1, 25), st.dates(date(2026, 10, 1), date(2027, 9, 1)), st.data())
def test_a_notice_moves_only_what_was_provisional_and_settles_it(count, n, start, data):
    before = counting().calendar
    days = st.dates(date(2027, 1, 1), date(2027, 12, 31))
    off = data.draw(st.frozensets(days, max_size=25))
    after = replace(before, years=before.years | {2027}, off=before.off | off)
    was, now = due(count, n, start, before), due(count, n, start, after)
    if not was.provisional:
        assert now == was
    if max(was.due, now.due).year == 2027:
        assert not now.provisional
