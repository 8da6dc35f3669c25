"""The petitioner says how they want to be told, and it is kept."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import registered
from xinfang.models.notices import MessageWish

pytestmark = pytest.mark.django_db
URL = "/track/case/told/"


@pytest.fixture
def citizen(cast):
    receipt = registered(cast, timezone.now())
    browser = Client()
    browser.post("/track/", {"number": receipt.number, "code": receipt.code})
    return browser


def test_without_a_mail_server_e_mail_is_not_offered(citizen):
    page = citizen.get(URL).content.decode()
    assert ("短信" in page, "不用通知" in page, "电子邮件" in page) == (True, True, False)
    assert citizen.post(URL, {"way": "mail", "mail": "li@example.cn"}).status_code == 200
    assert not MessageWish.objects.exists()
    answer = citizen.post(URL, {"way": "letter"}, follow=True)
    assert "记下了" in answer.content.decode()
    assert MessageWish.objects.get().way == "letter"
    assert 'value="letter"' in citizen.get(URL).content.decode()


def test_e_mail_needs_an_address_and_says_so_beside_the_field(citizen, settings):
    settings.XINFANG_MAIL_URL, settings.XINFANG_MAIL_FROM = "smtps://mail.example.cn", "centre@example.cn"
    wrong = citizen.post(URL, {"way": "mail", "mail": "li"})
    assert "请填写真实的邮箱" in wrong.content.decode()
    citizen.post(URL, {"way": "mail", "mail": "li@example.cn"})
    assert MessageWish.objects.get().mail == "li@example.cn"
