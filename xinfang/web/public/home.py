"""The first page and the pages of service: shelves, search, where to go, what we do with what is told to us."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from xinfang.queries import catalogue
from xinfang.rules.intake.privacy_notice import VERSION
from xinfang.services.outbox import texts_go_out
from xinfang.web.parts.requests import today_of
from xinfang.web.public.frame import page

LONGEST_SEARCH = 200


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Shelves first, then progress, then a person; the door for accusations stands apart."""
    return page(request, "home", {"shelves": [(shelf, f"shelf-{shelf.shape}") for shelf in catalogue.shelves()]})


@require_safe
def shelf(request: HttpRequest, key: str) -> HttpResponse:
    """What stands on one shelf."""
    found = next((row for row in catalogue.shelves() if row.key == key), None)
    if found is None:
        raise Http404
    return page(request, "shelf", {"shelf": found, "items": catalogue.items(today_of(request), key)})


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Everyday words to at most five things. What was typed goes neither into an address nor into a log."""
    hits = catalogue.find(request.POST.get("q", "")[:LONGEST_SEARCH], today_of(request))
    query = urlencode([("item", hit.key) for hit in hits])
    return redirect(f"{reverse('found')}?{query}" if query else reverse("found"))


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """What a search found, or that it does not matter that it found nothing."""
    keys = request.GET.getlist("item")[: catalogue.MOST_HITS]
    return page(request, "found", {"items": catalogue.items_of(keys, today_of(request))})


@require_safe
def item(request: HttpRequest, key: str) -> HttpResponse:
    """One thing: what to bring if there is any, how long it takes, who else may be the right door."""
    thing = next(iter(catalogue.items_of([key], today_of(request))), None)
    if thing is None:
        raise Http404
    if thing.is_accusation:
        return redirect("accusations")
    return page(request, "item", {"item": thing})


@require_safe
def accusations(request: HttpRequest) -> HttpResponse:
    """Where to go with an accusation. This page takes nothing in and writes nothing down."""
    return page(request, "accusations", catalogue.accusation_channels())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "privacy", {"version": VERSION})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, "accessibility")


@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """Every counter with its address, telephone and hours."""
    context: dict[str, Any] = {"places": catalogue.places(), "texts": texts_go_out()}
    return page(request, "centres", context)
