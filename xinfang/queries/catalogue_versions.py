"""Which catalogue holds, what waits for a second person, and what does the newest release bring that is not in it?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from xinfang.labels.unit_functions import FUNCTIONS
from xinfang.models import CatalogueVersion, User
from xinfang.policies import shipped
from xinfang.rules.catalogue.editing import Codes
from xinfang.rules.catalogue.lines import Catalogue, read
from xinfang.rules.catalogue.versions import Item, LineChange, marks, proposals
from xinfang.rules.clocks.policy_versions import VersionStanding

SHIPPED = 0


@dataclass(frozen=True)
class Held:
    """One version, read: its lines as they were entered, and as the rules read them. Shared, so not to be changed."""

    number: int
    items: tuple[Item, ...]
    catalogue: Catalogue
    seen: Mapping[str, str]
    shelves: tuple[Item, ...] = ()

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item["key"] == key), None)


@dataclass(frozen=True)
class Version:
    """One version as a list shows it; `row` is None for the shipped one. The names are those of people."""

    number: int
    standing: VersionStanding
    row: CatalogueVersion | None = None
    editors: tuple[str, ...] = ()
    published_by: str = ""


def in_force() -> Held:
    """The newest published version, else the shipped one. One statement, and a second when it is read first."""
    newest = _published().values_list("pk", "digest").first()
    return _kept(*newest) if newest else founding()


def number_in_force() -> int:
    return _published().values_list("pk", flat=True).first() or SHIPPED


def _published() -> Any:
    return CatalogueVersion.objects.filter(published_at__isnull=False).order_by("-pk")


@cache
def founding() -> Held:
    """The shipped catalogue."""
    document = shipped("catalogue.yaml")
    items = tuple(document["items"])
    return Held(SHIPPED, items, read(items), marks(items), tuple(document["shelves"]))


@lru_cache(maxsize=4)
def _kept(number: int, _digest: str) -> Held:
    return held(CatalogueVersion.objects.get(pk=number))


def held(row: CatalogueVersion) -> Held:
    """A version as it lies in its row."""
    items = tuple(row.document["items"])
    return Held(row.pk, items, read(items), row.document["shipped"], shelves_in(row.document))


def shelves_in(document: Mapping[str, Any]) -> tuple[Item, ...]:
    """The shelves of a version; one from before shelves could be edited has those of the release."""
    return tuple(document.get("shelves") or founding().shelves)


def draft() -> CatalogueVersion | None:
    """The version that waits for a second person."""
    return CatalogueVersion.objects.filter(published_at__isnull=True).first()


def version(number: int) -> Held | None:
    """Any version by its number."""
    if number == SHIPPED:
        return founding()
    row = CatalogueVersion.objects.filter(pk=number).first()
    return held(row) if row else None


def before(number: int) -> Held | None:
    """The version that this one follows."""
    return version(number - 1) if number > SHIPPED else None


def versions() -> list[Version]:
    """Every version, the newest first: the draft, the published ones, the shipped one. Two statements."""
    rows = list(CatalogueVersion.objects.defer("document").order_by("-pk"))
    holds = next((row.pk for row in rows if row.published_at), SHIPPED)
    people = {user for row in rows for user in (*row.editors, row.published_by) if user}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    found = [
        Version(
            row.pk,
            _standing(row.pk, holds),
            row,
            tuple(names[user] for user in row.editors if user in names),
            names.get(row.published_by or 0, ""),
        )
        for row in rows
    ]
    return [*found, Version(SHIPPED, _standing(SHIPPED, holds))]


def _standing(number: int, holds: int) -> VersionStanding:
    if number > holds:
        return VersionStanding.DRAFT
    return VersionStanding.IN_FORCE if number == holds else VersionStanding.PAST


def brought(holds: Held) -> list[LineChange]:
    """What the shipped file says otherwise than when somebody here last looked at it; nothing without own versions."""
    return proposals(holds.seen, founding().items, holds.items)


def first_document() -> dict[str, Any]:
    """What a draft begins with: the version that holds."""
    holds = in_force()
    return {"items": list(holds.items), "shipped": dict(holds.seen), "shelves": list(holds.shelves)}


def codes(shelves: Iterable[Item]) -> Codes:
    """What may be chosen for a line where there are these shelves."""
    document = shipped("catalogue.yaml")
    return Codes(
        shelves=frozenset(row["key"] for row in shelves),
        categories=frozenset(row["code"] for row in shipped("categories.yaml")["categories"]),
        functions=frozenset(FUNCTIONS),
        elsewhere=frozenset(row["code"] for row in document["elsewhere"]),
    )
