"""The table of procedures beside a petition: every row is whole, names its law, and only computes limits that exist."""

from copy import deepcopy
from dataclasses import replace

import pytest

from tests.rules.states import Story, actor, asked, at, counting, state
from xinfang.policies import shipped
from xinfang.rules.lifecycle.allowed import BY_NAME
from xinfang.rules.lifecycle.values import check_together, entered
from xinfang.rules.matters.codes import Route, Stage
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.routes.codes import ExternalOutcome
from xinfang.rules.routes.procedures import check_unmet, chosen, read

RULES = counting().rules
TABLE = read(shipped("routes.yaml"), RULES)


def test_the_shipped_table_holds_every_route_but_the_petition_itself():
    assert {one.route for one in TABLE.values()} == set(Route) - {Route.PETITION}
    assert len(TABLE) == 19


@pytest.mark.parametrize("one", TABLE.values(), ids=TABLE)
def test_every_procedure_names_its_law_and_limits_that_begin_with_a_day_we_are_told(one):
    assert all(basis.title for basis in one.basis)
    assert [rule for rule in (*one.limits, *one.after) if not RULES[rule].is_noted] == []


@pytest.mark.parametrize(
    ("key", "limits", "after"),
    [
        ("administrative_reconsideration", ("EX-FY60",), ("EX-SS15",)),
        ("administrative_suit", ("EX-SS6M",), ()),
        ("labour_arbitration", ("EX-LAB1Y",), ("EX-LABSUE15",)),
        ("land_contract_arbitration", ("EX-LAND2Y",), ("EX-LANDS30",)),
        ("duty_application", ("EX-SSDUTY2M",), ("EX-FY60",)),
        ("labour_inspection", ("EX-LSTS2Y",), ()),
        ("civil_suit", ("EX-CIV3Y",), ()),
    ],
)
def test_the_limits_are_those_of_the_acts(key, limits, after):
    assert (TABLE[key].limits, TABLE[key].after) == (limits, after)


def row(**changes):
    document = {"procedures": [deepcopy(shipped("routes.yaml")["procedures"][0])]}
    for check in document["procedures"][0]["checks"]:
        check.pop("instead", None)
    document["procedures"][0] |= changes
    return document


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "exactly the key procedures"),
        (row(colour="red"), "exactly the fields"),
        (row(name=""), "words must be text"),
        (row(route="petition"), "no procedure beside itself"),
        (row(route="by_air"), "by_air"),
        (row(limits=["EX-NO"]), "unknown limits EX-NO"),
        (row(basis=[]), "must name its basis"),
        (row(basis=[{"title": "", "article": ""}]), "must name its basis"),
        (row(checks=[{"key": "a"}]), "a check has a key"),
        (row(checks=[{"key": "a", "text": "b", "colour": "red"}]), "a check has a key"),
        (row(checks=[{"key": "a", "text": "b", "impossible": True}]), "says why"),
        (row(checks=[{"key": "a", "text": "b", "instead": "nowhere"}]), "no other procedure"),
        ({"procedures": row()["procedures"] * 2}, "given twice"),
    ],
)
def test_a_table_that_is_not_whole_is_refused_with_the_row_at_fault(document, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(document, RULES)


def refusal(procedure, unmet):
    with pytest.raises(RuleBroken) as broken:
        check_unmet(TABLE, TABLE[procedure], unmet)
    return broken.value


def test_what_the_law_makes_impossible_is_refused_with_the_reason_and_the_procedure_that_fits():
    while_reviewed = refusal("administrative_suit", "ss_no_fy")
    assert (while_reviewed.code, while_reviewed.facts["instead"]) == ("route_impossible", "—")
    assert "行政复议期间不能同时起诉" in while_reviewed.facts["why"]
    assert refusal("administrative_suit", "ss_fy_first").facts["instead"] == "行政复议"
    assert refusal("civil_suit", "ss_no_fy").code == "check_of_another"


def test_what_only_fits_badly_is_never_refused():
    assert check_unmet(TABLE, TABLE["labour_arbitration"], "lz_in_time") is None
    assert check_unmet(TABLE, TABLE["labour_arbitration"], "") is None
    assert chosen(TABLE, "civil_suit").name == "民事诉讼"
    with pytest.raises(RuleBroken, match="choice_unknown"):
        chosen(TABLE, "no_such")


def led(when="2026-03-03 10:00", **said):
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00")
    return story.add("channelled", when, route="arbitration", document="途1", stage="channelled", **said)


def test_a_procedure_is_a_child_of_the_matter_and_what_it_opens_runs_as_a_limit():
    story = led(procedure="labour_arbitration", limits=[{"rule": "EX-LAB1Y", "from_on": "2025-06-01"}])
    story.add("channelling_told", "2026-03-04 10:00", way="post")
    story.add("progress_recorded", "2026-03-05 10:00", move="await_external", stage="awaiting_external")
    story.add(
        "external_result_recorded", "2026-06-04 10:00", case_number="仲1", external_outcome="partly",
        result_on="2026-06-01", limits=[{"rule": "EX-LABSUE15", "from_on": "2026-06-03"}],
    )  # fmt: skip
    now = story.state()
    assert [(limit.k, limit.rule, str(limit.from_on)) for limit in now.limits] == [
        (1, "EX-LAB1Y", "2025-06-01"), (2, "EX-LABSUE15", "2026-06-03"),
    ]  # fmt: skip
    taken = now.routes[0]
    assert (taken.case_number, taken.outcome, str(taken.result_on), taken.told_at) == (
        "仲1", ExternalOutcome.PARTLY, "2026-06-01", at("2026-03-04 10:00"),
    )  # fmt: skip


def test_a_second_procedure_after_the_first_has_its_own_row_and_closes_nothing_anew():
    story = led().add("channelling_told", "2026-03-04 10:00", way="post")
    story.add("external_result_recorded", "2026-06-04 10:00", case_number="仲1")
    first = story.state()
    story.add("channelled", "2026-06-10 10:00", route="judicial", procedure="civil_suit", document="途2")
    assert story.state().external_result_at is None
    story.add("channelling_told", "2026-06-11 10:00", way="post")
    now = story.state()
    assert (first.closed_at, now.closed_at) == (at("2026-03-04 10:00"), at("2026-03-04 10:00"))
    assert [(one.k, one.procedure, one.is_open) for one in now.routes] == [(1, "", False), (2, "civil_suit", True)]
    story.add("external_result_recorded", "2026-09-04 10:00", external_outcome="refused")
    assert [one.outcome for one in story.state().routes] == [None, ExternalOutcome.REFUSED]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"ground": "n5"}, None),
        ({"ground": "n1"}, ("field_required", "handled_until")),
        ({"ground": "n1", "handled_until": "2026-03-15"}, ("n1_overdue", "handled_until")),
        ({"ground": "n1", "handled_until": "2026-03-16"}, None),
    ],
)
def test_a_lower_organ_that_is_overdue_is_no_ground_for_not_accepting(values, why):
    question = asked(replace(state(), stage=Stage.TRIAGED), actor(Role.PETITION_BUREAU), at("2026-03-16 12:00"))
    given = entered(BY_NAME["not_accept"], {"competent_body": "镇政府", "reviewed_by": 2, "document": "1", **values})

    def call():
        check_together(BY_NAME["not_accept"], given.facts, given.words, question)

    if why is None:
        assert call() is None
        return
    with pytest.raises(RuleBroken) as broken:
        call()
    assert (broken.value.code, broken.value.field) == why
