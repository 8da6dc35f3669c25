"""What is read or typed into a field is understood at once, and the same when the form is sent without any script."""

from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories import STORY, registered
from xinfang.models import Area, Matter
from xinfang.rules.matters.numbers import public_number

pytestmark = pytest.mark.django_db
ABSENT = public_number(b"unheard")
READ, WRITE = "/desk/intake/read/", "/desk/intake/new/"
NUMBER, WRONG = "341602189001010013", "341602189001010019"
CARD = f"古丽·买买提|女|维吾尔族|18900101|示范区青禾镇一号|{NUMBER}"


@pytest.fixture(autouse=True)
def _pinyin(cast):
    Area.objects.filter(name="青禾镇").update(pinyin="qing he zhen")


def read(client, field, text, **more):
    return client.post(READ, {"field": field, "text": text, **more}).json()


def form(**values):
    return {"submission_key": str(uuid4()), "unit": "999901001", "channel": "visit", **STORY, **values}


def test_a_card_fills_number_name_and_address(desk):
    assert read(desk("clerk"), "id_number", CARD) == {
        "fill": {"id_number": NUMBER, "name": "古丽·买买提", "address": "示范区青禾镇一号"},
        "note": "",
    }


def test_an_odd_number_is_warned_about_and_other_papers_are_not(desk):
    clerk = desk("clerk")
    assert read(clerk, "id_number", f" {WRONG} ") == {
        "fill": {"id_number": WRONG},
        "note": "身份证号好像有误，请核对。不核对也可以登记。",
    }
    assert read(clerk, "id_number", "E12345678", id_type="other")["note"] == ""
    assert read(clerk, "id_number", "") == {"fill": {}, "note": ""}


def test_a_receipt_under_the_scanner_opens_its_matter_for_who_may_see_it(desk, cast):
    number = Matter.objects.get(pk=registered(cast, timezone.now()).matter).number
    seen = read(desk("clerk"), "id_number", number)
    assert (seen["open"], seen["fill"]) == (f"/desk/m/{number}/", {"id_number": ""})
    unseen, absent = read(desk("other_director"), "id_number", number), read(desk("clerk"), "id_number", ABSENT)
    assert "open" not in unseen
    assert unseen == absent, "what one may not see answers like what is not there"


def test_a_place_is_found_by_first_letters_and_several_are_named(desk):
    clerk = desk("clerk")
    assert read(clerk, "area", "qhz") == {"fill": {"area": "青禾镇"}, "note": ""}
    assert "甲村（青禾镇）" in read(clerk, "area", "村")["note"]
    assert "没有找到这个地方" in read(clerk, "area", "没有的村")["note"]
    assert read(clerk, "area", " ") == {"fill": {}, "note": ""}


def test_a_field_that_nobody_reads_is_not_read(desk):
    assert read(desk("clerk"), "facts", "x") == {}


def test_a_form_sent_without_script_reads_the_card_too_and_leaves_what_was_typed(desk):
    desk("clerk").post(WRITE, form(id_number=CARD, name="手打的名字"))
    person = Matter.objects.get().parties.get().person
    assert [person.opened(name) for name in ("id_number", "name", "address")] == [
        NUMBER, "手打的名字", "示范区青禾镇一号",
    ]  # fmt: skip


def test_a_receipts_number_is_not_taken_for_a_persons(desk, cast):
    number = Matter.objects.get(pk=registered(cast, timezone.now()).matter).number
    page = desk("clerk").post(WRITE, form(id_number=number))
    assert "这是回执上的单号" in page.content.decode()
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("typed", ["青禾镇", "qinghezhen", "999901001"])
def test_the_place_that_was_typed_is_registered_by_its_code(desk, typed):
    desk("clerk").post(WRITE, form(area=typed))
    assert Matter.objects.get().area == "999901001"


def test_another_paper_is_registered_as_one_and_not_warned_about(desk):
    clerk = desk("clerk")
    answer = clerk.post(WRITE, form(id_number="E12345678", id_type="other"))
    assert "好像有误" not in clerk.get(answer["Location"]).content.decode()
    assert Matter.objects.get().parties.get().person.id_type == "other"
