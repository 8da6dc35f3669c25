"""Learning on the screen: asked for, its figures shown, put to use or left, and taken back."""

import pytest

from tests.cast import at
from xinfang.models import Lesson, LessonUse
from xinfang.rules.catalogue.learned import NOTHING_LEARNED
from xinfang.rules.catalogue.lessons import Figures

pytestmark = pytest.mark.django_db
URL = "/desk/office/catalogue/learning/"
NOON = at("2026-03-10 12:00")
FIGURES = Figures(200, 158, 40, 24, 33, 30, 37, 9, 4000)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def a_lesson(cast, number, state="learned", figures=FIGURES):
    return Lesson.objects.create(
        number=number, asked_by=cast.users["administrator"].pk, asked_at=NOON, learned_at=NOON, state=state,
        figures=figures.as_numbers(),
        sealed=Lesson(number=number).seal(NOTHING_LEARNED) if state == "learned" else None,
    )  # fmt: skip


@pytest.fixture
def office(desk):
    return desk("administrator")


def test_one_press_asks_and_the_page_says_that_it_is_being_done(office):
    page = text(office.get(URL))
    assert "现在用：只用清单里的词" in page
    assert "还没有学过" in page
    assert "至少要 50 件" in page
    page = text(office.post(f"{URL}ask/", follow=True))
    assert "后台开始学习" in page
    assert "第 1 次学习" in page
    assert "看有没有学好" in page
    assert "从本地的事项学习</button>" not in page
    assert "已经有一次学习在等后台处理" in text(office.post(f"{URL}ask/", follow=True))


def test_the_figures_of_both_ways_stand_there_before_anything_is_used(office, cast):
    a_lesson(cast, 1)
    page = text(office.get(URL))
    for words in ("24/40（60%）", "33/40（82%）", "30/40（75%）", "37/40（92%）", "何管", "学好了，没有在用"):
        assert words in page
    assert "用 158 件学了 9 类" in " ".join(page.split())
    assert "反而没有" not in page


def test_where_it_is_worse_than_the_words_alone_the_page_says_so(office, cast):
    a_lesson(cast, 1, figures=Figures(60, 48, 12, 8, 10, 7, 10, 3, 90))
    assert "第一条建议反而没有只用清单里的词准" in text(office.get(URL))


def test_one_press_puts_it_to_use_and_one_takes_it_back(office, cast):
    a_lesson(cast, 1)
    page = text(office.post(f"{URL}use/", {"number": "1"}, follow=True))
    assert "加上第 1" in page
    assert '<span class="tag tag-good">在用</span>' in page
    page = text(office.post(f"{URL}use/", {"number": "0"}, follow=True))
    assert "现在用：只用清单里的词" in page
    assert LessonUse.objects.count() == 2


def test_what_is_not_wanted_is_left(office, cast):
    a_lesson(cast, 1)
    page = text(office.post(f"{URL}leave/", {"number": "1"}, follow=True))
    assert "不用，已删除" in page
    for number in ("1", "9", "-1", "x", "²", "9" * 40, ""):
        assert "没有这一次学到的内容" in text(office.post(f"{URL}use/", {"number": number}, follow=True))
    assert office.post(f"{URL}other/").status_code == 404


def test_too_few_and_a_failure_are_said_in_words(office, cast):
    a_lesson(cast, 1, "too_few", Figures(12))
    a_lesson(cast, 2, "failed", Figures(0))
    page = " ".join(text(office.get(URL)).split())
    assert "已确认的事项太少：现在有 12 件，至少要 50 件" in page
    assert "试了三次都没有完成" in page


def test_the_bureau_reads_and_does_not_press(desk, cast):
    a_lesson(cast, 1)
    page = text(desk("bureau").get(URL))
    assert "24/40（60%）" in page
    assert "用这一次学到的" not in page
    assert "由系统管理员提出学习和更换" in page
    assert desk("bureau").post(f"{URL}use/", {"number": "1"}).status_code == 404


def test_many_lessons_take_as_many_statements_as_one(office, cast, django_assert_num_queries):
    a_lesson(cast, 1)
    office.get(URL)
    for number in range(2, 10):
        a_lesson(cast, number)
    with django_assert_num_queries(STATEMENTS):
        page = text(office.get(URL))
    assert page.index("第 9 次学习") < page.index("第 1 次学习")


STATEMENTS = 10
