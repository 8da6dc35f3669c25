"""Letters and the log of messages on the desk: masked until a noted look, posted once, sent again where it failed."""

import re

import pytest
from django.utils import timezone

from tests.factories import registered
from xinfang.gateways.messages import FakeGateway, NotDelivered
from xinfang.models import Look, OutgoingMessage
from xinfang.services import outbox

pytestmark = pytest.mark.django_db
AWAY = [{"name": "周六六", "address": "丙村二组九号"}]
LIST = "/desk/letters/"


def told(page):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def letter(cast):
    receipt = registered(cast, timezone.now(), people=AWAY, channel="letter")
    outbox.drain(gateway=FakeGateway(), at=timezone.now())
    return OutgoingMessage.objects.get(matter=receipt.matter)


def test_a_letter_shows_its_address_after_a_noted_look_alone(desk, cast, letter):
    director = desk("director")
    assert ("周**" in told(director.get(LIST)), "丙村" in told(director.get(LIST))) == (True, False)
    before = told(director.get(f"{LIST}{letter.pk}/"))
    assert ("打开并打印" in before, "丙村" in before, Look.objects.count()) == (True, False, 0)
    sheet = director.post(f"{LIST}{letter.pk}/")
    assert {"丙村二组九号", "周六六（收）"} <= set(re.findall(r"丙村二组九号|周六六（收）", told(sheet)))
    assert "您的事项已经登记，单号XF-" in told(sheet)
    assert "【" not in told(sheet)
    assert "路灯" not in told(sheet)
    assert Look.objects.get().reason == "打印寄给信访人的信"
    done = director.post(f"{LIST}{letter.pk}/posted/", {"number": "XA1"}, follow=True)
    assert {"已记为寄出。", "没有待寄的信"} <= set(re.findall(r"已记为寄出。|没有待寄的信", told(done)))
    assert director.get(f"{LIST}{letter.pk}/").status_code == 404
    twice = director.post(f"{LIST}{letter.pk}/posted/", {"number": "XA2"}, follow=True)
    assert "没有这封待寄的信" in told(twice)


def test_a_letter_that_lost_its_address_leads_back_to_the_list(desk, cast, letter, monkeypatch):
    type(letter).objects.filter(pk=letter.pk).update(state="to_post")
    from xinfang.models import Person  # noqa: PLC0415  # only here

    Person.objects.update(address_sealed=None)
    answer = desk("director").post(f"{LIST}{letter.pk}/", follow=True)
    assert "没有这封待寄的信" in told(answer)


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    desk, cast, letter, django_assert_max_num_queries, django_assert_num_queries
):
    director = desk("director")
    director.get(LIST)
    with django_assert_max_num_queries(30) as one:
        director.get(LIST)
    for _more in range(2):
        registered(cast, timezone.now(), people=AWAY, channel="letter")
    outbox.drain(gateway=FakeGateway(), at=timezone.now())
    with django_assert_num_queries(len(one.captured_queries)):
        assert told(director.get(LIST)).count("打印寄出") == 3


def test_the_log_shows_masked_addresses_and_reasons_and_sends_again(desk, cast):
    receipt = registered(cast, timezone.now(), people=[{"name": "周六", "phone": "19900000006"}])
    url = f"/desk/m/{receipt.number}/messages/"
    director = desk("director")
    broken = FakeGateway(broken=True, refusal=NotDelivered("number_refused", lasting=True))
    outbox.drain(gateway=broken, at=timezone.now())
    page = told(director.get(url))
    for words in ("已登记", "短信", "199******06", "没有发成", "号码不能接收", "（试了1次）", "再发一次"):
        assert words in page, words
    assert "19900000006" not in page
    message = OutgoingMessage.objects.get(matter=receipt.matter)
    assert "会马上再发一次" in told(director.post(f"{url}{message.pk}/again/", follow=True))
    assert "现在不能重发" in told(director.post(f"{url}{message.pk}/again/", follow=True))
    outbox.drain(gateway=FakeGateway(), at=timezone.now())
    page = told(director.get(url))
    assert ("已发出" in page, "再发一次" in page) == (True, False)
    assert url in director.get(f"/desk/m/{receipt.number}/").content.decode()


def test_a_matter_of_which_nothing_was_said_has_an_empty_log(desk, cast):
    receipt = registered(cast, timezone.now(), restricted=True)
    assert "还没有发过通知" in told(desk("director").get(f"/desk/m/{receipt.number}/messages/"))
