"""What do people come for, in their own words, and where can they go? Shelves, the search box, areas and centres."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from xinfang.models import Area, Installation, Unit
from xinfang.policies import shipped
from xinfang.queries import lessons
from xinfang.queries.catalogue_versions import Held, in_force
from xinfang.rules.catalogue import finding
from xinfang.rules.catalogue.finding import MOST_HITS
from xinfang.rules.catalogue.gaps import Missing, gaps
from xinfang.rules.catalogue.lines import ACCUSATION, Catalogue
from xinfang.rules.catalogue.shelves import UNCLEAR
from xinfang.rules.catalogue.suggesting import Suggestion, suggest
from xinfang.rules.people.seats import UnitKind

__all__ = ["MOST_HITS"]


def in_words(pair: Any) -> str:
    """A pair of Chinese and English as the reader's language has it."""
    if not isinstance(pair, dict):
        return str(pair or "")
    return str(pair["en"] if (get_language() or "").startswith("en") else pair["zh"])


@dataclass(frozen=True)
class Item:
    """One thing that people come for, in everyday words."""

    key: str
    shelf: str
    name: str
    example: str
    papers: tuple[str, ...]
    limit: str
    elsewhere: tuple[tuple[str, str], ...]
    category: str
    is_accusation: bool


@dataclass(frozen=True)
class Shelf:
    """One shelf of the first page; `items` stand in it, and the last shelf needs none."""

    key: str
    name: str
    example: str
    shape: str
    is_unclear: bool


def _document() -> dict[str, Any]:
    document: dict[str, Any] = shipped("catalogue.yaml")
    return document


def shelves(holds: Held | None = None) -> list[Shelf]:
    """At most eight, in their order; of the version that holds, or of another one."""
    rows = (holds or in_force()).shelves
    return [Shelf(row["key"], in_words(row), in_words(row["eg"]), row["shape"], row["key"] == UNCLEAR) for row in rows]


def items(on: date, shelf: str = "") -> list[Item]:
    """Everything that is offered on this day, or what of it stands on one shelf."""
    holds = in_force()
    offered = {line.key for line in holds.catalogue.on(on).lines}
    rows = (row for row in holds.items if row["key"] in offered)
    return [_item(row) for row in rows if not shelf or row["shelf"] == shelf]


def items_of(keys: Iterable[str], on: date) -> list[Item]:
    """The things with these keys that are offered on this day, in this order."""
    offered = {item.key: item for item in items(on)}
    return [offered[key] for key in keys if key in offered]


def item(key: str) -> Item | None:
    """One thing by its key, also one that is not offered any more; None for a key that never was."""
    row = in_force().item(key)
    return _item(row) if row else None


def papers_in_chinese(key: str) -> list[str]:
    """The papers of a line as a receipt names them."""
    row = in_force().item(key)
    return [paper["zh"] for paper in row["papers"]] if row else []


def names() -> dict[str, str]:
    """The everyday name of every line there ever was."""
    return {row["key"]: in_words(row) for row in in_force().items}


def name_of(key: str) -> str:
    """The everyday name of a line; its key where the catalogue of another release knew it."""
    return names().get(key, key)


def gaps_here(held: Held, on: date) -> list[Missing]:
    """Where this catalogue leaves somebody of this district without an answer on this day. Three statements."""
    open_units = list(Unit.objects.filter(open_to__isnull=True).values_list("area_id", "function"))
    present = {
        area.name: frozenset(function for place, function in open_units if area.code.startswith(place))
        for area in townships()
    }
    classes = [row["code"] for row in shipped("categories.yaml")["categories"]]
    return gaps(held.catalogue.on(on), classes=classes, shelves=[row["key"] for row in held.shelves], present=present)


def elsewhere_names() -> dict[str, str]:
    """The bodies outside the district's units that may be the right door."""
    return {body["code"]: in_words(body) for body in _document()["elsewhere"]}


def shelf_names(holds: Held | None = None) -> dict[str, str]:
    """The name of each shelf."""
    return {shelf.key: shelf.name for shelf in shelves(holds)}


def _item(row: Mapping[str, Any]) -> Item:
    bodies = {body["code"]: body for body in _document()["elsewhere"]}
    return Item(
        key=row["key"],
        shelf=row["shelf"],
        name=in_words(row),
        example=in_words(row["example"]),
        papers=tuple(in_words(paper) for paper in row["papers"]),
        limit=in_words(row["limit"]),
        elsewhere=tuple((in_words(bodies[code]), bodies[code]["phone"] or "") for code in row["elsewhere"]),
        category=row["category"],
        is_accusation=row["route"] == ACCUSATION,
    )


def find(words: str, on: date) -> list[Item]:
    """The things that these words may mean, the best first, at most five. Nothing of the words is kept."""
    holds = in_force()
    rows = {row["key"]: row for row in holds.items}
    return [_item(rows[line.key]) for line in finding.find(holds.catalogue.on(on), words)]


def lines() -> Catalogue:
    """The catalogue as the rules read it, with the lines that have ended."""
    return in_force().catalogue


def suggestions(title: str, texts: Iterable[str], on: date) -> list[Suggestion]:
    """What a matter may be about, by the words in which it was told; at most three, and a person decides."""
    return suggest(lines().on(on), title=title, texts=texts, learned=lessons.learned())


def likely_units(functions: Iterable[str], near: Iterable[Unit], area: str) -> list[Unit]:
    """The unit for each of these functions that is competent where it happened: the nearest one, in their order."""
    competent = [unit for unit in near if area.startswith(unit.area_id)]
    found = []
    for function in functions:
        fitting = [unit for unit in competent if unit.function == function]
        found += sorted(fitting, key=lambda unit: -len(unit.area_id))[:1]
    return found


def accusation_channels() -> dict[str, Any]:
    """Where to go with an accusation, in the reader's language; the invented doors show in a demo alone."""
    document = shipped("channels_for_accusations.yaml")
    is_demo = Installation.objects.filter(pk=1, is_demo=True).exists()
    return {
        "keeps": in_words(document["what_we_keep"]),
        "who": in_words(document["who_may_use"]),
        "tips": [in_words(tip) for tip in document["tips"]],
        "channels": [
            {"kind": row["kind"], "name": in_words(row), "value": row["value"], "hours": in_words(row["hours"])}
            for row in document["channels"]
            if is_demo or not row["demo"]
        ],
    }


def townships() -> list[Area]:
    """The townships of the district, in the order of their codes."""
    return list(Area.objects.filter(parent=_district(), valid_to__isnull=True).order_by("code"))


def villages(township: str) -> list[Area]:
    """The villages of a township of this district."""
    rows = Area.objects.filter(parent=township, parent__parent=_district(), valid_to__isnull=True)
    return list(rows.order_by("code"))


def _district() -> str:
    return Installation.objects.filter(pk=1).values_list("district", flat=True).first() or ""


def receiving_centre(area: str) -> Unit | None:
    """The centre that takes in what happened in an area: the township's own, or the district's where there is none."""
    district = _district()
    centres = Unit.objects.filter(Q(area=area[:9]) | Q(area=district), kind=UnitKind.CENTRE.value, open_to__isnull=True)
    found = {unit.area_id: unit for unit in centres.order_by("-path")}
    return found.get(area[:9]) or found.get(district)


def places() -> list[Unit]:
    """Every centre and station that people can walk into, from the district down."""
    kinds = (UnitKind.CENTRE.value, UnitKind.STATION.value)
    return list(Unit.objects.filter(kind__in=kinds, open_to__isnull=True).order_by("path"))


def names_of(codes: list[str]) -> list[str]:
    """The names of areas, in the order asked for; an empty or unknown code has none."""
    found = dict(Area.objects.filter(code__in=[code for code in codes if code]).values_list("code", "name"))
    return [found[code] for code in codes if code in found]
