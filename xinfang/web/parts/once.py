"""What one page shows once: kept sealed in the session between the act and that page, and gone with it."""

import json
from typing import Any

from django.http import HttpRequest

from xinfang.models.protection import protect, reveal


def put(request: HttpRequest, name: str, content: dict[str, Any]) -> None:
    """Keep this for the one page that asks for it by name."""
    request.session[f"once:{name}"] = protect(json.dumps(content).encode(), _place(name)).hex()


def take(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """What was kept under this name, the first time; None ever after."""
    sealed = request.session.pop(f"once:{name}", None)
    if not sealed:
        return None
    content: dict[str, Any] = json.loads(reveal(bytes.fromhex(sealed), _place(name)))
    return content


def _place(name: str) -> str:
    return f"session|once|{name}"
