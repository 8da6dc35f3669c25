"""Is what somebody tells at the window perhaps a matter that is here already? Which, how sure, and why (9.6, H-01).

It compares stories, never people: that the same person came is a reason only beside a story that is alike, and what
else that person has brought is never looked for. Words are compared as sets of hashed pairs of neighbouring
characters; nothing is learned, the same question has the same answer.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import log, sqrt
from uuid import UUID

OFFERED_MOST = 5
# Shorter than this nothing can be told apart yet.
LEAST_TYPED = 6
# How near two stories must be to be offered, less where the person is the same; and what is very much alike.
ALIKE, ALIKE_OF_SAME_PERSON, VERY_ALIKE = 0.15, 0.1, 0.5
SUBJECT_ADDS, SAME_PERSON_ADDS, SAME_PLACE_ADDS = 0.3, 0.3, 0.05
# For an import, which asks nobody while it runs, two stories must share most of the shorter one.
MOST = 0.6
# An outline: so many pieces of three characters, so many of them from the subject before the rest is asked.
PIECE_LENGTH, PIECES, FROM_SUBJECT = 3, 144, 40
READ_MOST = 6000
_NOT_TOLD = re.compile(r"[\W_]+")


class Choice(StrEnum):
    """What a person decides at the window: a matter of its own, the same one again, or one more petitioner of it."""

    NEW = "new"
    AGAIN = "again"
    JOIN = "join"


class Why(StrEnum):
    """Why a matter is offered."""

    SAME_PERSON = "same_person"
    SAME_PLACE = "same_place"
    VERY_ALIKE = "very_alike"
    SOMEWHAT_ALIKE = "somewhat_alike"


@dataclass(frozen=True)
class Known:
    """A matter that is here: the pairs of its story and of its subject, and what it shares beside words.

    `age` breaks ties.
    """

    matter: UUID
    pairs: frozenset[int]
    subject: frozenset[int] = frozenset()
    same_person: bool = False
    same_place: bool = False
    age: float = 0.0


@dataclass(frozen=True)
class Likeness:
    """One suggestion, and the reasons in the order in which they are told."""

    matter: UUID
    score: float
    why: tuple[Why, ...]


def told(text: str) -> str:
    """Text as it is compared: one form of every character, no case, nothing but characters and digits."""
    return _NOT_TOLD.sub("", unicodedata.normalize("NFKC", text[:READ_MOST]).casefold())


def pieces(text: str) -> frozenset[str]:
    """Every run of three neighbouring characters."""
    plain = told(text)
    return frozenset(plain[i : i + PIECE_LENGTH] for i in range(len(plain) - PIECE_LENGTH + 1))


def outline(subject: Iterable[int], rest: Iterable[int]) -> list[int]:
    """A few of many hashed pieces, the same ones wherever they occur: the smallest, those of the subject first.

    Two texts that share a passage choose the same pieces out of it, however long the rest of either is.
    """
    first = sorted(set(subject))[:FROM_SUBJECT]
    return [*first, *sorted(set(rest) - set(first))[: PIECES - len(first)]]


@dataclass(frozen=True)
class Rarity:
    """What a pair is worth: the less, the more matters hold it. `parts` are those of the commonest, from 0 to 1.

    A pair that is not among them is as rare as the rarest of them; while none is known, all are worth the same.
    """

    parts: Mapping[int, float] = field(default_factory=dict)

    @cached_property
    def _usual(self) -> float:
        return max((_worth(part) for part in self.parts.values()), default=1.0)

    @cached_property
    def _less(self) -> dict[int, float]:
        """How much less than usual the commonest are worth."""
        return {pair: self._usual - _worth(part) for pair, part in self.parts.items()}

    def of(self, pairs: Collection[int]) -> float:
        """What these pairs are worth together."""
        less = self._less
        return self._usual * len(pairs) - sum(less[pair] for pair in pairs if pair in less)


def _worth(part: float) -> float:
    return log(1 + 1 / part)


EQUAL = Rarity()


def closeness(mine: Collection[int], theirs: Collection[int], rarity: Rarity = EQUAL) -> float:
    """0 to 1: what two stories share, measured half against both and half against the shorter one.

    A short word about a long story is near to it; two long stories are near only if they are about the same. A name
    tells more than what everybody says.
    """
    shared = set(mine) & set(theirs)
    if not shared:
        return 0.0
    worth, own, other = rarity.of(shared), rarity.of(mine), rarity.of(theirs)
    return (worth / sqrt(own * other) + worth / min(own, other)) / 2


def told_of(mine: Collection[int], subject: Collection[int], rarity: Rarity = EQUAL) -> float:
    """0 to 1: how much of the subject of a matter somebody's story tells. A subject names the place and the thing."""
    whole = rarity.of(subject)
    return rarity.of(set(mine) & set(subject)) / whole if whole else 0.0


def shares_most(mine: Collection[int], theirs: Collection[int]) -> bool:
    """Do two stories share most of the shorter one? What an import takes for the same, for a person to decide."""
    shorter = min(len(mine), len(theirs))
    return bool(shorter) and len(set(mine) & set(theirs)) >= MOST * shorter


def suggestions(mine: Collection[int], known: Iterable[Known], rarity: Rarity = EQUAL) -> tuple[Likeness, ...]:
    """The matters to offer, the likeliest first, at most five; the newer one where two are equally near."""
    judged = [(likeness, one.age) for one in known if (likeness := _judged(mine, one, rarity)) is not None]
    judged.sort(key=lambda pair: (-pair[0].score, pair[1]))
    return tuple(likeness for likeness, _age in judged[:OFFERED_MOST])


def _judged(mine: Collection[int], one: Known, rarity: Rarity) -> Likeness | None:
    story = closeness(mine, one.pairs, rarity)
    near = story + SUBJECT_ADDS * told_of(mine, one.subject, rarity)
    if near < (ALIKE_OF_SAME_PERSON if one.same_person else ALIKE):
        return None
    why = [
        *([Why.SAME_PERSON] if one.same_person else []),
        *([Why.SAME_PLACE] if one.same_place else []),
        Why.VERY_ALIKE if story >= VERY_ALIKE else Why.SOMEWHAT_ALIKE,
    ]
    return Likeness(
        one.matter, near + SAME_PERSON_ADDS * one.same_person + SAME_PLACE_ADDS * one.same_place, tuple(why)
    )
