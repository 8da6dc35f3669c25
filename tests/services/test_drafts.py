"""A half-typed form: one of a kind for one person, for a day, sealed; gone when it is registered."""

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag

from tests.cast import at
from xinfang.models import KeptForm
from xinfang.rules.refusals import RuleBroken
from xinfang.services.drafts import KEPT_FOR, MOST_BYTES, drop, drop_old, keep, kept

pytestmark = pytest.mark.django_db
NOON = at("2026-03-02 12:00")


def test_what_was_typed_last_is_given_back_to_the_same_person_alone(cast):
    keep(form="intake", fields={"name": ["张"]}, user=cast.clerk.user_id, at=NOON)
    keep(form="intake", fields={"name": ["张一"], "needs": ["scribe", "large_print"]}, user=cast.clerk.user_id, at=NOON)
    found = kept(form="intake", user=cast.clerk.user_id, at=NOON + timedelta(hours=1))
    assert found.fields == {"name": ["张一"], "needs": ["scribe", "large_print"]}
    assert found.saved_at == NOON
    assert kept(form="intake", user=cast.director.user_id, at=NOON) is None
    assert kept(form="other", user=cast.clerk.user_id, at=NOON) is None
    assert KeptForm.objects.count() == 1


def test_it_lies_sealed_and_opens_in_no_other_place(cast):
    keep(form="intake", fields={"original_words": ["村口的路灯坏了"]}, user=cast.clerk.user_id, at=NOON)
    row = KeptForm.objects.get()
    assert "路灯".encode() not in bytes(row.content_sealed)
    row.form = "other"
    with pytest.raises(InvalidTag):
        row.opened()


def test_after_a_day_nobody_gets_it_and_the_worker_removes_it(cast):
    keep(form="intake", fields={"name": ["张一"]}, user=cast.clerk.user_id, at=NOON)
    assert kept(form="intake", user=cast.clerk.user_id, at=NOON + KEPT_FOR) is None
    assert drop_old(at=NOON + KEPT_FOR - timedelta(seconds=1)) == 0
    assert drop_old(at=NOON + KEPT_FOR) == 1


def test_dropping_takes_away_ones_own_form_only(cast):
    keep(form="intake", fields={}, user=cast.clerk.user_id, at=NOON)
    keep(form="intake", fields={}, user=cast.director.user_id, at=NOON)
    drop(form="intake", user=cast.clerk.user_id)
    assert list(KeptForm.objects.values_list("user", flat=True)) == [cast.director.user_id]


def test_more_than_a_form_can_hold_is_refused_and_the_former_copy_stays(cast):
    keep(form="intake", fields={"name": ["张一"]}, user=cast.clerk.user_id, at=NOON)
    with pytest.raises(RuleBroken, match="text_too_long"):
        keep(form="intake", fields={"facts": ["长" * MOST_BYTES]}, user=cast.clerk.user_id, at=NOON)
    assert kept(form="intake", user=cast.clerk.user_id, at=NOON).fields == {"name": ["张一"]}
