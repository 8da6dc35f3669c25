"""A grave or urgent matter: told at once to whom it concerns, watched by the hour, not lost with a merge or a split."""

import pytest

from tests.cast import at
from tests.factories import moved, registered
from xinfang.models import Deadline, Event, Matter, Notice
from xinfang.queries.clocks import rules
from xinfang.queries.matters import lines
from xinfang.queries.supervision import overdue_by_clock
from xinfang.rules.refusals import RuleBroken
from xinfang.services.clocks import sweep
from xinfang.services.linking import split
from xinfang.services.matters import perform, state_of
from xinfang.services.rebuilding import differences

pytestmark = pytest.mark.django_db
NINE, FIVE_PAST = at("2026-05-11 09:00"), at("2026-05-11 09:05")
MARK = ("clerk", "mark_urgent", {"reason": "停水两周，十二人来访"})
REPORT = ("director", "report_urgent", {"reported_to": "committee", "report_way": "phone", "note": "书记已知"})
ON_DUTY = ["bureau", "deputy", "director", "second_bureau", "supervisor"]


def heard(cast, code, clock=""):
    names = {user.pk: name for name, user in cast.users.items()}
    return sorted(names[row.user_id] for row in Notice.objects.filter(code=code, facts__clock=clock))


def watched(matter):
    """What the watcher wrote of the hour."""
    rows = Event.objects.filter(chain_id=matter, role="system", payload__clock__startswith="XF-URG").order_by("seq")
    return [(row.type, row.payload["level"], f"{row.recorded_at.astimezone(NINE.tzinfo):%H:%M}") for row in rows]


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code


def test_a_mark_is_told_at_once_and_its_reason_stays_protected(cast):
    matter = registered(cast, NINE).matter
    moved(cast, matter, FIVE_PAST, MARK)
    assert heard(cast, "urgent_marked") == ON_DUTY
    event = Event.objects.get(chain_id=matter, type="urgent_marked")
    assert sorted(event.payload) == ["move", "stage", "texts"]
    assert "停水" not in str(event.payload)


def test_the_leader_is_told_of_what_came_to_her_and_nobody_who_is_recused(cast):
    kept_away = cast.users["deputy"].pk
    matter = registered(cast, NINE, channel="leader_mailbox", recused_users=[kept_away]).matter
    moved(cast, matter, FIVE_PAST, MARK)
    assert heard(cast, "urgent_marked") == ["bureau", "director", "leader", "second_bureau", "supervisor"]


def test_a_restricted_matter_tells_only_who_may_see_it(cast):
    matter = registered(cast, NINE, restricted=True).matter
    moved(cast, matter, FIVE_PAST, MARK)
    assert heard(cast, "urgent_marked") == ["bureau", "director", "second_bureau"]


def test_a_recused_unit_is_told_nothing(cast):
    matter = registered(cast, NINE, recused_units=["999901-DC"]).matter
    moved(cast, matter, FIVE_PAST, MARK)
    assert "supervisor" not in heard(cast, "urgent_marked")


def test_every_level_of_the_hour_is_told_once_the_breach_to_the_bureau_and_the_second_hour_to_the_leader(cast):
    matter = registered(cast, NINE).matter
    moved(cast, matter, FIVE_PAST, MARK)
    for minute in ("09:34", "09:35", "09:50", "09:59", "10:04", "10:05", "10:05", "11:04", "11:05", "11:05"):
        sweep(at(f"2026-05-11 {minute}"))
    assert watched(matter) == [
        ("due_soon", 1, "09:35"), ("due_soon", 2, "09:50"), ("due_soon", 3, "09:59"), ("breached", 4, "10:05"),
        ("due_soon", 5, "11:05"),
    ]  # fmt: skip
    assert {"bureau", "director"} <= set(heard(cast, "breached", "XF-URG"))
    assert "supervisor" not in heard(cast, "breached", "XF-URG")
    told = Notice.objects.filter(user=cast.users["leader"]).values_list("matter", "facts__clock")
    assert list(told) == [(None, "XF-URG")]


def test_a_report_ends_the_hour_and_the_watcher_has_nothing_more_to_say(cast):
    matter = registered(cast, NINE).matter
    moved(cast, matter, FIVE_PAST, MARK)
    moved(cast, matter, at("2026-05-11 09:20"), REPORT)
    sweep(at("2026-05-11 12:00"))
    assert watched(matter) == []
    row = Deadline.objects.get(matter_id=matter, code="XF-URG")
    assert (row.due_at, row.met_at, row.look_at) == (at("2026-05-11 10:05"), at("2026-05-11 09:20"), None)
    assert list(differences()) == []


def test_a_breach_of_the_hour_stands_in_the_list_of_the_law_and_changes_no_number_of_13710(cast):
    plain, late = registered(cast, NINE), registered(cast, NINE)
    moved(cast, late.matter, FIVE_PAST, MARK)
    counts = overdue_by_clock(cast.bureau, at("2026-05-11 10:05"))
    assert counts == {"XF-URG": 1}
    assert overdue_by_clock(cast.bureau, at("2026-05-11 10:04")) == {}
    assert Deadline.objects.filter(matter_id=plain.matter, code="XF-URG").count() == 0


def test_the_mark_comes_off_after_the_report_alone_and_by_the_director_or_the_bureau(cast):
    matter = registered(cast, NINE).matter
    moved(cast, matter, FIVE_PAST, MARK)
    over = {"reason": "已经恢复供水"}
    call = ("bureau", "withdraw_urgent", over)
    assert refused(lambda: moved(cast, matter, at("2026-05-11 10:30"), call)) == "need_urgent_reported"
    moved(cast, matter, at("2026-05-11 10:30"), REPORT)
    clerk = ("clerk", "withdraw_urgent", over)
    assert refused(lambda: moved(cast, matter, at("2026-05-11 10:31"), clerk)) == "role_may_not"
    moved(cast, matter, at("2026-05-11 10:31"), call)
    assert heard(cast, "urgent_ended") == ["deputy", "director", "second_bureau", "supervisor"]
    sweep(at("2026-05-11 10:32"))
    assert watched(matter) == [("breached", 4, "10:32")]
    assert not lines([Matter.objects.get(pk=matter)])[0].is_urgent


def test_a_mark_is_neither_lost_nor_put_off_by_a_merge(cast):
    older, newer = registered(cast, NINE), registered(cast, NINE)
    moved(cast, newer.matter, FIVE_PAST, MARK)

    def merge():
        values = {"other": older.number, "reason": "同一件事"}
        return perform("merge", matter=newer.matter, by=cast.director, at=at("2026-05-11 09:10"), values=values)

    assert refused(merge) == "merge_loses_urgency"
    moved(cast, newer.matter, at("2026-05-11 09:08"), REPORT)
    assert refused(merge) == "merge_loses_urgency"
    moved(cast, older.matter, at("2026-05-11 09:09"), MARK)
    assert merge().merged_into == older.matter


def test_a_split_carries_the_mark_and_its_report(cast):
    whole = registered(cast, NINE)
    moved(cast, whole.matter, FIVE_PAST, MARK)
    moved(cast, whole.matter, at("2026-05-11 09:20"), REPORT)
    parts = split(matter=whole.matter, by=cast.director, at=at("2026-05-11 11:00"), parts=[{"original_words": "水费"}])
    assert state_of(parts[0].matter).urgencies == state_of(whole.matter).urgencies
    assert state_of(whole.matter).urgency.reported_at == at("2026-05-11 09:20")
    assert list(differences()) == []


def test_a_list_names_the_clock_that_ends_first_by_the_hour(cast):
    """Day one ends at midnight, the hour long before it; once it was reported, day one is next again."""
    matter = registered(cast, NINE).matter
    assert lines([Matter.objects.get(pk=matter)])[0].clock.code == "13710-1"
    moved(cast, matter, FIVE_PAST, MARK)
    line = lines([Matter.objects.get(pk=matter)])[0]
    assert (line.clock.code, line.is_urgent) == ("XF-URG", True)
    moved(cast, matter, at("2026-05-11 09:20"), REPORT)
    line = lines([Matter.objects.get(pk=matter)])[0]
    assert (line.clock.code, line.is_urgent) == ("13710-1", True)


def test_the_hour_is_what_the_shipped_data_say():
    assert (rules()["XF-URG"].n, rules()["XF-CNTY4"].n) == (1, 4)


def test_the_hint_is_told_at_the_end_of_the_fourth_day_and_is_never_a_breach(cast):
    matter = registered(cast, NINE).matter
    for moment in ("2026-05-15 23:59", "2026-05-16 00:00", "2026-05-16 00:01"):
        sweep(at(moment))
        if moment.startswith("2026-05-15"):
            assert Event.objects.filter(chain_id=matter, payload__clock="XF-REG15").count() == 0
    rows = Event.objects.filter(chain_id=matter, payload__clock="XF-REG15")
    assert [(row.type, row.payload["level"]) for row in rows] == [("due_soon", 1)]
    assert Deadline.objects.filter(matter_id=matter, key="XF-CNTY4").count() == 0
