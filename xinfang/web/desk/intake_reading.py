"""What a field of the window means, said while one types: a card that was read, a number, a place. Nothing is kept.

The same rules read the form when it is sent, so that nothing here is needed to register.
"""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xinfang.labels.refusals import WARNINGS
from xinfang.queries.access import matter_id_for
from xinfang.queries.intake import counters_of, places_of
from xinfang.rules.intake.cards import read_card
from xinfang.rules.intake.places import find_places
from xinfang.rules.intake.registration import RESIDENT, id_warning, tidy_number
from xinfang.web.desk.place_field import which_one
from xinfang.web.parts.context import REGISTRARS
from xinfang.web.parts.doors import SEND, staff
from xinfang.web.parts.requests import StaffRequest

MOST = 2000


@staff(*sorted(REGISTRARS), methods=SEND)
def read(request: StaffRequest) -> HttpResponse:
    """`{"fill": {field: text}, "note": sentence, "open": address}` for one field and what was typed into it."""
    text = request.POST.get("text", "")[:MOST]
    readings = {"area": _place, "id_number": _card}
    reading = readings.get(request.POST.get("field", ""))
    return JsonResponse(reading(request, text) if reading else {})


def _card(request: StaffRequest, text: str) -> dict[str, object]:
    card = read_card(text)
    if card.receipt:
        return _receipt(request, card.receipt)
    number = tidy_number(card.number)
    filled = {"id_number": number, "name": card.name, "address": card.address}
    is_resident = request.POST.get("id_type", RESIDENT) == RESIDENT
    warning = id_warning(number) if is_resident else ""
    return {
        "fill": {name: value for name, value in filled.items() if value},
        "note": str(WARNINGS[warning]) if warning else "",
    }


def _receipt(request: StaffRequest, number: str) -> dict[str, object]:
    """A receipt was held under the scanner: the way to its matter, if this person may see it."""
    if matter_id_for(request.actor, number, request.now) is None:
        return {"fill": {"id_number": ""}, "note": _("这是回执上的单号，不是证件号；在您这里查不到这个单号。")}
    return {
        "fill": {"id_number": ""},
        "note": _("这是回执 %(number)s：同一件事不用再登记，打开它补充就行。") % {"number": number},
        "open": reverse("desk:matter", args=[number]),
    }


def _place(request: StaffRequest, text: str) -> dict[str, object]:
    counters = counters_of(request.actor, request.today)
    found = find_places(text, places_of(counters[0], request.today)) if counters else ()
    if len(found) == 1:
        return {"fill": {"area": found[0].full}, "note": ""}
    return {"fill": {}, "note": which_one(found) if text.strip() else ""}
