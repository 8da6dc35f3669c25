"""Whoever was not satisfied is called: who finds that in the queue, who does not, and what the call leaves alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Deadline, Notice
from xinfang.rules.people.seats import PETITIONER
from xinfang.services.clocks import sweep
from xinfang.services.matters import perform, state_of
from xinfang.web.parts import middleware

pytestmark = pytest.mark.django_db
NOW = at("2026-03-20 16:00")
DONE = {"result_words": "换了灯", "result": "supported_done", "evidence": True, "petitioner_told": "当面说了"}
PROVED = replace(PETITIONER, proof="phone_code")
LIST = "/desk/queue/to_call/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(middleware, "now", lambda: NOW + timedelta(minutes=5))


def solved(cast, *more):
    receipt = registered(cast, NOW - timedelta(hours=3))
    moved(
        cast, receipt.matter, NOW - timedelta(hours=2), ("director", "triage", TRIAGE),
        ("director", "solve_on_the_spot", DONE), *more,
    )  # fmt: skip
    return receipt


def rated(cast, *more, organ="responsible_unit", grade="dissatisfied"):
    receipt = solved(cast, *more)
    values = {"organ": organ, "grade": grade, "words": "电话里说得不清楚"}
    perform("rate", matter=receipt.matter, by=PROVED, at=NOW, values=values)
    return receipt


def page(desk, who, path=LIST):
    answer = desk(who).get(path)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_caller_and_the_bureau_find_it_with_its_date_and_nobody_who_handled_it(cast, desk):
    receipt = rated(cast)
    for who in ("caller", "bureau"):
        shown = page(desk, who)
        assert receipt.number in shown
        assert "不满意待回访" in shown
    assert "1个工作日回访不满意评价" in page(desk, "caller")
    for who in ("director", "clerk", "supervisor"):
        assert desk(who).get(LIST).status_code == 404
        assert "不满意待回访" not in page(desk, who, "/desk/")


def test_what_was_said_of_the_bureau_is_not_called_about_by_the_bureau(cast, desk):
    receipt = rated(cast, organ="petition_bureau")
    assert receipt.number not in page(desk, "bureau")
    assert receipt.number in page(desk, "caller")


def test_a_recorded_call_takes_it_off_the_list_and_leaves_the_grade(cast, desk):
    receipt = rated(cast)
    called = {"call_outcome": "reached", "told": "on", "note": "想要书面说明", "seq": state_of(receipt.matter).seq}
    browser: Client = desk("caller")
    answer = browser.post(f"/desk/m/{receipt.number}/move/call_back/", called)
    assert answer.status_code == 302
    assert receipt.number not in page(desk, "caller")
    assert state_of(receipt.matter).ratings == {"responsible_unit": "dissatisfied"}
    assert Deadline.objects.get(matter=receipt.matter, code="HF-BAD1").met_at is not None


def test_struck_off_it_is_called_about_too(cast, desk):
    phone = {"call_outcome": "reached", "told": True}
    ended = (
        ("caller", "call_back", phone), ("director", "close", {}), ("bureau", "strike_off", {}),
    )  # fmt: skip
    receipt = rated(cast, *ended)
    assert receipt.number in page(desk, "caller")


def test_callers_are_told_once_and_again_when_it_is_late_and_the_graded_are_not(cast, desk):
    receipt = rated(cast)
    told = Notice.objects.filter(matter=receipt.matter, code="rated")
    assert [row.user_id for row in told] == [cast.users["caller"].pk]
    sweep(at("2026-03-24 09:00"))
    late = Notice.objects.filter(matter=receipt.matter, code="breached", facts__clock="HF-BAD1")
    assert {row.user_id for row in late} == {cast.users["caller"].pk, cast.users["supervisor"].pk}
    assert "信访人评价" in page(desk, "caller", "/desk/notices/")


def test_a_middling_grade_asks_for_nothing(cast, desk):
    assert rated(cast, grade="fairly").number not in page(desk, "caller")


def test_the_list_takes_the_same_statements_for_one_and_for_three(cast, desk, django_assert_num_queries):
    browser = desk("caller")
    rated(cast)
    browser.get(LIST)
    with django_assert_num_queries(18):
        browser.get(LIST)
    rated(cast)
    rated(cast)
    with django_assert_num_queries(18):
        browser.get(LIST)
