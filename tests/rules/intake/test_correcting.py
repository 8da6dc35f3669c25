"""Putting right what we hold of somebody: only what is given and differs, cleaned as at registration."""

import pytest

from xinfang.rules.intake.own_details import corrected
from xinfang.rules.refusals import RuleBroken

BEFORE = {"name": "张一", "phone": "19900000001", "address": "甲村一组"}


def test_only_what_is_given_and_differs_changes():
    given = {"name": " 张 一 ", "phone": "１９９ ００００-０００２", "address": ""}
    assert corrected(BEFORE, given) == {"name": "张 一", "phone": "19900000002"}
    assert corrected({}, {"address": "乙村"}) == {"address": "乙村"}


@pytest.mark.parametrize("given", [{}, {"name": "张一"}, {"phone": "199 0000 0001", "address": " "}])
def test_nothing_new_is_said(given):
    with pytest.raises(RuleBroken, match="nothing_to_correct"):
        corrected(BEFORE, given)


@pytest.mark.parametrize("phone", ["12345", "不告诉你", "199abc00001"])
def test_a_phone_that_is_none_is_refused(phone):
    with pytest.raises(RuleBroken, match="phone_unreal") as caught:
        corrected(BEFORE, {"phone": phone})
    assert caught.value.field == "phone"


def test_a_name_too_long_is_refused():
    with pytest.raises(RuleBroken, match="text_too_long"):
        corrected(BEFORE, {"name": "长" * 51})
