"""Does a text hold one of the words for which a person looks before anything else happens?

Accusations (article 30; domain 9.6) and danger (article 25; B-07) have such a list each. A list decides nothing by
itself: it only says that somebody looks.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class WatchedWords:
    """Words that are watched, and phrases that hold such a word and mean something else."""

    words: tuple[str, ...]
    look_alikes: tuple[str, ...]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "WatchedWords":
        """From the rows of `policies/accusation_words.yaml` or `policies/danger_words.yaml`."""
        phrases = sorted((row["phrase"] for row in document["look_alikes"]), key=len, reverse=True)
        return cls(tuple(row["word"] for row in document["words"]), tuple(phrases))

    def waits(self, *texts: str) -> bool:
        """Is a watched word left in one of the texts once the look-alikes are taken out?"""
        return any(self._found(text) for text in texts)

    def _found(self, text: str) -> bool:
        folded = "".join(unicodedata.normalize("NFKC", text).split())
        for phrase in self.look_alikes:
            folded = folded.replace(phrase, " ")  # a blank: what stood left and right must not become a word
        return any(word in folded for word in self.words)
