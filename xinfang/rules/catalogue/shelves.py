"""Which shelves does the first page show, and is a shelf, as it was typed, fit to stand there? (B14: at most eight)

The shelf of those who cannot say what theirs is about always stands there, always last: nobody is turned away by words.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xinfang.rules.catalogue.editing import SENTENCE_MOST, CheckedLine, Reading
from xinfang.rules.refusals import RuleBroken

MOST_SHELVES = 8
SHELF_NAME_MOST, EXAMPLE_MOST = 16, 40
UNCLEAR = "unclear"
SHAPES = ("work", "land", "home", "care", "noise", "village", "trade", "any")
Shelf = Mapping[str, Any]


def typed(shelves: Sequence[Shelf], key: str) -> dict[str, Any]:
    """A shelf of a version as the fields of its form; of a new one only its place, before the unclear one."""
    known = {shelf["key"]: (place, shelf) for place, shelf in enumerate(shelves, 1)}
    if key not in known:
        return {"place": str(len(shelves))}
    place, shelf = known[key]
    return {
        "zh": shelf["zh"],
        "en": shelf["en"],
        "eg": shelf["eg"]["zh"],
        "eg_en": shelf["eg"]["en"],
        "shape": shelf["shape"],
        "place": str(place),
    }


def checked(values: Mapping[str, Any], *, key: str) -> CheckedLine:
    """Read a shelf as it was typed; English may stay empty, the Chinese words then stand for it."""
    reading = Reading(values)
    zh, example = reading.text("zh", SHELF_NAME_MOST, needed=True), reading.text("eg", EXAMPLE_MOST, needed=True)
    item = {
        "key": key,
        "shape": reading.choice("shape", frozenset(SHAPES)),
        "zh": zh,
        "en": reading.text("en", SENTENCE_MOST) or zh,
        "eg": {"zh": example, "en": reading.text("eg_en", SENTENCE_MOST) or example},
    }
    reading.choice("place", frozenset(map(str, range(1, MOST_SHELVES + 1))))
    return CheckedLine(item, tuple(reading.refusals))


def put(shelves: Sequence[Shelf], shelf: Shelf, place: int) -> list[Shelf]:
    """The shelves with this one at that place, new or moved; raises RuleBroken beyond eight."""
    others = [one for one in shelves if one["key"] != shelf["key"]]
    others.insert(place - 1, shelf)
    if len(others) > MOST_SHELVES:
        raise RuleBroken("too_many_shelves", most=MOST_SHELVES)
    return sorted(others, key=lambda one: one["key"] == UNCLEAR)


def without(shelves: Sequence[Shelf], key: str, lines: Iterable[Mapping[str, Any]]) -> list[Shelf]:
    """The shelves without this one; refused while lines stand on it, and for the unclear one always."""
    if key == UNCLEAR:
        raise RuleBroken("shelf_stays")
    if any(line["shelf"] == key for line in lines):
        raise RuleBroken("shelf_has_lines")
    left = [one for one in shelves if one["key"] != key]
    if len(left) == len(shelves):
        raise RuleBroken("shelf_unknown")
    return left


def with_places(shelves: Sequence[Shelf]) -> list[Shelf]:
    """Each with its place as a field, so that another order is a difference."""
    return [{**shelf, "place": str(place)} for place, shelf in enumerate(shelves, 1)]
