"""One Chromium for each worker, one site for all journeys, and one town for each file of them.

A journey never reads the clock of the machine: the site answers as of `town.now`, which a journey may turn.
"""

import gettext
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import polib
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.utils.translation import trans_real
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright
from pytest_django.live_server_helper import LiveServer

import xinfang
from xinfang.web.parts import middleware


@pytest.fixture(scope="session")
def chromium() -> dict[str, object]:
    """Which Chromium, and how it is started."""
    path = os.environ.get("XINFANG_CHROMIUM") or shutil.which("chromium")
    return {"executable_path": path, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    """Playwright keeps an event loop running in this thread, and Django keeps connections of such a thread apart."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(**chromium)
        yield started
        started.close()
        connections.close_all()


@pytest.fixture(scope="session")
def site(django_db_setup) -> Iterator[str]:
    """The address of the product as it is served; each file of journeys brings its own town."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, tmp_path_factory):
    """The district of the cast with matters in every state, written once for a file and swept away after it."""
    from tests.journeys.town import Town  # noqa: PLC0415  -- slow import

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        cache.clear()
        built = Town(tmp_path_factory.mktemp("town"), patch)
        patch.setattr(middleware, "now", lambda: built.now)
        yield built
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def english() -> None:
    """The English words, made from their catalogue where nobody has made them yet."""
    for catalogue in (Path(xinfang.__file__).parent / "locale").rglob("*.po"):
        made = catalogue.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < catalogue.stat().st_mtime:
            part = made.with_suffix(f".{os.getpid()}")
            polib.pofile(str(catalogue)).save_as_mofile(str(part))
            part.replace(made)
            gettext._translations.clear()
            trans_real._translations.clear()


class Visitor:
    """A person at a browser of their own. Whatever the browser complains of, or asks of another host, is kept."""

    def __init__(self, browser: Browser, site: str, **options: object) -> None:
        self.site, self.complaints = site, list[str]()
        self.context: BrowserContext = browser.new_context(base_url=site, **{"locale": "zh-CN", **options})
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.document: Response | None = None
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._said)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _said(self, said) -> None:
        # A document that says 404 is complained of too; resources that are missing are seen in `_answered`.
        if said.type in {"error", "warning"} and not said.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {said.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(self.site):
            self.complaints.append(f"leaves the house: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status != 302:
            self.document = response
            policy = response.headers.get("content-security-policy", "")
            if "default-src 'none'" not in policy or "unsafe" in policy:
                self.complaints.append(f"policy “{policy}”: {response.url}")
        if response.status >= 500 or (response.status >= 400 and not response.request.is_navigation_request()):
            self.complaints.append(f"{response.status}: {response.url}")

    def has(self, session: str) -> "Visitor":
        """Carry on the session of this cookie."""
        if session:
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])
        return self

    def open(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def forgets(self) -> "Visitor":
        """Somebody else at the same browser: nothing is left of whoever was here before. Quicker than a new browser."""
        self.context.clear_cookies()
        self.page.emulate_media(media="screen", forced_colors="none")
        if self.page.url.startswith(self.site):
            self.page.evaluate("sessionStorage.clear(); localStorage.clear()")
        return self


@pytest.fixture
def visitor(browser, site):
    """`visitor(width=360, java_script_enabled=False)` is somebody at a browser."""
    came: list[Visitor] = []

    def comes(width: int = 1440, height: int = 900, **options: object) -> Visitor:
        came.append(Visitor(browser, site, viewport={"width": width, "height": height}, **options))
        return came[-1]

    yield comes
    for one in came:
        one.context.close()
    assert [complaint for one in came for complaint in one.complaints] == []


@pytest.fixture(scope="module")
def one_browser(browser, site) -> Iterator[Visitor]:
    """One browser for all pages of a file."""
    came = Visitor(browser, site)
    yield came
    came.context.close()


@pytest.fixture
def somebody(one_browser) -> Iterator[Visitor]:
    """Somebody new at the one browser of this file."""
    one_browser.complaints.clear()
    yield one_browser.forgets()
    assert one_browser.complaints == []
