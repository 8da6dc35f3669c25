"""At which window does the viewer sit? Where they sat down in this session, else where the roster puts them today."""

from xinfang.models import Unit
from xinfang.queries.hall_roster import window_of
from xinfang.web.parts.requests import StaffRequest

SEAT = "hall_window"


def sits_at(request: StaffRequest, centre: Unit) -> int:
    """The number of the window; 0 for none."""
    chosen: int = request.session.get(SEAT, 0)
    return chosen or window_of(centre, request.user.pk, request.today) or 0
