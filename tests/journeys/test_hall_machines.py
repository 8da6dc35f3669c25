"""The machines of the hall in a browser: the screen comes back by itself, the self-service machine forgets."""

from urllib.parse import urlsplit

import pytest

from tests.journeys import looking

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
BOARD = "/hall/999901001/board/"


@pytest.fixture(scope="module")
def full(town):
    return town.fill()


def test_the_screen_of_the_hall_renews_itself_and_outlives_a_lost_network(full, visitor):
    screen, clerk = visitor(1920, 1080), visitor().has(full.sessions["sitting"])
    screen.page.clock.install()
    page = screen.open(BOARD)
    first = page.locator("[data-call]").first
    assert float(first.locator(".hall-number").evaluate("e => getComputedStyle(e).fontSize")[:-2]) >= 150
    before = first.get_attribute("data-call")
    desk = clerk.open("/desk/hall/")
    desk.get_by_role("button", name="再叫一次").click()
    desk.wait_for_load_state()
    page.clock.run_for(5_500)
    page.wait_for_function("mark => document.querySelector('[data-call]').dataset.call !== mark", arg=before)
    screen.context.set_offline(True)
    page.clock.run_for(5_500)
    page.locator("[data-board-lost]").wait_for(state="visible")
    assert first.is_visible()
    screen.context.set_offline(False)
    page.clock.run_for(10_500)
    page.locator("[data-board-lost]").wait_for(state="hidden")


def test_the_self_service_machine_warns_and_then_forgets_whoever_walked_away(full, visitor):
    address = visitor(1440, 900).has(full.sessions["director"]).open("/desk/hall/").locator(".kiosk-address")
    machine = visitor(1080, 1920)
    page = machine.open(urlsplit(address.inner_text()).path)
    page.wait_for_url("**/kiosk/")
    assert looking.axe(page) + looking.structure(page) == []
    page.clock.install()
    page.goto("/submit/")
    page.evaluate("sessionStorage.setItem('left', 'behind')")
    page.clock.run_for(62_000)
    notice = page.locator("[data-idle-notice]")
    notice.wait_for(state="visible")
    page.locator("[data-idle-stay]").click()
    notice.wait_for(state="hidden")
    page.clock.run_for(95_000)
    page.wait_for_url("**/kiosk/")
    assert {cookie["name"] for cookie in machine.context.cookies()} <= {"kiosk", "csrftoken"}
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
