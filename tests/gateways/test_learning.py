"""A model is learned from confirmed matters, holds only what several of them share, and reads as it was taught."""

import pytest

from xinfang.gateways.learning import SHARED_BY, Example, learn
from xinfang.rules.catalogue.learned import NOTHING_LEARNED
from xinfang.rules.catalogue.reading import Reading

LAMPS = [Example("路灯不亮", f"村口路灯坏了{mark}", "transport") for mark in "甲乙丙丁戊己"]
NOISE = [Example("半夜噪音", f"工地半夜施工{mark}", "environment") for mark in "甲乙丙丁戊己"]
FARMS = [Example("水渠堵了", f"农田水渠不通{mark}", "agriculture") for mark in "甲乙丙丁戊己"]


def shares(learned, text):
    return learned.read(Reading.of(""), Reading.of(text)).shares


@pytest.mark.parametrize("taught", [[*LAMPS, *NOISE], [*LAMPS, *NOISE, *FARMS]], ids=["two", "three"])
def test_what_was_taught_is_read_again(taught):
    learned = learn(taught)
    assert learned.matters == len(taught)
    assert learned.categories == tuple(sorted({example.category for example in taught}))
    for text, category in (("路灯坏了", "transport"), ("半夜施工", "environment")):
        found = shares(learned, text)
        assert max(found, key=lambda code: found[code]) == category
        assert sum(found.values()) == pytest.approx(1)


def test_no_piece_is_kept_that_fewer_than_five_matters_share():
    assert SHARED_BY == 5
    once = Example("路灯不亮", "村口路灯坏了，找王小明", "transport")
    learned = learn([*LAMPS, *NOISE, once])
    assert "路灯" in learned.weights
    assert [piece for piece in learned.weights if "小明" in piece or "甲" in piece] == []
    assert set(learned.weights) == set(learned.rarity)


def test_too_little_teaches_nothing():
    assert learn([]) == NOTHING_LEARNED
    assert learn(LAMPS) == NOTHING_LEARNED
    assert learn([*LAMPS, *NOISE[:4]]) == NOTHING_LEARNED


def test_a_category_with_too_few_matters_is_left_out():
    assert learn([*LAMPS, *NOISE, *FARMS[:4]]).categories == ("environment", "transport")
