"""From where does a request come? Demo accounts are public knowledge and open on this machine alone."""

import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED")


def is_from_this_machine(request: HttpRequest) -> bool:
    """Did the browser itself connect over loopback? What came through a proxy did not, whoever it was."""
    if any(request.META.get(name) for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False


def hidden(text: str, purpose: str) -> str:
    """A keyed hash of an address or an account name: limits are counted, addresses are not kept."""
    key = settings.XINFANG_KEYS["index_key"]
    return hmac.new(key, f"{purpose}|{text}".encode(), hashlib.sha256).hexdigest()[:32]
