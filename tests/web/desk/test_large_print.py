"""Who cannot read or sees badly: read out, with a witness from outside, and every paper in large print (S27)."""

import pytest
from django.utils import timezone

from tests.factories import registered
from xinfang.models import OutgoingMessage

pytestmark = pytest.mark.django_db

PERSON = {"name": "施二七", "address": "稻香村"}
WITNESS, READ_OUT, LARGE = "见证人签名（由信访人选，不是本单位的人）", "已向本人宣读", "large-print"


def form_of(desk, receipt):
    return desk("clerk").post(f"/desk/intake/receipt/{receipt.number}/form/").content.decode()


@pytest.mark.parametrize(
    ("needs", "read_out", "large"),
    [([], False, False), (["large_print"], False, True), (["read_aloud"], True, False), (["scribe"], True, False),
     (["sign_language", "scribe", "large_print"], True, True)],
)  # fmt: skip
def test_the_form_for_signing_says_that_it_was_read_out_and_has_a_place_for_the_witness(
    desk, cast, needs, read_out, large
):
    page = form_of(desk, registered(cast, timezone.now(), people=[{**PERSON, "accessibility_needs": needs}]))
    assert (READ_OUT in page, WITNESS in page, LARGE in page) == (read_out, read_out, large)
    assert "施二七" in page


def test_the_receipt_is_printed_large_for_who_asked_and_as_ever_for_others(desk, cast):
    asks = registered(cast, timezone.now(), people=[PERSON, {"name": "施小妹", "part": "agent",
                                                             "accessibility_needs": ["large_print"]}])  # fmt: skip
    other = registered(cast, timezone.now(), people=[PERSON])
    pages = [desk("clerk").get(f"/desk/intake/receipt/{r.number}/").content.decode() for r in (asks, other)]
    assert [LARGE in page for page in pages] == [True, False]


def test_a_letter_is_printed_large_too(desk, cast):
    person = {**PERSON, "accessibility_needs": ["large_print"]}
    registered(cast, timezone.now(), people=[person], channel="letter")
    letter = OutgoingMessage.objects.get()
    OutgoingMessage.objects.update(state="to_post")
    assert LARGE in desk("director").post(f"/desk/letters/{letter.pk}/").content.decode()
