"""The shelves of the first page: a form for one of them, and taking an empty one away. In the draft, as lines are."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from xinfang.labels.catalogue import SHAPE_NAMES
from xinfang.labels.refusals import word
from xinfang.queries.catalogue import in_words
from xinfang.rules.catalogue.shelves import MOST_SHELVES, UNCLEAR, checked, typed
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.rules.refusals import RuleBroken
from xinfang.services import catalogue as service
from xinfang.web.office.drafting import edited, written
from xinfang.web.office.forms import OfficeForm, choices
from xinfang.web.office.frame import page
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.fields import LineField
from xinfang.web.parts.requests import StaffRequest

PLACES = [(str(n), str(n)) for n in range(1, MOST_SHELVES + 1)]


class ShelfForm(OfficeForm):
    """What a shelf is called, what stands under its name, and where it stands."""

    zh = LineField(label=_lazy("货架名字"), help_text=_lazy("用群众的话，不用部门的名字，最多 16 个字。"))
    eg = LineField(label=_lazy("一行例子"), help_text=_lazy("写两三样常见的事，用顿号隔开，最多 40 个字。"))
    shape = forms.ChoiceField(label=_lazy("图形"), choices=choices(SHAPE_NAMES, empty=("", _lazy("请选择"))))
    place = forms.ChoiceField(label=_lazy("第几个"), choices=PLACES, help_text=_lazy("“说不清”的货架总在最后。"))
    en = LineField(label=_lazy("英文名字"), required=False, help_text=_lazy("英文可以不填，英文页面就显示中文。"))
    eg_en = LineField(label=_lazy("英文的一行例子"), required=False)

    def clean(self) -> dict[str, Any]:
        for refused in checked(self.cleaned_data, key="").refusals:
            if refused.field is not None and refused.field not in self.errors:
                self.add_error(refused.field, word(refused))
        return self.cleaned_data


@staff(*sorted(OFFICE_ROLES), methods=FORM)
def shelf(request: StaffRequest, key: str = "") -> HttpResponse:
    """The form of one shelf, as the draft has it or else as what holds has it; without a key a new one."""
    seen, draft = edited()
    found = next((one for one in seen.shelves if one["key"] == key), None)
    if key and found is None:
        raise Http404
    if request.method == "POST":
        form = ShelfForm(request.POST)
        if form.is_valid() and written(request, form, lambda: _change(request, form, key)):
            return redirect("office:catalogue_version", draft)
    else:
        form = ShelfForm(initial=typed(seen.shelves, key))
    lines = [in_words(item) for item in seen.items if item["shelf"] == key]
    context = {
        "form": form, "name": in_words(found) if found else "", "key": key, "in_draft": draft == seen.number,
        "lines": lines, "may_go": bool(found) and key != UNCLEAR and not lines,
    }  # fmt: skip
    return page(request, "office/catalogue_shelf.html", context)


def _change(request: StaffRequest, form: ShelfForm, key: str) -> object:
    return service.change_shelf(key=key, values=form.cleaned_data, by=request.actor, at=request.now)


@staff(*sorted(OFFICE_ROLES), methods=SEND)
def remove(request: StaffRequest, key: str) -> HttpResponse:
    """Take an empty shelf out of the draft."""
    try:
        service.remove_shelf(key=key, by=request.actor, at=request.now)
    except RuleBroken as broken:
        messages.error(request, word(broken))
    else:
        messages.success(request, _("已写进草案：取消这个货架。"))
    return redirect("office:catalogue")
