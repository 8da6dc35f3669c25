"""The list of words for which a person reads at once: unique, reasoned, and as its examples say."""

import pytest

from xinfang.policies import shipped
from xinfang.rules.intake.watched_words import WatchedWords

DOCUMENT = shipped("danger_words.yaml")
WORDS = WatchedWords.of(DOCUMENT)


@pytest.mark.parametrize("example", DOCUMENT["examples"], ids=lambda example: example["text"])
def test_the_list_answers_its_examples(example):
    assert WORDS.waits(example["text"]) is example["waits"]


def test_words_are_unique_and_reasoned_and_every_look_alike_hides_one_of_them():
    words = [row["word"] for row in DOCUMENT["words"]]
    assert len(words) == len(set(words))
    assert all(row["reason"] for row in (*DOCUMENT["words"], *DOCUMENT["look_alikes"]))
    assert [row["phrase"] for row in DOCUMENT["look_alikes"] if not any(word in row["phrase"] for word in words)] == []
