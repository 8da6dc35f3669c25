"""The picture of the README: the citizen's first page beside the desk's work list, taken from a running demo.

Run by hand, with one of the accounts that `make run` prints in another terminal:
`.venv/bin/python docs/make_screenshots.py --account ACCOUNT --password PASSWORD`
"""

import argparse
import os
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURE = Path(__file__).with_name("screenshot.png")
GAP = 24


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://localhost:8000")
    parser.add_argument("--account", required=True)
    parser.add_argument("--password", required=True)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        path = os.environ.get("XINFANG_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        shots = [citizen(browser, asked.address), desk(browser, asked.address, asked.account, asked.password)]
        browser.close()
    beside(shots).save(PICTURE, optimize=True)


def page_of(browser: Browser, address: str, width: int) -> Page:
    context = browser.new_context(base_url=address, locale="zh-CN", viewport={"width": width, "height": 860})
    return context.new_page()


def citizen(browser: Browser, address: str) -> Image.Image:
    page = page_of(browser, address, 420)
    page.goto("/")
    return Image.open(BytesIO(page.screenshot()))


def desk(browser: Browser, address: str, account: str, password: str) -> Image.Image:
    page = page_of(browser, address, 1180)
    page.goto("/sign-in/?next=/desk/")
    page.locator("input[name=username]").fill(account)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").first.click()
    page.wait_for_url("**/desk/**")
    return Image.open(BytesIO(page.screenshot()))


def beside(shots: list[Image.Image]) -> Image.Image:
    """The pictures in one row on white."""
    width = sum(shot.width for shot in shots) + GAP * (len(shots) - 1)
    whole = Image.new("RGB", (width, max(shot.height for shot in shots)), "white")
    left = 0
    for shot in shots:
        whole.paste(shot, (left, 0))
        left += shot.width + GAP
    return whole


if __name__ == "__main__":
    main()
