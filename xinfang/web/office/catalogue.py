"""The catalogue as it stands: every line on its shelf, what follows from it, and what is missing of it here."""

from django.http import HttpResponse

from xinfang.labels.catalogue import CATALOGUE_GAPS, OTHER_ROUTES
from xinfang.labels.codes import word
from xinfang.labels.unit_functions import FUNCTIONS
from xinfang.queries import catalogue
from xinfang.queries.catalogue import Shelf
from xinfang.rules.catalogue.gaps import CatalogueGap, Missing
from xinfang.rules.catalogue.lines import Line
from xinfang.rules.matters.codes import Route
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.web.office.frame import page
from xinfang.web.parts.categories import category_word
from xinfang.web.parts.doors import staff
from xinfang.web.parts.requests import StaffRequest


@staff(*sorted(OFFICE_ROLES))
def show(request: StaffRequest) -> HttpResponse:
    """Shelves with their lines, and the gaps above them."""
    shelves = catalogue.shelves()
    lines = catalogue.lines().lines
    context = {
        "shelves": [(shelf, [_told(line) for line in lines if line.shelf == shelf.key]) for shelf in shelves],
        "gaps": [_missing(one, shelves) for one in catalogue.gaps_here()],
    }
    return page(request, "office/catalogue.html", context)


def _told(line: Line) -> dict[str, object]:
    route = OTHER_ROUTES.get(line.route) or word(Route(line.route))
    return {
        "name": catalogue.name_of(line.key),
        "synonyms": catalogue.synonyms_of(line.key),
        "words": len(line.words),
        "category": category_word(line.category),
        "route": str(route),
        "units": [str(FUNCTIONS.get(function, function)) for function in line.units],
    }


def _missing(one: Missing, shelves: list[Shelf]) -> tuple[str, str, str]:
    """What is missing, of which line, class or shelf, and where or which name."""
    if one.gap is CatalogueGap.CLASS_WITHOUT_LINE:
        name = category_word(one.code)
    elif one.gap is CatalogueGap.SHELF_WITHOUT_LINE:
        name = next(shelf.name for shelf in shelves if shelf.key == one.code)
    else:
        name = catalogue.name_of(one.code)
    return str(CATALOGUE_GAPS[one.gap]), name, one.about
