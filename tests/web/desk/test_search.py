"""Searching: straight to the matter by number, by words with a snippet, by identity number only with a reason."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.factories import registered
from xinfang.models import Look

pytestmark = pytest.mark.django_db
ID = "11010518491231002X"
STATEMENTS = 13


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def searched(browser, words):
    return browser.post("/desk/search/", {"q": words}, follow=True)


def test_a_number_typed_in_any_way_leads_straight_to_its_matter(cast, desk):
    receipt = registered(cast, timezone.now())
    plain = receipt.number.lower().replace("-", " ")
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in receipt.number)
    for typed in (receipt.number, plain, wide):
        answer = desk("director").post("/desk/search/", {"q": typed})
        assert answer["Location"] == f"/desk/m/{receipt.number}/", typed


def test_a_ledger_number_leads_there_as_well_and_nothing_out_of_sight_does(cast, desk):
    receipt = registered(cast, timezone.now())
    ledger = f"999901001-{timezone.localtime().year}-000001"
    assert desk("director").post("/desk/search/", {"q": ledger})["Location"] == f"/desk/m/{receipt.number}/"
    for typed in (receipt.number, ledger, "路灯"):
        page = text(searched(desk("other_director"), typed))
        assert "没有找到" in page
        assert receipt.number not in page or typed == receipt.number


def test_words_are_found_in_the_story_with_a_snippet_and_never_stand_in_an_address(cast, desk):
    receipt = registered(cast, timezone.now())
    registered(cast, timezone.now(), original_words="老板拖欠工资", demand="要工资")
    answer = searched(desk("director"), "坏了 半个月")
    page = text(answer)
    assert "<mark>坏了半个月</mark>" in page
    assert receipt.number in page
    assert "找到 1 件" in page
    assert answer.request["QUERY_STRING"] == ""


def test_what_was_searched_lies_sealed_in_the_session(cast, desk):
    searched(desk("director"), "坏了半个月")
    assert all("半个月" not in str(session.get_decoded()) for session in Session.objects.all())


def test_words_that_are_only_near_each_other_are_no_hit(cast, desk):
    registered(cast, timezone.now(), original_words="甲乙。乙丙", demand="没有")
    assert "没有找到" in text(searched(desk("director"), "甲乙丙"))


def test_one_character_is_asked_back(cast, desk):
    assert "请至少输入两个字。" in text(desk("director").post("/desk/search/", {"q": "灯"}))


@pytest.mark.parametrize("many", [1, 3])
def test_a_search_takes_the_same_statements_for_one_hit_and_three(cast, desk, many, django_assert_num_queries):
    for _ in range(many):
        registered(cast, timezone.now())
    browser = desk("director")
    searched(browser, "半个月")
    with django_assert_num_queries(STATEMENTS):
        page = text(browser.get("/desk/search/"))
    assert f"找到 {many} 件" in page


def test_an_identity_number_is_found_exactly_with_a_reason_that_every_hit_keeps(cast, desk):
    mine = registered(cast, timezone.now(), people=[{"name": "古丽·买买提", "id_number": ID, "phone": "1"}])
    registered(cast, timezone.now())
    browser = desk("director")
    refused = text(browser.post("/desk/search/person/", {"id_number": ID, "reason": ""}))
    assert "这个字段是必填项" in refused or "请填写" in refused
    assert Look.objects.count() == 0
    typed = {"id_number": "１１０１０５18491231002x", "reason": "核对是否重复登记"}
    page = text(browser.post("/desk/search/person/", typed, follow=True))
    assert mine.number in page
    assert "找到 1 件" in page
    assert "已记录在案" in page
    assert ID not in page
    assert [(look.matter_id, look.what, look.reason) for look in Look.objects.order_by("pk")] == [
        (None, "id_search", "核对是否重复登记"), (mine.matter, "id_search", "核对是否重复登记"),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["clerk", "deputy", "supervisor", "labour_officer", "station", "caller"])
def test_who_may_not_search_by_person_meets_404_and_is_not_offered_it(cast, desk, who):
    browser = desk(who)
    assert browser.post("/desk/search/person/", {"id_number": ID, "reason": "核对一下"}).status_code == 404
    assert "按证件号查找" not in text(browser.get("/desk/search/"))


def test_the_window_is_told_yes_or_no_and_nothing_else(cast, desk):
    receipt = registered(cast, timezone.now(), people=[{"name": "古丽", "id_number": ID, "phone": "1"}])
    browser = desk("clerk")
    page = text(browser.post("/desk/search/duplicate/", {"id_number": ID}, follow=True))
    assert "有：本中心" in page
    assert receipt.number not in page
    assert "古丽" not in page
    other = text(browser.post("/desk/search/duplicate/", {"id_number": "110105194912310011"}, follow=True))
    assert "没有：本中心" in other
    assert Look.objects.filter(what="duplicate_check").count() == 2


def test_a_restricted_matter_cannot_be_guessed_from_the_answer(cast, desk):
    registered(cast, timezone.now(), restricted=True, people=[{"name": "古丽", "id_number": ID, "phone": "1"}])
    page = text(desk("clerk").post("/desk/search/duplicate/", {"id_number": ID}, follow=True))
    assert "没有：本中心" in page
