"""May the catalogue of a file become a draft here? Every fault is said at once, with the line in which it stands.

Lines of the file take the place of those with the same key, others are added, and what the file does not name stays:
no line ever goes. Shelves, where the file has any, take the place of all.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xinfang.rules.catalogue import editing, shelves
from xinfang.rules.catalogue.editing import CheckedLine, Codes
from xinfang.rules.catalogue.lines import ACCUSATION
from xinfang.rules.catalogue.shelves import MOST_SHELVES, UNCLEAR
from xinfang.rules.catalogue.versions import Item
from xinfang.rules.refusals import RuleBroken

MOST_LINES = 500
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line or shelf of the file: its key, "" for the file itself, and its name if it has one."""

    key: str
    name: str
    refusal: RuleBroken


@dataclass(frozen=True)
class Arrived:
    """The whole catalogue with the file in it, and every fault; with a fault nothing of it is used."""

    items: list[Item]
    shelves: list[Item]
    faults: tuple[Fault, ...]


def arrived(document: Any, own: Sequence[Item], own_shelves: Sequence[Item], codes: Callable[..., Codes]) -> Arrived:
    """Read a file beside the lines and shelves that are here; `codes` says what may be chosen with given shelves."""
    faults: list[Fault] = []
    rows = _rows(document, "items", MOST_LINES, faults)
    racks = _rows(document, "shelves", MOST_SHELVES, faults) if "shelves" in _mapping(document) else None
    stands = list(own_shelves) if racks is None else _shelves(racks, faults)
    known = {item["key"]: item for item in own}
    offered = codes(stands)

    def line(row: Mapping[str, Any], key: str) -> CheckedLine:
        _words(row["zh"], row["en"], row["shelf"], row["category"], row["route"])
        _words(*row["example"].values(), *row["limit"].values(), *row["elsewhere"], *row["units"])
        accusing = known.get(key, {}).get("route") == ACCUSATION
        return editing.checked(editing.typed(row), offered, key=key, accusing=accusing)

    fresh = _read(rows, line, faults)
    items = [fresh.pop(key, item) for key, item in known.items()] + list(fresh.values())
    places = {shelf["key"] for shelf in stands}
    faults += [
        Fault(item["key"], item["zh"], RuleBroken("line_without_shelf"))
        for item in items
        if item["shelf"] not in places and item["key"] in known and not faults
    ]
    return Arrived(items, stands, tuple(faults))


def _mapping(document: Any) -> Mapping[str, Any]:
    return document if isinstance(document, dict) else {}


def _rows(document: Any, name: str, most: int, faults: list[Fault]) -> list[Any]:
    rows = _mapping(document).get(name)
    if not isinstance(rows, list) or not rows:
        faults.append(Fault("", name, RuleBroken("file_part_missing", part=name)))
        return []
    if len(rows) > most:
        faults.append(Fault("", name, RuleBroken("too_many_words", most=most)))
        return []
    return rows


def _shelves(rows: list[Any], faults: list[Fault]) -> list[Item]:
    def shelf(row: Mapping[str, Any], key: str) -> CheckedLine:
        _words(row["zh"], row["en"], row["shape"], *row["eg"].values())
        values = {**row, "eg": row["eg"]["zh"], "eg_en": row["eg"]["en"], "place": "1"}
        return shelves.checked(values, key=key)

    found = _read(rows, shelf, faults)
    if UNCLEAR not in found:
        faults.append(Fault(UNCLEAR, "", RuleBroken("shelf_stays")))
    return sorted(found.values(), key=lambda one: one["key"] == UNCLEAR)


def _read(
    rows: list[Any], check: Callable[[Mapping[str, Any], str], CheckedLine], faults: list[Fault]
) -> dict[str, Item]:
    """The rows by their keys; what is wrong with each goes into the faults."""
    found: dict[str, Item] = {}
    for place, row in enumerate(rows, 1):
        key = str(_mapping(row).get("key", ""))[:40]
        if not _KEY.fullmatch(key) or key in found:
            faults.append(Fault(key, "", RuleBroken("file_key_wrong", place=place)))
            continue
        try:
            read = check(row, key)
        except (KeyError, TypeError, AttributeError):
            faults.append(Fault(key, "", RuleBroken("file_line_unreadable", place=place)))
            continue
        found[key] = read.item
        faults += [Fault(key, read.item["zh"], refusal) for refusal in read.refusals]
    return found


def _words(*values: Any) -> None:
    """Raises TypeError where something is no text."""
    if not all(isinstance(value, str) for value in values):
        raise TypeError
