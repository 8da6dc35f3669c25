"""What do people come for, in everyday words, and what follows from it: category, shelf, units, route (B-09)?

The shipped catalogue holds the sixteen lines of domain 9.7 and the classification of 4.4; a published version of the
house replaces it whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xinfang.rules.catalogue.reading import folded

ACCUSATION, SERVICE = "accusation", "service"
NAME_WEIGHT, WORD_WEIGHT, A_CHARACTER_MORE = 1.5, 1.0, 0.6
SHORTEST = 2


@dataclass(frozen=True)
class Line:
    """One thing that people come for. `names` are what it is called, `words` what it is told with; all folded."""

    key: str
    shelf: str
    category: str
    units: tuple[str, ...]
    route: str
    names: frozenset[str]
    words: frozenset[str]
    examples: tuple[str, ...] = ()

    @property
    def is_accusation(self) -> bool:
        """Accusations have a door of their own: they are found by who looks for it and suggested to nobody."""
        return self.route == ACCUSATION


@dataclass(frozen=True)
class Catalogue:
    """Every line, in the order in which the shelves show them."""

    lines: tuple[Line, ...]

    def line(self, key: str) -> Line | None:
        return next((line for line in self.lines if line.key == key), None)

    @cached_property
    def shared(self) -> Counter[str]:
        """In how many lines a word stands: a word of many lines says little about each of them."""
        return Counter(term for line in self.lines for term in line.names | line.words)

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(self.shared)

    def weight(self, line: Line, term: str) -> float:
        """What a word says about a line: names more than words, longer ones more, those of many lines less."""
        kind = NAME_WEIGHT if term in line.names else WORD_WEIGHT
        return kind * (1 + A_CHARACTER_MORE * (len(term) - SHORTEST)) / self.shared[term]


def read(items: Iterable[Mapping[str, Any]]) -> Catalogue:
    """The catalogue out of its items as a file or a version holds them."""
    return Catalogue(tuple(_line(item) for item in items))


def _line(item: Mapping[str, Any]) -> Line:
    names = _terms({item["zh"], item["en"], *item["synonyms"]})
    return Line(
        key=item["key"],
        shelf=item["shelf"],
        category=item["category"],
        units=tuple(item["units"]),
        route=item["route"],
        names=names,
        words=_terms(item.get("words", ())) - names,
        examples=tuple(map(folded, item["example"].values())),
    )


def _terms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(term for term in map(folded, words) if len(term) >= SHORTEST)
