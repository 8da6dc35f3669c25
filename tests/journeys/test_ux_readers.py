"""UX-06, UX-15, UX-21, UX-22: browsers that break, eyes that see no colour, a web view, a reader's own settings."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.journeys import looking
from tests.journeys.hands import Pointer
from tests.journeys.town import NOW, STORY
from tests.journeys.town_hall import fill_hall
from xinfang.models import Matter

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# A browser that forbids storage and has no network for scripts.
BROKEN = """
Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new DOMException("forbidden"); };
window.fetch = () => Promise.reject(new TypeError("no network"));
"""
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
    " MicroMessenger/8.0.50(0x1800323d) NetType/4G Language/zh_CN"
)
FAMILIES = {
    "clocks": [
        "level-green",
        "level-yellow",
        "level-orange",
        "level-red",
        "met",
        "late_met",
        "overdue",
        "not_applicable",
        "open",
    ],
    "stages": ["waiting", "active", "outside", "done", "ended", "refused"],
    "lines": ["move", "note", "clock", "document", "citizen", "correction"],
}
SHAPES = {"clocks": "", "stages": "stage-", "lines": "entry-"}
_DRAW = """names => {
  const sprite = document.querySelector("use").getAttribute("href").split("#")[0];
  document.body.innerHTML = names.map(name => `<svg class="shape" id="drawn-${name}" width="64" height="64">`
    + `<use href="${sprite}#${name}"></use></svg>`).join(" ");
}"""


@pytest.fixture(scope="module")
def sessions(town):
    town.registers("fresh", NOW)
    fill_hall(town.cast, NOW)
    return {who: town.session(who) for who in ("director", "clerk", "sitting", "with:fresh")} | {
        "writing": iter([town.session("writing") for _test in range(2)])
    }


def test_where_the_script_breaks_half_way_a_petition_and_a_visit_are_registered_all_the_same(sessions, visitor):
    before = Matter.objects.count()
    person = visitor(360, 740).has(next(sessions["writing"]))
    page = person.open("/submit/words/")
    person.context.add_init_script(BROKEN)
    page.route("**/built/*.js", lambda route: route.abort())
    Pointer(page).press("main form button:not([name])", "继续")
    page.goto("/submit/check/")
    Pointer(page).press("main form button", "提交给信访超市")
    assert "提交成功" in page.inner_text("h1")

    clerk = visitor().has(sessions["clerk"])
    clerk.context.add_init_script(BROKEN)
    desk = clerk.open("/desk/intake/new/")
    desk.fill("[name=original_words]", STORY)
    desk.fill("[name=name]", "张一")
    Pointer(desk).press("form.intake button", "登记并出回执")
    desk.wait_for_url("**/intake/receipt/**")
    assert Matter.objects.count() == before + 2


@pytest.mark.parametrize("family", FAMILIES)
def test_states_are_told_apart_without_any_colour(sessions, visitor, family):
    page = visitor(800, 600).has(sessions["director"]).open("/desk/m/x/")
    page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    family = [f"{SHAPES[family]}{name}" for name in FAMILIES[family]]
    page.evaluate(_DRAW, family)
    page.wait_for_load_state("networkidle")
    drawn = {name: Image.open(BytesIO(page.locator(f"#drawn-{name}").screenshot())).convert("L") for name in family}
    assert [name for name, picture in drawn.items() if ImageStat.Stat(picture).stddev[0] < 10] == [], "drawn at all"
    alike = [
        (one, other)
        for number, one in enumerate(family)
        for other in family[number + 1 :]
        if ImageStat.Stat(ImageChops.difference(drawn[one], drawn[other])).mean[0] < 8
    ]
    assert alike == []


def test_in_a_web_view_with_doubled_text_a_photo_is_added_and_nothing_asks_for_a_second_window(sessions, visitor):
    page = visitor(360, 740, user_agent=WECHAT).has(next(sessions["writing"])).open("/submit/files/")
    looking.measured(page, "names")
    page.evaluate("measures.styled('html { font-size: 200%; }')")
    assert looking.width(page) + looking.measured(page, "clipped", "weight") == []
    picture = BytesIO()
    Image.new("RGB", (640, 480), "white").save(picture, "JPEG")
    photo = {"name": "路灯.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    page.locator("main input[type=file]").set_input_files(photo)
    Pointer(page).press("main form button:not([name])", "继续")
    assert page.url.endswith("/submit/check/")
    assert "路灯.jpg" in page.inner_text("main")


@pytest.mark.parametrize(
    ("who", "path"),
    [("", "/"), ("with:fresh", "/track/case/"), ("director", "/desk/m/{fresh}/"), ("sitting", "/desk/hall/")],
)
def test_a_dark_screen_and_a_wish_for_rest_take_no_information_away(town, sessions, visitor, who, path):
    page = visitor(color_scheme="dark", reduced_motion="reduce").has(sessions.get(who, ""))
    page = page.open(path.format(fresh=town.receipts["fresh"].number))
    assert looking.axe(page) + looking.measured(page, "restless", "chips") == []
    durations = "[...new Set([...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration))]"
    assert page.evaluate(durations) == ["0s"]
