"""The supervision board: five cells a matter, two overdue lists that are never added, an inbox that empties."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import at
from tests.factories import TRIAGE, moved, registered

pytestmark = pytest.mark.django_db
STATEMENTS = 17


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_board_takes_the_same_statements_for_one_row_and_for_three(cast, desk, many, django_assert_num_queries):
    for _ in range(many):
        registered(cast, timezone.now())
    browser = desk("supervisor")
    browser.get("/desk/supervision/")
    with django_assert_num_queries(STATEMENTS):
        page = text(browser.get("/desk/supervision/"))
    assert page.count('data-label="3天 初步反馈"') == many


def test_each_matter_has_its_five_cells_in_words_with_the_way_to_the_evidence(cast, desk):
    receipt = registered(cast, timezone.now())
    page = text(desk("supervisor").get("/desk/supervision/"))
    assert f'href="/desk/m/{receipt.number}/#clock-13710-7"' in page
    for words in ("不适用", "未销号", "跟踪到底", "剩"):
        assert words in page
    assert "张一" not in page


def test_house_and_law_are_two_lists_and_each_number_opens_its_list(cast, desk):
    late = registered(cast, at("2026-03-16 09:00"))
    fresh = registered(cast, timezone.now())
    browser = desk("supervisor")
    page = text(browser.get("/desk/supervision/"))
    assert "13710 超期未办" in page
    assert "法定期限超期" in page
    for code in ("13710-3", "13710-7", "XF-REG15"):
        listed = text(browser.get("/desk/supervision/", {"overdue": code}))
        assert late.number in listed, code
        assert fresh.number not in listed, code


def test_what_is_late_beside_the_five_stands_under_the_title(cast, desk):
    late, fresh = registered(cast, at("2026-03-16 09:00")), registered(cast, timezone.now())
    page = text(desk("supervisor").get("/desk/supervision/"))
    assert f'class="cell" href="/desk/m/{late.number}/#clock-XF-REG15"' in page
    assert f'class="cell" href="/desk/m/{fresh.number}/#clock-XF-REG15"' not in page
    assert "15日登记分流" in page.partition("</thead>")[2]


def test_a_unit_filter_leaves_the_matters_of_that_unit(cast, desk):
    receipt = registered(cast, timezone.now())
    other = registered(cast, timezone.now(), unit="999901002")
    page = text(desk("supervisor").get("/desk/supervision/", {"unit": "999901002"}))
    assert other.number in page
    assert receipt.number not in page


def test_an_unread_report_lies_in_the_inbox_until_it_is_read(cast, desk):
    receipt = registered(cast, timezone.now() - timedelta(hours=2))
    done = {"done": "看了现场", "next_steps": "换线"}
    moved(
        cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE), ("director", "report_preliminary", done)
    )
    browser = desk("supervisor")
    assert f'href="/desk/m/{receipt.number}/move/read_report/"' in text(browser.get("/desk/supervision/reports/"))
    moved(cast, receipt.matter, timezone.now(), ("supervisor", "read_report", {"k": 0, "verdict": "accepted"}))
    assert receipt.number not in text(browser.get("/desk/supervision/reports/"))


def test_a_director_sees_the_board_of_her_own_centre_and_cannot_read_reports(cast, desk):
    receipt = registered(cast, timezone.now())
    elsewhere = registered(cast, timezone.now(), unit="999901002")
    page = text(desk("director").get("/desk/supervision/"))
    assert receipt.number in page
    assert elsewhere.number not in page


@pytest.mark.parametrize("who", ["clerk", "labour_officer", "caller", "administrator", "station"])
def test_others_meet_404(cast, desk, who):
    assert desk(who).get("/desk/supervision/").status_code == 404
    assert desk(who).get("/desk/supervision/reports/").status_code == 404


def test_an_inbox_that_does_not_exist_is_not_found(cast, desk):
    assert desk("supervisor").get("/desk/supervision/others/").status_code == 404
