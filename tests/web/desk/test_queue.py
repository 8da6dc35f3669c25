"""The work queue: what waits for me, the soonest first, at a constant number of statements."""

import pytest
from django.utils import timezone

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.web.parts import middleware

pytestmark = pytest.mark.django_db
STATEMENTS = 17


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_new_matter_lies_on_the_directors_desk_with_title_and_masked_name(cast, desk):
    receipt = registered(cast, timezone.now())
    page = text(desk("director").get("/desk/"))
    assert receipt.number in page
    assert "把路灯修好" in page
    assert "张*" in page
    assert "张一" not in page
    assert "已登记" in page


def test_it_leaves_her_desk_once_it_is_assigned_and_lies_on_the_units(cast, desk):
    receipt = registered(cast, timezone.now())
    moved(
        cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE),
        ("director", "assign", {"mode": "transfer", "lead": "999901001-ZF"}),
    )  # fmt: skip
    assert receipt.number not in text(desk("director").get("/desk/"))
    assert receipt.number in text(desk("town_handler").get("/desk/"))
    assert receipt.number in text(desk("town_handler").get("/desk/queue/to_sign/"))


@pytest.mark.parametrize("many", [1, 3])
def test_the_queue_takes_the_same_statements_for_one_row_and_for_three(cast, desk, many, django_assert_num_queries):
    for _ in range(many):
        registered(cast, timezone.now())
    browser = desk("director")
    browser.get("/desk/")
    with django_assert_num_queries(STATEMENTS):
        page = text(browser.get("/desk/"))
    assert page.count("queue-number") == many


@pytest.mark.parametrize(("who", "day", "told"), [
    ("bureau", "2026-11-23", True), ("bureau", "2026-11-01", False), ("director", "2026-11-23", False),
])  # fmt: skip
def test_whoever_can_enter_the_next_calendar_is_told_on_the_queue_that_it_is_wanted(
    cast, desk, monkeypatch, who, day, told
):
    monkeypatch.setattr(middleware, "now", lambda: at(f"{day} 09:00"))
    assert ("已公布的工作日历只剩" in text(desk(who).get("/desk/"))) is told
