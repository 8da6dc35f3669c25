"""What the story at the window may be about: suggested while it is typed, found by everyday words, chosen by a person.

The same panel is drawn by the page itself when the form is looked at without any script. Words come in the body of a
request alone; nothing of them is kept here. What was offered and what was chosen is registered as keys.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from xinfang.queries import catalogue
from xinfang.queries.catalogue import Item
from xinfang.queries.intake import counters_of
from xinfang.queries.units import units_near
from xinfang.rules.catalogue.lines import Line, as_keys
from xinfang.rules.catalogue.suggesting import OFFERED
from xinfang.web.desk.suggestions import LEADS_SHOWN, TOLD, route_word
from xinfang.web.parts.categories import category_word
from xinfang.web.parts.context import REGISTRARS
from xinfang.web.parts.doors import SEND, staff
from xinfang.web.parts.requests import StaffRequest

MOST = 6_000
SOUGHT = "sought"


@dataclass(frozen=True)
class Choice:
    """One line that may be chosen. `because` are the words that caused it; none where it was searched for.

    `papers` are those of the chosen line: the value of its box, its name, and whether it was ticked as missing.
    """

    item: Item
    rows: tuple[tuple[str, str], ...]
    because: tuple[str, ...]
    is_chosen: bool
    papers: tuple[tuple[str, str, bool], ...] = ()


@staff(*sorted(REGISTRARS), methods=SEND)
def suggest(request: StaffRequest) -> HttpResponse:
    """The panel for what has been typed so far."""
    response = render(request, "desk/parts/intake_choices.html", panel(request, request.POST))
    response["Cache-Control"] = "private, no-store"
    return response


def panel(request: StaffRequest, typed: QueryDict) -> dict[str, Any]:
    """What the panel shows: what was searched for, else what the words say, and always what was chosen."""
    sought = typed.get(SOUGHT, "")
    texts = [typed.get(name, "")[:MOST] for name in TOLD]
    lines, because = {line.key: line for line in catalogue.lines().on(request.today).lines}, {}
    found = [item.key for item in catalogue.find(sought, request.today)] if sought else []
    for one in catalogue.suggestions("", texts, request.today) if any(texts) else ():
        because[one.line.key] = one.because
    chosen = typed.get("item", "")
    keys = [key for key in dict.fromkeys([*list(found or because)[:OFFERED], chosen]) if key in lines]
    ticked = typed.getlist("missing")
    choices = [_with_papers(one, ticked) for one in _choices(request, [lines[key] for key in keys], because, chosen)]
    return {
        "choices": [one for one in choices if not one.item.is_accusation],
        "accusing": any(one.item.is_accusation for one in choices),
        "chosen": chosen if chosen in lines else "",
        "items_offered": " ".join(list(because)[:OFFERED]),
        "sought": sought,
        "missing_more": typed.get("missing_more", ""),
        "found_nothing": bool(sought) and not found,
    }


def _with_papers(choice: Choice, ticked: list[str]) -> Choice:
    """The chosen line with a box for each of its papers."""
    if not choice.is_chosen:
        return choice
    boxes = ((f"{choice.item.key}:{n}", paper) for n, paper in enumerate(choice.item.papers))
    return replace(choice, papers=tuple((value, paper, value in ticked) for value, paper in boxes))


def _choices(
    request: StaffRequest, lines: list[Line], because: dict[str, tuple[str, ...]], chosen: str
) -> list[Choice]:
    items = {item.key: item for item in catalogue.items_of([line.key for line in lines], request.today)}
    counters = counters_of(request.actor, request.today) if lines else []
    near = units_near(request.actor, request.today) if counters else []
    shelves = catalogue.shelf_names() if lines else {}
    found = []
    for line in lines:
        units = catalogue.likely_units(line.units, near, counters[0].area_id) if counters else []
        rows = [(_("货架"), shelves.get(line.shelf, line.shelf)), (_("内容分类"), category_word(line.category))]
        rows.append((_("途径"), route_word(line)))
        if units:
            rows.append((_("可能牵头"), "、".join(unit.short_name for unit in units[:LEADS_SHOWN])))
        found.append(Choice(items[line.key], tuple(rows), because.get(line.key, ()), line.key == chosen))
    return found


def chosen(request: StaffRequest, category: str) -> dict[str, str]:
    """What registering keeps: the line, its class where nobody chose another one, what was offered, what is missing.

    Papers are written down in Chinese, as the receipt has them, whatever language the window reads.
    """
    key = as_keys(request.POST.get("item", ""))
    item = next(iter(catalogue.items_of([key], request.today)), None) if key else None
    more = [line.strip() for line in request.POST.get("missing_more", "")[:MOST].splitlines() if line.strip()]
    kept = {"items_offered": request.POST.get("items_offered", "")}
    if item is None or item.is_accusation:
        return {**kept, "missing": "\n".join(more)}
    ticked = set(request.POST.getlist("missing"))
    named = [paper for n, paper in enumerate(catalogue.papers_in_chinese(item.key)) if f"{item.key}:{n}" in ticked]
    return {
        **kept,
        "item": item.key,
        "category": category or item.category,
        "missing": "\n".join(dict.fromkeys([*named, *more])),
    }
