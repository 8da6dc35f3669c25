"""The first page and its neighbours: plain words, no trace, large print, both languages, headers."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.web.public.conftest import text
from xinfang.models import Installation
from xinfang.queries import catalogue

pytestmark = pytest.mark.django_db
OPEN_PAGES = ["/", "/shelf/work/", "/thing/unpaid_wages/", "/found/", "/accusations/", "/privacy/", "/accessibility/",
              "/centres/", "/submit/", "/track/"]  # fmt: skip


@pytest.mark.parametrize("page", OPEN_PAGES)
def test_every_open_page_is_kept_by_nobody_and_runs_nothing_foreign(citizen, page):
    answer = citizen.get(page)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "人工帮助" in text(answer)
    assert "sessionid" not in citizen.cookies


@pytest.mark.parametrize("page", OPEN_PAGES)
def test_every_open_page_has_one_heading_and_a_way_to_large_print_and_english(citizen, page):
    shown = citizen.get(page).content.decode()
    assert shown.count("<h1") == 1
    assert 'action="/mode/elder/"' in shown
    assert 'lang="zh-CN"' in shown
    citizen.send("/i18n/", language="en", next=page)
    assert '<html lang="en"' in citizen.get(page).content.decode()


def test_at_most_eight_shelves_and_no_department(citizen):
    page = citizen.get("/")
    assert page.content.decode().count("shelf-name") == len(catalogue.shelves()) <= 8
    assert "局" not in "".join(shelf.name for shelf in catalogue.shelves())
    for number in ("110", "119", "120"):
        assert f"tel:{number}" in page.content.decode()


@pytest.mark.parametrize(
    ("words", "key"),
    [("老板不给钱", "unpaid_wages"), ("拖欠工资", "unpaid_wages"), ("工钱", "unpaid_wages"),
     ("拆迁补偿", "expropriation"), ("我要举报村干部", "accusation_of_officials"), ("unpaid wages", "unpaid_wages")],
)  # fmt: skip
def test_everyday_words_find_the_thing_first(citizen, words, key):
    answer = citizen.send("/find/", q=words)
    assert answer.url.startswith(f"/found/?item={key}")
    assert answer.url.count("item=") <= 5
    assert citizen.get(answer.url).status_code == 200


@pytest.mark.parametrize("words", ["", "qqqqzzz", "！！！", "\x00", "的" * 5000])
def test_no_hit_is_no_dead_end(citizen, words):
    answer = citizen.send("/find/", q=words)
    assert answer.url == "/found/"
    assert "说不清也没关系，直接说事" in text(citizen.get(answer.url))


def test_what_was_searched_goes_into_no_address_and_no_session(citizen):
    answer = citizen.send("/find/", q="张三欠我工资")
    assert "张三" not in answer.url
    assert "%E5" not in answer.url
    assert not Session.objects.exists()


def test_an_accusation_in_the_catalogue_leads_to_its_own_door(citizen):
    assert citizen.get("/thing/accusation_of_officials/").url == "/accusations/"
    assert "/thing/accusation_of_officials/" not in citizen.get("/shelf/village/").content.decode()


def test_the_door_for_accusations_shows_where_to_go_and_takes_nothing(citizen):
    page = citizen.get("/accusations/")
    assert "12388" in text(page)
    assert "清和路" not in text(page)
    assert "<textarea" not in page.content.decode()
    assert citizen.send("/accusations/", words="x").status_code == 405
    Installation.objects.update(is_demo=True)
    assert "清和路" in text(citizen.get("/accusations/"))


def test_counters_are_listed_with_address_telephone_and_hours(citizen):
    page = text(citizen.get("/centres/"))
    for words in ("青禾镇群众工作服务中心", "甲村群众工作服务站", "和畅路1号", "0000-9010001", "工作日 08:30–17:30"):
        assert words in page
    assert "区人社局" not in page


@pytest.mark.parametrize("page", ["/shelf/nothing/", "/thing/nothing/", "/nowhere/"])
def test_what_is_not_there_is_a_friendly_page(citizen, page):
    answer = citizen.get(page)
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


def test_large_print_is_a_cookie_and_leads_back(citizen):
    answer = citizen.send("/mode/elder/", on="1", next="/track/")
    assert (answer.url, answer.cookies["elder"].value) == ("/track/", "1")
    assert '<html lang="zh-CN" class="elder"' in citizen.get("/").content.decode()
    citizen.send("/mode/elder/", on="0")
    assert "elder" not in citizen.get("/").content.decode().split("<head>")[0]
    assert citizen.get("/mode/elder/").status_code == 405


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:x", "", "/\\example.org"])
def test_large_print_leads_nowhere_else(citizen, target):
    assert citizen.send("/mode/elder/", on="1", next=target).url == "/"


def test_a_form_without_its_mark_is_answered_kindly(cast):
    answer = Client(enforce_csrf_checks=True).post("/submit/", {"accusation": "no"})
    assert answer.status_code == 403
    assert "这一页放得太久了，请再提交一次" in text(answer)
