"""What do people come for, in everyday words, and what follows from it: category, shelf, units, route (B-09)?

The shipped catalogue holds the sixteen lines of domain 9.7 and the classification of 4.4; a published version of the
house replaces it whole. A line is never taken out, it ends: matters keep the key they were decided under.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from xinfang.rules.catalogue.reading import folded

ACCUSATION, SERVICE = "accusation", "service"
NAME_WEIGHT, WORD_WEIGHT, A_CHARACTER_MORE = 1.5, 1.0, 0.6
SHORTEST = 2
_KEYS = re.compile(r"[A-Za-z0-9_-]{1,40}( [A-Za-z0-9_-]{1,40}){0,2}")


def as_keys(text: str) -> str:
    """One to three keys as an event keeps them; "" for anything else, since words may be somebody's."""
    return text if _KEYS.fullmatch(text) else ""


@dataclass(frozen=True)
class Line:
    """One thing that people come for. `names` are what it is called, `words` what it is told with; all folded.

    `from_on` and `until_on` are its first and its last day, where it has any.
    """

    key: str
    shelf: str
    category: str
    units: tuple[str, ...]
    route: str
    names: frozenset[str]
    words: frozenset[str]
    examples: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None

    def is_on(self, day: date) -> bool:
        """Is it offered on this day?"""
        return (self.from_on or day) <= day <= (self.until_on or day)

    @property
    def is_accusation(self) -> bool:
        """Accusations have a door of their own: they are found by who looks for it and suggested to nobody."""
        return self.route == ACCUSATION


@dataclass(frozen=True)
class Catalogue:
    """Every line, in the order in which the shelves show them."""

    lines: tuple[Line, ...]

    def on(self, day: date) -> "Catalogue":
        """What of it is offered on this day."""
        offered = tuple(line for line in self.lines if line.is_on(day))
        return self if len(offered) == len(self.lines) else Catalogue(offered)

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
        from_on=_day(item, "from_on"),
        until_on=_day(item, "until_on"),
    )


def _day(item: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(item[name]) if item.get(name) else None


def _terms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(term for term in map(folded, words) if len(term) >= SHORTEST)
