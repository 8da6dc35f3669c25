"""With English chosen, the citizen's pages speak English; what people and places are called stays as it is."""

import re

import pytest

from tests.cast import AREAS, UNITS
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
def test_no_chinese_is_left_on_an_english_page(state, full, visitor):
    come = visitor(width=360).has(full.sessions[state.who])
    come.context.add_cookies([{"name": "django_language", "value": "en", "url": come.site}])
    page = come.open(state.path.format(**full.names))
    page.evaluate("document.querySelectorAll('[lang=zh-CN]:not(html)').forEach(one => one.remove())")
    assert page.evaluate("document.documentElement.lang") == "en"
    left = f"{page.title()}\n{page.inner_text('body')}"
    for words in SAID:
        left = left.replace(words, "")
    assert HAN.findall(left) == []
