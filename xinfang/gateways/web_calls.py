"""One call over the web to an address from the settings: strict TLS, no redirects, no proxies, a short wait."""

import ssl
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from xinfang.gateways.messages import NO_ANSWER, NotDelivered

SECONDS = 5
MOST_BYTES = 64 * 1024


class _Stay(HTTPRedirectHandler):
    """A provider does not send us elsewhere: what we carry is for the address of the settings alone."""

    def redirect_request(self, *_args: Any) -> None:
        return None


def is_loopback(host: str) -> bool:
    """Is this host the machine itself?"""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def may_be_called(url: str) -> bool:
    """Is this an address that messages may be sent to? TLS, except on this machine itself."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """The status and the beginning of the answer; raises `NotDelivered` when there is none."""
    if not may_be_called(url):
        raise NotDelivered("not_set_up")
    opener = build_opener(ProxyHandler({}), HTTPSHandler(context=ssl.create_default_context()), _Stay())
    request = Request(url, data=body, headers=headers, method="POST")  # noqa: S310  # https, or http to this machine
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            return answer.status, answer.read(MOST_BYTES)
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read(MOST_BYTES)
    except URLError as nobody:
        raise NotDelivered("unreachable") from nobody
    except (OSError, HTTPException) as broke_off:
        raise NotDelivered(NO_ANSWER) from broke_off
