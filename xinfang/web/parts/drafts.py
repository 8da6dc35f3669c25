"""A form that was sent after its session had ended: kept sealed, given back once to the person who wrote it."""

import json
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict

from xinfang.models.protection import protect, reveal

_KEY, _CLEAR = "kept_form", "clear_drafts"
_MOST = 128 * 1024
_PLACE = "session|kept_form"
_LEFT_OUT = frozenset({"csrfmiddlewaretoken"})


def seal(request: HttpRequest) -> str | None:
    """The form of this request, sealed for its user and its address; None when there is nothing fit to keep."""
    fields = {name: values for name, values in request.POST.lists() if name not in _LEFT_OUT}
    if not fields or isinstance(request.user, AnonymousUser):
        return None
    content = json.dumps({"user": request.user.pk, "path": request.path, "fields": fields}).encode()
    return protect(content, _PLACE).hex() if len(content) <= _MOST else None


def put(request: HttpRequest, sealed: str) -> None:
    request.session[_KEY] = sealed


def take(request: HttpRequest, *others: str) -> QueryDict | None:
    """What this person had typed on this very page (or was just sending to these addresses) before the session ended.

    Given back once.
    """
    sealed = request.session.get(_KEY)
    if not sealed:
        return None
    kept: dict[str, Any] = json.loads(reveal(bytes.fromhex(sealed), _PLACE))
    if kept["user"] != request.user.pk:
        del request.session[_KEY]
        return None
    if kept["path"] not in {request.path, *others}:
        return None
    del request.session[_KEY]
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        fields.setlist(name, values)
    return fields


def saved(request: HttpRequest, *names: str) -> None:
    """The server has what these drafts held: the next page tells the browser to drop them."""
    request.session[_CLEAR] = " ".join([*request.session.get(_CLEAR, "").split(), *names])


def to_clear(request: HttpRequest) -> str:
    """The drafts to drop, said once."""
    return str(request.session.pop(_CLEAR, "")) if _CLEAR in request.session else ""
