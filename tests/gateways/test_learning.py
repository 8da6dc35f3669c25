"""A model is learned from confirmed matters, holds only what several of them share, and reads as it was taught."""

import pytest
from cryptography.exceptions import InvalidTag

from xinfang.gateways.learning import SHARED_BY, learn
from xinfang.models import Lesson
from xinfang.models.protection import piece_mark
from xinfang.rules.catalogue.learned import NOTHING_LEARNED
from xinfang.rules.catalogue.lessons import Example
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


def test_of_many_shared_pieces_those_of_most_matters_are_kept(monkeypatch):
    monkeypatch.setattr("xinfang.gateways.learning.MOST_PIECES", 2)
    assert len(learn([*LAMPS, *NOISE]).weights) == 2


def test_no_word_can_be_read_out_of_what_was_learned(settings):
    learned = learn([*LAMPS, *NOISE], piece_mark)
    assert {type(mark) for mark in learned.weights} == {int}
    kept = Lesson(number=1)
    kept.sealed = kept.seal(learned)
    assert kept.learned() == learned
    assert "路灯" in kept.learned().read(Reading.of(""), Reading.of("路灯")).because["transport"]
    with pytest.raises(InvalidTag):
        Lesson(number=2, sealed=kept.sealed).learned()
    settings.XINFANG_KEYS = {**settings.XINFANG_KEYS, "index_key": b"another" * 5}
    assert piece_mark("路灯") not in learned.weights


def test_too_little_teaches_nothing():
    assert learn([]) == NOTHING_LEARNED
    assert learn(LAMPS) == NOTHING_LEARNED
    assert learn([*LAMPS, *NOISE[:4]]) == NOTHING_LEARNED


def test_matters_that_share_no_piece_teach_nothing():
    assert learn([Example("", mark, kind) for kind in ("a", "b") for mark in "甲乙丙丁戊"]) == NOTHING_LEARNED


def test_a_category_with_too_few_matters_is_left_out():
    assert learn([*LAMPS, *NOISE, *FARMS[:4]]).categories == ("environment", "transport")
