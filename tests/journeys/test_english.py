"""With English chosen, the citizen's pages speak English (UX-23); what people and places are called stays as it is."""

import re

import pytest

from tests.cast import AREAS, UNITS
from tests.journeys import looking
from tests.journeys.states import PUBLIC
from tests.journeys.town import DONE, OPINION, STORY

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HAN = re.compile(r"[\u3400-\u9fff，。、；：？！（）《》]+")
# Names, and what somebody said or signed: these are not ours to translate.
SAID = sorted(
    {
        *(name for _code, name, _parent in AREAS), *(row[1] for row in UNITS), *map(str, OPINION.values()),
        *map(str, DONE.values()), STORY,
        "把路灯修好", "和畅路1号", "张一", "张", "甲村一组", "示范区人民法院",
        "青政信受〔2026〕1号", "青政信不受〔2026〕1号",
    },
    key=len,
    reverse=True,
)  # fmt: skip
SEEN = [state for state in PUBLIC if state.name != "search"]


@pytest.fixture(scope="module")
def full(town, english):
    return town.fill()


@pytest.mark.parametrize("state", SEEN, ids=str)
def test_an_english_page_has_no_chinese_left_and_room_for_its_longer_words(state, full, somebody):
    somebody.has(full.sessions[state.who])
    somebody.context.add_cookies([{"name": "django_language", "value": "en", "url": somebody.site}])
    page = somebody.page
    page.set_viewport_size({"width": 320, "height": 640})
    somebody.open(state.path.format(**full.names))
    faults = looking.width(page) + looking.measured(page, "clipped")
    page.evaluate("document.documentElement.dir = 'rtl'")
    faults += [f"from right to left: {fault}" for fault in looking.width(page)]
    assert faults == []
    page.evaluate("document.querySelectorAll('[lang=zh-CN]:not(html)').forEach(one => one.remove())")
    assert page.evaluate("document.documentElement.lang") == "en"
    left = f"{page.title()}\n{page.inner_text('body')}"
    for words in SAID:
        left = left.replace(words, "")
    assert HAN.findall(left) == []
