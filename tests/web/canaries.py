"""Matters that some of the house must not know of, what would be a sign of them, and a walk through every page."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import at
from tests.factories import moved, registered
from tests.web.addresses import ROWS
from xinfang.models import Post
from xinfang.queries.access import state_for

WORD = "金丝雀"
TRIAGE = {"kind": "claim", "nature": "general", "solvable": True, "lane": "disposal", "first_step": "先到现场看一看"}
MOST_PAGES = 45


@dataclass(frozen=True)
class Canary:
    """A matter that some must not see, and what nobody but its own people could say of it."""

    receipt: object
    story: str
    name: str
    id_number: str
    address: str = "夜莺巷一号"

    @property
    def number(self):
        return self.receipt.number

    def signs_in(self, text):
        signs = (self.story, self.name, self.address, self.number, self.number.replace("-", ""))
        return [sign for sign in signs if sign in text]

    def away(self, cast):
        """Whoever of the cast must not see it."""
        now = timezone.now()
        return [who for who in cast.users if state_for(getattr(cast, who), self.receipt.matter, now) is None]


def sung(cast, story, name, id_number, **values):
    """A month under way, late and with several units, so that it asks for a place on every list."""
    person = {"name": name, "phone": "19900000077", "address": Canary.address, "id_number": id_number}
    words = {"original_words": f"{WORD}{story}在路口", "demand": f"{WORD}{story}"}
    receipt = registered(cast, at("2026-03-02 09:00"), **words, **values, people=[person])
    given = {"mode": "transfer", "lead": "999901-ZJ", "co_units": [{"unit": "999901-RS"}]}
    moved(cast, receipt.matter, at("2026-03-02 10:00"), ("bureau", "triage", TRIAGE), ("bureau", "assign", given))
    moved(cast, receipt.matter, at("2026-03-03 10:00"), ("labour_head", "sign_for", {}))
    return Canary(receipt, story, name, id_number)


def signed_in(cast, who):
    browser = Client()
    browser.force_login(cast.users[who])
    return browser


def own_pages(cast, matter):
    """Every address of the desk that is only read, for this matter where it asks for one."""
    user = cast.users["labour_officer"]
    world = {
        "number": matter.number,
        "user": user.pk,
        "post": Post.objects.filter(holder=user).get().pk,
        "letter": 0,
        "signal": 0,
    }
    for row in ROWS:
        if "GET" in row.methods and row.name.startswith(("desk:", "office:")):
            yield reverse(row.name, args=[world.get(arg, arg) for arg in row.args])


def crawl(browser, starts):
    """Every page that leads on from these within the desk, once; yields its address and its text."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = browser.get(address)
        text = answer.content.decode(errors="replace")
        yield address, text + str(answer.headers)
        links = re.findall(r'href="(/desk/[^"#]*|\?[^"#]*)"', text)
        waiting += [urlsplit(address).path + link if link.startswith("?") else link for link in links]


def plain(page, *asked):
    """A page without its tokens and without what was asked for."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
    for number in asked:
        text = text.replace(number, "")
    return text
