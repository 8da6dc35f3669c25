"""What differs between two versions of the catalogue, and what does a newer release bring that the house has not seen?

The founding version is the one that is shipped. Once the house has published its own, a release changes nothing by
itself: what is new in it is shown beside the house's own words, and somebody takes it over or keeps what they have.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]
FIELDS = (
    "zh", "en", "shelf", "category", "route", "units", "elsewhere", "synonyms", "words", "example", "papers", "limit",
    "from_on", "until_on",
)  # fmt: skip
SHELF_FIELDS = ("zh", "en", "eg", "shape", "place")


@dataclass(frozen=True)
class FieldChange:
    """One field of a line: what goes and what comes. The same on both sides is another order."""

    name: str
    gone: tuple[Any, ...]
    come: tuple[Any, ...]


@dataclass(frozen=True)
class LineChange:
    """One line that is new or that reads otherwise."""

    key: str
    item: Item
    is_new: bool
    fields: tuple[FieldChange, ...]


def mark(value: Any) -> str:
    """The SHA-256 of a line or of a whole catalogue: the same words, the same mark."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def marks(items: Iterable[Item]) -> dict[str, str]:
    return {item["key"]: mark(item) for item in items}


def changes(before: Iterable[Item], after: Iterable[Item], names: Sequence[str] = FIELDS) -> list[LineChange]:
    """Every line or shelf that is new or changed, in its order. No line ever goes: it ends."""
    known = {item["key"]: item for item in before}
    found = [_change(known.get(item["key"]), item, names) for item in after]
    return [change for change in found if change.is_new or change.fields]


def _change(before: Item | None, after: Item, names: Sequence[str]) -> LineChange:
    fields = tuple(
        _field(name, _parts(before or {}, name), _parts(after, name))
        for name in names
        if _parts(before or {}, name) != _parts(after, name)
    )
    return LineChange(after["key"], after, before is None, fields)


def _field(name: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> FieldChange:
    gone = tuple(part for part in before if part not in after)
    come = tuple(part for part in after if part not in before)
    return FieldChange(name, gone, come) if gone or come else FieldChange(name, before, after)


def _parts(item: Item, name: str) -> tuple[Any, ...]:
    value = item.get(name)
    if isinstance(value, list | tuple):
        return tuple(value)
    return (value,) if value else ()


def proposals(known: Mapping[str, str], shipped: Sequence[Item], own: Iterable[Item]) -> list[LineChange]:
    """What the release says otherwise than when the house last looked at it, and otherwise than the house itself.

    `known`: the mark of each shipped line that somebody here has seen.
    """
    fresh = [item for item in shipped if known.get(item["key"]) != mark(item)]
    return changes(own, fresh)


def own_key(keys: Iterable[str]) -> str:
    """A key for a line of the house's own; no key is ever used again, since none is ever deleted."""
    taken = set(keys)
    return next(key for n in range(1, len(taken) + 2) if (key := f"own_{n}") not in taken)
