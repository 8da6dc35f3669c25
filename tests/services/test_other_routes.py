"""Procedures beside a petition through the services: chosen with a reason, limits by themselves, results taken in."""

from datetime import date, timedelta

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Matter
from xinfang.rules.refusals import RuleBroken
from xinfang.services.matters import perform, state_of

pytestmark = pytest.mark.django_db
START = at("2026-03-16 09:00")
LATER = START + timedelta(days=60)


@pytest.fixture
def wages(cast):
    matter = registered(cast, START).matter
    moved(cast, matter, START, ("director", "triage", TRIAGE))
    return matter


def led(cast, **changes):
    return {
        "procedure": "labour_arbitration", "reason": "劳动争议", "competent_body": "仲裁委员会",
        "how_to_apply": "递交申请书",
        "reviewed_by": cast.users["deputy"].pk, "document": "途1", **changes,
    }  # fmt: skip


def test_the_route_and_the_limits_follow_from_the_procedure_and_one_day(cast, wages):
    state = moved(cast, wages, START, ("bureau", "channel", led(cast, trigger_on="2026-01-20")))
    assert (state.route.value, state.routes[0].procedure) == ("arbitration", "labour_arbitration")
    assert [(limit.rule, limit.from_on) for limit in state.limits] == [("EX-LAB1Y", date(2026, 1, 20))]
    assert "reason" not in Event.objects.get(chain_id=wages, type="channelled").payload


def test_without_a_day_no_limit_begins_and_what_was_noted_before_is_not_noted_again(cast, wages):
    moved(cast, wages, START, ("director", "note_limit", {"rule": "EX-LAB1Y", "from_on": "2026-01-20"}))
    state = moved(cast, wages, START, ("bureau", "channel", led(cast, trigger_on="2026-01-20")))
    assert len(state.limits) == 1
    other = registered(cast, START).matter
    moved(cast, other, START, ("director", "triage", TRIAGE))
    assert moved(cast, other, START, ("bureau", "channel", led(cast))).limits == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"procedure": "no_such"}, "choice_unknown"),
        ({"unmet": "lz_arb_first"}, "route_impossible"),
        ({"unmet": "fy_in_time"}, "check_of_another"),
        ({"trigger_on": "2026-03-17"}, "date_in_the_future"),
        ({"trigger_on": "1980-01-01"}, "limit_too_old"),
        ({"reason": ""}, "field_required"),
    ],
)
def test_a_route_is_refused_with_a_sentence_only_where_nothing_else_is_possible(cast, wages, changes, code):
    with pytest.raises(RuleBroken, match=code):
        perform("channel", matter=wages, by=cast.bureau, at=START, values=led(cast, **changes))


def test_what_fits_badly_is_chosen_all_the_same_and_stands_in_the_record(cast, wages):
    moved(cast, wages, START, ("bureau", "channel", led(cast, unmet="lz_in_time")))
    assert Event.objects.get(chain_id=wages, type="channelled").payload["unmet"] == "lz_in_time"


def test_a_result_opens_the_next_limit_and_then_another_procedure_may_follow_and_nothing_is_resolved(cast, wages):
    result = {"case_number": "仲1", "external_outcome": "refused", "result_on": "2026-05-12", "result_words": "驳回"}
    moved(
        cast, wages, START, ("bureau", "channel", led(cast)), ("bureau", "tell_channelled", {"way": "in_person"}),
        ("bureau", "await_external", {}),
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="need_external_done"):
        perform("channel", matter=wages, by=cast.bureau, at=LATER, values=led(cast, procedure="civil_suit"))
    state = moved(cast, wages, LATER, ("bureau", "record_external_result", {**result, "received_on": "2026-05-14"}))
    assert [(limit.rule, limit.from_on) for limit in state.limits] == [("EX-LABSUE15", date(2026, 5, 14))]
    again = led(cast, procedure="civil_suit", document="途2")
    state = moved(cast, wages, LATER, ("bureau", "channel", again), ("bureau", "tell_channelled", {"way": "post"}))
    assert [one.procedure for one in state.routes] == ["labour_arbitration", "civil_suit"]
    row = Matter.objects.get(pk=wages)
    assert (row.closed_at, row.resolved_at, row.result) == (START, None, "channelled")


def test_a_result_without_a_day_of_receipt_or_of_an_older_record_opens_nothing(cast, wages):
    result = {"case_number": "仲1", "external_outcome": "settled", "result_on": "2026-05-12", "result_words": "调解"}
    moved(
        cast, wages, START, ("bureau", "channel", led(cast)), ("bureau", "tell_channelled", {"way": "in_person"}),
        ("bureau", "await_external", {}),
    )  # fmt: skip
    assert moved(cast, wages, LATER, ("bureau", "record_external_result", result)).limits == ()


def test_legal_aid_is_asked_for_in_one_step_and_once_for_one_day(cast, wages):
    moved(cast, wages, START, ("clerk", "ask_legal_aid", {"from_on": "2026-03-16"}))
    assert [limit.rule for limit in state_of(wages).limits] == ["EX-FLYZ7"]
    with pytest.raises(RuleBroken, match="limit_twice"):
        perform("ask_legal_aid", matter=wages, by=cast.clerk, at=START, values={"from_on": "2026-03-16"})
