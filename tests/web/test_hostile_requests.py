"""Requests as no browser sends them: what is asked wrongly is refused, and never an error of ours (S-19, S-20)."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests.factories import registered
from tests.web.addresses import ROWS
from xinfang.web.parts.unreadable import utf8_alone

pytestmark = pytest.mark.django_db

SURROGATE, HUGE = "%ED%A0%80", "9" * 400
TYPED = (SURROGATE, HUGE, "-1", "%FF%FE", "a" * 2000, "%F0%A0%80%80", "[]", "%27%22%3E%3Cscript%3E", "1e309")
NAMES = (
    "item", "next", "q", "after", "before", "stage", "channel", "category", "unit", "words", "number", "own", "secret",
    "parent", "draft", "closed", "year", "scope", "as_of", "from", "until", "period", "place",
)  # fmt: skip
QUERIES = [
    "&".join(f"{name}={TYPED[(n * step + step) % len(TYPED)]}" for n, name in enumerate(NAMES)) for step in (1, 2, 4)
]
PART = b'--X\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n--X--\r\n'
BODIES = (
    ("application/x-www-form-urlencoded", b"key=%00&words=%ED%A0%80&seq=" + HUGE.encode() + b"&number=%FF&code=%00"),
    ("application/x-www-form-urlencoded", b"\xff\xfe=\x00&&&=;==%%%zz&key=1&key=2"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=1"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=X", PART[:60]),
    ("multipart/form-data; boundary=X", PART % (b"words", b"", b"\x00\xff\xfe")),
    ("multipart/form-data; boundary=X", PART % (b"files", b'; filename="\x00/../a.png"', b"\xff")),
    ("application/json", b'{"a": [[[['),
    ("", b"\x00\x01"),
)  # fmt: skip
WRONG_ADDRESSES = (
    "/desk/m/%00/", "/desk/m/%ED%A0%80/", "/desk/office/units/%00/", "/desk/office/units/%ED%A0%80/",
    "/desk/office/units/a%00b/rename/", f"/desk/office/people/{HUGE}/", f"/desk/office/posts/{HUGE}/end/",
    f"/desk/office/calendar/{HUGE}/", "/desk/office/calendar/0/", f"/desk/office/calendar/{HUGE}/approve/",
    "/desk/intake/receipt/%00/qr.svg", f"/desk/intake/receipt/XF7K3M92QB{'A' * 4000}/qr.svg", "/shelf/%00/", "/%00",
    "/%FF%FE/", "/static/%00", "/static/../../etc/passwd", "/static/%2e%2e/%2e%2e/x", f"/thing/{'a' * 4000}/",
)  # fmt: skip
COOKIES = (
    'sessionid="\\000abcdefghij"', 'sessionid="\\355\\240\\200abcdefgh"', "sessionid=" + "a" * 4000,
    'csrftoken="\\000aaaa"', 'messages="\\000"', "messages=abc:def", 'django_language="\\000"', 'elder="\\000"',
    "django_language=" + "x" * 900, 'known="\\000"',
)  # fmt: skip
HEADERS = (
    {"HTTP_ACCEPT_LANGUAGE": "\x00" * 9}, {"HTTP_ACCEPT_LANGUAGE": "zh" * 4000}, {"HTTP_REFERER": "\xff\xfe"},
    {"CONTENT_LENGTH": "-1"}, {"CONTENT_LENGTH": "x"}, {"HTTP_X_FORWARDED_FOR": "\x00"}, {"REMOTE_ADDR": "x"},
    {"HTTP_IF_MODIFIED_SINCE": "9" * 99}, {"HTTP_RANGE": "bytes=9-1"}, {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "a b"},
)  # fmt: skip
OPEN = ("/", "/submit/", "/track/", "/sign-in/", "/i18n/", "/find/")


@pytest.fixture
def addresses(cast):
    """One address of every row of the access table."""
    user = cast.users["labour_officer"]
    world = {
        "number": registered(cast, timezone.now()).number,
        "user": user.pk,
        "post": user.posts.get().pk,
        "letter": 0,
        "signal": 0,
    }
    return [reverse(row.name, args=[world.get(arg, arg) for arg in row.args]) for row in ROWS if row.name != "health"]


@pytest.fixture
def broken(cast):
    """`broken(method, address, ...)` is what a visitor who may come that far met that was an error of ours."""
    browsers = {who: Client(raise_request_exception=False) for who in ("", "director", "administrator")}
    for who in ("director", "administrator"):
        browsers[who].force_login(cast.users[who])

    def ask(method, address, *args, **sent):
        cache.clear()
        office, desk = address.startswith("/desk/office/"), address.startswith("/desk/")
        answer = browsers["administrator" if office else "director" if desk else ""].generic(
            method, address, *args, **sent
        )
        return [(method, address[:80], answer.status_code)] if answer.status_code >= 500 else []

    return ask


def test_no_address_breaks_on_what_stands_behind_its_question_mark(addresses, broken):
    assert [found for path in addresses for query in QUERIES for found in broken("GET", f"{path}?{query}")] == []


def test_no_address_breaks_on_a_body_that_is_no_form(addresses, broken):
    assert [
        found for path in addresses for kind, body in BODIES for found in broken("POST", path, body, content_type=kind)
    ] == []


def test_no_address_breaks_on_what_stands_in_it(broken):
    assert [found for path in WRONG_ADDRESSES for way in ("GET", "POST") for found in broken(way, path)] == []


def test_no_page_breaks_on_a_cookie_or_a_head_that_no_browser_sends(broken):
    heads = [{"HTTP_COOKIE": cookie} for cookie in COOKIES] + list(HEADERS)
    ways = ("GET", "POST", "TRACE", "PROPFIND")
    assert [found for path in OPEN for way in ways for head in heads for found in broken(way, path, **head)] == []


def test_a_nul_is_refused_before_it_reaches_the_database(cast):
    browser = Client()
    assert browser.get("/submit/?item=%00").status_code == 400
    assert browser.get("/submit/", HTTP_COOKIE='sessionid="\\000abcdefghij"').status_code == 400
    answer = browser.get("/desk/m/%00/")
    assert answer.status_code == 400
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("charset", ["hex", "utf-7", "unicode_escape", "utf-16", '"idna"', "zlib"])
def test_another_charset_than_our_own_is_not_tried_out(charset):
    """Some break while the request is still being built; utf-7 makes half characters that nothing can send back."""
    kind = f"multipart/form-data; charset={charset}; boundary=X"
    environ = RequestFactory()._base_environ(REQUEST_METHOD="POST", QUERY_STRING="a=%FF", CONTENT_TYPE=kind)
    body = PART % (b"number", b"", b"+2AA-")
    environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}

    def read(plain, _start):
        request = WSGIRequest(plain)
        return [request.POST["number"].encode(), request.GET["a"].encode()]

    assert list(utf8_alone(read)(environ, None)) == [b"+2AA-", "\ufffd".encode()]
