import pytest

from xinfang.policies import shipped
from xinfang.rules.intake.watched_words import WatchedWords

DOCUMENT = shipped("accusation_words.yaml")
WORDS = WatchedWords.of(DOCUMENT)


@pytest.mark.parametrize("example", DOCUMENT["examples"], ids=lambda example: example["text"])
def test_the_rule_answers_the_examples_beside_the_words(example):
    assert WORDS.waits(example["text"]) is example["waits"]


@pytest.mark.parametrize("text", ["他收 受礼金", "有人收\n受礼金", "他们贪\u3000污集体的钱"])
def test_blanks_hide_no_word(text):
    assert WORDS.waits(text)


def test_taking_out_a_look_alike_makes_no_new_word():
    words = WatchedWords(("收受",), ("理发",))
    assert not words.waits("收理发受")
    assert words.waits("路灯", "收受")
