"""Versions of the 13710 parameters: two persons, never backdated, never changed, and no matter moves."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction

from tests.cast import at
from tests.factories import registered
from xinfang.models import Deadline, Event, Installation, PolicyVersion
from xinfang.queries.clocks import counting, policies, rules
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.policy import document_of, shipped_policy
from xinfang.rules.matters.codes import DayMode
from xinfang.rules.people.seats import SYSTEM
from xinfang.rules.refusals import RuleBroken
from xinfang.services.intake import register
from xinfang.services.policies import propose, publish, publish_first, withdraw
from xinfang.services.turns import state_of

pytestmark = pytest.mark.django_db

NOW = at("2026-11-23 09:00")
TOMORROW = date(2026, 11, 24)


def typed(effective_on="2026-11-24", note="区政府常务会议纪要", **changes):
    return {**document_of(shipped_policy(rules())), "effective_on": effective_on, "note": note, **changes}


def proposed(cast, when=NOW, **changes):
    return propose(values=typed(**changes), by=cast.administrator, at=when)


def published(cast, when=NOW, **changes):
    draft = proposed(cast, when, **changes)
    return publish(number=draft.number, seen=draft.mark, by=cast.bureau, at=when)


def last_event():
    return Event.objects.filter(chain=Installation.objects.get().chain).order_by("-seq").first()


def due_on(receipt, code):
    return str(Deadline.objects.get(matter=receipt.matter, code=code).due_on)


def test_a_draft_counts_nothing_until_a_second_person_publishes_it(cast):
    draft = proposed(cast, solve_days="10")
    assert (draft.number, draft.effective_on, draft.document["solve_days"]) == (1, TOMORROW, 10)
    assert (last_event().type, last_event().payload["solve_days"]) == ("policy_proposed", 10)
    assert last_event().payload["effective_on"] == "2026-11-24"
    assert set(policies()) == {0}
    row = publish(number=1, seen=draft.mark, by=cast.bureau, at=NOW)
    assert (row.published_by, row.published_at) == (cast.users["bureau"].pk, NOW)
    assert (last_event().type, last_event().payload["policy"]) == ("policy_published", 1)
    assert policies()[1].solve_days == 10


def test_the_words_of_a_draft_stay_out_of_the_chain(cast):
    proposed(cast, note="会议纪要第12号")
    assert "会议纪要第12号" not in str(last_event().payload)


def test_a_matter_is_counted_with_the_version_of_the_day_on_which_it_was_received(cast):
    before = registered(cast, at("2026-11-23 10:00"))
    published(cast, solve_days="10", report_days="4")
    same_day = registered(cast, at("2026-11-23 16:00"))
    after = registered(cast, at("2026-11-24 08:40"))
    assert [due_on(receipt, "13710-7") for receipt in (before, same_day, after)] == [
        "2026-11-30", "2026-11-30", "2026-12-04",
    ]  # fmt: skip
    assert [state_of(receipt.matter).policy for receipt in (before, same_day, after)] == [0, 0, 1]


def test_what_is_written_down_late_is_counted_with_the_version_of_its_day(cast):
    published(cast, day_mode="working")
    values = {"unit": "999901001", "channel": "letter", "original_words": "路灯坏了", "demand": "修好"}
    late = register(
        values=values, by=cast.clerk, at=at("2026-11-23 15:00"), recorded_at=at("2026-11-26 09:00"),
        late_reason="补录", imported=True,
    )  # fmt: skip
    new = register(values=values, by=cast.clerk, at=at("2026-11-26 09:00"))
    states = [state_of(receipt.matter) for receipt in (late, new)]
    assert [(state.policy, state.day_mode) for state in states] == [(0, DayMode.CALENDAR), (1, DayMode.WORKING)]
    assert [due_on(receipt, "13710-7") for receipt in (late, new)] == ["2026-11-30", "2026-12-07"]


def test_a_running_matter_keeps_every_date(cast):
    receipt = registered(cast, at("2026-11-23 10:00"))
    kept = clocks_of(state_of(receipt.matter), counting())
    published(cast, solve_days="20", report_days="9", hard_months="3", day_mode="working")
    assert clocks_of(state_of(receipt.matter), counting()) == kept


def test_who_entered_a_draft_does_not_publish_it(cast):
    draft = propose(values=typed(), by=cast.bureau, at=NOW)
    with pytest.raises(RuleBroken, match="policy_own_proposal"):
        publish(number=1, seen=draft.mark, by=cast.bureau, at=NOW)
    with pytest.raises(RuleBroken, match="office_only"):
        publish(number=1, seen=draft.mark, by=cast.administrator, at=NOW)
    assert publish(number=1, seen=draft.mark, by=cast.second_bureau, at=NOW).published_at == NOW


@pytest.mark.parametrize("who", ["clerk", "director", "supervisor", "leader", "stranger", "petitioner"])
def test_nobody_else_touches_the_versions(cast, who):
    draft = proposed(cast)
    actor = getattr(cast, who)
    with pytest.raises(RuleBroken, match="office_only"):
        propose(values=typed(), by=actor, at=NOW)
    with pytest.raises(RuleBroken, match="office_only"):
        withdraw(number=1, by=actor, at=NOW)
    with pytest.raises(RuleBroken, match="office_only"):
        publish(number=1, seen=draft.mark, by=actor, at=NOW)


def test_a_draft_that_was_entered_anew_is_read_anew_before_it_is_published(cast):
    seen = proposed(cast).mark
    again = proposed(cast, at("2026-11-23 10:00"), solve_days="9")
    assert PolicyVersion.objects.count() == 1
    with pytest.raises(RuleBroken, match="draft_changed"):
        publish(number=1, seen=seen, by=cast.bureau, at=at("2026-11-23 10:05"))
    publish(number=1, seen=again.mark, by=cast.bureau, at=at("2026-11-23 10:05"))
    assert policies()[1].solve_days == 9


def test_a_draft_that_waited_beyond_its_day_is_not_published(cast):
    draft = proposed(cast)
    with pytest.raises(RuleBroken, match="policy_from_tomorrow"):
        publish(number=1, seen=draft.mark, by=cast.bureau, at=at("2026-11-24 00:00"))
    assert PolicyVersion.objects.get().published_at is None


def test_the_next_version_begins_after_the_last_one(cast):
    published(cast, effective_on="2026-12-01")
    for day in ("2026-11-30", "2026-12-01"):
        with pytest.raises(RuleBroken, match="policy_after_last"):
            proposed(cast, effective_on=day)
    assert proposed(cast, effective_on="2026-12-02").number == 2


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"effective_on": "2026-11-23"}, "policy_from_tomorrow", "effective_on"),
        ({"effective_on": "2026-02-30"}, "date_unreal", "effective_on"),
        ({"effective_on": ""}, "date_unreal", "effective_on"),
        ({"note": " "}, "name_needed", "note"),
        ({"note": "长" * 201}, "text_too_long", "note"),
        ({"solve_days": "61"}, "number_out_of_range", "solve_days"),
        ({"report_days": "8"}, "policy_solve_after_report", "solve_days"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(cast, changes, code, field):
    with pytest.raises(RuleBroken, match=code) as broken:
        proposed(cast, **changes)
    assert broken.value.field == field
    assert not PolicyVersion.objects.exists()


def test_a_draft_is_withdrawn_and_stays_in_the_chain(cast):
    proposed(cast)
    withdraw(number=1, by=cast.bureau, at=NOW)
    assert not PolicyVersion.objects.exists()
    assert (last_event().type, last_event().payload) == ("policy_withdrawn", {"policy": 1})
    for verb in (lambda: withdraw(number=1, by=cast.bureau, at=NOW),
                 lambda: publish(number=1, seen="", by=cast.bureau, at=NOW)):  # fmt: skip
        with pytest.raises(RuleBroken, match="policy_not_proposed"):
            verb()


def test_a_published_version_never_changes(cast):
    row = published(cast)
    with pytest.raises(RuleBroken, match="policy_not_proposed"):
        withdraw(number=1, by=cast.bureau, at=NOW)
    for act in (row.delete, row.save, lambda: PolicyVersion.objects.update(effective_on=TOMORROW)):
        with pytest.raises(ProgrammingError, match="Cannot update or delete rows"), transaction.atomic():
            act()
    assert PolicyVersion.objects.get().document["solve_days"] == 7


def test_only_who_sets_up_the_house_publishes_alone(cast):
    values = typed(day_mode="working")
    with pytest.raises(RuleBroken, match="office_only"):
        publish_first(values=values, effective_on=date(2020, 1, 1), by=cast.bureau, at=NOW)
    publish_first(values=values, effective_on=date(2020, 1, 1), by=SYSTEM, at=NOW)
    assert policies()[1].day_mode is DayMode.WORKING
    assert state_of(registered(cast, NOW).matter).policy == 1


@pytest.mark.parametrize(("mode", "modes"), [("working", ["working"]), ("calendar", []), (None, [])])
def test_the_setting_of_an_older_house_becomes_a_version(cast, mode, modes):
    Installation.objects.update(settings={"opens": "09:00", **({"day_mode": mode} if mode else {})})
    import_module("xinfang.migrations.0003_policies").carry_day_mode(apps, None)
    assert Installation.objects.get().settings == {"opens": "09:00"}
    assert [row.document["day_mode"] for row in PolicyVersion.objects.all()] == modes
    for row in PolicyVersion.objects.all():
        assert document_of(row.policy) == {**document_of(shipped_policy(rules())), "day_mode": "working"}
        assert row.published_at <= datetime.now(UTC)
