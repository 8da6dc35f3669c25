"""The pictures of the README and of the staff guide, taken from a running demo.

Run by hand, with the account of a window clerk that `make run` prints in another terminal:
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
GUIDE = Path(__file__).with_name("guide")
GAP = 24
CARD = "张一|示范区青禾镇甲村一组|341602189001010013"
STORY = "村口的路灯坏了半个月，晚上走路看不见。"


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
        guide(desk_page(browser, asked.address, asked.account, asked.password))
        browser.close()
    beside(shots).save(PICTURE, optimize=True)


def guide(page: Page) -> None:
    """The window as its guide tells of it: one visitor, from the card to the receipt."""
    page.goto("/desk/intake/")
    for name in ("own", "accuses", "secret"):
        page.check(f"[name={name}][value=no]")
    page.locator("main form button").first.click()
    page.wait_for_url("**/intake/new/")
    page.locator("[name=id_number]").press_sequentially(CARD)
    page.locator("[name=id_number]").press("Enter")
    page.wait_for_function("() => document.querySelector('[name=name]').value")
    page.fill("[name=original_words]", STORY)
    page.fill("[name=demand]", "把路灯修好")
    page.wait_for_timeout(2500)
    small(page, GUIDE / "window-form.png")
    page.click("[data-send]")
    page.wait_for_url("**/receipt/**")
    small(page, GUIDE / "window-receipt.png")


def small(page: Page, to: Path) -> None:
    """What is on the screen, in few colours: a picture that is quickly loaded."""
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(colors=64).save(to, optimize=True)


def page_of(browser: Browser, address: str, width: int) -> Page:
    context = browser.new_context(base_url=address, locale="zh-CN", viewport={"width": width, "height": 860})
    return context.new_page()


def citizen(browser: Browser, address: str) -> Image.Image:
    page = page_of(browser, address, 420)
    page.goto("/")
    return Image.open(BytesIO(page.screenshot()))


def desk(browser: Browser, address: str, account: str, password: str) -> Image.Image:
    return Image.open(BytesIO(desk_page(browser, address, account, password).screenshot()))


def desk_page(browser: Browser, address: str, account: str, password: str) -> Page:
    page = page_of(browser, address, 1180)
    page.goto("/sign-in/?next=/desk/")
    page.locator("input[name=username]").fill(account)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").first.click()
    page.wait_for_url("**/desk/**")
    return page


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
