"""How somebody works a page: with the keyboard alone, or with a mouse."""

import pytest
from playwright.sync_api import Page

# A page on which a mouse is a fault.
NO_MOUSE = """addEventListener("pointerdown", () => console.error("a mouse was used"), true)"""
_OPEN = """
document.querySelectorAll("main details").forEach(one => { one.open = true; });
document.querySelectorAll("[maxlength]").forEach(one => one.removeAttribute("maxlength"));  // not every browser counts
"""


class Keyboard:
    """Somebody without a mouse: Tab until it has the focus, then type or choose."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard

    def to(self, selector: str, text: str = "") -> None:
        """Tab to what this selector means; whoever comes round to the start without it cannot get there."""
        for _press in range(250):
            self.keys.press("Tab")
            if self.page.evaluate(
                "([one, text]) => document.activeElement.matches(one)"
                " && document.activeElement.innerText.trim().startsWith(text)", [selector, text]
            ):  # fmt: skip
                return
        pytest.fail(f"Tab never reaches {selector} {text} on {self.page.url}")

    def press(self, selector: str, text: str = "") -> None:
        if selector.startswith("main") and self.page.evaluate("document.activeElement === document.body"):
            self.to("a.skip")
            self.keys.press("Enter")
        self.to(selector, text)
        before = self.page.evaluate("performance.timeOrigin")
        self.keys.press("Enter")
        self.page.wait_for_function("before => performance.timeOrigin !== before", arg=before)
        self.page.wait_for_load_state()

    def fill(self, name: str, value: str) -> None:
        self.to(f"[name={name}]")
        kind = self.page.evaluate("document.activeElement.type")
        if kind == "checkbox":
            self.keys.press("Space")
        elif kind == "radio":
            self.keys.press("Space")
            self._arrow("document.activeElement.value", value)
        elif kind == "select-one":
            self._arrow("document.activeElement.value", value)
        elif kind == "date":
            self._day(value)
        else:
            self.keys.type(value)

    def _day(self, value: str) -> None:
        """A browser asks in the order of its own language: 2026-03-25 is 03 25 2026 to some, 2026 03 25 to others."""
        year, month, day = value.split("-")
        for digits in (year + month + day, month + day + year):
            self.keys.type(digits)
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.keys.press("ArrowLeft")
            self.keys.press("ArrowLeft")
        pytest.fail(f"{value} cannot be typed on {self.page.url}")

    def _arrow(self, read: str, value: str) -> None:
        for _press in range(60):
            if self.page.evaluate(read) == value:
                return
            self.keys.press("ArrowDown")
        pytest.fail(f"the arrows never reach {value} on {self.page.url}")


class Pointer:
    """Somebody with a mouse, and a browser that runs no script."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, selector: str, text: str = "") -> None:
        self.page.locator(selector).filter(has_text=text).locator("visible=true").first.click()

    def fill(self, name: str, value: str) -> None:
        field = self.page.locator(f"[name={name}]").first
        kind = field.get_attribute("type")
        if kind == "radio":
            self.page.check(f"[name={name}][value={value}]")
        elif kind == "checkbox":
            field.check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def reached(state, full, come):
    """The page of this state, as it stands after what is sent."""
    page = come.has(full.sessions[state.who]).open(state.path.format(**full.names))
    if state.send is not None:
        page.evaluate(_OPEN)
        first = next(iter(state.send), "")
        form = page.locator(f"main form:has([name='{first}'])" if first else "main form[method=post]").first
        for name, value in state.send.items():
            Pointer(page).fill(name, value)
        with page.expect_navigation():
            form.locator("button:not(.unseen):not([name])").first.click()
    return page
