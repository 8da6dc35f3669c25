"""Opening what is masked: only who may, only with a reason that says something, and each look stays written."""

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.models import Look
from xinfang.models.protection import reveal
from xinfang.queries.access import state_for
from xinfang.rules.refusals import RuleBroken
from xinfang.services.looks import note_duplicate_check, note_search, open_identity

pytestmark = pytest.mark.django_db
NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")


def refusal(call, **values):
    with pytest.raises(RuleBroken) as broken:
        call(**values, at=TEN)
    assert Look.objects.count() == 0
    return broken.value.code


@pytest.mark.parametrize(
    ("reason", "code"),
    [("  看看 ", "reason_too_short"), ("", "reason_too_short"), ("长" * 201, "text_too_long")],
)
def test_a_reason_says_something_and_not_too_much(cast, reason, code):
    matter = registered(cast, NINE).matter
    assert refusal(open_identity, matter=matter, by=cast.director, reason=reason) == code
    assert refusal(note_search, found=[matter], by=cast.director, reason=reason) == code


def test_a_look_is_kept_with_its_seat_and_its_sealed_reason(cast):
    matter = registered(cast, NINE).matter
    look = open_identity(matter=matter, by=cast.director, reason="  打电话约现场  ", at=TEN)
    assert (look.matter_id, look.user, look.role, look.unit, look.what, look.at) == (
        matter, cast.director.user_id, "centre_director", "999901001", "identity", TEN,
    )  # fmt: skip
    assert reveal(bytes(Look.objects.get().reason_sealed), Look.place).decode() == "打电话约现场"


@pytest.mark.parametrize("who", ["stranger", "administrator", "supervisor"])
def test_who_may_not_open_an_identity_is_told_that_nothing_is_there(cast, who):
    matter = registered(cast, NINE).matter
    by = getattr(cast, who)
    assert (state_for(by, matter, TEN) is not None) is (who == "supervisor")
    assert refusal(open_identity, matter=matter, by=by, reason="打电话约现场") == "not_found"


def test_only_directors_and_the_bureau_search_by_number_and_each_matter_found_is_noted(cast):
    matter = registered(cast, NINE).matter
    assert refusal(note_search, found=[matter], by=cast.clerk, reason="核对身份证号") == "not_found"
    note_search(found=[matter], by=cast.bureau, reason="核对身份证号", at=TEN)
    assert list(Look.objects.order_by("pk").values_list("matter_id", "what")) == [
        (None, "id_search"), (matter, "id_search"),
    ]  # fmt: skip


def test_only_the_window_asks_whether_a_matter_is_already_there(cast):
    assert refusal(note_duplicate_check, by=cast.director) == "not_found"
    note_duplicate_check(by=cast.clerk, at=TEN)
    assert list(Look.objects.values_list("matter_id", "what", "role")) == [(None, "duplicate_check", "window_clerk")]
