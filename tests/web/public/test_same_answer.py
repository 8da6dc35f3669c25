"""A wrong number and a wrong code are one answer, byte for byte and statement for statement; every form has a limit."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import registered
from tests.web.canaries import plain
from tests.web.public.conftest import NOW, Browser, text
from tests.web.public.test_tracking import served
from xinfang.rules.matters.numbers import public_number

pytestmark = pytest.mark.django_db
NOBODYS = public_number(b"nobodys")
WRONG = "000000000000"


def answer(number, code):
    with CaptureQueriesContext(connection) as kept:
        page = Browser().send("/track/", number=number, code=code)
    return page.status_code, plain(page, number, code), [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in kept]


def test_wrong_number_wrong_code_sealed_and_nonsense_cannot_be_told_apart(citizen, cast):
    receipt = registered(cast, NOW)
    answer(NOBODYS, WRONG)
    answers = [answer(*tried) for tried in ((receipt.number, WRONG), (NOBODYS, receipt.code), ("XF-????", "没有码"))]
    assert answers[0] == answers[1] == answers[2]
    status, page, statements = answers[0]
    assert status == 200
    assert "单号或查询码不对" in page
    assert sum("FROM ?xinfang_matter" in one.replace('"', "?") for one in statements) == 1


FORMS = ("add", "urge", "recusal", "told", "contest", "confirm/rate", "confirm/withdraw", "details")


@pytest.mark.parametrize("page", FORMS)
def test_no_form_of_a_matter_can_be_sent_without_end(citizen, cast, monkeypatch, page):
    for module in ("case.ADDITIONS", "case.ACTS", "confirm.STATEMENTS", "told.WISHES"):
        monkeypatch.setattr(f"xinfang.web.public.{module}", 1)
    citizen.opened(served(cast))
    answers = [citizen.send(f"/track/case/{page}/", nothing="") for _n in range(2)]
    if page in {"contest", "confirm/withdraw"} and answers[0].status_code == 302:
        # There is nothing to object to, or to take back, in this matter.
        assert answers[0].url in {"/track/case/", "/track/case/confirm/"}
    else:
        assert answers[1].status_code == 429
        assert "分钟后再试" in text(answers[1])
