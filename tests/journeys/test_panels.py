"""The panel of the window: drawn again once typing stops, silent while Chinese is composed, chosen by one key."""

import pytest
from django.test import Client
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOLD = "我在工地干了三个月，包工头一直不给工资。"
CHOICES = "[data-panel] input[name=item][data-pick]"


@pytest.fixture
def window(cast, visitor):
    """The clerk at the form; `asked` are the requests for the panel."""
    client = Client()
    client.force_login(cast.users["clerk"])
    guest = visitor().has(client.cookies["sessionid"].value)
    guest.asked = []
    guest.page.on("request", lambda request: guest.asked.append(request) if "/suggest/" in request.url else None)
    guest.open("/desk/intake/new/")
    return guest


def test_what_is_typed_is_suggested_after_a_pause_and_one_key_takes_it(window):
    page = window.page
    page.locator("#id_original_words").press_sequentially(TOLD)
    expect(page.locator(CHOICES).first).to_have_value("unpaid_wages")
    assert len(window.asked) == 1
    assert TOLD not in window.asked[0].url
    page.keyboard.press("Alt+Digit1")
    expect(page.locator("#id_category")).to_have_value("labour")
    expect(page.locator(CHOICES).first).to_be_checked()
    assert page.evaluate("document.activeElement.id") == "id_original_words"


def test_a_class_that_somebody_chose_stays(window):
    page = window.page
    page.locator("#id_category").select_option("housing")
    page.locator("#id_sought").fill("路灯")
    page.locator(CHOICES).first.check()
    expect(page.locator("#id_category")).to_have_value("housing")


def test_nothing_is_asked_while_chinese_is_being_composed(window):
    page = window.page
    page.evaluate(
        """() => {
          const field = document.getElementById("id_original_words");
          field.value = "gongzi";
          field.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: true}));
        }"""
    )
    page.wait_for_timeout(700)
    assert window.asked == []
    with page.expect_request("**/intake/suggest/"):
        page.evaluate(
            """() => {
              const field = document.getElementById("id_original_words");
              field.value = "包工头不给工资";
              field.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
            }"""
        )
    expect(page.locator(CHOICES).first).to_have_value("unpaid_wages")


def test_without_a_network_the_panel_stays_as_it_is(window):
    page = window.page
    page.locator("#id_sought").fill("路灯")
    expect(page.locator(CHOICES).first).to_have_value("roads_and_lamps")
    page.route("**/intake/suggest/", lambda route: route.abort())
    page.locator("#id_sought").fill("不给工资")
    page.wait_for_timeout(700)
    expect(page.locator(CHOICES).first).to_have_value("roads_and_lamps")
