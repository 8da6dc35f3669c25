"""Suggestions at triage and assignment: with their words, taken by one button, recorded beside what was decided."""

import pytest
from django.utils import timezone

from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Unit
from xinfang.queries import catalogue

pytestmark = pytest.mark.django_db
TYPED = {"seq": "1", "kind": "claim", "nature": "general", "solvable": "yes", "lane": "disposal", "first_step": "去看"}


@pytest.fixture
def lamp(cast):
    return registered(cast, timezone.now())


def url(receipt, name):
    return f"/desk/m/{receipt.number}/move/{name}/"


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def payload(receipt):
    return Event.objects.filter(chain_id=receipt.matter).order_by("-seq").first().payload


def test_a_suggestion_names_category_shelf_unit_and_route_and_the_word_that_caused_it(desk, lamp):
    page = text(desk("director").get(url(lamp, "triage")))
    assert "采用“路坏了、灯不亮”" in page
    for words in ("交通运输", "环境 噪音 出行", "直接办理，不走信访程序", '<span class="tag">路灯</span>'):
        assert words in page
    assert 'name="offered" value="roads_and_lamps' in page
    assert 'data-shortcut="1"' in page


def test_nothing_is_chosen_before_somebody_takes_it(desk, lamp):
    page = text(desk("director").get(url(lamp, "triage")))
    assert '<option value="roads_and_lamps" selected>' not in page
    assert '<option value="transport" selected>' not in page


def test_taking_a_suggestion_fills_the_form_keeps_what_was_typed_and_decides_nothing(desk, lamp):
    browser = desk("director")
    page = text(browser.post(url(lamp, "triage"), {**TYPED, "take": "roads_and_lamps"}))
    assert '<option value="roads_and_lamps" selected>' in page
    assert '<option value="transport" selected>' in page
    assert "去看" in page
    assert "已填到下面，还没有提交。" in page
    assert Event.objects.filter(chain_id=lamp.matter).count() == 1


def test_a_button_that_nobody_offered_fills_nothing(desk, lamp):
    page = text(desk("director").post(url(lamp, "triage"), {**TYPED, "take": "unpaid_wages"}))
    assert '<option value="unpaid_wages" selected>' not in page


def test_what_was_suggested_and_what_was_decided_stand_side_by_side_in_the_event(desk, lamp):
    sent = {**TYPED, "item": "noise_and_fumes", "category": "environment", "route": "duty"}
    answer = desk("director").post(url(lamp, "triage"), {**sent, "offered": "roads_and_lamps"}, follow=True)
    kept = payload(lamp)
    assert (kept["offered"], kept["item"], kept["category"], kept["route"]) == (
        "roads_and_lamps", "noise_and_fumes", "environment", "duty",
    )  # fmt: skip
    page = text(answer)
    assert "系统建议的：路坏了、灯不亮" in page
    assert "目录事项：噪声、油烟、气味" in page


@pytest.mark.parametrize("smuggled", ["张三的电话", "a b c d", "x" * 60])
def test_words_never_get_into_the_event_as_a_suggestion(desk, lamp, smuggled):
    desk("director").post(url(lamp, "triage"), {**TYPED, "offered": smuggled})
    assert Event.objects.filter(chain_id=lamp.matter).count() == 1


def test_at_assignment_units_are_suggested_after_what_was_decided_at_triage(cast, desk, lamp):
    Unit.objects.filter(code="999901001-ZF").update(function="township_government")
    Unit.objects.filter(code="999901002-ZF").update(function="township_government")
    decided = {**TRIAGE, "item": "noise_and_fumes", "category": "environment"}
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", decided))
    browser = desk("director")
    page = text(browser.get(url(lamp, "assign")))
    offered = page.split('name="offered" value="')[1].split('"')[0].split()
    assert offered == ["999901001-ZF"]
    assert page.count('name="take"') == 1
    page = text(browser.post(url(lamp, "assign"), {"seq": "2", "mode": "transfer", "take": offered[0]}))
    assert f'<option value="{offered[0]}" selected>' in page
    answer = browser.post(
        url(lamp, "assign"),
        {"seq": "2", "mode": "transfer", "lead": offered[0], "offered": " ".join(offered)},
        follow=True,
    )
    assert "系统建议的：" in text(answer)
    assert payload(lamp)["offered"] == " ".join(offered)


def test_other_moves_suggest_nothing(cast, desk, lamp):
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE))
    assert "系统建议" not in text(desk("director").get(url(lamp, "record_progress")))


def test_a_matter_whose_words_nobody_knows_has_no_panel(cast, desk):
    dumb = registered(cast, timezone.now(), original_words="呜呜呜。", demand="呜")
    assert 'name="take"' not in text(desk("director").get(url(dumb, "triage")))


def test_a_key_that_the_catalogue_no_longer_has_stands_for_itself():
    assert catalogue.name_of("gone_long_ago") == "gone_long_ago"
