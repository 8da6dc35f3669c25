"""The panel of the window: lines suggested from what is typed, found by everyday words, chosen by a person, kept."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories import registered
from xinfang.models import Event, Matter, Unit

pytestmark = pytest.mark.django_db
URL, FORM = "/desk/intake/suggest/", "/desk/intake/new/"
WAGES = "我在工地干了三个月，包工头一直不给工资。"


def sent(**values):
    return {"submission_key": str(uuid4()), "unit": "999901001", "channel": "visit", "original_words": WAGES, **values}


@pytest.fixture
def window(desk):
    return desk("clerk")


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def asked(window, **typed):
    return text(window.post(URL, typed))


def keys(page):
    return re.findall(r'name="item"\s+value="(\w+)"', page)


def last():
    return Event.objects.get(chain_id=Matter.objects.latest("received_at").pk, seq=1).payload


def test_what_is_typed_brings_lines_with_what_follows_from_them_and_the_words_that_caused_it(window):
    Unit.objects.filter(code="999901-RS").update(function="labour")
    page = asked(window, original_words=WAGES)
    assert keys(page)[0] == "unpaid_wages"
    assert len(keys(page)) <= 3
    for words in ("工资被拖欠", "工资 社保 劳动", "劳动和社会保障", "可能牵头", '<span class="tag">包工头</span>',
                  "劳动合同、工牌或考勤记录"):  # fmt: skip
        assert words in page
    assert 'name="items_offered" value="unpaid_wages' in page
    assert 'data-pick="category=labour"' in page
    assert not re.search(r'value="unpaid_wages"[^>]*checked', page)


def test_everyday_words_find_a_line(window):
    page = asked(window, sought="老板不给钱")
    assert keys(page)[0] == "unpaid_wages"
    assert 'name="items_offered" value=""' in page
    assert "没有搜到" in asked(window, sought="呜呜呜")


def test_what_was_searched_goes_before_what_the_words_say_and_what_was_chosen_stays(window):
    page = asked(window, original_words=WAGES, sought="路灯", item="debts")
    assert keys(page)[0] == "roads_and_lamps"
    assert keys(page)[-1] == "debts"
    assert re.search(r'value="debts"[^>]*checked', page)


def test_nothing_typed_suggests_nothing_and_an_accusation_is_led_elsewhere(window):
    assert "写下原话，这里就有建议" in asked(window)
    page = asked(window, sought="举报村干部贪污")
    assert "不在这里登记" in page
    assert "accusation_of_officials" not in keys(page)


def test_the_answer_is_kept_nowhere_and_only_registrars_get_it(window, desk):
    assert window.post(URL, {"original_words": WAGES})["Cache-Control"] == "private, no-store"
    assert desk("supervisor").post(URL, {"original_words": WAGES}).status_code == 404


def test_without_script_the_form_looks_and_everything_stays(window):
    page = text(window.post(FORM, sent(look="1", item="unpaid_wages", sought="路灯")))
    assert WAGES in page
    assert re.search(r'value="unpaid_wages"[^>]*checked', page)
    assert 'name="sought"' in page
    assert not Matter.objects.exists()


def test_what_was_offered_and_what_was_chosen_stand_side_by_side_in_the_event(window):
    window.post(FORM, sent(item="debts", items_offered="unpaid_wages social_insurance"))
    assert {name: last()[name] for name in ("item", "items_offered", "catalogue", "category")} == {
        "item": "debts", "items_offered": "unpaid_wages social_insurance", "catalogue": 0, "category": "economy",
    }  # fmt: skip


def test_a_class_chosen_by_hand_stays(window):
    window.post(FORM, sent(item="debts", category="labour"))
    assert (last()["item"], last()["category"]) == ("debts", "labour")


@pytest.mark.parametrize(
    ("item", "offered"), [("gone", "张三的电话"), ("accusation_of_officials", "a b c d"), ("张三", "x" * 60), ("", "")]
)
def test_nothing_but_known_keys_gets_into_the_event(window, item, offered):
    window.post(FORM, sent(item=item, items_offered=offered))
    assert not {"item", "items_offered", "catalogue"} & set(last())


def test_the_same_form_sent_twice_is_one_matter_whatever_was_suggested_meanwhile(window):
    first = sent(item="debts", items_offered="unpaid_wages")
    window.post(FORM, first)
    window.post(FORM, {**first, "items_offered": "debts"})
    assert Matter.objects.count() == 1


def test_triage_begins_with_what_was_chosen_at_the_window(cast, desk):
    receipt = registered(cast, timezone.now(), item="debts", category="economy")
    page = text(desk("director").get(f"/desk/m/{receipt.number}/move/triage/"))
    assert '<option value="debts" selected>' in page


def test_the_papers_of_the_chosen_line_are_ticked_printed_and_told(window):
    page = asked(window, item="unpaid_wages", missing="unpaid_wages:1")
    assert re.search(r'value="unpaid_wages:1"\s+checked', page)
    assert not re.search(r'value="unpaid_wages:0"\s+checked', page)
    boxes = ["unpaid_wages:0", "unpaid_wages:2", "debts:0", "unpaid_wages:9"]
    answer = window.post(FORM, sent(item="unpaid_wages", missing=boxes, missing_more="身份证 \n\n"), follow=True)
    page = text(answer)
    assert "还要补的材料，一次说全" in page
    for paper in ("劳动合同、工牌或考勤记录", "单位、工地名称和地址", "身份证"):
        assert paper in page
    assert "欠条、工资条或转账记录" not in page
    assert last()["missing"] == 3


def test_other_papers_may_be_missing_without_any_line(window):
    window.post(FORM, sent(missing=["unpaid_wages:0"], missing_more="房产证"))
    assert last()["missing"] == 1
