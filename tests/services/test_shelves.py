"""Shelves are edited in the draft of the catalogue, published by somebody else, and shown on the first page."""

import pytest

from tests.cast import at
from tests.services.test_catalogue import last_event
from xinfang.models import CatalogueVersion
from xinfang.queries import catalogue
from xinfang.queries.catalogue_versions import draft, founding, held, in_force
from xinfang.rules.catalogue.editing import typed as typed_line
from xinfang.rules.catalogue.shelves import typed
from xinfang.rules.refusals import RuleBroken
from xinfang.services.catalogue import change_line, change_shelf, publish, remove_shelf

pytestmark = pytest.mark.django_db
NOW = at("2026-11-23 09:00")
WATER = {"zh": "水 电 气", "eg": "停水、停电", "shape": "home", "place": "1"}


def changed(cast, key="work", **values):
    return change_shelf(key=key, values={**typed(founding().shelves, key), **values}, by=cast.administrator, at=NOW)


def emptied(cast, shelf="trade", into="work"):
    for item in founding().items:
        if item["shelf"] == shelf:
            change_line(key=item["key"], values={**typed_line(item), "shelf": into}, by=cast.administrator, at=NOW)


def published(cast):
    row = draft()
    publish(number=row.pk, seen=row.digest, by=cast.bureau, at=NOW)


def test_a_shelf_is_renamed_and_moved_in_a_draft_and_shown_once_published(cast):
    assert changed(cast, zh="打工 工资", place="2") == "work"
    assert last_event().payload == {"catalogue": 1, "shelf": "work", "digest": draft().digest}
    assert catalogue.shelves()[0].name == "工资 社保 劳动"
    published(cast)
    assert [shelf.name for shelf in catalogue.shelves()[:2]] == ["土地 房屋 征收", "打工 工资"]


def test_an_emptied_shelf_goes_and_one_of_ones_own_takes_its_place(cast):
    with pytest.raises(RuleBroken, match="shelf_has_lines"):
        remove_shelf(key="trade", by=cast.administrator, at=NOW)
    with pytest.raises(RuleBroken, match="too_many_shelves"):
        change_shelf(key="", values=WATER, by=cast.administrator, at=NOW)
    emptied(cast)
    remove_shelf(key="trade", by=cast.administrator, at=NOW)
    assert change_shelf(key="", values=WATER, by=cast.administrator, at=NOW) == "own_1"
    debts = {**typed_line(founding().item("debts")), "shelf": "own_1"}
    change_line(key="debts", values=debts, by=cast.administrator, at=NOW)
    published(cast)
    assert "trade" not in catalogue.shelf_names()
    assert catalogue.shelves()[0].key == "own_1"
    assert [item.key for item in catalogue.items(NOW.date(), "own_1")] == ["debts"]
    with pytest.raises(RuleBroken, match="choice_unknown"):
        change_line(key="debts", values={**debts, "shelf": "trade"}, by=cast.administrator, at=NOW)


def test_what_cannot_be_is_refused_and_leaves_no_draft(cast):
    for act, code in (
        (lambda: changed(cast, zh=""), "field_required"),
        (lambda: change_shelf(key="gone", values=WATER, by=cast.administrator, at=NOW), "shelf_unknown"),
        (lambda: change_shelf(key="work", values=WATER, by=cast.clerk, at=NOW), "office_only"),
        (lambda: remove_shelf(key="unclear", by=cast.administrator, at=NOW), "shelf_stays"),
    ):
        with pytest.raises(RuleBroken, match=code):
            act()
    assert draft() is None


def test_a_version_from_before_shelves_could_be_edited_has_those_of_the_release(cast):
    changed(cast, zh="打工")
    row = draft()
    del row.document["shelves"]
    row.save()
    assert held(row).shelves == founding().shelves == in_force().shelves
    changed(cast, "land", zh="土地")
    assert [shelf["zh"] for shelf in held(CatalogueVersion.objects.get()).shelves][:2] == ["工资 社保 劳动", "土地"]
