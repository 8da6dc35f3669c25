"""Risk is scored on matters and places, never on persons; units are never ranked by how many people came."""

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.sources import PACKAGE, calls, name_of, python_files, text_of

PERSONS = ("Person", "Party", "Contact", "Look", "SealedSlip", "PhoneCode", "User", "Post")
JUDGING = re.compile(
    r"(?:^|_)(?:score|risk|level|tag|tags|rank|ranking|grade|flag|flags|watch|watched|black|blacklist|key_person|label|"
    r"sentiment|history|visits|count_of|times|category|danger|credit|stability)(?:_|$)",
)
VOLUME = re.compile(r"^-?(?:n|count|total|volume|matters|matter_count|registered|how_many|petitions)(?:__count)?$")


@pytest.mark.parametrize("name", PERSONS)
def test_no_table_of_persons_can_hold_a_judgement(name):
    fields = {field.name for field in apps.get_model("xinfang", name)._meta.get_fields()}
    assert sorted(field for field in fields if JUDGING.search(field)) == []


def test_a_person_is_contact_and_needs_and_nothing_else():
    fields = {field.name for field in apps.get_model("xinfang", "Person")._meta.concrete_fields}
    assert fields == {
        "id", "name_sealed", "id_type", "id_number_sealed", "id_number_index", "phone_sealed", "phone_index",
        "address_sealed", "accessibility_needs", "is_organisation", "masked_at",
    }  # fmt: skip


def test_no_form_asks_for_a_judgement_of_a_person():
    pattern = re.compile(r"name=\"(?:person|petitioner|party)_?(?:score|risk|level|tag|rank|flag)")
    found = [name_of(path) for path in sorted((PACKAGE / "templates").rglob("*.html")) if pattern.search(text_of(path))]
    assert found == []


def test_nothing_is_ordered_by_the_number_of_petitions():
    found = [
        f"{name_of(path)}:{call.lineno}"
        for path in python_files()
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"order_by", "latest", "earliest"}
        and any(isinstance(a, ast.Constant) and VOLUME.match(str(a.value)) for a in call.args)
    ]
    assert found == []


def test_no_list_of_units_is_sorted_by_how_many_came():
    """`most_common` and sorting by a count, where the rows are units, is how a ranking begins."""
    found = [
        f"{name_of(path)}:{call.lineno}"
        for path in python_files()
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "most_common"
    ]
    assert found == []


def test_a_signal_of_the_risk_board_is_about_no_person():
    fields = {field.name for field in apps.get_model("xinfang", "RiskSignal")._meta.get_fields()}
    assert fields == {
        "id", "rule", "subject", "key", "path", "level", "state", "figures", "evidence", "raised_at", "looked_at",
        "told", "decided_at", "decided_by", "done_sealed",
    }  # fmt: skip
