"""At the window with a real browser: the keyboard is enough, what is half typed survives, no script is needed."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from tests.factories import registered
from xinfang.models import Area, Matter

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


def _dead(text: str) -> bool:
    """What the browser itself says of a request that we let fail on purpose."""
    return "net::ERR_FAILED" in text


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
        page.on(
            "console", lambda said: errors.append(said.text) if said.type == "error" and not _dead(said.text) else None
        )
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def answer_three_times_no(page: Page) -> None:
    """With the arrows alone, as a screen reader does it."""
    for _question in range(3):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake/new/")


def tab_to(page: Page, name: str) -> None:
    """On with the tab key until that field has the focus; what the house offers meanwhile may stand before it."""
    for _stop in range(12):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the tab key does not come to {name}")


class Keys:
    """Counts every key that is not part of what somebody tells; a reader or scanner is no finger."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0
        page.evaluate("addEventListener('mousedown', () => { throw new Error('a mouse was used') })")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed += len(key.split("+"))
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.pressed += len(text)
        self.page.keyboard.type(text)

    def tell(self, text: str) -> None:
        """The narrative: what the visitor says, typed as it is said."""
        self.page.keyboard.insert_text(text)

    def ime(self, spelled: str, text: str) -> None:
        """A name through an input method: its letters and the key that chooses."""
        self.pressed += len(spelled) + 1
        self.page.keyboard.insert_text(text)

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))


def test_an_ordinary_matter_takes_at_most_35_keys_beside_what_is_told_and_no_mouse(window):
    Area.objects.filter(name="甲村").update(pinyin="jia cun")
    page = window("/desk/intake/")
    keys = Keys(page)
    keys.press("n", "n", "n", "Enter")
    page.wait_for_url("**/intake/new/")
    assert keys.focused() == "id_number", "a card reader can begin at once"
    keys.press("Enter")
    keys.ime("zhangyi", "张一")
    keys.press("Enter")
    keys.type("19900000001")
    keys.press("Enter", "Enter")
    assert keys.focused() == "original_words"
    keys.tell(STORY)
    keys.press("Tab")
    keys.tell("修好路灯。")
    keys.press("Tab")
    assert keys.focused() == "area"
    keys.type("jc")
    keys.press("Control+Enter")
    page.wait_for_url("**/intake/receipt/**")
    page.evaluate("window.print = () => { document.title = 'printed' }")
    keys.press("p")
    assert page.title() == "printed", "the receipt is one key"
    assert keys.pressed <= 35, keys.pressed
    matter = Matter.objects.get()
    assert (matter.area, matter.parties.get().person.opened("phone")) == ("999901001201", "19900000001")


def test_a_card_reader_fills_what_it_read_and_the_place_is_understood_at_once(window):
    Area.objects.filter(name="甲村").update(pinyin="jia cun")
    page = window("/desk/intake/new/")
    page.keyboard.type("古丽·买买提|女|示范区青禾镇一号|341602189001010013")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('[name=name]').value === '古丽·买买提'")
    assert page.input_value("[name=id_number]") == "341602189001010013"
    assert page.input_value("[name=address]") == "示范区青禾镇一号"
    page.fill("[name=area]", "jc")
    page.press("[name=area]", "Enter")
    page.wait_for_function("() => document.querySelector('[name=area]').value === '甲村（青禾镇）'")
    page.fill("[name=id_number]", "341602189001010019")
    page.press("[name=id_number]", "Enter")
    note = page.wait_for_selector(".read-note:not(:empty)")
    assert note.inner_text() == "身份证号好像有误，请核对。不核对也可以登记。"
    assert Matter.objects.count() == 0, "Enter registers nothing"


def test_a_key_never_answers_or_moves_on_while_an_input_method_composes(window):
    page = window("/desk/intake/new/")
    page.focus("[name=name]")
    for key in ("{key: 'Enter', isComposing: true}", "{key: 'Enter', keyCode: 229}"):
        page.evaluate(
            f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{bubbles: true, ...{key}}}))"
        )
    assert page.evaluate("document.activeElement.name") == "name"


def test_a_grievance_is_registered_with_the_keyboard_alone(window):
    page = window("/desk/intake/")
    answer_three_times_no(page)
    page.keyboard.press("Tab")
    page.keyboard.type("张一")
    tab_to(page, "original_words")
    page.keyboard.type(STORY)
    assert page.input_value("[name=original_words]") == STORY
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
    page.evaluate("const f = document.querySelector('form.intake'); f.querySelector('[data-send]').click(); f.submit()")
    page.wait_for_url("**/intake/receipt/**")
    page.go_back()
    page.goto("/desk/intake/")
    assert "已登记 1 件" in page.inner_text("main")


def test_what_is_half_typed_survives_a_reload_and_no_number_of_a_person_stays_on_the_computer(window):
    page = window("/desk/intake/new/")
    page.fill("[name=original_words]", STORY)
    page.fill("[name=id_number]", "341602189001010013")
    page.wait_for_function("() => document.querySelector('[data-draft-saved]').textContent.startsWith('草稿已保存')")
    page.reload()
    assert page.input_value("[name=original_words]") == STORY
    assert page.input_value("[name=id_number]") == "341602189001010013", "the server kept it, sealed for this person"
    assert "341602189001010013" not in page.evaluate("JSON.stringify(localStorage)")
    assert page.locator(".draft-note").count() == 0, "told once, not twice"


def test_what_is_typed_while_the_network_is_dead_is_newer_than_what_the_server_has(window):
    page = window("/desk/intake/new/")
    page.fill("[name=original_words]", "第一稿")
    page.wait_for_function("() => document.querySelector('[data-draft-saved]').textContent.startsWith('草稿已保存')")
    page.route("**/intake/draft/", lambda route: route.abort())
    page.fill("[name=original_words]", STORY)
    page.wait_for_function("() => document.querySelector('[data-draft-saved]').textContent.startsWith('没有网络')")
    page.unroute("**/intake/draft/")
    page.reload()
    assert page.input_value("[name=original_words]") == STORY


def test_throwing_a_half_typed_form_away_leaves_nothing_of_it(window):
    page = window("/desk/intake/new/")
    page.fill("[name=original_words]", STORY)
    page.wait_for_function("() => document.querySelector('[data-draft-saved]').textContent.startsWith('草稿已保存')")
    page.click("text=不登记了")
    page.wait_for_url("**/desk/intake/")
    page.goto("/desk/intake/new/")
    assert page.input_value("[name=original_words]") == ""
    assert STORY not in page.evaluate("JSON.stringify(localStorage)")


def test_what_shall_stay_secret_is_not_kept_on_the_windows_computer(window):
    page = window("/desk/intake/new/?secret")
    page.fill("[name=original_words]", STORY)
    page.wait_for_timeout(500)
    assert STORY not in page.evaluate("JSON.stringify(localStorage)")


def test_registering_needs_no_script(window):
    page = window("/desk/intake/", java_script_enabled=False)
    for name in ("own", "accuses", "secret"):
        page.check(f"input[name={name}][value=no]")
    page.click("button:has-text('继续')")
    page.fill("[name=original_words]", STORY)
    page.click("text=登记并出回执")
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", page.inner_text(".receipt-code"))


def test_enter_in_a_line_without_script_looks_and_registers_nothing(window):
    page = window("/desk/intake/new/", java_script_enabled=False)
    page.fill("[name=original_words]", STORY)
    page.fill("[name=present]", "3")
    page.press("[name=present]", "Enter")
    page.wait_for_load_state()
    assert (page.input_value("[name=original_words]"), page.input_value("[name=present]")) == (STORY, "3")
    assert Matter.objects.count() == 0


def test_the_form_fits_a_narrow_screen(window):
    for path in ("/desk/intake/", "/desk/intake/new/?own"):
        page = window(path, viewport={"width": 320, "height": 640})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, path


def test_a_paper_under_the_scanner_opens_its_matter_and_fingers_keep_their_shortcuts(window, cast):
    number = registered(cast, timezone.now()).number
    page = window("/desk/")
    # A scanner is told by its pace: the test holds the clock, so that a slow machine is no slow scanner.
    page.clock.install()
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    page.keyboard.press("x")
    page.clock.run_for(400)
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1, "a finger on x is no scanner"
    page.keyboard.press("Escape")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/m/{number}/")


def test_the_paper_of_the_receipt_is_remembered_at_this_computer(window, cast):
    number = registered(cast, timezone.now()).number
    page = window(f"/desk/intake/receipt/{number}/")
    page.check("#paper-a5")
    page.reload()
    assert page.is_checked("#paper-a5")
