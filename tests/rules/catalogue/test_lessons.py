"""What was learned is asked of the newest matters, of which nobody and no text was among what taught."""

from tests.rules.shipped_files import policy
from xinfang.rules.catalogue.learned import NOTHING_LEARNED, Learned
from xinfang.rules.catalogue.lessons import Example, Figures, apart, measured, usable
from xinfang.rules.catalogue.lines import read

CATALOGUE = read(policy("catalogue")["items"])
PUMPS = Learned(400, ("environment", "transport"), (0.0, 0.0), {"水泵": 1.0}, {"水泵": (3.0, -3.0)})


def told(n, *people, text="", category="transport"):
    return Example("", text or f"第{n}件", category, frozenset(people))


def test_the_newest_fifth_is_asked_and_the_older_ones_teach():
    everything = [told(n) for n in range(10)]
    assert apart(everything) == (everything[:8], everything[8:])
    assert apart(everything, 0.5) == (everything[:5], everything[5:])
    assert apart([]) == ([], [])


def test_whoever_stands_on_both_sides_and_a_text_that_does_teaches_nothing():
    older = [told(0, "a"), told(1, "b", "c"), told(2, text=" 一样的话 "), told(3)]
    newest = [told(4, "c"), told(5, text="一样的话")]
    taught, asked = apart([*older, *newest], 2 / 6)
    assert (taught, asked) == ([older[0], older[3]], newest)


def test_a_category_needs_five_matters_and_two_categories_make_a_lesson():
    lamps, farms = [told(n) for n in range(5)], [told(n, category="agriculture") for n in range(4)]
    assert usable([*lamps, *farms]) == []
    more = [told(n, category="environment") for n in range(5)]
    assert usable([*lamps, *farms, *more]) == [*lamps, *more]


def test_words_alone_and_words_with_what_was_learned_are_counted_side_by_side():
    asked = [
        told(1, text="村口路灯坏了", category="transport"),
        told(2, text="夜里水泵一直响", category="environment"),
        told(3, text="水泵旁的路灯坏了", category="transport"),
        told(4, text="没有人知道的事", category="health"),
    ]
    figures = measured(CATALOGUE, PUMPS, asked, matters=20, taught=16)
    assert figures == Figures(20, 16, 4, 2, 2, 2, 3, 2, 1)
    alone = measured(CATALOGUE, NOTHING_LEARNED, asked, matters=20, taught=16)
    assert (alone.both_first, alone.both_three, alone.pieces) == (2, 2, 0)
    assert not figures.loses
    assert Figures(20, asked=4, words_first=3, both_first=2).loses
    assert Figures.of(figures.as_numbers()) == figures
