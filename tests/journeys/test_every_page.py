"""Every state of every page: no violation that axe knows, no sideways scroll, a visible focus, errors that lead on."""

import pytest
from django.urls import URLPattern, get_resolver

from tests.journeys import looking
from tests.journeys.hands import reached
from tests.journeys.states import NO_PAGES, PUBLIC, STATES
from tests.journeys.validity import parse_errors

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
UNKEPT = {"password"}  # what a browser must not be given back
HELP = {state.name: ("help",) for state in PUBLIC}
# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""


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


def kept(page, state):
    """What was typed stands in the form again."""
    for name, value in state.send.items():
        if name not in UNKEPT and page.locator(f"[name={name}]").first.input_value().strip() != value.strip():
            yield f"{name} is not kept"


def on_a_wide_screen(page, state, come):
    """As most people at a desk have it; then in the colours of the reader's own choice, and on paper."""
    faults = looking.structure(page) + parse_errors(come.document.text())
    if state.wrong:
        faults += [*looking.errors(page), *kept(page, state)]
    faults += looking.measured(page, "content", "filling", "restless", "chips", *HELP.get(state.name, ()))
    faults += looking.axe(page)
    if state not in PUBLIC:
        faults += looking.focus(page)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")  # or axe sees colours on their way
    faults += [f"forced colours: {fault}" for fault in (*looking.measured(page, "chips"), *looking.axe(page))]
    page.emulate_media(media="print", forced_colors="none", reduced_motion="no-preference")
    faults += [f"print: {fault}" for fault in looking.axe(page) if not fault.startswith("axe target-size")]
    page.emulate_media(media="screen")
    return [f"1440: {fault}" for fault in faults]


def at_text_of_200_percent(page):
    page.evaluate("measures.styled('html { font-size: 200%; }')")
    faults = [f"200 %: {fault}" for fault in (*looking.width(page), *looking.measured(page, "clipped"))]
    page.evaluate("measures.styled('')")
    return faults


def on_a_telephone(page, state):
    """In a hand: fingers, a reader's own text size and spacing; whatever a wide screen offers is still there."""
    names = looking.measured(page, "names")
    faults = [] if state in PUBLIC else at_text_of_200_percent(page)
    page.set_viewport_size({"width": 360, "height": 740})
    if state in PUBLIC:
        faults += looking.focus(page) + looking.measured(page, "weight", targets=44) + at_text_of_200_percent(page)
    page.set_viewport_size({"width": 320, "height": 640})
    faults += [f"320: {fault}" for fault in (*looking.width(page), *looking.axe(page))]
    faults += [f"320: {name} is gone" for name in set(names) - set(looking.measured(page, "names"))]
    page.evaluate("spacing => measures.styled(spacing)", SPACING)
    faults += [f"spacing: {fault}" for fault in (*looking.width(page), *looking.measured(page, "clipped"))]
    page.evaluate("measures.styled('')")
    return faults


def in_large_print(page):
    page.evaluate("document.documentElement.classList.add('elder')")
    faults = [*looking.width(page), *looking.measured(page, "clipped")]
    page.set_viewport_size({"width": 360, "height": 740})
    faults += looking.measured(page, "elder") + looking.axe(page, "color-contrast-enhanced")
    return [f"elder: {fault}" for fault in faults]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_is_fit_for_everybody(state, full, somebody):
    somebody.page.set_viewport_size({"width": 1440, "height": 900})
    page = reached(state, full, somebody)
    faults = on_a_wide_screen(page, state, somebody)
    page.evaluate("document.activeElement.blur()")
    faults += on_a_telephone(page, state)
    if state in PUBLIC:
        faults += in_large_print(page)
    faults += looking.idle_decisions(page, str(state))
    assert not faults, "\n".join(faults)
