"""When somebody sees something: first contentful paint in Chromium on a slow network and a slow machine (UX-08).

Slow 3G as the tools of a browser have it (400 kbit/s, 2 s for each answer) and a processor of a quarter of the speed.
Connections are not slowed down, the server is the one beside. Cold is a first visit, warm the next one with the style
and the script in the browser's store; the goal is 8 s and 3 s.
"""

import os
import shutil
import statistics
from datetime import datetime

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.visitors import PEOPLE, line, signed_in
from xinfang.models import User
from xinfang.queries.people import actor_of
from xinfang.services.intake import Receipt, register

TIMES = 3
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
TOLD = {
    "channel": "visit",
    "original_words": "村口路灯不亮，请修一修。",
    "people": [{"name": "测", "phone": "19900000000"}],
}
_PAINTED = """() => new Promise(done => new PerformanceObserver(list => {
  for (const one of list.getEntriesByName("first-contentful-paint")) done(one.startTime / 1000);
}).observe({type: "paint", buffered: true}))"""


def tracked(now: datetime) -> Receipt:
    """A matter whose code is known."""
    clerk = actor_of(User.objects.get(username=PEOPLE["clerk"]), now.date())
    return register(values={"unit": "999901", **TOLD}, by=clerk, at=now)


def first_paints(port: int, number: str, receipt: Receipt) -> None:
    """One line for each page; `number` is a matter that the bureau may see."""
    staff = {
        "window": ("clerk", "/desk/intake/new/"),
        "queue": ("director", "/desk/queue/unit/"),
        "matter page": ("bureau", f"/desk/m/{number}/"),
    }
    pages = {"citizen home": ("", "/"), "submit, first step": ("", "/submit/"), "tracker": ("code", "/track/case/")}
    with sync_playwright() as playwright:
        path = os.environ.get("XINFANG_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, (who, address) in (pages | staff).items():
            cookies = signed_in(port, who) if who in PEOPLE else {}
            rounds = [_round(browser, port, cookies, receipt if who == "code" else None, address) for _ in range(TIMES)]
            cold, warm = (statistics.median(seconds) for seconds in zip(*rounds, strict=True))
            line(f"first paint on slow 3G: {name}", f"cold {cold:.1f} s, warm {warm:.1f} s")
        browser.close()


def _round(
    browser: Browser, port: int, cookies: dict[str, str], receipt: Receipt | None, address: str
) -> tuple[float, float]:
    """Seconds to the first paint for somebody new, and once more for the same one."""
    site = f"http://127.0.0.1:{port}"
    context = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": 360, "height": 780})
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    if receipt:
        _prove(context, receipt)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    wire.send("Network.emulateNetworkConditions", SLOW_3G)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    seconds = _seen(page, address), _seen(page, address)
    context.close()
    return seconds


def _prove(context: BrowserContext, receipt: Receipt) -> None:
    page = context.new_page()
    page.goto("/track/")
    page.fill("[name=number]", receipt.number)
    page.fill("[name=code]", receipt.code)
    page.locator("main form button").first.click()
    page.wait_for_url("**/track/case/")
    page.close()


def _seen(page: Page, address: str) -> float:
    page.goto("about:blank")
    answer = page.goto(address, timeout=90_000)
    assert answer is not None
    assert answer.ok, f"{address} answers {answer.status}"
    return page.evaluate(_PAINTED)
