"""A database that is away is said as what it is, on every page; another error of ours is no riddle either."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tests.cast import at
from tests.web.public.conftest import text
from xinfang.queries import catalogue
from xinfang.services.heartbeat import beat
from xinfang.web.parts import health

pytestmark = pytest.mark.django_db
PAGES = ("/", "/submit/", "/track/", "/sign-in/", "/desk/", "/desk/m/XF7K3M92QB/")


@pytest.fixture
def visitor(cast):
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.users["director"])
    return browser


def away(*_query):
    raise OperationalError("the database is away")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_that_the_house_is_closed_for_a_moment(visitor, page):
    with connection.execute_wrapper(away):
        answer = visitor.get(page)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "系统正在维护" in text(answer)


@pytest.mark.parametrize("page", ["/submit/", "/track/", "/sign-in/"])
def test_a_form_that_cannot_be_taken_is_not_called_our_error(visitor, page):
    with connection.execute_wrapper(away):
        assert visitor.post(page, {"number": "XF7K3M92QB", "username": "a"}).status_code == 503


def test_another_error_stays_an_error_of_ours(visitor, monkeypatch):
    monkeypatch.setattr(catalogue, "shelves", lambda: 1 / 0)
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "错在我们" in text(answer)
    assert "Retry-After" not in answer


def test_health_says_whether_the_worker_lives(visitor):
    cache.clear()
    assert visitor.get("/health/").json()["worker"] == "never"
    beat(at=timezone.now())
    facts = visitor.get("/health/").json()
    assert (facts["worker"], facts["behind_seconds"]) == ("ok", 0)
    beat(at=timezone.now() - timedelta(minutes=3))
    assert visitor.get("/health/").json()["worker"] == "silent"


@pytest.mark.parametrize(
    ("day", "word", "days"),
    [("2026-11-01", "ok", 60), ("2026-11-02", "short", 59), ("2026-12-31", "short", 0), ("2027-01-01", "missing", 0)],
)
def test_health_says_when_the_published_calendar_ends_soon(cast, monkeypatch, day, word, days):
    monkeypatch.setattr(health, "now", lambda: at(f"{day} 09:00"))
    facts = Client().get("/health/").json()
    assert (facts["calendar"], facts["calendar_days_ahead"]) == (word, days)


def test_a_calendar_that_cannot_be_read_is_unknown(monkeypatch):
    monkeypatch.setattr(health, "days_ahead", lambda _today: away())
    assert Client().get("/health/").json()["calendar"] == "unknown"


def test_health_is_red_when_the_database_is_away():
    with connection.execute_wrapper(away):
        answer = Client().get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"healthy": False, "database": "unreachable"})
