"""The administration's first page: what asks for attention, and what was changed lately."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from xinfang.labels.events import HOUSE_EVENTS
from xinfang.labels.people import ROLES
from xinfang.queries.office import HouseLine, accounts_in_use, areas, days_ahead, house_lines, open_units, staffing_of
from xinfang.rules.clocks.year_notices import ENOUGH_AHEAD
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.rules.people.seats import Role
from xinfang.web.office.frame import page
from xinfang.web.parts.doors import staff
from xinfang.web.parts.requests import StaffRequest

NEWEST = 30


@staff(*sorted(OFFICE_ROLES))
def show(request: StaffRequest) -> HttpResponse:
    """Doors to everything that is run here, with the numbers that ask for attention."""
    units = open_units(request.today)
    staffing = staffing_of(units, request.today)
    ahead = days_ahead(request.today)
    names = {area.code: area.name for area in areas()}
    names |= {unit.code: unit.short_name for unit in units}
    context = {
        "units": len(units),
        "accounts": accounts_in_use(),
        "gaps": sum(1 for row in staffing for gap in row.gaps if gap.exemption is None),
        "ahead": ahead,
        "is_short": ahead < ENOUGH_AHEAD,
        "lines": [(line, str(HOUSE_EVENTS[HouseEvent(line.type)]), _said(line, names)) for line in house_lines(NEWEST)],
    }
    return page(request, "office/home.html", context)


def _said(line: HouseLine, names: dict[str, str]) -> str:
    """What an event of the house was about, in a few words."""
    payload = line.payload
    parts = [
        payload.get("user_name", ""),
        names.get(payload.get("unit", ""), payload.get("unit", "")),
        str(ROLES[Role(payload["role"])]) if payload.get("role") in set(Role) else "",
        str(payload.get("year", "")),
        names.get(payload.get("area", ""), ""),
        _("%(opens)s 至 %(closes)s") % payload if "opens" in payload else "",
        _("第 %(policy)s 版") % payload if "policy" in payload else "",
        payload.get("effective_on", ""),
    ]
    return " · ".join(part for part in parts if part)
