"""Where does the catalogue leave somebody without an answer? (B-09: search, responsible unit, route)

Lines with hardly a name, classes and shelves without lines, one name for two things, places without a unit for a line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from xinfang.rules.catalogue.lines import Catalogue, Line

FEWEST_NAMES = 3


class CatalogueGap(StrEnum):
    """What can be missing in the catalogue."""

    FEW_NAMES = "few_names"
    NAME_OF_TWO = "name_of_two"
    CLASS_WITHOUT_LINE = "class_without_line"
    SHELF_WITHOUT_LINE = "shelf_without_line"
    LINE_WITHOUT_SHELF = "line_without_shelf"
    NOBODY_THERE = "nobody_there"


@dataclass(frozen=True)
class Missing:
    """One gap: the code of the line, class or shelf, and the name that two share or the place without a unit."""

    gap: CatalogueGap
    code: str
    about: str = ""


def gaps(
    catalogue: Catalogue, *, classes: Iterable[str], shelves: Iterable[str], present: Mapping[str, frozenset[str]]
) -> list[Missing]:
    """Every gap, by kind. `present`: for each place, what its units and those above it are there for."""
    known = tuple(shelves)
    taken, shelved = {line.category for line in catalogue.lines}, {line.shelf for line in catalogue.lines}
    return [
        *(Missing(CatalogueGap.FEW_NAMES, line.key) for line in catalogue.lines if len(line.names) < FEWEST_NAMES),
        *_names_of_two(catalogue),
        *(Missing(CatalogueGap.CLASS_WITHOUT_LINE, code) for code in classes if code not in taken),
        *(Missing(CatalogueGap.SHELF_WITHOUT_LINE, shelf) for shelf in known if shelf not in shelved),
        *(Missing(CatalogueGap.LINE_WITHOUT_SHELF, line.key) for line in catalogue.lines if line.shelf not in known),
        *(
            Missing(CatalogueGap.NOBODY_THERE, line.key, place)
            for line in catalogue.lines
            for place, functions in present.items()
            if not functions & set(line.units)
        ),
    ]


def _names_of_two(catalogue: Catalogue) -> list[Missing]:
    """A name that stands in two lines leads a search to both and a suggestion to neither."""
    first: dict[str, Line] = {}
    found = []
    for line in catalogue.lines:
        for name in sorted(line.names):
            if name in first:
                found.append(Missing(CatalogueGap.NAME_OF_TWO, line.key, name))
            first.setdefault(name, line)
    return found
