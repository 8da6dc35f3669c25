"""What is told of personal data: a notice with a version, said by the event; another wording is another version."""

import hashlib
from pathlib import Path

import pytest

import xinfang
from tests.factories import registered
from tests.web.public.conftest import NOW, text
from xinfang.models import Event
from xinfang.rules.intake.privacy_notice import VERSION

pytestmark = pytest.mark.django_db
PAGES = Path(xinfang.__file__).parent / "templates/public"
WORDINGS = {"2026-11": "4c2a7b1d9b005944"}


def wording():
    pages = ("".join((PAGES / name).read_text(encoding="utf-8").split()) for name in ("privacy.html", "notice.html"))
    return hashlib.sha256("".join(pages).encode()).hexdigest()[:16]


def test_a_new_wording_is_a_new_version():
    assert wording() == WORDINGS[VERSION], "give the notice a new VERSION and its wording a line here"


def test_the_event_of_a_registration_from_home_says_which_notice_stood_there(citizen, cast):
    citizen.submit()
    assert Event.objects.get(type="registered").payload["notice"] == VERSION
    registered(cast, NOW)
    assert "notice" not in Event.objects.filter(type="registered").latest("pk").payload
    assert f"第 {VERSION} 版" in text(citizen.get("/privacy/"))


def test_nothing_is_asked_to_be_agreed_to(citizen):
    citizen.wizard()
    for page in ("/submit/who/", "/submit/check/", "/privacy/"):
        assert 'type="checkbox"' not in citizen.get(page).content.decode()
