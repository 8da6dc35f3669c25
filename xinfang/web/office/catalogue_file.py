"""A version of the catalogue to take along: YAML for another house, a sheet for reading."""

from django.http import Http404, HttpResponse

from xinfang.documents.catalogue_file import as_sheet, as_yaml
from xinfang.queries import catalogue_versions
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.web.parts.categories import category_word
from xinfang.web.parts.doors import staff
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
