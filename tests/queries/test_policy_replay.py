"""The versions as the office sees them, and the replay of a draft over what was received lately."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Deadline, Event, Matter
from xinfang.queries import policies as queries
from xinfang.queries.clocks import policies, rules
from xinfang.queries.policies import draft, in_force_on, replay, versions
from xinfang.rules.clocks.policy import document_of, shipped_policy
from xinfang.rules.clocks.policy_versions import VersionStanding as Standing
from xinfang.rules.clocks.replay import Tally
from xinfang.rules.matters.codes import ClockCode
from xinfang.services.policies import propose, publish

pytestmark = pytest.mark.django_db

NOW = at("2026-11-23 09:00")


def enter(cast, when, effective_on, **changes):
    values = {**document_of(shipped_policy(rules())), "effective_on": effective_on, "note": "会议纪要", **changes}
    return propose(values=values, by=cast.administrator, at=when)


def put_in_force(cast, when, effective_on, **changes):
    row = enter(cast, when, effective_on, **changes)
    return publish(number=row.number, seen=row.mark, by=cast.bureau, at=when)


def test_every_version_says_where_it_stands_and_who_made_it(cast):
    put_in_force(cast, at("2026-09-01 09:00"), "2026-09-10")
    put_in_force(cast, at("2026-10-01 09:00"), "2026-10-10")
    put_in_force(cast, NOW, "2026-12-01")
    enter(cast, NOW, "2027-01-01")
    assert [(v.policy.number, v.standing, v.proposed_by, v.published_by) for v in versions(date(2026, 11, 23))] == [
        (4, Standing.DRAFT, "何管", ""), (3, Standing.COMING, "何管", "沈信"), (2, Standing.IN_FORCE, "何管", "沈信"),
        (1, Standing.PAST, "何管", "沈信"), (0, Standing.PAST, "", ""),
    ]  # fmt: skip
    assert draft().number == 4
    assert [in_force_on(date.fromisoformat(day)).number for day in ("2026-09-09", "2026-11-30", "2026-12-01")] == [
        0,
        2,
        3,
    ]


def test_without_a_version_the_shipped_one_holds(cast):
    assert [(v.policy.number, v.standing, v.row) for v in versions(date(2026, 11, 23))] == [
        (0, Standing.IN_FORCE, None)
    ]
    assert draft() is None


def test_the_replay_counts_what_a_draft_would_have_changed(cast):
    """Three were received a fortnight ago: one solved on the eighth day, one on the second, one not at all."""
    received = NOW - timedelta(days=14)
    for days in (8, 2, None):
        receipt = registered(cast, received)
        moved(cast, receipt.matter, received, ("director", "triage", TRIAGE))
        if days:
            done = {
                "result_words": "换了灯具",
                "result": "supported_done",
                "petitioner_told": "当面告诉",
                "evidence": True,
            }
            moved(cast, receipt.matter, received + timedelta(days=days), ("director", "solve_on_the_spot", done))
    longer = replay(replace(shipped_policy(rules()), number=1, solve_days=12), NOW)
    assert (longer.replay.matters, longer.replay.touched, longer.left_out) == (3, 3, 0)
    assert longer.replay.by_code == {ClockCode.C7: Tally(moved=3, more_late=0, fewer_late=2)}
    shorter = replay(replace(shipped_policy(rules()), number=1, report_days=1, solve_days=2), NOW)
    assert shorter.replay.by_code[ClockCode.C3] == Tally(moved=3, more_late=1, fewer_late=0)


def test_the_replay_reads_what_was_received_in_ninety_days_and_writes_nothing(cast):
    for days in (91, 89, 1):
        registered(cast, NOW - timedelta(days=days))
    hidden = registered(cast, NOW - timedelta(days=1))
    Matter.objects.filter(pk=hidden.matter).update(sealed=True)
    kept = (list(Event.objects.values_list("hash", flat=True)), list(Deadline.objects.values()))
    found = replay(replace(shipped_policy(rules()), number=1, solve_days=12), NOW)
    assert (found.replay.matters, found.since) == (2, NOW - timedelta(days=90))
    assert (list(Event.objects.values_list("hash", flat=True)), list(Deadline.objects.values())) == kept
    assert set(policies()) == {0}


def test_too_many_are_said_and_the_newest_are_read(cast, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for days in (80, 40, 20, 10, 5):
        registered(cast, NOW - timedelta(days=days))
    draft_of = replace(shipped_policy(rules()), number=1, solve_days=12)
    found = replay(draft_of, NOW, most=3)
    assert (found.replay.matters, found.left_out) == (3, 2)
    assert replay(draft_of, NOW).replay.matters == 5


def test_the_replay_takes_two_statements_a_page(cast, django_assert_num_queries):
    for _n in range(3):
        registered(cast, NOW - timedelta(days=5))
    draft_of = replace(shipped_policy(rules()), number=1, solve_days=12)
    replay(draft_of, NOW)
    with django_assert_num_queries(6):
        replay(draft_of, NOW)
