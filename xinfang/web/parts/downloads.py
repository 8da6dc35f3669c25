"""A file that a stranger brought, handed out so that it can do nothing: always a download, never a page (E6)."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from xinfang.queries.materials import OpenedPaper

CALENDAR = "text/calendar; charset=utf-8"


def download(paper: OpenedPaper) -> HttpResponse:
    """The bytes under their own name."""
    response = HttpResponse(paper.content, content_type=paper.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=paper.name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def calendar_file(content: bytes) -> HttpResponse:
    """A calendar of our own making."""
    response = HttpResponse(content, content_type=CALENDAR)
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
