"""What may the house learn from, and how good is what it learned, before anybody puts it to use?

Source: stack, "ML": suggestion only, from the deployment's own confirmed matters. Split by time: the older matters
teach, the newest are asked. Whoever stands on both sides, and a text that does, teaches nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from xinfang.rules.catalogue.learned import NOTHING_LEARNED, Learned
from xinfang.rules.catalogue.lines import Catalogue
from xinfang.rules.catalogue.suggesting import suggest

LEAST_OF_A_CATEGORY, LEAST_CATEGORIES = 5, 2
FEWEST = 50
ASKED_SHARE = 0.2
WORDS_ALONE = 0


class LessonState(StrEnum):
    """How far a lesson has come; whether it is in use is written elsewhere."""

    WAITING = "waiting"
    LEARNED = "learned"
    TOO_FEW = "too_few"
    FAILED = "failed"
    LEFT = "left"


class Said(Protocol):
    """A text, and who said it as far as that can be told apart."""

    @property
    def text(self) -> str: ...
    @property
    def people(self) -> frozenset[str]: ...


One = TypeVar("One", bound=Said)


@dataclass(frozen=True)
class Example:
    """One confirmed matter: its title, its words, the category a person decided on, and marks of its people.

    The marks are compared once, to leave people out, and kept nowhere.
    """

    title: str
    text: str
    category: str
    people: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Figures:
    """How often the category that a person decided on was the first answer, and how often among the three.

    `words` are the catalogue's alone, `both` with what was learned; the newest `asked` matters were asked of both.
    """

    matters: int
    taught: int = 0
    asked: int = 0
    words_first: int = 0
    words_three: int = 0
    both_first: int = 0
    both_three: int = 0
    categories: int = 0
    pieces: int = 0

    def as_numbers(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def of(cls, document: dict[str, Any]) -> "Figures":
        return cls(**document)

    @property
    def loses(self) -> bool:
        """Were the words alone better at the first answer?"""
        return self.both_first < self.words_first


def apart(older_first: Sequence[One], share: float = ASKED_SHARE) -> tuple[list[One], list[One]]:
    """The older ones without anybody and any text of the newest, and the newest."""
    border = len(older_first) - round(len(older_first) * share)
    older, newest = older_first[:border], list(older_first[border:])
    people = frozenset[str]().union(*(one.people for one in newest))
    said = {one.text.strip() for one in newest}
    return [one for one in older if not one.people & people and one.text.strip() not in said], newest


def usable(examples: Sequence[Example]) -> list[Example]:
    """Those of a category that has enough of them; none where fewer than two categories have."""
    counts = Counter(example.category for example in examples)
    enough = {category for category, count in counts.items() if count >= LEAST_OF_A_CATEGORY}
    return [one for one in examples if one.category in enough] if len(enough) >= LEAST_CATEGORIES else []


def measured(catalogue: Catalogue, learned: Learned, asked: Sequence[Example], *, matters: int, taught: int) -> Figures:
    """What both ways of suggesting say of the matters that taught nothing."""
    words = [_place(catalogue, NOTHING_LEARNED, one) for one in asked]
    both = [_place(catalogue, learned, one) for one in asked]
    return Figures(
        matters=matters,
        taught=taught,
        asked=len(asked),
        words_first=words.count(0),
        words_three=len(words) - words.count(None),
        both_first=both.count(0),
        both_three=len(both) - both.count(None),
        categories=len(learned.categories),
        pieces=len(learned.weights),
    )


def _place(catalogue: Catalogue, learned: Learned, one: Example) -> int | None:
    """At which place the decided category is suggested, from 0."""
    offered = suggest(catalogue, title=one.title, texts=[one.text], learned=learned)
    return next((n for n, suggestion in enumerate(offered) if suggestion.line.category == one.category), None)
