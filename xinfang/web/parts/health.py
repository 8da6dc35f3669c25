"""Is the house fit to take in what must not be lost? JSON for the supervisor process and for monitoring."""

from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase

from xinfang.queries.health import health_of
from xinfang.web.parts.doors import READ


def health(request: HttpRequest) -> HttpResponseBase:
    """200 when the database answers and would not lose anything, 503 otherwise. No personal data, no versions."""
    if request.method not in READ:
        return HttpResponseNotAllowed(READ)
    found = health_of()
    return JsonResponse({"healthy": found.healthy, **found.facts}, status=200 if found.healthy else 503)
