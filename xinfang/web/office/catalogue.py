"""The catalogue: what holds with its gaps, one line and its form, the draft with its differences, publishing."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinfang.labels.catalogue import CATALOGUE_FIELDS, CATALOGUE_GAPS, OTHER_ROUTES, SHAPE_NAMES, SHELF_FIELDS
from xinfang.labels.codes import word
from xinfang.labels.policies import STANDINGS
from xinfang.labels.refusals import word as refusal
from xinfang.labels.unit_functions import FUNCTIONS
from xinfang.queries import catalogue, catalogue_versions
from xinfang.queries.catalogue import in_words, shelf_names
from xinfang.queries.catalogue_replay import replay
from xinfang.queries.catalogue_versions import Held
from xinfang.rules.catalogue.gaps import CatalogueGap, Missing
from xinfang.rules.catalogue.lines import ACCUSATION
from xinfang.rules.catalogue.shelves import with_places
from xinfang.rules.catalogue.versions import SHELF_FIELDS as SHELF_CHANGES
from xinfang.rules.catalogue.versions import Item, LineChange, changes
from xinfang.rules.clocks.policy_versions import VersionStanding
from xinfang.rules.matters.codes import Route
from xinfang.rules.people.administration import OFFICE_ROLES, may_publish_catalogue
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import catalogue as service
from xinfang.web.office.catalogue_form import LineForm, initial
from xinfang.web.office.drafting import edited, written
from xinfang.web.office.frame import page
from xinfang.web.parts.categories import category_word
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.requests import StaffRequest


@dataclass(frozen=True)
class Told:
    """One line in words; `state` says that it has not begun or has ended."""

    key: str
    name: str
    synonyms: list[str]
    words: int
    category: str
    route: str
    units: list[str]
    state: str


@staff(*sorted(OFFICE_ROLES))
def show(request: StaffRequest) -> HttpResponse:
    """What holds on its shelves, the gaps above it, every version, and what a release brought."""
    holds = catalogue_versions.in_force()
    known = catalogue_versions.versions()
    waiting = known[0] if known[0].standing is VersionStanding.DRAFT else None
    seen = catalogue_versions.held(row) if (row := catalogue_versions.draft()) else holds
    context = {
        "versions": [(version, STANDINGS[version.standing]) for version in known],
        "draft": waiting,
        "holds": holds,
        "shelves": _shelves(request, holds),
        "first_page": catalogue.shelves(seen),
        "gaps": [(gap, False) for gap in _gaps(request, holds)],
        "brought": [_changed(change, shelf_names(seen)) for change in catalogue_versions.brought(seen)],
    }
    return page(request, "office/catalogue.html", context)


@staff(*sorted(OFFICE_ROLES))
def version(request: StaffRequest, number: int) -> HttpResponse:
    """One version beside the one before it; the draft with its gaps and replay, and who may press which button."""
    shown = catalogue_versions.version(number)
    if shown is None:
        raise Http404
    known = {one.number: one for one in catalogue_versions.versions()}
    one, previous = known[number], catalogue_versions.before(number)
    context = {
        "version": one,
        "words": STANDINGS[one.standing],
        "is_draft": one.standing is VersionStanding.DRAFT,
        "previous": previous,
        **(_differences(previous, shown) if previous else {}),
        "shelves": _shelves(request, shown),
        **(_waiting(request, one, previous, shown) if one.standing is VersionStanding.DRAFT and previous else {}),
    }
    return page(request, "office/catalogue_version.html", context)


def _waiting(request: StaffRequest, one: catalogue_versions.Version, previous: Held, shown: Held) -> dict[str, Any]:
    old = set(_gaps(request, previous))
    found = replay(previous, shown, request.now)
    names = {item["key"]: in_words(item) for item in shown.items}
    sentences = [(said, names.get(said.before, ""), names.get(said.after, "")) for said in found.sentences]
    return {
        "may_publish": one.row is not None and may_publish_catalogue(request.actor, one.row.editors),
        "gaps": [(gap, gap not in old) for gap in _gaps(request, shown)],
        "replayed": found,
        "sentences": sentences,
    }


@staff(*sorted(OFFICE_ROLES), methods=FORM)
def line(request: StaffRequest, key: str = "") -> HttpResponse:
    """The form of one line, as the draft has it or else as what holds has it; without a key a new one."""
    seen, draft = edited()
    item = seen.item(key) if key else None
    if key and item is None:
        raise Http404
    accusing = bool(item and item["route"] == ACCUSATION)
    if request.method == "POST":
        form = LineForm(request.POST, accusing=accusing, shelves=seen.shelves)
        if form.is_valid() and written(request, form, lambda: _change(request, form, key)):
            return redirect("office:catalogue_version", draft)
    else:
        form = LineForm(initial=initial(item), accusing=accusing, shelves=seen.shelves)
    context = {"form": form, "name": in_words(item) if item else "", "in_draft": draft == seen.number}
    return page(request, "office/catalogue_line.html", context)


def _change(request: StaffRequest, form: LineForm, key: str) -> object:
    return service.change_line(key=key, values=form.cleaned_data, by=request.actor, at=request.now)


@staff(*sorted(OFFICE_ROLES), methods=SEND)
def release(request: StaffRequest, key: str) -> HttpResponse:
    """Take over what a release brought for one line, or keep the house's own."""
    take = request.POST.get("take") == "yes"
    try:
        service.answer_release(key=key, take=take, by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, refusal(broken))
    else:
        messages.success(request, _("已写进草案。") if take else _("保留本地的写法，已记进草案。"))
    return redirect("office:catalogue")


@staff(Role.PETITION_BUREAU, methods=SEND)
def publish(request: StaffRequest, number: int) -> HttpResponse:
    """Publish the draft that others worked on, as it was seen."""
    try:
        service.publish(number=number, seen=request.POST.get("seen", ""), by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, refusal(broken))
        return redirect("office:catalogue")
    messages.success(request, _("已发布，搜索、货架和建议马上用它。已经办的事项不变。"))
    return redirect("office:catalogue")


@staff(*sorted(OFFICE_ROLES), methods=SEND)
def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    """Throw the draft away."""
    try:
        service.withdraw(number=number, by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, refusal(broken))
    else:
        messages.success(request, _("草案已撤回。"))
    return redirect("office:catalogue")


def _shelves(request: StaffRequest, held: Held) -> list[tuple[catalogue.Shelf, list[Told]]]:
    return [
        (shelf, [_told(request, item) for item in held.items if item["shelf"] == shelf.key])
        for shelf in catalogue.shelves(held)
    ]


def _told(request: StaffRequest, item: Item) -> Told:
    today = request.today.isoformat()
    state = ""
    if item.get("from_on", "") > today:
        state = _("%(day)s 起用") % {"day": item["from_on"]}
    elif item.get("until_on", today) < today:
        state = _("%(day)s 停用") % {"day": item["until_on"]}
    elif item.get("until_on"):
        state = _("用到 %(day)s") % {"day": item["until_on"]}
    return Told(
        item["key"],
        in_words(item),
        list(item["synonyms"]),
        len(item.get("words", ())),
        category_word(item["category"]),
        _route(item["route"]),
        [_function(function) for function in item["units"]],
        state,
    )


def _route(code: str) -> str:
    return str(OTHER_ROUTES.get(code) or word(Route(code)))


def _function(code: str) -> str:
    return str(FUNCTIONS.get(code, code))


def _gaps(request: StaffRequest, held: Held) -> list[tuple[str, str, str]]:
    """What is missing today: kind, of which line, class or shelf, and where or which name."""
    names = {item["key"]: in_words(item) for item in held.items}
    shelves = catalogue.shelf_names(held)
    return [_missing(one, names, shelves) for one in catalogue.gaps_here(held, request.today)]


def _missing(one: Missing, names: dict[str, str], shelves: dict[str, str]) -> tuple[str, str, str]:
    if one.gap is CatalogueGap.CLASS_WITHOUT_LINE:
        name = category_word(one.code)
    elif one.gap is CatalogueGap.SHELF_WITHOUT_LINE:
        name = shelves[one.code]
    else:
        name = names[one.code]
    return str(CATALOGUE_GAPS[one.gap]), name, one.about


def _differences(previous: Held, shown: Held) -> dict[str, Any]:
    """The lines and the shelves that read otherwise, and the shelves that are gone."""
    before, after = shelf_names(previous), shelf_names(shown)
    moved = changes(with_places(previous.shelves), with_places(shown.shelves), SHELF_CHANGES)
    return {
        "changes": [_changed(change, {**before, **after}) for change in changes(previous.items, shown.items)],
        "shelf_changes": [_shelf_changed(change) for change in moved],
        "shelves_gone": [name for key, name in before.items() if key not in after],
    }


def _shelf_changed(change: LineChange) -> dict[str, Any]:
    rows = [
        (
            SHELF_FIELDS[field.name],
            *("、".join(_shelf_part(field.name, part) for part in parts) for parts in (field.gone, field.come)),
        )
        for field in change.fields
    ]
    return {"key": change.key, "name": in_words(change.item), "is_new": change.is_new, "rows": rows}


def _shelf_part(name: str, part: Any) -> str:
    return str(SHAPE_NAMES[part]) if name == "shape" else in_words(part)


def _changed(change: LineChange, shelves: dict[str, str]) -> dict[str, Any]:
    """One changed line in words: what goes and what comes in each field."""
    rows = [
        (CATALOGUE_FIELDS[field.name], _parts(field.name, field.gone, shelves), _parts(field.name, field.come, shelves))
        for field in change.fields
    ]
    return {"key": change.key, "name": in_words(change.item), "is_new": change.is_new, "rows": rows}


def _parts(name: str, parts: tuple[Any, ...], shelves: dict[str, str]) -> str:
    return "、".join(shelves.get(part, part) if name == "shelf" else _part(name, part) for part in parts)


def _part(name: str, part: Any) -> str:
    if name == "category":
        return category_word(part)
    if name == "route":
        return _route(part)
    if name == "units":
        return _function(part)
    if name == "elsewhere":
        return catalogue.elsewhere_names()[part]
    return in_words(part)
