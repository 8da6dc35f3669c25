"""The catalogue as a file: YAML for another house, a sheet for reading; and a YAML file into the draft."""

from typing import Any

import yaml
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from xinfang.documents.catalogue_file import as_sheet, as_yaml
from xinfang.labels.catalogue import CATALOGUE_FIELDS
from xinfang.labels.refusals import word
from xinfang.policies import strict_yaml
from xinfang.queries import catalogue_versions
from xinfang.rules.catalogue.arriving import Fault
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.rules.refusals import RuleBroken
from xinfang.services import catalogue as service
from xinfang.web.office.forms import OfficeForm
from xinfang.web.office.frame import page
from xinfang.web.parts.categories import category_word
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.requests import StaffRequest

KINDS = {
    "yaml": "application/yaml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@staff(*sorted(OFFICE_ROLES))
def download(_request: StaffRequest, number: int, kind: str) -> HttpResponse:
    """The file of one version."""
    held = catalogue_versions.version(number)
    if held is None or kind not in KINDS:
        raise Http404
    categories = {item["category"]: category_word(item["category"]) for item in held.items}
    content = as_yaml(held) if kind == "yaml" else as_sheet(held, categories)
    answer = HttpResponse(content, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="catalogue-{number}.{kind}"'
    return answer


MOST_BYTES = 1_000_000


class CatalogueFileForm(OfficeForm):
    """A catalogue in the form of an exported one."""

    file = forms.FileField(label=_lazy("YAML 文件"), help_text=_lazy("样子和导出的 YAML 文件一样，不超过 1 MB。"))


@staff(*sorted(OFFICE_ROLES), methods=FORM)
def take(request: StaffRequest) -> HttpResponse:
    """Read a file into the draft, or say beside each line of it what is wrong."""
    is_sent = request.method == "POST"
    form = CatalogueFileForm(request.POST, request.FILES) if is_sent else CatalogueFileForm()
    faults: list[tuple[Fault, Any, Any]] = []
    if is_sent and form.is_valid():
        raw = form.cleaned_data["file"].read(MOST_BYTES + 1)
        try:
            lines = service.take_file(document=_document(raw), by=request.actor, at=request.now)
        except RuleBroken as broken:
            faults = [_told(fault) for fault in broken.facts.get("faults", ())]
            form.add_error("file", word(broken))
        else:
            messages.success(request, _("文件里的 %(n)s 个事项已写进草案，还没有生效。") % {"n": lines})
            return redirect("office:catalogue")
    return page(request, "office/catalogue_import.html", {"form": form, "faults": faults})


def _document(raw: bytes) -> Any:
    """The YAML, without anchors: a small file with many of them could stand for a very large one."""
    try:
        text = raw.decode("utf-8-sig")
        if len(raw) > MOST_BYTES or any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            raise RuleBroken("catalogue_file_unreadable", field="file")
        return strict_yaml.parse(text)
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        raise RuleBroken("catalogue_file_unreadable", field="file") from wrong


def _told(fault: Fault) -> tuple[Fault, Any, Any]:
    field = fault.refusal.field or ""
    return fault, CATALOGUE_FIELDS.get(field, field), word(fault.refusal)
