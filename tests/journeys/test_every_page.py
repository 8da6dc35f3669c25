"""Every state of every page: no violation that axe knows, no sideways scroll, a visible focus, errors that lead on."""

import pytest
from django.urls import URLPattern, get_resolver

from tests.journeys import looking
from tests.journeys.hands import Pointer
from tests.journeys.states import NO_PAGES, PUBLIC, STATES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
UNKEPT = {"password"}  # what a browser must not be given back
_OPEN = """
document.querySelectorAll("main details").forEach(one => { one.open = true; });
document.querySelectorAll("[maxlength]").forEach(one => one.removeAttribute("maxlength"));  // not every browser counts
"""


@pytest.fixture(scope="module")
def full(town):
    return town.fill()


def names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            yield from names(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def test_every_address_that_shows_a_page_is_looked_at():
    assert {state.name for state in STATES} - {"missing"} | NO_PAGES == set(names(get_resolver().url_patterns))


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


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_is_fit_for_everybody(state, full, visitor):
    page = reached(state, full, visitor())
    faults = looking.structure(page)
    if state.wrong:
        faults += looking.errors(page)
        for name, value in state.send.items():
            if name not in UNKEPT and page.locator(f"[name={name}]").first.input_value().strip() != value.strip():
                faults.append(f"{name} is not kept")
    faults += [f"1440: {fault}" for fault in looking.axe(page)]
    if state not in PUBLIC:
        faults += looking.focus(page)
    page.evaluate("document.activeElement.blur()")
    page.set_viewport_size({"width": 360, "height": 740})
    faults += [f"360: {fault}" for fault in looking.axe(page)]
    if state in PUBLIC:
        faults += looking.focus(page)
        page.evaluate("document.documentElement.classList.add('elder')")
        faults += [f"elder: {fault}" for fault in looking.axe(page)]
    page.set_viewport_size({"width": 320, "height": 640})
    faults += looking.width(page)
    assert not faults, "\n".join(faults)
