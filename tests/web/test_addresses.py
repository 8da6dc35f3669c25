"""Every address against the access table: who opens it, who meets the 404 of what is not there, and by which method."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from tests.factories import registered
from tests.web.addresses import ROWS
from xinfang.models import OutgoingMessage, RiskSignal
from xinfang.services.risk_watch import watch

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

by_name = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)


@pytest.fixture
def world(cast):
    user = cast.users["labour_officer"]
    receipt = registered(cast, timezone.now())
    letter = OutgoingMessage.objects.get(matter=receipt.matter)
    OutgoingMessage.objects.update(state="to_post", failure="number_refused")
    registered(cast, timezone.now(), present=6)
    watch(at=timezone.now())
    signal = RiskSignal.objects.get(rule="group")
    pks = {"user": user.pk, "post": user.posts.get().pk, "letter": letter.pk, "signal": signal.pk}
    return {"number": receipt.number, **pks}


@pytest.fixture
def ask(cast, world):
    def asked(row, who, method):
        browser = Client()
        if who:
            browser.force_login(cast.users[who])
        address = reverse(row.name, args=[world.get(arg, arg) for arg in row.args])
        data = row.posted if method == "POST" else None
        return browser.generic(method, address) if data is None else browser.post(address, data)

    return asked


def first(row):
    return "GET" if "GET" in row.methods else "POST"


def test_every_address_has_one_row_and_every_row_an_address():
    assert sorted(names(get_resolver().url_patterns)) == sorted(row.name for row in ROWS)


@by_name
def test_the_right_person_opens_it(row, ask):
    answer = ask(row, row.happy, first(row))
    assert answer.status_code in {row.answers, 503 if row.name == "health" else row.answers}


@pytest.mark.parametrize("row", [row for row in ROWS if row.wrong is not None], ids=lambda row: row.name)
def test_the_wrong_person_meets_what_is_not_there(row, ask):
    assert ask(row, row.wrong, first(row)).status_code == row.refused


@by_name
def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(row, ask):
    assert ask(row, "", first(row)).status_code in {row.anonymous, 503 if row.name == "health" else row.anonymous}


@by_name
def test_another_method_is_not_allowed(row, ask):
    for method in METHODS:
        if method not in row.methods:
            assert ask(row, row.happy, method).status_code == 405, method
