"""What a citizen's session holds: a half-written petition, a receipt, the opened matter. Sealed, and not for long."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from xinfang.models.protection import protect, reveal
from xinfang.web.parts.requests import moment_of

DRAFT, RECEIPT, CASE, RECORD = "petition", "receipt", "case", "record"
IDLE = {DRAFT: timedelta(hours=2), **dict.fromkeys((RECEIPT, CASE, RECORD), timedelta(minutes=20))}
LONGEST = timedelta(hours=12)
_PLACE = "session|citizen"


def put(request: HttpRequest, name: str, content: dict[str, Any]) -> None:
    """Keep this under its name; words and numbers of people stand in the session table sealed like everywhere."""
    now = moment_of(request).isoformat()
    kept = {"since": content.get("since", now), **content, "seen": now}
    request.session[name] = protect(json.dumps(kept).encode(), _PLACE).hex()


def get(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """What is kept under this name and still fresh; being read keeps it fresh. What is stale goes."""
    sealed = request.session.get(name)
    if not sealed:
        return None
    kept: dict[str, Any] = json.loads(reveal(bytes.fromhex(sealed), _PLACE))
    now = moment_of(request)
    if now - _time(kept, "seen") > IDLE[name] or now - _time(kept, "since") > LONGEST:
        drop(request, name)
        return None
    if now - _time(kept, "seen") > timedelta(seconds=30):
        put(request, name, kept)
    return kept


def _time(kept: dict[str, Any], name: str) -> datetime:
    return datetime.fromisoformat(kept[name])


def drop(request: HttpRequest, *names: str) -> None:
    for name in names:
        request.session.pop(name, None)


def bind(request: HttpRequest, matter: UUID, came_with: int = 1) -> None:
    """Note that this session holds a matter's number and code, and whose code: of those who came with that event."""
    put(request, CASE, {"matter": str(matter), "came_with": came_with})


def bound(request: HttpRequest) -> tuple[UUID, int] | None:
    """The matter that this session holds and whose part of it, within twenty minutes of the last sign of life."""
    kept = get(request, CASE)
    return (UUID(kept["matter"]), kept.get("came_with", 1)) if kept else None
