"""How messages to petitioners get out of the house: what carries them, how many wait or failed; never what they say."""

from django.http import HttpResponse

from xinfang.gateways.carriers import unset
from xinfang.gateways.messages import MAIL, SMS
from xinfang.labels.messages import STATES, WAYS, reason_of
from xinfang.queries.messages import tallies
from xinfang.rules.notices.messages import MessageWay
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.services.outbox import carrier
from xinfang.web.office.frame import page
from xinfang.web.parts.doors import staff
from xinfang.web.parts.requests import StaffRequest


@staff(*sorted(OFFICE_ROLES))
def show(request: StaffRequest) -> HttpResponse:
    """Counts by state, way and reason, with the oldest of each."""
    gateway = carrier()
    rows = [
        {
            "state": STATES[tally.state],
            "way": WAYS[MessageWay(tally.channel)] if tally.channel else "",
            "reason": reason_of(tally.failure) if tally.failure else "",
            "count": tally.count,
            "since": tally.since,
        }
        for tally in tallies()
    ]
    context = {"rows": rows, "texts": gateway.carries(SMS), "mail": gateway.carries(MAIL), "unset": unset()}
    return page(request, "office/messages.html", context)
