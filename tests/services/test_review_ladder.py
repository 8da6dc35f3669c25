"""The review ladder through the services: who reviews is found, sees what was asked, and decides alone."""

from datetime import timedelta

import pytest

from tests.cast import FOUNDED, at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Matter, Notice, Post, Unit
from xinfang.queries.access import matters_for
from xinfang.queries.people import actor_of
from xinfang.rules.people.seats import PETITIONER
from xinfang.rules.refusals import RuleBroken
from xinfang.services.matters import perform, state_of

pytestmark = pytest.mark.django_db
GOV = "999901-ZF"
START = at("2026-03-16 09:00")
OPINION = {
    "outcome": "not_supported", "findings": "查明", "legal_basis": "条例", "opinion": "不予支持",
    "review_organ": "区政府", "document": "意1",
}  # fmt: skip
DECISION = {"decision": "maintained", "findings": "查明", "legal_basis": "条例", "opinion": "维持", "document": "复1"}


@pytest.fixture
def reviewer(cast):
    """The district government with its review seat, held by the leader's neighbour."""
    Unit.objects.create(
        code=GOV, name="区政府", short_name="区政府", tier="district", kind="organ", area_id="999901",
        parent_id="999901", path=f"999901.{GOV}", is_organ=True,
    )  # fmt: skip
    user = cast.users["archivist"]
    Post.objects.create(unit_id=GOV, role="review_organ", holder=user, from_on=FOUNDED)
    return actor_of(user, FOUNDED)


@pytest.fixture
def lamp(cast):
    matter = registered(cast, START).matter
    moved(
        cast, matter, START, ("director", "triage", TRIAGE),
        ("director", "assign", {"mode": "transfer", "lead": "999901001-ZF"}),
        ("town_head", "accept", {"document": "受1"}), ("town_head", "start_handling", {}),
        ("town_head", "sign_opinion", {**OPINION, "reviewed_by": cast.users["deputy"].pk}),
        ("town_handler", "serve_opinion", {"way": "in_person"}),
    )  # fmt: skip
    return matter


def test_the_petitioner_asks_in_one_step_and_the_organ_above_is_found(cast, reviewer, lamp):
    assert not matters_for(reviewer, START).filter(pk=lamp).exists()
    asked = perform("ask_review", matter=lamp, by=PETITIONER, at=START + timedelta(days=2), values={"reasons": "不服"})
    review = asked.reviews[0]
    assert (review.organ, review.appealed, review.late) == (GOV, "意1", 0)
    assert matters_for(reviewer, START).filter(pk=lamp).exists()
    assert Matter.objects.get(pk=lamp).review_units == [GOV]
    assert Notice.objects.filter(user=cast.users["archivist"], matter=lamp).exists()


def test_where_no_review_seat_sits_above_the_bureau_enters_what_was_decided_outside(cast, lamp):
    later = START + timedelta(days=3)
    perform("ask_review", matter=lamp, by=PETITIONER, at=later, values={"reasons": "不服"})
    assert state_of(lamp).reviews[0].organ == ""
    moved(cast, lamp, later, ("bureau", "decide_review", DECISION), ("bureau", "serve_review", {"way": "post"}))
    assert state_of(lamp).reviews[0].served_at == later


def test_the_organ_never_decides_on_its_own_opinion_and_the_second_step_leaves_the_first_organ(cast, reviewer, lamp):
    later = START + timedelta(days=3)
    ask = {"reasons": "不服"}
    with pytest.raises(RuleBroken, match="reviews_itself"):
        perform("register_review", matter=lamp, by=cast.bureau, at=later, values={**ask, "organ": "999901001-ZF"})
    perform("register_review", matter=lamp, by=cast.bureau, at=later, values=ask)
    with pytest.raises(RuleBroken, match="role_may_not"):
        perform("decide_review", matter=lamp, by=cast.town_head, at=later, values=DECISION)
    perform("decide_review", matter=lamp, by=reviewer, at=later, values=DECISION)
    perform("serve_review", matter=lamp, by=reviewer, at=later, values={"way": "in_person"})
    perform("register_review", matter=lamp, by=cast.bureau, at=later, values=ask)
    assert [(r.level.value, r.organ) for r in state_of(lamp).reviews] == [("first_review", GOV), ("second_review", "")]


def test_a_late_request_is_explained_by_a_legal_reviewer_who_is_not_the_one_who_writes_it(cast, reviewer, lamp):
    late = START + timedelta(days=32)
    perform("register_review", matter=lamp, by=cast.bureau, at=late, values={"reasons": "不服"})
    assert state_of(lamp).reviews[0].late == 2
    noted = {"lateness": "explained_only", "reason": "没有说明原因"}
    values = {**noted, "reviewed_by": cast.users["archivist"].pk}
    with pytest.raises(RuleBroken, match="reviewer_unfit"):
        perform("note_lateness", matter=lamp, by=reviewer, at=late, values=values)
    values = {**noted, "reviewed_by": cast.users["deputy"].pk}
    perform("note_lateness", matter=lamp, by=reviewer, at=late, values=values)
    assert perform("decide_review", matter=lamp, by=reviewer, at=late, values=DECISION).reviews[0].decided_at == late


def test_an_annulled_opinion_is_with_its_organ_again(cast, reviewer, lamp):
    later = START + timedelta(days=3)
    moved(cast, lamp, later, ("director", "close", {}))
    perform("register_review", matter=lamp, by=cast.bureau, at=later, values={"reasons": "不服"})
    perform("decide_review", matter=lamp, by=reviewer, at=later, values={**DECISION, "decision": "annulled"})
    back = perform("serve_review", matter=lamp, by=reviewer, at=later, values={"way": "post"})
    assert (back.stage.value, back.closed_at) == ("handling", None)
    again = {**OPINION, "document": "意2", "outcome": "explained"}
    moved(cast, lamp, later, ("town_head", "sign_opinion", again))
