"""The addresses of the neighbouring pages of a list, under the same filters."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from xinfang.queries.keyset import Page


def page_urls(request: HttpRequest, page: Page[Any]) -> dict[str, str]:
    """What parts/pager.html needs."""
    kept = [(name, value) for name, value in request.GET.items() if name not in {"after", "before"} and value]
    return {
        "newer_url": f"?{urlencode([*kept, ('before', str(page.newer))])}" if page.newer else "",
        "older_url": f"?{urlencode([*kept, ('after', str(page.older))])}" if page.older else "",
    }
