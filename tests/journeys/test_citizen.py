"""A citizen with an old telephone: 360 px wide, no script, from the first page to the rating that is theirs alone."""

import json
import re
from datetime import timedelta

import pytest

from tests.journeys.hands import NO_MOUSE, Keyboard, Pointer
from tests.journeys.town import NOW, STORY
from xinfang.models import Event, Matter
from xinfang.services import outbox
from xinfang.services.turns import state_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TELEPHONE = {"width": 360, "height": 740, "java_script_enabled": False}


@pytest.fixture
def citizen(town, visitor):
    """Somebody at home; their page stands on the first page of the house."""
    town.now = NOW
    person = Pointer(visitor(**TELEPHONE).open("/"))
    yield person
    town.now = NOW


@pytest.fixture(scope="module")
def town(town):
    return town.fill()


def tells(citizen) -> None:
    """From the shelves to the last page before submitting."""
    citizen.press(".shelves a", "工资")
    citizen.press("main .doors a")
    citizen.press("main a.button", "我要说这件事")
    for name in ("accusation", "own_people", "secrecy"):
        citizen.fill(name, "no")
    citizen.press("main button", "继续")
    for answers in (
        {"words": STORY, "demand": "把路灯修好"}, {"area": "999901001"}, {"area": "999901001201"},
        {"name": "张一", "phone": "199 0000 0001"}, {},
    ):  # fmt: skip
        for name, value in answers.items():
            citizen.fill(name, value)
        citizen.press("main button", "继续")
    assert "请核对后提交" in citizen.page.inner_text("h1")


def receipt_on(page) -> tuple[str, str]:
    return page.inner_text(".confirmation-number"), page.inner_text(".confirmation-code")


def tracks(citizen, number: str, code: str) -> str:
    citizen.page.goto("/track/")
    citizen.fill("number", number)
    citizen.fill("code", code)
    citizen.press("main button", "查进度")
    return " ".join(citizen.page.inner_text("main").split())  # as read, whether or not the styles are there yet


def written(number: str) -> list[str]:
    pk = Matter.objects.get(number=number).pk
    return list(Event.objects.filter(chain_id=pk).order_by("seq").values_list("type", flat=True))


def test_going_back_refreshing_and_pressing_again_is_one_matter(citizen):
    before = Matter.objects.count()
    tells(citizen)
    page = citizen.page
    second = page.context.new_page()
    second.goto("/submit/check/")
    citizen.press("main button", "提交给信访超市")
    number, code = receipt_on(page)
    page.reload()
    assert receipt_on(page) == (number, code)
    page.go_back()
    if page.locator("main button", has_text="提交给信访超市").count():
        citizen.press("main button", "提交给信访超市")
    Pointer(second).press("main button", "提交给信访超市")
    assert receipt_on(second) == (number, code)
    assert Matter.objects.count() == before + 1


def test_number_and_code_show_the_matter_and_take_more_words(citizen):
    tells(citizen)
    citizen.press("main button", "提交给信访超市")
    number, code = receipt_on(citizen.page)
    citizen.press("main button", "看完了，退出")
    citizen.page.goto("/track/case/")
    assert citizen.page.url.endswith("/track/"), "whoever comes next sees nothing"

    wrong_code = tracks(citizen, number, "0000 0000 0000")
    wrong_number = tracks(citizen, "XF-0000-0000", code)
    assert wrong_code == wrong_number
    assert "单号或查询码不对" in wrong_code

    assert "把路灯修好" in tracks(citizen, number.lower().replace("-", " "), code)
    citizen.press("main a.button", "补充材料")
    citizen.fill("words", "昨晚有人摔了一跤。")
    citizen.press("main form button")
    assert "已经收到" in citizen.page.inner_text("main")
    citizen.press("main a.button", "我要催办")
    citizen.press("main form button", "催办")
    assert "已经催办" in citizen.page.inner_text("main")
    assert written(number) == ["registered", "material_added", "urged"]


def code_from_phone(town) -> str:
    """The code in the newest text message, as it reaches the petitioner's own telephone."""
    outbox.drain(gateway=outbox.carrier(), at=town.now)
    files = sorted((town.place / "outbox").glob("sms-*"), key=lambda file: file.stat().st_mtime_ns)
    message = json.loads(files[-1].read_text())
    assert message["to"] == "19900000001"
    return re.search(r"\d{6}", message["text"])[0]


def proves(citizen, town, button: str) -> str:
    """Ask for a code, read it, and make the statement."""
    citizen.press("main button[name=send]")
    assert "验证码已经发到" in citizen.page.inner_text("main")
    citizen.fill("way", "phone_code")
    citizen.fill("code", code_from_phone(town))
    citizen.press("main button:not(.unseen)", button)
    return " ".join(citizen.page.inner_text("main").split())  # as read, whether or not the styles are there yet


def test_both_organs_are_rated_with_a_code_from_the_own_phone_and_rest_waits_for_three_days(citizen, town):
    receipt = town.receipts["served"]
    tracks(citizen, receipt.number, receipt.code)
    citizen.press("main a", "评价、表示满意")
    assert "再过满三天才能表示" in citizen.page.inner_text("main")
    assert citizen.page.locator("main a", has_text="同意，或者不同意").count() == 0
    citizen.press("main a", "去评价")
    citizen.fill("petition_bureau", "satisfied")
    citizen.fill("responsible_unit", "dissatisfied")
    citizen.fill("words", "太慢")
    said = proves(citizen, town, "提交评价")
    assert "您的评价已经记下" in said
    assert "不满意" in said
    assert state_of(receipt.matter).ratings == {"petition_bureau": "satisfied", "responsible_unit": "dissatisfied"}

    town.now = NOW + timedelta(days=3, minutes=1)
    tracks(citizen, receipt.number, receipt.code)
    citizen.press("main a", "评价、表示满意")
    citizen.press("main a", "同意，或者不同意")
    assert "您表示过不再反映这件事" in proves(citizen, town, "同意，我不再反映")
    assert state_of(receipt.matter).at_rest_at == town.now
    citizen.press("main button", "收回，我要继续反映")
    assert state_of(receipt.matter).at_rest_at is None


# Every question that a page asks, by its words, with the pages on which it is asked.
ASKED = """addEventListener("DOMContentLoaded", () => {
  const asked = JSON.parse(sessionStorage.asked || "{}");
  for (const one of document.querySelectorAll("main form :is(input:not([type=hidden]), select, textarea)")) {
    if (one.form.method !== "post") continue;
    const words = (one.closest("fieldset")?.querySelector("legend") || one.labels[0]).textContent.trim();
    const pages = asked[words] ||= [];
    if (!pages.includes(location.pathname)) pages.push(location.pathname);
  }
  sessionStorage.asked = JSON.stringify(asked);
})"""


def test_without_a_mouse_one_tells_tracks_and_rates_and_is_asked_nothing_twice(town, visitor):
    town.now = NOW
    person = visitor(1024, 768)
    person.context.add_init_script(NO_MOUSE)
    person.context.add_init_script(ASKED)
    citizen = Keyboard(person.open("/"))
    tells(citizen)
    asked = json.loads(citizen.page.evaluate("sessionStorage.asked"))
    assert len(asked) >= 10
    assert {words: pages for words, pages in asked.items() if len(pages) > 1} == {}
    citizen.press("main button", "提交给信访超市")
    number, code = receipt_on(citizen.page)
    assert "把路灯修好" in tracks(citizen, number, code)

    receipt = town.receipts["older"]
    tracks(citizen, receipt.number, receipt.code)
    citizen.press("main a", "评价、表示满意")
    citizen.press("main a", "去评价")
    citizen.fill("petition_bureau", "fairly")
    assert "您的评价已经记下" in proves(citizen, town, "提交评价")
    assert state_of(receipt.matter).ratings == {"petition_bureau": "fairly"}
