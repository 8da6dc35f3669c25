"""The few scripts: what is typed stays, one press sends once, and shortcuts keep out of the way of writing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser

BUILT = Path(__file__).resolve().parents[2] / "xinfang/static/built"
PETITION = """<form method="post" action="/sent" data-draft="petition">
  <textarea name="words" data-count="10"></textarea> <input name="place" value="示范街道">
  <input name="kind" type="radio" value="a"> <input name="kind" type="radio" value="b">
  <p data-private><input name="id_number"></p> <input type="password" name="secret">
  <input type="hidden" name="key" value="k1">
  <button>提交</button></form>"""
QUEUE = """<a href="/queue" data-shortcut="g q">今日待办</a>
  <input name="q" data-shortcut="/" data-shortcut-label="搜索">
  <table data-rows><tbody><tr><td><a href="/m/1">一</a></td></tr><tr><td><a href="/m/2">二</a></td></tr></tbody></table>
  <form method="post" action="/sent"><textarea name="note"></textarea><button>记下</button></form>"""

Open = Callable[..., Page]


@pytest.fixture
def sent() -> list[str]:
    return []


@pytest.fixture
def show(browser: Browser, sent: list[str]) -> Iterator[Open]:
    """Opens a page made of a body and one of the two bundles; any script error fails the test."""
    context: BrowserContext = browser.new_context()
    pages: dict[str, str] = {}
    errors: list[str] = []

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.method == "POST":
            sent.append(route.request.post_data or "")
            route.fulfill(status=204)  # the page stays, as on a slow network
        elif path.startswith("/built/"):
            route.fulfill(path=BUILT / path.removeprefix("/built/"))
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=pages.get(path, "<!DOCTYPE html>"))

    context.route("**/*", answer)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))

    def open_page(body: str, *, bundle: str = "public", attributes: str = "") -> Page:
        words = render_to_string("parts/words.html")
        pages["/page"] = (
            f'<!DOCTYPE html><html lang="zh-CN"><script src="/built/{bundle}.js" defer></script>'
            f"<body {attributes}>{body}{words}</body></html>"
        )
        page.goto("http://centre.test/page")
        return page

    yield open_page
    context.close()
    assert errors == []


def test_a_half_typed_form_survives_a_reload_without_its_private_fields(show: Open) -> None:
    page = show(PETITION)
    page.fill("[name=words]", "路灯坏了")
    page.check("[name=kind][value=b]")
    page.fill("[name=id_number]", "110105184912310021")
    page.fill("[name=secret]", "不该留下")
    page.reload()
    assert page.input_value("[name=words]") == "路灯坏了"
    assert page.is_checked("[name=kind][value=b]")
    assert page.input_value("[name=id_number]") == ""
    assert "已恢复您上次没有写完的内容" in page.inner_text(".draft-note")
    stored = page.evaluate("JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage})")
    assert "路灯" in stored
    assert not any(private in stored for private in ("1101051849", "不该留下", "k1"))


def test_a_discarded_draft_does_not_come_back(show: Open) -> None:
    page = show(PETITION)
    page.fill("[name=words]", "路灯坏了")
    page.reload()
    page.click(".draft-note button")
    assert page.input_value("[name=words]") == ""
    page.reload()
    assert page.input_value("[name=words]") == ""


def test_a_draft_goes_when_the_server_has_the_form(show: Open) -> None:
    page = show(PETITION)
    page.fill("[name=words]", "路灯坏了")
    page.wait_for_function("sessionStorage.length === 1")
    page = show("<p>提交成功</p>", attributes='data-draft-clear="petition"')
    assert page.evaluate("sessionStorage.length") == 0


def test_a_page_with_errors_keeps_what_the_server_sent_back(show: Open) -> None:
    page = show(PETITION)
    page.fill("[name=words]", "旧的")
    page.wait_for_function("sessionStorage.length === 1")
    page = show('<div data-error-summary tabindex="-1">有几处需要您改一下</div>' + PETITION)
    assert page.input_value("[name=words]") == ""
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")


def test_on_the_desk_a_draft_belongs_to_the_person_who_wrote_it(show: Open) -> None:
    page = show(PETITION, bundle="desk", attributes='data-viewer="7"')
    page.fill("[name=words]", "王芳的草稿")
    page.wait_for_function("localStorage.length === 1")
    assert show(PETITION, bundle="desk", attributes='data-viewer="8"').input_value("[name=words]") == ""
    assert show(PETITION, bundle="desk", attributes='data-viewer="7"').input_value("[name=words]") == "王芳的草稿"


def test_signing_out_removes_the_drafts_of_that_person_alone(show: Open) -> None:
    for viewer in ("8", "7"):
        page = show(PETITION, bundle="desk", attributes=f'data-viewer="{viewer}"')
        page.fill("[name=words]", "草稿")
        page.wait_for_function(f"Object.keys(localStorage).some(key => key.includes(':{viewer}:'))")
    page = show(
        '<form method="post" data-sign-out><button>退出</button></form>', bundle="desk", attributes='data-viewer="7"'
    )
    page.click("button", no_wait_after=True)
    assert page.evaluate("Object.keys(localStorage)") == ["xinfang-draft:8:petition"]


def test_a_draft_older_than_a_day_is_swept_away(show: Open) -> None:
    page = show("<p>今日待办</p>", bundle="desk", attributes='data-viewer="7"')
    page.evaluate(
        "localStorage.setItem('xinfang-draft:8:intake', JSON.stringify({at: Date.now() - 864e5 - 1, values: {}}))"
    )
    page.reload()
    assert page.evaluate("localStorage.length") == 0


def test_pressing_twice_sends_once_and_says_so(show: Open, sent: list[str]) -> None:
    page = show(PETITION)
    page.evaluate("const b = document.querySelector('form button'); b.click(); b.click()")
    page.wait_for_function("document.querySelector('form button').textContent.startsWith('正在提交')")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert len(sent) == 1


def test_without_a_network_nothing_is_sent_and_the_page_says_so(show: Open, sent: list[str]) -> None:
    page = show(PETITION)
    page.fill("[name=words]", "路灯坏了")
    page.context.set_offline(True)
    page.click("form button")
    assert "还没有提交" in page.inner_text("[data-sending-note]")
    assert page.input_value("[name=words]") == "路灯坏了"
    assert sent == []
    page.context.set_offline(False)
    page.click("form button", no_wait_after=True)
    page.wait_for_timeout(200)
    assert len(sent) == 1


def test_the_counter_counts_characters_and_never_cuts(show: Open) -> None:
    page = show(PETITION)
    page.fill("[name=words]", "𠮷" * 4)
    assert page.inner_text(".count") == "已写 4 字，最多 10 字"
    page.fill("[name=words]", "字" * 13)
    assert page.inner_text(".count") == "多了 3 字，最多 10 字"
    assert len(page.input_value("[name=words]")) == 13


def test_keys_lead_to_places_and_rows(show: Open) -> None:
    page = show(QUEUE, bundle="desk")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "二"
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/queue")


def test_single_keys_keep_out_of_writing_and_composing(show: Open) -> None:
    page = show(QUEUE, bundle="desk")
    page.focus("textarea")
    page.keyboard.type("gq?/j")
    assert page.input_value("textarea") == "gq?/j"
    page.evaluate("document.activeElement.blur()")
    page.evaluate(
        "for (const key of ['g', 'q', '?']) "
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key, isComposing: true, bubbles: true}))"
    )
    assert page.url.endswith("/page")
    assert page.locator("dialog[open]").count() == 0


def test_the_sheet_lists_exactly_what_the_page_binds_and_can_switch_it_off(show: Open) -> None:
    page = show(QUEUE, bundle="desk")
    page.keyboard.press("?")
    keys = page.locator("dialog dt").all_inner_texts()
    assert [key.strip() for key in keys] == ["g q", "/", "j", "k", "?", "Ctrl Enter"]
    page.uncheck("#shortcuts-on")
    page.click("dialog button")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") != "q"


def test_control_and_enter_send_the_form_that_has_the_focus(show: Open, sent: list[str]) -> None:
    page = show(QUEUE, bundle="desk")
    page.fill("textarea", "已联系")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)
    assert len(sent) == 1


def test_a_print_button_shows_only_where_it_works(show: Open) -> None:
    page = show('<button type="button" data-print hidden>打印</button>')
    assert page.is_visible("[data-print]")
