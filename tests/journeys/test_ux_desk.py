"""UX-17, UX-19: a session that ends in the middle of a form costs no word, and keys keep out of the way of writing."""

from datetime import timedelta

import pytest

from tests.factories import TRIAGE
from tests.journeys.hands import Pointer
from tests.journeys.town import NOW, STORY
from xinfang.models import Matter

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PASSWORD = "cast-password-1"
FORMS = {
    "/desk/intake/new/": {"original_words": STORY, "demand": "把路灯修好", "name": "张一"},
    "/desk/m/{fresh}/move/triage/": {"kind": "claim", "nature": "general", "first_step": "先到现场看一看"},
    "/desk/m/{triaged}/move/assign/": {"mode": "assignment", "document": "青政信交〔2026〕1号", "due_on": "2026-03-25"},
    "/desk/m/{fresh}/move/correct/": {},
}


@pytest.fixture(scope="module")
def sessions(town):
    town.registers("fresh", NOW)
    town.registers("triaged", NOW, ("director", "triage", TRIAGE))
    return {who: town.session(who) for who in ("director", "clerk")}


@pytest.fixture
def numbers(town, sessions):
    town.now = NOW
    yield {name: receipt.number for name, receipt in town.receipts.items()}
    town.now = NOW


def signs_in(page, who: str) -> None:
    Pointer(page).fill("username", who)
    Pointer(page).fill("password", PASSWORD)
    Pointer(page).press("main button")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_what_is_sent_after_the_session_ended_is_there_again_after_signing_in(town, sessions, numbers, visitor, script):
    page = visitor(java_script_enabled=script).page
    hand, before = Pointer(page), Matter.objects.count()
    page.goto("/desk/")
    signs_in(page, "director")
    for path, values in FORMS.items():
        address = path.format(**numbers)
        page.goto(address)
        typed = values or {first_words(page): "写错了，应当是东门"}
        for name, value in typed.items():
            hand.fill(name, value)
        town.now += timedelta(minutes=31)
        hand.press("main form button[data-send], main form .buttons button:not([name])")
        assert "/sign-in/" in page.url, address
        assert "刚才填写的内容还在" in page.inner_text("main")
        signs_in(page, "director")
        if address not in page.url:
            page.goto(address)
        assert {name: chosen(page, name) for name in typed} == typed, address
    assert Matter.objects.count() == before, "nothing was registered by somebody who was signed out"


def first_words(page) -> str:
    return page.locator("main form textarea").first.get_attribute("name")


def chosen(page, name: str) -> str:
    field = page.locator(f"[name={name}]").first
    if field.get_attribute("type") == "radio":
        return page.locator(f"[name={name}]:checked").get_attribute("value")
    return field.input_value()


# Every key a page might bind is pressed; what it takes for itself is bound. Nothing is done by it.
_BOUND = """how => {
  const place = how.place === "body" ? document.body : document.querySelector(how.place);
  const held = [HTMLElement.prototype.click, HTMLElement.prototype.focus, HTMLDialogElement.prototype.showModal];
  let done = "";
  const note = function () { done = this.dataset.shortcut || ""; };
  for (const one of ["click", "focus"]) HTMLElement.prototype[one] = note;
  HTMLDialogElement.prototype.showModal = () => {};
  const press = key => {
    done = "";
    const event = new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true, ...how.event});
    place.dispatchEvent(event);
    return event.defaultPrevented ? done || key : "";
  };
  const keys = [..."abcdefghijklmnopqrstuvwxyz0123456789/?.,[]"], nothing = () => press("~");
  const alone = keys.map(key => (nothing(), press(key)));
  const after = how.firsts.flatMap(first => keys.map(key => (nothing(), press(first), press(key))));
  const found = [...new Set([...alone, ...after])].filter(Boolean);
  [HTMLElement.prototype.click, HTMLElement.prototype.focus, HTMLDialogElement.prototype.showModal] = held;
  return found.sort();
}"""
COMPOSING = ({"isComposing": True}, {"keyCode": 229})


def on_the_sheet(page) -> list[str]:
    page.keyboard.press("?")
    keys = [" ".join(text.split()) for text in page.locator("dialog dt").all_inner_texts()]
    page.keyboard.press("Escape")
    return sorted(keys)


@pytest.mark.parametrize("path", ["/desk/", "/desk/m/{fresh}/", "/desk/search/", "/desk/intake/new/"])
def test_the_sheet_lists_exactly_what_is_bound_and_nothing_fires_while_somebody_writes(
    sessions, numbers, visitor, path
):
    page = visitor().has(sessions["director"]).open(path.format(**numbers))
    page.evaluate("document.activeElement.blur()")
    sheet = on_the_sheet(page)
    assert len(sheet) == len(set(sheet)), "no key means two things"
    firsts = sorted({keys[0] for keys in sheet if len(keys) == 3})
    bound = page.evaluate(_BOUND, {"place": "body", "event": {}, "firsts": firsts})
    assert [key for key in sheet if key != "Ctrl Enter"] == bound
    for event in COMPOSING:
        assert page.evaluate(_BOUND, {"place": "body", "event": event, "firsts": firsts}) == []
    writing = page.locator("input[type=text]:visible, input[type=search]:visible, textarea:visible").all()
    for place in {f"[name={one.get_attribute('name')}]" for one in writing if one.get_attribute("name")}:
        assert page.evaluate(_BOUND, {"place": place, "event": {}, "firsts": firsts}) == []
        for event in COMPOSING:
            assert page.evaluate(_BOUND, {"place": place, "event": event, "firsts": firsts}) == []


def test_control_and_enter_while_composing_does_not_register_half_a_sentence(sessions, numbers, visitor):
    page = visitor().has(sessions["clerk"]).open("/desk/intake/new/")
    page.fill("[name=original_words]", STORY)
    before = Matter.objects.count()
    for event in ("isComposing: true", "keyCode: 229"):
        page.evaluate(
            "document.querySelector('[name=original_words]').dispatchEvent(new KeyboardEvent('keydown',"
            f" {{key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true, {event}}}))"
        )
    assert page.url.endswith("/desk/intake/new/")
    assert page.locator("form[data-sending]").count() == 0
    assert Matter.objects.count() == before
