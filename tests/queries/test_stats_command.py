"""`xinfang stats` prints every figure as of a moment, for people or as JSON."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Matter
from xinfang.rules.figures.definitions import DEFINITIONS

pytestmark = pytest.mark.django_db
DONE = {"result_words": "修好", "result": "supported_done", "petitioner_told": "电话", "evidence": True}


@pytest.fixture
def letters(cast):
    first = registered(cast, at("2026-10-28 09:00"), channel="letter", addressee="province")
    moved(cast, first.matter, at("2026-10-30 10:00"), ("director", "triage", TRIAGE),
          ("director", "solve_on_the_spot", DONE))  # fmt: skip
    for hour in (10, 11):
        registered(cast, at(f"2026-10-29 {hour}:00"), channel="leader_mailbox", addressee="province")
    return cast, first


def printed(capsys, *arguments):
    call_command("stats", *arguments)
    return capsys.readouterr().out


def test_json_is_one_list_with_five_keys_each(letters, capsys):
    found = json.loads(printed(capsys, "--as-of", "2026-10-31T24:00", "--json"))
    assert [figure["code"] for figure in found] == [d.code for d in DEFINITIONS]
    assert {tuple(figure) for figure in found} == {("code", "name", "numerator", "denominator", "value")}
    by_code = {figure["code"]: figure for figure in found}
    assert by_code["R-2L"] == {
        "code": "R-2L", "name": "办结率（信件）", "numerator": 1, "denominator": 3, "value": 33.33,
    }  # fmt: skip
    assert (by_code["L-1"]["value"], by_code["L-1"]["denominator"]) == (3, None)
    assert by_code["R-1"]["value"] is None


def test_the_table_shows_fraction_and_value(letters, capsys):
    lines = printed(capsys, "--as-of", "2026-10-29").splitlines()
    assert next(line for line in lines if line.startswith("R-2L")).split() == [
        "R-2L",
        "办结率（信件）",
        "0/3",
        "0.00",
        "%",
    ]
    assert next(line for line in lines if line.startswith("R-1 ")).endswith("–")


def test_the_period_is_that_of_receipt(letters, capsys):
    found = json.loads(printed(capsys, "--as-of", "2026-10-31", "--from", "2026-10-29", "--to", "2026-10-29", "--json"))
    assert next(f for f in found if f["code"] == "L-1")["numerator"] == 2


@pytest.mark.parametrize("arguments", [("--as-of", "soon"), ("--from", "2026-02-30"), ("--as-of", "2026-10-31T25:00")])
def test_nonsense_is_refused_in_one_line_with_status_two(letters, arguments):
    with pytest.raises(CommandError) as refused:
        call_command("stats", *arguments)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


def test_a_matter_that_was_sealed_later_leaves_no_trace_in_any_past(letters, capsys):
    _cast, first = letters
    Matter.objects.filter(pk=first.matter).update(sealed=True)
    for moment in ("2026-10-28", "2026-10-31"):
        found = {f["code"]: f["numerator"] for f in json.loads(printed(capsys, "--as-of", moment, "--json"))}
        assert (found["L-1P"], found["R-2L"]) == (0, 0)
