"""What a citizen's telephone of 360 x 780 must show and bear: five answers at once, no network, equal buttons."""

import pytest

from tests.journeys.hands import Pointer
from tests.journeys.test_citizen import tells
from xinfang.models import Matter

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SCREEN = {"width": 360, "height": 780}
_SEEN = """() => {
  const ends = [...document.querySelectorAll(".answers > div, .tracker-now .buttons a")]
    .map(one => one.getBoundingClientRect().bottom);
  return [scrollY, document.querySelectorAll(".answers dt").length, Math.max(...ends)];
}"""


@pytest.fixture(scope="module")
def town(town):
    return town.fill()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_five_answers_and_what_one_can_do_stand_on_the_first_screen_whatever_the_stage(town, visitor, script):
    page = visitor(**SCREEN, java_script_enabled=script).page
    low = {}
    for stage, receipt in town.receipts.items():
        page.goto("/track/")
        page.fill("[name=number]", receipt.number)
        page.fill("[name=code]", receipt.code)
        page.click("main form button")
        page.wait_for_load_state()
        scrolled, answers, low[stage] = page.evaluate(_SEEN)
        assert (scrolled, answers >= 4) == (0, True), stage
    assert {stage: end for stage, end in low.items() if end > SCREEN["height"]} == {}


def test_what_is_sent_without_a_network_waits_says_so_and_becomes_one_matter(town, visitor):
    person = visitor(**SCREEN)
    citizen = Pointer(person.open("/"))
    tells(citizen)
    page, before = citizen.page, Matter.objects.count()
    person.context.set_offline(True)
    for _press in range(3):
        citizen.press("main button", "提交给信访超市")
    assert "待发送：现在没有网络" in page.inner_text("[data-sending-note]")
    assert Matter.objects.count() == before
    with page.expect_navigation(url="**/submit/done/"):
        person.context.set_offline(False)
    assert Matter.objects.count() == before + 1
    page.go_back()
    if page.locator("main button", has_text="提交给信访超市").count():
        citizen.press("main button", "提交给信访超市")
    assert Matter.objects.count() == before + 1


def test_what_is_half_typed_survives_a_network_that_dies(town, visitor):
    person = visitor(**SCREEN)
    page = person.open("/submit/")
    for name in ("accusation", "own_people", "secrecy"):
        page.check(f"[name={name}][value=no]")
    page.click("main button:has-text('继续')")
    page.fill("[name=words]", "桥面塌了一块")
    person.context.set_offline(True)
    page.click("main form button:has-text('继续')")
    assert "待发送" in page.inner_text("[data-sending-note]")
    assert page.input_value("[name=words]") == "桥面塌了一块"
    person.context.set_offline(False)
    page.wait_for_url("**/submit/where/")
    page.go_back()
    assert page.input_value("[name=words]") == "桥面塌了一块"


_LOOK = """texts => texts.map(text => {
  const one = [...document.querySelectorAll(".equal > *")].find(e => e.innerText.trim().startsWith(text));
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const same = ["fontSize", "fontWeight", "color", "backgroundColor", "borderTopColor", "borderTopWidth", "paddingTop"];
  return JSON.stringify([...same.map(name => style[name]), Math.round(box.width), Math.round(box.height)]);
})"""


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_no_is_as_large_as_easy_and_as_plain_as_yes(town, visitor, elder):
    person = visitor(**SCREEN).has(town.sessions["with:older"])
    page = person.open("/track/case/confirm/rest/")
    if elder:
        page.evaluate("document.documentElement.classList.add('elder')")
    looks = page.evaluate(_LOOK, ["不同意", "同意"])
    assert looks[0] == looks[1]
    assert page.locator("main input:checked").count() == 0


def test_no_grade_is_chosen_beforehand_and_none_is_larger_than_another(town, visitor):
    page = visitor(**SCREEN).has(town.sessions["with:served"]).open("/track/case/confirm/rate/")
    grades = page.locator("[name=petition_bureau], [name=responsible_unit]")
    assert [grade.get_attribute("value") for grade in grades.all()] == ["satisfied", "fairly", "dissatisfied"] * 2
    assert page.locator("main input:checked").count() == 0
    heights = {round(label.bounding_box()["height"]) for label in page.locator(".choices label").all()}
    assert len(heights) == 1


_VOICE = """
window.heard = [];
class Sentence { constructor(text) { this.text = text; } }
Object.defineProperty(window, "SpeechSynthesisUtterance", {value: Sentence});
Object.defineProperty(window, "speechSynthesis", {value: {
  speaking: false, pending: false,
  speak(one) { this.speaking = true; heard.push([one.lang, one.text]); },
  cancel() { this.speaking = false; heard.push(["", "-"]); },
}});
"""


def test_a_page_reads_itself_aloud_with_the_telephones_own_voice_and_stops(town, visitor):
    person = visitor(**SCREEN)
    person.page.add_init_script(_VOICE)
    page = person.open("/submit/")
    page.click(".modes button:has-text('听')")
    heard = page.evaluate("heard")
    texts = [text for _lang, text in heard]
    assert "先问三句" in texts
    assert texts.count("您要求保密吗？") == 1
    assert {lang for lang, text in heard if text != "-"} == {"zh-CN"}
    page.click(".modes button:has-text('不听了')")
    assert page.evaluate("heard.at(-1)[1]") == "-"
    assert page.locator(".modes button", has_text="听").inner_text() == "听"


def test_without_a_voice_there_is_no_button_that_does_nothing(town, visitor):
    page = visitor(**SCREEN, java_script_enabled=False).open("/")
    assert page.locator(".modes button", has_text="听").count() == 0
