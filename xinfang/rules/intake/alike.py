"""Is what somebody tells at the window perhaps a matter that is here already? Which, how sure, and why (9.6, H-01).

It compares stories, never people: that the same person came is a reason only beside a story that is alike, and what
else that person has brought is never looked for. Words are compared as sets of hashed pairs of neighbouring
characters; nothing is learned, the same question has the same answer.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from uuid import UUID

OFFERED_MOST = 5
# Shorter than this nothing can be told apart yet.
LEAST_TYPED = 6
# How much two stories must share to be offered, less where the person is the same; and what is very much alike.
ALIKE, ALIKE_OF_SAME_PERSON, VERY_ALIKE = 0.12, 0.08, 0.5
SAME_PERSON_ADDS, SAME_PLACE_ADDS = 0.3, 0.05
# For an import, which asks nobody while it runs, two stories must share most of the shorter one.
MOST = 0.6
# An outline: this many pieces of each length, so many of them from the subject before the rest of the story is asked.
PIECE_LENGTHS, PIECES, FROM_SUBJECT = (3, 4), 48, 32
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
    """A matter that is here: its pairs, and what it shares with the visitor beside words. `age` breaks ties."""

    matter: UUID
    pairs: frozenset[int]
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


def pieces(text: str, length: int) -> frozenset[str]:
    """Every run of so many neighbouring characters."""
    plain = told(text)
    return frozenset(plain[i : i + length] for i in range(len(plain) - length + 1))


def outline(subject: Iterable[int], rest: Iterable[int]) -> list[int]:
    """A few of many hashed pieces, the same ones wherever they occur: the smallest, those of the subject first.

    Two texts that share a passage choose the same pieces out of it, however long the rest of either is.
    """
    first = sorted(set(subject))[:FROM_SUBJECT]
    return [*first, *sorted(set(rest) - set(first))[: PIECES - len(first)]]


def closeness(mine: Collection[int], theirs: Collection[int]) -> float:
    """0 to 1: what two stories share, measured half against both and half against the shorter one.

    A short word about a long story is near to it; two long stories are near only if they are about the same.
    """
    shared = len(set(mine) & set(theirs))
    if not shared:
        return 0.0
    return (shared / sqrt(len(mine) * len(theirs)) + shared / min(len(mine), len(theirs))) / 2


def shares_most(mine: Collection[int], theirs: Collection[int]) -> bool:
    """Do two stories share most of the shorter one? What an import takes for the same, for a person to decide."""
    shorter = min(len(mine), len(theirs))
    return bool(shorter) and len(set(mine) & set(theirs)) >= MOST * shorter


def suggestions(mine: Collection[int], known: Iterable[Known]) -> tuple[Likeness, ...]:
    """The matters to offer, the likeliest first, at most five; the newer one where two are equally near."""
    judged = [(likeness, one.age) for one in known if (likeness := _judged(mine, one)) is not None]
    judged.sort(key=lambda pair: (-pair[0].score, pair[1]))
    return tuple(likeness for likeness, _age in judged[:OFFERED_MOST])


def _judged(mine: Collection[int], one: Known) -> Likeness | None:
    near = closeness(mine, one.pairs)
    if near < (ALIKE_OF_SAME_PERSON if one.same_person else ALIKE):
        return None
    why = [
        *([Why.SAME_PERSON] if one.same_person else []),
        *([Why.SAME_PLACE] if one.same_place else []),
        Why.VERY_ALIKE if near >= VERY_ALIKE else Why.SOMEWHAT_ALIKE,
    ]
    return Likeness(
        one.matter, near + SAME_PERSON_ADDS * one.same_person + SAME_PLACE_ADDS * one.same_place, tuple(why)
    )
