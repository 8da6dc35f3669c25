"""The statistics page: every number stands with its fraction and opens a list of exactly so many rows."""

import re

import pytest
from django.utils import timezone

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from tests.services.batch_files import HEAD, row, write
from tests.services.test_batches import taken
from xinfang.models import BatchItem
from xinfang.rules.figures.definitions import DEFINITIONS, Counted

pytestmark = pytest.mark.django_db
LETTER = {"channel": "letter", "addressee": "province"}
SOLVED = {"result_words": "修好", "result": "supported_done", "petitioner_told": "电话", "evidence": True}


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def solved_letter(cast):
    receipt = registered(cast, at("2026-11-02 09:00"), **LETTER)
    moved(cast, receipt.matter, at("2026-11-04 10:00"), ("director", "triage", TRIAGE),
          ("director", "solve_on_the_spot", SOLVED))  # fmt: skip
    registered(cast, at("2026-11-03 09:00"), **LETTER)
    return receipt


def links(page):
    return re.findall(r'href="(/desk/figures/[^"]+/(?:numerator|denominator)/[^"]*)"[^>]*>\s*(\d+)', page)


def test_every_number_opens_a_list_with_exactly_so_many_rows(cast, desk, tmp_path):
    solved_letter(cast)
    taken(write(tmp_path / "b.xlsx", [row(1), row(2, due_on="2026-03-01"), row(3, purpose="揭发控告")]), cast.bureau)
    browser = desk("bureau")
    found = links(text(browser.get("/desk/figures/")))
    shown = sum(1 if d.denominator is None else 2 for d in DEFINITIONS if d.cohort != "old_answers")
    assert len(found) == shown
    for url, number in found:
        page = text(browser.get(url.replace("&amp;", "&")))
        assert page.count("<tr>") - bool(page.count("<tr>")) == int(number), url


def test_the_fraction_stands_beside_the_rate_and_the_definition_says_what_is_counted(cast, desk):
    solved_letter(cast)
    page = text(desk("bureau").get("/desk/figures/"))
    card = page[page.index('id="figure-R-2L"') :]
    card = card[: card.index("</li>")]
    assert "50.00 %" in card
    assert [number for _url, number in links(card)] == ["1", "2"]
    assert "致省领导信件总数" in card
    assert "R-2L 第 1 版" in card


def test_a_past_day_is_shown_as_it_was_recorded_then(cast, desk):
    solved_letter(cast)
    browser = desk("bureau")
    page = text(browser.get("/desk/figures/?as_of=2026-11-03"))
    assert "数到 2026年11月3日 星期二 24:00" in page
    card = page[page.index('id="figure-R-2L"') :]
    assert [n for _url, n in links(card[: card.index("</li>")])] == ["0", "2"]
    assert "as_of=2026-11-03" in links(page)[0][0]
    rows = text(browser.get("/desk/figures/L-1/numerator/?as_of=2026-11-02"))
    assert "共 1 件" in rows


def test_the_period_narrows_by_day_of_receipt(cast, desk):
    solved_letter(cast)
    page = text(desk("bureau").get("/desk/figures/?first=2026-11-03&last=2026-11-03"))
    card = page[page.index('id="figure-L-1"') :]
    assert [n for _url, n in links(card[: card.index("</li>")])] == ["1"]


@pytest.mark.parametrize("as_of", ["2026-02-30", "gestern", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_said_beside_its_field(cast, desk, as_of):
    page = text(desk("bureau").get("/desk/figures/", {"as_of": as_of}))
    assert 'aria-invalid="true"' in page


def test_each_sees_what_his_sight_allows(cast, desk):
    solved_letter(cast)
    assert links(text(desk("bureau").get("/desk/figures/")))[1][1] == "0"
    stranger = text(desk("stranger").get("/desk/figures/"))
    assert {n for _url, n in links(stranger)} == {"0"}
    assert "没有事项" in text(desk("stranger").get("/desk/figures/R-4/denominator/"))


def test_items_without_a_matter_show_their_row_alone(cast, desk, tmp_path):
    moment = timezone.now()
    head = {**HEAD, "assigned_on": moment.date(), "default_due_on": None}
    rows = [row(1), row(2, purpose="揭发控告", summary="某人的事"), row(3, unit="无此单位")]
    taken(write(tmp_path / "b.xlsx", rows, head), cast.bureau, moment)
    page = text(desk("bureau").get("/desk/figures/R-1/denominator/"))
    assert "转检举控告程序" in page
    assert "某人的事" not in page
    assert "没有单位“无此单位”" in page
    assert BatchItem.objects.get(row=1).matter.number in page
    director = text(desk("labour_head").get("/desk/figures/R-1/denominator/"))
    assert "共 1 件" in director


@pytest.mark.parametrize("address", ["R-9/numerator", "L-1/denominator", "R-4/rest", "R-4/Numerator"])
def test_a_list_that_is_none_is_not_there(cast, desk, address):
    assert desk("bureau").get(f"/desk/figures/{address}/").status_code == 404


def test_long_lists_are_paged_by_key_both_ways(cast, desk):
    numbers = [registered(cast, at("2026-11-02 09:00")).number for _ in range(53)]
    browser = desk("bureau")
    first = text(browser.get("/desk/figures/R-4/denominator/"))
    older = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = text(browser.get("/desk/figures/R-4/denominator/" + older))
    shown = [re.findall(r"XF-[0-9A-Z]{4}-[0-9A-Z]{4}(?=</a>)", page) for page in (first, second)]
    assert (len(shown[0]), len(shown[1])) == (50, 3)
    assert sorted(shown[0] + shown[1]) == sorted(numbers)
    newer = re.search(r'rel="prev" href="([^"]+)"', second)[1].replace("&amp;", "&")
    back = text(browser.get("/desk/figures/R-4/denominator/" + newer))
    assert re.findall(r"XF-[0-9A-Z]{4}-[0-9A-Z]{4}(?=</a>)", back) == shown[0]
    assert text(browser.get("/desk/figures/R-4/denominator/?after=nonsense")).count("XF-") > 0


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_take_the_same_statements_for_one_matter_and_for_three(cast, desk, many, django_assert_num_queries):
    for _ in range(many):
        registered(cast, at("2026-11-02 09:00"))
    browser = desk("bureau")
    browser.get("/desk/figures/")
    with django_assert_num_queries(9):
        browser.get("/desk/figures/")
    with django_assert_num_queries(17):
        browser.get("/desk/figures/R-4/denominator/")


def test_items_are_the_only_figures_that_do_not_count_matters():
    assert [d.code for d in DEFINITIONS if d.counted is Counted.ITEMS] == ["R-1"]
