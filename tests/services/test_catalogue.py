"""The catalogue's draft: changed by those who run the house, published by somebody else; no line is ever cut."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import CatalogueVersion, Event, Installation
from xinfang.queries import catalogue, catalogue_versions
from xinfang.queries.catalogue_replay import replay
from xinfang.queries.catalogue_versions import before, brought, draft, founding, held, in_force, version, versions
from xinfang.rules.catalogue.editing import typed
from xinfang.rules.clocks.policy_versions import VersionStanding as Standing
from xinfang.rules.refusals import RuleBroken
from xinfang.services.catalogue import answer_release, change_line, publish, withdraw

pytestmark = pytest.mark.django_db

NOW, TODAY = at("2026-11-23 09:00"), date(2026, 11, 23)
MUSHROOMS = {
    "zh": "蘑菇大棚", "synonyms": "菌棚、菇棚、蘑菇", "example": "蘑菇大棚塌了。", "shelf": "land",
    "category": "agriculture", "route": "petition", "unit1": "agriculture", "limit": "7天",
}  # fmt: skip


def line(key, **changes):
    return {**typed(founding().item(key)), **changes}


def changed(cast, key="unpaid_wages", by=None, **changes):
    values = line(key, **changes) if key else {**MUSHROOMS, **changes}
    return change_line(key=key, values=values, by=by or cast.administrator, at=NOW)


def published(cast, **changes):
    changed(cast, **changes)
    row = draft()
    return publish(number=row.pk, seen=row.digest, by=cast.bureau, at=NOW)


def last_event():
    return Event.objects.filter(chain=Installation.objects.get().chain).order_by("-seq").first()


def first_for(words):
    return next((one.line.key for one in catalogue.suggestions("", [words], TODAY)), "")


def test_a_draft_changes_nothing_until_a_second_person_publishes_it(cast):
    assert changed(cast, zh="老板不给钱") == "unpaid_wages"
    row = draft()
    assert (row.pk, row.editors, row.changed_at) == (1, [cast.users["administrator"].pk], NOW)
    assert (last_event().type, last_event().payload) == (
        "catalogue_changed", {"catalogue": 1, "line": "unpaid_wages", "digest": row.digest},
    )  # fmt: skip
    assert (in_force().number, catalogue.name_of("unpaid_wages")) == (0, "工资被拖欠")
    publish(number=1, seen=row.digest, by=cast.bureau, at=NOW)
    assert last_event().payload == {"catalogue": 1, "digest": row.digest, "lines": ["unpaid_wages"]}
    assert (in_force().number, catalogue.name_of("unpaid_wages")) == (1, "老板不给钱")


def test_a_new_line_has_a_key_of_its_own_and_is_found_and_suggested(cast):
    assert (first_for("菇棚塌了"), catalogue.find("菌棚", TODAY)) == ("", [])
    published(cast, key="")
    assert first_for("菇棚塌了") == "own_1"
    assert [item.key for item in catalogue.find("菌棚", TODAY)] == ["own_1"]


def test_a_line_that_ended_is_not_offered_and_keeps_its_name(cast):
    published(cast, until_on="2026-11-22")
    assert catalogue.items_of(["unpaid_wages", "gone", "debts"], TODAY) == [catalogue.item("debts")]
    assert first_for("老板拖欠工资") != "unpaid_wages"
    assert catalogue.item("unpaid_wages").name == catalogue.name_of("unpaid_wages") == "工资被拖欠"
    assert "unpaid_wages" in {item.key for item in catalogue.items(date(2026, 11, 22), "work")}


def test_whoever_worked_on_a_draft_does_not_publish_it(cast):
    changed(cast, by=cast.bureau)
    changed(cast, "debts", by=cast.administrator, zh="欠钱不还")
    row = draft()
    assert row.editors == sorted([cast.users["bureau"].pk, cast.users["administrator"].pk])
    with pytest.raises(RuleBroken, match="catalogue_own_draft"):
        publish(number=1, seen=row.digest, by=cast.bureau, at=NOW)
    with pytest.raises(RuleBroken, match="office_only"):
        publish(number=1, seen=row.digest, by=cast.administrator, at=NOW)
    assert publish(number=1, seen=row.digest, by=cast.second_bureau, at=NOW).published_at == NOW


def test_a_draft_that_was_changed_since_is_read_anew(cast):
    changed(cast, zh="欠薪")
    seen = draft().digest
    changed(cast, zh="欠薪了")
    with pytest.raises(RuleBroken, match="draft_changed"):
        publish(number=1, seen=seen, by=cast.bureau, at=NOW)


def test_a_draft_that_says_what_holds_is_not_published(cast):
    changed(cast)
    with pytest.raises(RuleBroken, match="catalogue_unchanged"):
        publish(number=1, seen=draft().digest, by=cast.bureau, at=NOW)


@pytest.mark.parametrize("who", ["clerk", "director", "supervisor", "leader", "stranger", "petitioner"])
def test_nobody_else_touches_the_catalogue(cast, who):
    changed(cast)
    actor = getattr(cast, who)
    for verb in (
        lambda: changed(cast, by=actor),
        lambda: answer_release(key="debts", take=True, by=actor, at=NOW),
        lambda: withdraw(number=1, by=actor, at=NOW),
        lambda: publish(number=1, seen="", by=actor, at=NOW),
    ):
        with pytest.raises(RuleBroken, match="office_only"):
            verb()


def test_a_line_that_cannot_be_is_refused_and_leaves_no_draft(cast):
    for act, code in (
        (lambda: changed(cast, zh=""), "field_required"),
        (lambda: changed(cast, "accusation_of_officials", route="duty"), "choice_unknown"),
        (lambda: change_line(key="gone", values=MUSHROOMS, by=cast.administrator, at=NOW), "catalogue_line_unknown"),
        (lambda: answer_release(key="gone", take=True, by=cast.administrator, at=NOW), "catalogue_line_unknown"),
    ):
        with pytest.raises(RuleBroken, match=code):
            act()
    assert draft() is None


def test_a_draft_is_withdrawn_and_stays_in_the_chain(cast):
    changed(cast)
    withdraw(number=1, by=cast.bureau, at=NOW)
    assert (draft(), last_event().payload) == (None, {"catalogue": 1})
    for verb in (
        lambda: withdraw(number=1, by=cast.bureau, at=NOW),
        lambda: publish(number=1, seen="", by=cast.bureau, at=NOW),
    ):
        with pytest.raises(RuleBroken, match="catalogue_not_proposed"):
            verb()


def test_a_published_version_never_changes_and_stays_readable(cast):
    row = published(cast, zh="欠薪")
    for act in (row.delete, row.save, lambda: CatalogueVersion.objects.update(digest="")):
        with pytest.raises(ProgrammingError, match="Cannot update or delete rows"), transaction.atomic():
            act()
    changed(cast, "debts", zh="欠钱不还")
    with pytest.raises(RuleBroken, match="catalogue_not_proposed"):
        withdraw(number=1, by=cast.bureau, at=NOW)
    names = [version(number).item("unpaid_wages")["zh"] for number in (0, 1, 2)]
    assert names == ["工资被拖欠", "欠薪", "欠薪"]
    assert (before(0), version(3), before(2).number) == (None, None, 1)


def test_every_version_says_where_it_stands_and_who_made_it(cast):
    assert [(one.number, one.standing) for one in versions()] == [(0, Standing.IN_FORCE)]
    published(cast, zh="欠薪")
    changed(cast, "debts", zh="欠钱不还", by=cast.second_bureau)
    assert [(one.number, one.standing, one.editors, one.published_by) for one in versions()] == [
        (2, Standing.DRAFT, ("韩清",), ""),
        (1, Standing.IN_FORCE, ("何管",), "沈信"),
        (0, Standing.PAST, (), ""),
    ]


def release(monkeypatch, **changes):
    """A newer release whose file says something else of unpaid wages."""
    old = founding()
    items = tuple({**item, **changes} if item["key"] == "unpaid_wages" else item for item in old.items)
    fresh = catalogue_versions.Held(0, items, old.catalogue, catalogue_versions.marks(items), old.shelves)
    monkeypatch.setattr(catalogue_versions, "founding", lambda: fresh)
    monkeypatch.setattr("xinfang.services.catalogue.founding", lambda: fresh)


def test_a_release_changes_nothing_of_what_the_house_published_and_is_shown(cast, monkeypatch):
    published(cast, zh="欠薪")
    assert brought(in_force()) == []
    release(monkeypatch, zh="老板欠薪")
    assert catalogue.name_of("unpaid_wages") == "欠薪"
    assert [change.item["zh"] for change in brought(in_force())] == ["老板欠薪"]


@pytest.mark.parametrize(("take", "name"), [(True, "老板欠薪"), (False, "欠薪")])
def test_what_a_release_brought_is_taken_over_or_the_own_words_stay(cast, monkeypatch, take, name):
    published(cast, zh="欠薪")
    release(monkeypatch, zh="老板欠薪")
    answer_release(key="unpaid_wages", take=take, by=cast.administrator, at=NOW)
    row = draft()
    assert (held(row).item("unpaid_wages")["zh"], brought(held(row))) == (name, [])
    publish(number=2, seen=row.digest, by=cast.bureau, at=NOW)
    assert (catalogue.name_of("unpaid_wages"), brought(in_force())) == (name, [])


def test_a_line_that_only_the_release_has_is_added(cast, monkeypatch):
    changed(cast)
    row = draft()
    row.document["items"] = [item for item in row.document["items"] if item["key"] != "debts"]
    row.save()
    answer_release(key="debts", take=True, by=cast.administrator, at=NOW)
    assert held(draft()).items[-1]["key"] == "debts"


def test_what_was_suggested_and_decided_names_the_version_that_held(cast):
    decided = {**TRIAGE, "item": "roads_and_lamps", "category": "transport"}

    def triaged(**values):
        receipt = registered(cast, NOW)
        moved(cast, receipt.matter, NOW, ("director", "triage", {**decided, **values}))
        return Event.objects.get(chain_id=receipt.matter, type="triaged").payload

    assert triaged()["catalogue"] == 0
    published(cast, zh="欠薪")
    assert triaged()["catalogue"] == 1
    assert "catalogue" not in triaged(item="")


def test_the_replay_counts_what_would_be_suggested_otherwise(cast):
    hidden = registered(cast, NOW, original_words="菇棚塌了", demand="赔菇棚", restricted=True)
    receipts = [registered(cast, NOW, original_words=words, demand=words) for words in ("菇棚塌了。", "路灯坏了。")]
    decided = {**TRIAGE, "category": "agriculture"}
    moved(cast, receipts[0].matter, NOW, ("director", "triage", decided))
    assert hidden.number
    changed(cast, "")
    found = replay(in_force(), held(draft()), at("2026-11-24 09:00"))
    tally = found.tally
    assert (tally.matters, tally.first, tally.units, tally.none_before, tally.none_after) == (2, 1, 1, 1, 0)
    assert (tally.decided, tally.right_before, tally.right_after) == (1, 0, 1)
    assert (tally.among_before, tally.among_after, found.left_out) == (0, 1, 0)
    assert [(one.line, one.before, one.after) for one in found.sentences] == [("own_1", "", "own_1")]
    assert (found.asked, found.right_after - found.right_before) == (len(founding().items), 1)
