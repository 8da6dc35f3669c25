"""Units: the tree, one unit with its posts, opening, renaming, closing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xinfang.labels.composition import DUTIES, ORIGINS
from xinfang.labels.people import ROLES
from xinfang.models import Post, Unit
from xinfang.queries.office import areas, former_names, open_units, people_to_post, unit_posts, unit_tree
from xinfang.rules.people.composition import Duty, Origin
from xinfang.rules.people.seats import Role, UnitKind
from xinfang.services import house, people
from xinfang.web.office.forms import DetailsForm, LastDayForm, OfficeForm, PostForm, RenameForm, UnitForm
from xinfang.web.office.frame import page
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.requests import StaffRequest


@staff(Role.ADMINISTRATOR)
def tree(request: StaffRequest) -> HttpResponse:
    """Every unit, in the order of the tree."""
    words, closed = request.GET.get("q", "").strip()[:60], "closed" in request.GET
    rows = unit_tree(request.today, words=words, closed=closed)
    context = {"rows": [(row, "　" * row.depth) for row in rows], "words": words, "closed": closed}
    return page(request, "office/units.html", context)


@staff(Role.ADMINISTRATOR, methods=FORM)
def add(request: StaffRequest) -> HttpResponse:
    """Open a unit."""
    lists: dict[str, Any] = {
        "units": open_units(request.today),
        "areas": [(area.code, f"{area.code} {area.name}") for area in areas()],
    }
    form = UnitForm(request.POST or None, initial={"parent": request.GET.get("parent", "")}, **lists)
    if request.method == "POST" and form.is_valid():

        def act() -> Unit:
            return house.open_unit(
                entry=form.entry(), by=request.actor, at=request.now, open_from=form.day("open_from")
            )

        opened = form.carried_out(act)
        if opened:
            messages.success(request, _("单位已设立。"))
            return redirect("office:unit", opened.code)
    return page(request, "office/unit_new.html", {"form": form})


@staff(Role.ADMINISTRATOR)
def show(request: StaffRequest, code: str) -> HttpResponse:
    """One unit: what it is, who sits there, what can be changed."""
    return _page(request, _unit(code))


# Four forms on one page: each field has an id of its own.
IDS = {act: f"id_{act}_%s" for act in ("rename", "details", "close", "post")}


def _unit(code: str) -> Unit:
    unit = Unit.objects.select_related("parent", "area").filter(pk=code).first()
    if unit is None:
        raise Http404
    return unit


def _page(request: StaffRequest, unit: Unit, act: str = "", bound: OfficeForm | None = None) -> HttpResponse:
    """The unit's page; a form that was refused comes back open, with what was typed."""
    today = request.today.isoformat()
    details = {name: getattr(unit, name) for name in ("address", "phone", "place", "function", "team_resident")}
    lists: dict[str, Any] = {"units": open_units(request.today), "people": people_to_post()}
    fresh: dict[str, OfficeForm] = {
        "rename": RenameForm(
            auto_id=IDS["rename"], initial={"name": unit.name, "short_name": unit.short_name, "from_on": today}
        ),
        "details": DetailsForm(auto_id=IDS["details"], initial=details),
        "close": LastDayForm(auto_id=IDS["close"], initial={"last_on": today}),
        "post": PostForm(auto_id=IDS["post"], initial={"from_on": today}, without="unit", **lists),
    }
    context = {
        "unit": unit,
        "is_station": unit.kind == UnitKind.STATION,
        "posts": [_post(post) for post in unit_posts(unit)],
        "former": former_names(unit),
        "forms": {**fresh, **({act: bound} if bound else {})},
        "opened": act,
        "form": bound,
    }
    return page(request, "office/unit.html", context)


def _post(post: Post) -> dict[str, Any]:
    return {
        "row": post,
        "role": ROLES[Role(post.role)],
        "duty": DUTIES[Duty(post.duty)] if post.duty in set(Duty) else "",
        "origin": ORIGINS[Origin(post.origin)] if post.origin in set(Origin) else "",
    }


@staff(Role.ADMINISTRATOR, methods=SEND)
def change(request: StaffRequest, code: str, act: str) -> HttpResponse:
    """Carry out one of the four acts of a unit's page."""
    unit = _unit(code)
    if act not in ACTS:
        raise Http404
    form = _bound(request, act)
    if form.is_valid() and form.carried_out(lambda: ACTS[act](request, unit, form)):
        messages.success(request, _("已保存。"))
        return redirect("office:unit", unit.code)
    return _page(request, unit, act, form)


def _bound(request: StaffRequest, act: str) -> OfficeForm:
    if act == "post":
        units, names = open_units(request.today), people_to_post()
        return PostForm(request.POST, auto_id=IDS[act], without="unit", units=units, people=names)
    kinds: dict[str, type[OfficeForm]] = {"rename": RenameForm, "details": DetailsForm, "close": LastDayForm}
    return kinds[act](request.POST, auto_id=IDS[act])


def _rename(request: StaffRequest, unit: Unit, form: OfficeForm) -> Any:
    given = form.cleaned_data
    return house.rename_unit(
        unit=unit.code,
        name=given["name"],
        short_name=given["short_name"],
        from_on=form.must_day("from_on"),
        by=request.actor,
        at=request.now,
    )


def _details(request: StaffRequest, unit: Unit, form: OfficeForm) -> Any:
    return house.change_unit(unit=unit.code, details=form.cleaned_data, by=request.actor, at=request.now)


def _close(request: StaffRequest, unit: Unit, form: OfficeForm) -> Any:
    return house.close_unit(unit=unit.code, last_on=form.must_day("last_on"), by=request.actor, at=request.now)


def _fill(request: StaffRequest, unit: Unit, form: OfficeForm) -> Any:
    if not isinstance(form, PostForm):
        raise Http404
    return people.fill_post(
        holder=int(form.cleaned_data["holder"]),
        post=form.entry(unit.code),
        from_on=form.must_day("from_on"),
        to_on=form.day("to_on"),
        by=request.actor,
        at=request.now,
    )


ACTS: dict[str, Callable[[StaffRequest, Unit, OfficeForm], Any]] = {
    "rename": _rename,
    "details": _details,
    "close": _close,
    "post": _fill,
}
