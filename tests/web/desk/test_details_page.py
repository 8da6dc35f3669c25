"""Contact details at the counter: two fields and a tick; what is there is shown masked, what is refused stays typed."""

import pytest
from django.utils import timezone

from tests.factories import registered
from xinfang.models import Party
from xinfang.queries.own_details import own_details

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(cast):
    return registered(cast, timezone.now())


def url(receipt):
    return f"/desk/m/{receipt.number}/details/"


def person(receipt, n=0):
    return str(Party.objects.filter(matter=receipt.matter).order_by("id")[n].person_id)


def text(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_clerk_comes_from_the_matter_and_sees_nothing_in_the_clear(desk, receipt):
    browser = desk("clerk")
    assert url(receipt) in text(browser.get(f"/desk/m/{receipt.number}/"))
    page = text(browser.get(url(receipt)))
    assert "199******01" in page
    assert "19900000001" not in page
    assert "7 天以内不能用它证明是本人" in page
    assert 'type="hidden" name="person"' in page
    assert url(receipt) not in text(desk("bureau").get("/desk/"))


def test_what_is_new_and_a_tick_is_all(desk, receipt):
    sent = {"person": person(receipt), "phone": "199 0000 0009", "checked": "on"}
    page = text(desk("clerk").post(url(receipt), sent, follow=True))
    assert "已经改好：电话。原来的和新的电话都会收到提醒。" in page
    assert "更正联系信息" in page
    assert own_details(receipt.matter)[0]["phone"] == "19900000009"


@pytest.mark.parametrize(("sent", "said"), [
    ({"phone": "19900000009"}, "请先核对来人是不是信访人本人"),
    ({"phone": "abc", "checked": "on"}, "电话只写数字，请核对。"),
    ({"checked": "on"}, "没有要改的。请填新的姓名、电话或者住址。"),
])  # fmt: skip
def test_what_is_refused_says_why_beside_what_was_typed(desk, receipt, sent, said):
    page = text(desk("clerk").post(url(receipt), {"person": person(receipt), **sent}))
    assert said in page
    assert sent.get("phone", "") in page
    assert own_details(receipt.matter)[0]["phone"] == "19900000001"


def test_of_several_people_one_is_chosen_by_part_and_masked_name(cast, desk):
    people = [{"name": "张一", "phone": "19900000001"}, {"name": "李二", "phone": "19900000002"}]
    receipt = registered(cast, timezone.now(), people=people)
    browser = desk("clerk")
    page = text(browser.get(url(receipt)))
    assert "信访人 张*" in page
    assert "李二" not in page
    assert "请选改谁的。" in text(browser.post(url(receipt), {"phone": "19900000009", "checked": "on"}))
    browser.post(url(receipt), {"person": person(receipt, 1), "phone": "19900000009", "checked": "on"})
    assert [one["phone"] for one in own_details(receipt.matter)] == ["19900000001", "19900000009"]


def test_where_nobody_is_named_there_is_nothing_to_change(cast, desk):
    receipt = registered(cast, timezone.now(), people=[], anonymous=True)
    assert desk("clerk").get(url(receipt)).status_code == 404
