"""What a request carries once it has come through our middleware."""

from datetime import date, datetime

from django.http import HttpRequest

from xinfang.models import User
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.people.seats import Actor

NOBODY = Actor(user_id=0)  # not None: nobody must never pass for the system


class StaffRequest(HttpRequest):
    """A request with `now`, `today` (one moment for the whole answer) and `actor` (the seats held today, or NOBODY)."""

    now: datetime
    today: date
    actor: Actor
    user: User  # behind `staff` nobody is anonymous


def moment_of(request: HttpRequest) -> datetime:
    """The one moment as of which this request is answered."""
    moment: datetime = request.now  # type: ignore[attr-defined]  # set by our middleware
    return moment


def actor_from(request: HttpRequest) -> Actor:
    """Who asks, with the seats held today, or NOBODY."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by our middleware
    return actor


def today_of(request: HttpRequest) -> date:
    """The day in Shanghai on which this request is answered."""
    return local_day(moment_of(request))
