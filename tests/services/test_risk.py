"""Signals about matters, places and backlogs: raised once, passing by themselves, decided by people (B13)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Installation, Matter, Notice, RiskSignal
from xinfang.queries.risk import evidence_of, grid, open_signals, precision
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.risk.codes import RiskRule
from xinfang.services.matters import perform
from xinfang.services.rebuilding import differences
from xinfang.services.risk import call_false, handle
from xinfang.services.risk_watch import watch

pytestmark = pytest.mark.django_db
NOW = at("2026-11-23 10:00")
TOLD = {"bureau", "second_bureau", "director"}


def found(cast, who="bureau"):
    return [(s.rule, s.level) for s in open_signals(getattr(cast, who))]


def test_danger_words_ask_for_a_look_and_marking_the_matter_answers_them(cast):
    matter = registered(cast, NOW, original_words="工钱再不给我就不想活了").matter
    assert watch(at=NOW) == 1
    assert found(cast) == [("danger_words", "red")]
    (signal,) = open_signals(cast.bureau)
    assert (signal.evidence, signal.figures, signal.told) == ([matter], {}, len(TOLD))
    names = {user.pk: name for name, user in cast.users.items()}
    assert {names[row.user_id] for row in Notice.objects.filter(code="risk_raised")} == TOLD
    assert "不想活" not in str([event.payload for event in Event.objects.filter(chain_id=matter)])
    perform("mark_urgent", matter=matter, by=cast.director, at=NOW, values={"reason": "有生命危险"})
    assert watch(at=NOW) == 0
    assert found(cast) == []
    assert RiskSignal.objects.get().state == "passed"
    assert list(differences()) == []


def test_the_same_signal_is_raised_and_told_once(cast):
    registered(cast, NOW, original_words="我们准备去堵路")
    assert [watch(at=NOW + timedelta(minutes=5 * n)) for n in range(3)] == [1, 0, 0]
    assert Notice.objects.filter(code="risk_raised").count() == len(TOLD)


def test_what_a_petitioner_adds_is_watched_and_what_staff_write_is_not(cast):
    matter = registered(cast, NOW).matter
    moved(
        cast,
        matter,
        NOW,
        ("director", "triage", TRIAGE),
        ("director", "record_progress", {"note": "他说过不想活了，已劝住"}),
    )
    assert Matter.objects.get(pk=matter).danger_at is None
    perform("urge", matter=matter, by=cast.petitioner, at=NOW, values={"words": "再没人管我就跳楼"})
    assert Matter.objects.get(pk=matter).danger_at == NOW


def test_many_people_much_money_and_coming_again_are_looked_at(cast):
    matter = registered(cast, NOW, present=6, concerned=40).matter
    moved(cast, matter, NOW, ("director", "triage", {**TRIAGE, "amount": "6000000"}))
    watch(at=NOW)
    assert found(cast) == [("money", "red"), ("group", "yellow")]
    figures = {s.rule: s.figures for s in open_signals(cast.bureau)}
    assert figures == {"money": {"amount": 6000000}, "group": {"present": 6, "concerned": 40}}


def test_a_handled_signal_stays_quiet_for_a_week_and_a_false_one_for_a_month(cast):
    registered(cast, NOW, present=6)
    watch(at=NOW)
    (signal,) = open_signals(cast.bureau)
    handle(signal=signal.pk, done="当天接访，已选出代表", by=cast.director, at=NOW)
    assert RiskSignal.objects.get().done == "当天接访，已选出代表"
    assert "接访" not in str(RiskSignal.objects.values().get())
    assert watch(at=NOW + timedelta(days=6)) == 0
    assert watch(at=NOW + timedelta(days=7)) == 1
    (again,) = open_signals(cast.bureau)
    call_false(signal=again.pk, by=cast.supervisor, at=NOW + timedelta(days=7))
    assert watch(at=NOW + timedelta(days=36)) == 0
    counted = {one.rule: (one.right, one.decided) for one in precision(NOW + timedelta(days=36))}
    assert counted[RiskRule.GROUP] == (1, 2)
    chain = Installation.objects.get().chain
    decided = Event.objects.filter(chain_id=chain, type="risk_decided").order_by("seq")
    assert [event.payload["decision"] for event in decided] == ["handled", "false_alarm"]


def refusal(**call):
    done = call.pop("done", None)
    with pytest.raises(RuleBroken) as broken:
        handle(done=done, **call) if done is not None else call_false(**call)
    return broken.value.code


def test_who_decides_what_is_refused(cast):
    registered(cast, NOW, present=6)
    watch(at=NOW)
    (signal,) = open_signals(cast.bureau)
    asked = {"signal": signal.pk, "at": NOW}
    assert refusal(done=" ", by=cast.director, **asked) == "field_required"
    assert refusal(done="长" * 2001, by=cast.director, **asked) == "text_too_long"
    assert refusal(by=cast.leader, **asked) == "not_found"
    assert refusal(by=cast.clerk, **asked) == "not_found"
    assert refusal(by=cast.other_director, **asked) == "not_found"
    call_false(by=cast.director, **asked)
    assert refusal(by=cast.bureau, **asked) == "signal_decided"


def test_a_red_one_that_was_yellow_is_told_when_it_becomes_red(cast):
    matter = registered(cast, NOW, present=6).matter
    watch(at=NOW)
    assert Notice.objects.filter(code="risk_raised").count() == 0
    moved(cast, matter, NOW, ("director", "correct", {"refers_to": "1", "present": "31", "reason": "数错了"}))
    assert watch(at=NOW) == 0
    assert found(cast) == [("group", "red")]
    assert Notice.objects.filter(code="risk_raised").count() == len(TOLD)


def test_sealed_restricted_and_finished_matters_are_not_looked_at(cast):
    registered(cast, NOW, present=40, restricted=True)
    assert watch(at=NOW) == 0


@pytest.mark.parametrize("away", ["user", "unit"])
def test_from_whom_a_matter_is_kept_away_no_number_tells_of_it(cast, away):
    matter = registered(cast, NOW, present=40, category="labour", area="999901001").matter
    assert grid(cast.director, NOW) == {("labour", "999901001"): 1}
    who = {"user": {"recused_user": cast.users["deputy"].pk}, "unit": {"recused_unit": "999901-RS"}}[away]
    moved(cast, matter, NOW, ("director", "recuse", {**who, "reason": "有利害关系"}))
    assert watch(at=NOW) == 0
    assert grid(cast.director, NOW) == {}


def test_what_grows_in_one_place_against_its_own_year_is_shown_with_its_evidence(cast):
    start = NOW - timedelta(days=200)
    for week in range(0, 190, 30):
        registered(cast, start + timedelta(days=week), category="labour", area="999901001")
    late = [registered(cast, NOW - timedelta(days=1), category="labour", area="999901001").matter for _ in range(8)]
    for _ in range(8):
        registered(cast, NOW - timedelta(days=1), category="housing", area="999901009999")
    watch(at=NOW)
    watch(at=NOW + timedelta(hours=1))
    (signal,) = [s for s in open_signals(cast.bureau) if s.rule == "growth_town"]
    assert (signal.key, signal.path) == ("999901001|labour", "999901.999901001")
    assert (signal.figures["recent"], signal.figures["before"], signal.figures["before_days"]) == (8, 6, 193)
    assert signal.figures["usual"] == 0.22
    assert signal.level == "red"
    assert signal.evidence == sorted(late)
    assert {matter.pk for matter in evidence_of(cast.director, signal, NOW)} == set(late)
    assert found(cast, "other_director") == []
    assert found(cast, "clerk") == []


def test_a_unit_with_much_that_is_overdue_is_shown(cast):
    for _ in range(5):
        registered(cast, NOW - timedelta(days=60))
    watch(at=NOW)
    (signal,) = [s for s in open_signals(cast.bureau) if s.rule == "backlog"]
    assert (signal.key, signal.figures, signal.level) == ("999901001", {"overdue": 5, "at_work": 5}, "red")


def test_the_database_holds_one_open_signal_of_a_kind_about_a_thing(cast):
    registered(cast, NOW, present=6)
    watch(at=NOW)
    row = RiskSignal.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
