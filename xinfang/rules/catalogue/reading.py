"""Which words of a text does the catalogue know, and where does a word begin and end in Chinese?

A word is met where it begins or ends at the border of a word (rjieba cuts them), or stands inside one longer word. So
出路 is not met in 提出路灯. Four characters and more are met wherever they stand: four do not meet by chance.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

import rjieba

SURE_LENGTH = 4
READ_MOST = 6_000
_NOT_A_WORD = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """One form of every character and no difference of case; whatever is no letter or digit becomes one blank."""
    return _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


@dataclass(frozen=True)
class Reading:
    """A text made ready for reading: folded, with the places at which words begin or end."""

    text: str
    borders: frozenset[int]

    @classmethod
    def of(cls, text: str) -> "Reading":
        ready = folded(text[:READ_MOST])
        ends = accumulate(len(word) for word in rjieba.cut(ready, False))
        return cls(ready, frozenset({0, *ends}))

    def places_of(self, term: str) -> list[int]:
        """Where this word stands as a word; `term` is folded."""
        found, place = list[int](), self.text.find(term)
        while place >= 0:
            if len(term) >= SURE_LENGTH or self._is_word(place, place + len(term)):
                found.append(place)
            place = self.text.find(term, place + len(term))
        return found

    def _is_word(self, begin: int, end: int) -> bool:
        """One end at a border is enough, since a cut may err; with both ends inside words it is no word here."""
        if begin in self.borders or end in self.borders:
            return True
        return not any(place in self.borders for place in range(begin + 1, end))


def met(reading: Reading, terms: Iterable[str]) -> dict[str, int]:
    """How often each word stands in the text; a word inside a longer one that is met there too does not count."""
    taken = list[tuple[int, int]]()
    counts: dict[str, int] = {}
    for term in sorted(set(terms), key=lambda term: (-len(term), term)):
        places = [
            place
            for place in reading.places_of(term)
            if not any(begin <= place and place + len(term) <= end for begin, end in taken)
        ]
        if places:
            counts[term] = len(places)
            taken += [(place, place + len(term)) for place in places]
    return counts
