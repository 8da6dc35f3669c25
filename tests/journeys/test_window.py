"""At the window with a real browser: the keyboard is enough, what is half typed survives, no script is needed."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "村口的路灯坏了半个月，晚上走路看不见。"
Window = Callable[..., Page]


@pytest.fixture
def clerk(cast, settings, tmp_path):
    """The session of the window clerk."""
    settings.MEDIA_ROOT = tmp_path / "media"
    client = Client()
    client.force_login(cast.users["clerk"])
    return client.cookies["sessionid"].value


@pytest.fixture
def window(clerk, live_server, browser) -> Iterator[Window]:
    """Opens a page in which the clerk is signed in; any script error or refused resource fails the test."""
    errors: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(path: str, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="zh-CN", **options)
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": clerk, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def answer_three_times_no(page: Page) -> None:
    for _question in range(3):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake/new/")


def test_a_grievance_is_registered_with_the_keyboard_alone(window):
    page = window("/desk/intake/")
    answer_three_times_no(page)
    page.keyboard.type("张一")
    for _field in range(4):
        page.keyboard.press("Tab")
    page.keyboard.type(STORY)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/intake/receipt/**")
    assert re.fullmatch(r"XF-\w{4}-\w{4}", page.inner_text(".receipt-number"))
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", page.inner_text(".receipt-code"))
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 0, (
        "the strict policy lets the QR code through"
    )
    page.reload()
    assert page.query_selector(".receipt-code") is None


def test_a_double_press_is_one_matter(window):
    page = window("/desk/intake/new/")
    page.fill("[name=original_words]", STORY)
    page.evaluate("const f = document.querySelector('form.intake'); f.querySelector('button').click(); f.submit()")
    page.wait_for_url("**/intake/receipt/**")
    page.go_back()
    page.goto("/desk/intake/")
    assert "已登记 1 件" in page.inner_text("main")


def test_what_is_half_typed_survives_a_reload_but_numbers_of_people_are_not_kept(window):
    page = window("/desk/intake/new/")
    page.fill("[name=original_words]", STORY)
    page.fill("[name=id_number]", "341602189001010013")
    page.wait_for_timeout(500)
    page.reload()
    assert page.input_value("[name=original_words]") == STORY
    assert page.input_value("[name=id_number]") == ""
    assert "341602189001010013" not in page.evaluate("JSON.stringify(localStorage)")


def test_what_shall_stay_secret_is_not_kept_on_the_windows_computer(window):
    page = window("/desk/intake/new/?secret")
    page.fill("[name=original_words]", STORY)
    page.wait_for_timeout(500)
    assert STORY not in page.evaluate("JSON.stringify(localStorage)")


def test_registering_needs_no_script(window):
    page = window("/desk/intake/", java_script_enabled=False)
    for name in ("own", "accuses", "secret"):
        page.check(f"input[name={name}][value=no]")
    page.click("text=继续")
    page.fill("[name=original_words]", STORY)
    page.click("text=登记并出回执")
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", page.inner_text(".receipt-code"))


def test_the_form_fits_a_narrow_screen(window):
    for path in ("/desk/intake/", "/desk/intake/new/?own"):
        page = window(path, viewport={"width": 320, "height": 640})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, path
