"""UX-07, UX-08, UX-16: whatever a hand or a network does, a petition is one matter, and the page says what is true."""

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.town import ANSWERS, STORY
from xinfang.models import Matter

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SEND = "main form button:has-text('提交给信访超市')"
REGISTER = "form.intake button:has-text('登记并出回执')"
CONTROL_ENTER = """document.querySelector("[name=original_words]").dispatchEvent(
  new KeyboardEvent("keydown", {key: "Enter", ctrlKey: true, bubbles: true, cancelable: true}))"""
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


def receipt_on(page) -> tuple[str, str]:
    return page.inner_text(".confirmation-number"), page.inner_text(".confirmation-code")


@pytest.fixture(scope="module")
def sessions(town):
    """Half-written petitions, one for each test, and a clerk; as they come in from outside, so made before any test."""
    return {"clerk": town.session("clerk"), "writing": iter([town.session("writing") for _test in range(4)])}


@pytest.fixture
def registered(town) -> Callable[[], int]:
    """How many matters have come since the test began."""
    before = Matter.objects.count()
    return lambda: Matter.objects.count() - before


def test_pressing_twice_refreshing_going_back_and_a_second_tab_are_one_matter(sessions, visitor, registered):
    come = visitor(360, 740).has(next(sessions["writing"]))
    page, second = come.open("/submit/check/"), come.context.new_page()
    second.goto("/submit/check/")
    page.locator(SEND).dblclick()
    page.wait_for_url("**/submit/done/")
    receipt = receipt_on(page)
    with page.expect_request(lambda request: request.is_navigation_request()) as asked:
        page.reload()
    assert asked.value.method == "GET", "no question whether the form shall be sent again"
    assert receipt_on(page) == receipt
    page.go_back()
    page.wait_for_url("**/submit/done/")
    assert receipt_on(page) == receipt, "the way back does not look as if nothing had been sent"
    second.locator(SEND).focus()
    second.keyboard.press("Enter")
    second.keyboard.press("Enter")
    second.wait_for_url("**/submit/done/")
    assert receipt_on(second) == receipt
    bookmark = page.url
    assert receipt_on(page.context.new_page().goto(bookmark).frame) == receipt
    stranger = visitor(360, 740).open(bookmark)
    assert receipt[0] not in stranger.content()
    assert stranger.locator("h1").count() == 1
    assert registered() == 1


def test_at_the_window_enter_twice_a_refresh_and_the_way_back_are_one_matter(sessions, visitor, registered):
    page = visitor().has(sessions["clerk"]).open("/desk/intake/new/")
    page.fill("[name=original_words]", STORY)
    page.evaluate(f"() => {{ {CONTROL_ENTER}; {CONTROL_ENTER}; }}")
    page.wait_for_url("**/intake/receipt/**")
    number, code = page.inner_text(".receipt-number"), page.inner_text(".receipt-code")
    with page.expect_request(lambda request: request.is_navigation_request()) as asked:
        page.reload()
    assert asked.value.method == "GET"
    assert page.inner_text(".receipt-number") == number
    assert code not in page.content(), "the code is shown once, and a refresh does not make another one"
    page.go_back()
    page.wait_for_load_state()
    if page.input_value("[name=original_words]"):
        page.locator(REGISTER).click()
        page.wait_for_url("**/intake/receipt/**")
        assert page.inner_text(".receipt-number") == number
    assert registered() == 1


STEPS = (
    ("submit", {"accusation": "no", "own_people": "no", "secrecy": "no"}),
    ("submit/words", {"words": STORY, "demand": "把路灯修好"}),
    ("submit/where", {"area": "999901001"}),
    ("submit/village", {"area": "999901001201"}),
    ("submit/who", {"name": "张一", "phone": "19900000001", "address": "甲村一组"}),
    ("submit/files", {}),
)


def fill(page, values: dict[str, str]) -> None:
    for name, value in values.items():
        field = page.locator(f"[name={name}]").first
        if field.get_attribute("type") == "radio":
            page.check(f"[name={name}][value='{value}']")
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def shown(page, name: str) -> str:
    return page.evaluate(
        "name => { const all = [...document.getElementsByName(name)];"
        " return (all.find(one => one.checked) || all[0]).value; }", name
    )  # fmt: skip


def test_without_a_network_every_step_keeps_what_is_typed_and_says_that_nothing_was_sent(town, visitor, registered):
    come = visitor(360, 740)
    page = come.open("/submit/")
    for path, values in STEPS:
        assert urlsplit(page.url).path == f"/{path}/"
        fill(page, values)
        come.context.set_offline(True)
        page.locator("main form .buttons button").first.click()
        said = page.inner_text("[data-sending-note]")
        assert "没有网络" in said
        assert {name: shown(page, name) for name in values} == values
        come.context.set_offline(False)
        if "待发送" not in said:  # what does not wait for the network asks to be pressed again
            page.locator("main form .buttons button").first.click()
        page.wait_for_url(lambda url, path=path: urlsplit(url).path != f"/{path}/")
    assert urlsplit(page.url).path == "/submit/check/"
    assert STORY in page.inner_text("main")
    assert registered() == 0


# A sending that gets no answer, as the page sees it: it goes out, and nothing ever comes. Heard after the page's own.
HANG = """() => { window.sent = 0; window.addEventListener("submit", event => {
  if (event.defaultPrevented) return;
  window.sent += 1;
  if (window.sent === 1) event.preventDefault();
}); }"""


def test_a_network_that_is_there_and_silent_is_said_and_keeps_all_and_sends_nothing_twice(town, visitor, registered):
    page = visitor(360, 740).open("/submit/")
    page.clock.install()
    note, press = page.locator("[data-sending-note]"), page.locator("main form .buttons button").first
    for path, values in STEPS:
        assert urlsplit(page.url).path == f"/{path}/"
        fill(page, values)
        page.evaluate(HANG)
        press.click()
        assert (note.text_content(), note.get_attribute("class")) == ("正在提交……", "unseen")
        page.clock.run_for(8_500)
        assert "还没有回音" in note.inner_text()
        assert (note.get_attribute("class"), note.get_attribute("role")) == ("error", "status")
        press.dispatch_event("click")
        assert page.evaluate("() => window.sent") == 1, "while it hangs, another press sends nothing"
        page.clock.run_for(12_000)
        assert "再按一次：不会变成两件" in note.inner_text()
        assert {name: shown(page, name) for name in values} == values
        press.click()
        page.wait_for_url(lambda url, path=path: urlsplit(url).path != f"/{path}/")
    assert urlsplit(page.url).path == "/submit/check/"
    assert STORY in page.inner_text("main")
    assert registered() == 0


def test_an_answer_that_is_lost_on_its_way_does_not_make_a_second_matter(sessions, visitor, registered):
    come = visitor(360, 740).has(next(sessions["writing"]))
    page = come.open("/submit/check/")
    page.route("**/submit/check/", lose_the_answer, times=1)
    page.locator(SEND).click()
    page.wait_for_url("chrome-error://**")
    assert registered() == 1, "the house has it, the telephone does not know"
    page.goto("/submit/check/")
    page.wait_for_url(re.compile("/submit/"))
    if page.locator(SEND).count():
        page.locator(SEND).click()
    page.goto("/submit/done/")
    assert Matter.objects.get(number=receipt_on(page)[0]) == Matter.objects.latest("pk")
    assert registered() == 1


def lose_the_answer(route) -> None:
    route.fetch(max_redirects=0)
    route.abort("internetdisconnected")


def test_at_the_window_a_dead_network_keeps_the_words_and_a_lost_answer_is_one_matter(sessions, visitor, registered):
    page = visitor().has(sessions["clerk"]).open("/desk/intake/new/")
    page.fill("[name=original_words]", STORY)
    page.route("**/desk/intake/new/", lambda route: route.abort("internetdisconnected"), times=1)
    page.locator(REGISTER).click()
    page.wait_for_url("chrome-error://**")
    page.goto("/desk/intake/new/")
    assert page.input_value("[name=original_words]") == STORY, "nothing typed is lost"
    page.route("**/desk/intake/new/", lose_the_answer, times=1)
    page.locator(REGISTER).click()
    page.wait_for_url("chrome-error://**")
    assert registered() == 1
    page.goto("/desk/intake/new/")
    assert page.input_value("[name=original_words]") == "", "what the house has is not offered to be sent again"
    assert "您今天已登记" in page.inner_text("main")
    assert registered() == 1


def test_on_a_slow_network_the_page_says_at_once_that_it_is_sending(sessions, visitor, registered):
    come = visitor(360, 740).has(next(sessions["writing"]))
    page = come.open("/submit/check/")
    come.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_3G)
    said = page.evaluate(
        "() => { const form = document.querySelector('main form'), button = form.querySelector('button');"
        " button.click(); button.click(); return [form.querySelector('[data-sending-note]').textContent,"
        " button.textContent, button.getAttribute('aria-disabled')]; }"
    )
    assert said == ["正在提交……", "正在提交……", "true"]
    page.wait_for_url("**/submit/done/", timeout=40_000)
    assert registered() == 1


class LossyWire:
    """A wire to the site that cuts connections: `fates` in turn, "lost" before the request, "cut" before the answer."""

    def __init__(self, site: str, fates: list[str]) -> None:
        self.to, self.fates = (urlsplit(site).hostname, urlsplit(site).port), fates
        self.door = socket.create_server(("localhost", 0), backlog=32)
        self.address = f"http://localhost:{self.door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._carry, args=(self.door.accept()[0],), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        """One request of one connection; every page and every file comes over a connection of its own."""
        with near, suppress(OSError):
            request = near.recv(262_144)
            is_form = request.startswith(b"POST")
            fate = self.fates.pop(0) if is_form and self.fates else "goes through"
            if fate == "lost":
                return
            with socket.create_connection(self.to) as far:
                far.sendall(request.replace(b"Connection: keep-alive", b"Connection: close"))
                answer = b"".join(iter(lambda: far.recv(65_536), b""))
            if fate != "cut":
                near.sendall(answer)


def test_over_a_wire_that_loses_requests_and_answers_the_petition_arrives_once(sessions, browser, site, registered):
    wire = LossyWire(site, ["lost", "cut", "lost", "cut"])
    come = Visitor(browser, wire.address, viewport={"width": 360, "height": 740}).has(next(sessions["writing"]))
    page, tries = come.open("/submit/check/"), 0
    while not page.url.endswith("/submit/done/") and tries < 10:
        tries += 1
        if page.locator(SEND).count():
            page.locator(SEND).click()
            page.wait_for_load_state()
        if page.url.startswith("chrome-error"):
            page.goto("/submit/check/")
    assert registered() == 1
    page.goto("/submit/done/")
    assert Matter.objects.get(number=receipt_on(page)[0]) == Matter.objects.latest("pk")
    come.context.close()
    wire.door.close()


assert [path for path, _values in STEPS] == [path.strip("/") for path, _values in ANSWERS]
