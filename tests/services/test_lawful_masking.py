"""Masking by law: what was said is gone, that it was said stays, and verify knows the difference."""

from functools import partial
from uuid import uuid4

import pytest

from tests.cast import FOUNDED, at
from tests.factories import registered
from xinfang.models import Event, Matter, Person, Post, ProtectedText
from xinfang.models.protection import word_tokens
from xinfang.queries.verification import verify
from xinfang.rules.refusals import RuleBroken
from xinfang.services.linking import seal_late
from xinfang.services.masking import mask_file, mask_person, mask_text

pytestmark = pytest.mark.django_db
NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")


@pytest.fixture
def officer(cast, settings, tmp_path):
    """The privacy officer, who is in nobody's line of command."""
    settings.XINFANG_CHECKPOINTS = tmp_path
    Post.objects.create(unit_id="999901", role="privacy_officer", holder=cast.users["administrator"], from_on=FOUNDED)
    return cast.administrator


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code


def test_one_text_is_masked_and_found_by_no_search(cast, officer):
    matter = registered(cast, NINE).matter
    whole = Matter.objects.get(pk=matter).tokens
    mask_text(matter=matter, seq=1, field="original_words", basis="PI47", by=officer, at=TEN)
    masked = ProtectedText.objects.get(chain_id=matter, seq=1, field="original_words")
    assert (masked.text, bytes(masked.salt), masked.masked_by) == (None, b"", 2)
    assert ProtectedText.objects.get(chain_id=matter, seq=1, field="demand").text == "把路灯修好"
    left = Matter.objects.get(pk=matter).tokens
    assert len(left) < len(whole)
    assert not set(word_tokens("看不见")) <= set(left)
    assert Event.objects.get(chain_id=matter, seq=2).payload == {"seq": 1, "field": "original_words", "basis": "PI47"}
    found = verify()
    assert (found.is_clean, found.masked) == (True, [(matter, 1, "original_words", 2)])


def test_a_mask_of_one_text_excuses_no_other(cast, officer):
    matter = registered(cast, NINE).matter
    mask_text(matter=matter, seq=1, field="original_words", basis="PI47", by=officer, at=TEN)
    ProtectedText.objects.filter(chain_id=matter, field="demand").update(sealed=None, masked_by=2)
    assert [(f.code, f.field) for f in verify().findings] == [("text_missing", "demand")]


def test_a_person_is_masked_and_the_part_stays(cast, officer):
    matter = registered(cast, NINE).matter
    person = Person.objects.get(parties__matter_id=matter)
    mask_person(matter=matter, person=person.pk, basis="PI47", by=officer, at=TEN)
    person.refresh_from_db()
    assert [person.opened(name) for name in ("name", "id_number", "phone", "address")] == [""] * 4
    assert (person.phone_index, person.masked_at) == (None, TEN)
    assert person.parties.count() == 1
    again = partial(mask_person, matter=matter, person=person.pk, basis="PI47", by=officer, at=TEN)
    assert refused(again) == "no_such_person"


def test_masking_is_refused_without_office_ground_or_text(cast, officer):
    matter = registered(cast, NINE).matter

    def mask(**other):
        values = {"seq": 1, "field": "demand", "basis": "PI47", "by": officer, **other}
        return lambda: mask_text(matter=matter, at=TEN, **values)

    assert refused(mask(by=cast.director)) == "role_may_not"
    assert refused(mask(basis="")) == "field_required"
    assert refused(mask(field="none")) == "no_such_text"
    assert refused(lambda: mask_file(matter=matter, file=uuid4(), basis="PI47", by=officer, at=TEN)) == "no_such_file"
    assert (
        refused(lambda: mask_person(matter=matter, person=uuid4(), basis="PI47", by=officer, at=TEN))
        == "no_such_person"
    )
    seal_late(matter=matter, by=cast.bureau, at=TEN)
    assert refused(mask()) == "not_found"
    assert refused(lambda: mask_text(matter=uuid4(), seq=1, field="x", basis="PI47", by=officer, at=TEN)) == "not_found"
