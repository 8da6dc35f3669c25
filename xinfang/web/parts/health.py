"""Is the house fit to take in what must not be lost? JSON for the supervisor process and for monitoring."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase

from xinfang.queries.health import health_of
from xinfang.queries.office import days_ahead
from xinfang.queries.worker import life_of_worker
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.year_notices import ENOUGH_AHEAD
from xinfang.web.parts.doors import READ
from xinfang.web.parts.now import now


def health(request: HttpRequest) -> HttpResponseBase:
    """200 when the database answers and would not lose anything, 503 otherwise. No personal data, no versions.

    `worker` is `ok`, `silent` or `never`; `behind_seconds` is how late the watcher of the clocks is. A silent worker
    delays reminders and messages but loses nothing, so it does not make the site unhealthy: monitor the word. So it is
    with `calendar`, which is `ok`, `short` when fewer than 60 published days lie ahead, or `missing` for this year.
    """
    if request.method not in READ:
        return HttpResponseNotAllowed(READ)
    found = health_of()
    facts = {**found.facts, **({**_worker(), **_calendar()} if found.facts["database"] == "ok" else {})}
    return JsonResponse({"healthy": found.healthy, **facts}, status=200 if found.healthy else 503)


def _worker() -> dict[str, str | int]:
    moment = now()
    try:
        life = life_of_worker(moment)
    except DatabaseError:
        return {"worker": "unknown"}
    word = "never" if life.seen_at is None else "ok" if life.is_alive(moment) else "silent"
    return {"worker": word, "behind_seconds": int(life.behind.total_seconds())}


def _calendar() -> dict[str, str | int]:
    try:
        ahead = days_ahead(local_day(now()))
    except DatabaseError:
        return {"calendar": "unknown"}
    word = "missing" if ahead < 0 else "short" if ahead < ENOUGH_AHEAD else "ok"
    return {"calendar": word, "calendar_days_ahead": max(ahead, 0)}
