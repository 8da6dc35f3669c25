"""What a seat must not see is on none of its pages; what the petitioner alone may do has no other door (S-01, S-02)."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import at
from tests.factories import moved, registered
from tests.web.addresses import ROWS
from xinfang.models import Matter, Post
from xinfang.queries.access import state_for
from xinfang.services.clocks import sweep
from xinfang.services.matters import state_of

pytestmark = pytest.mark.django_db

WORD, ABSENT = "金丝雀", "XF-0000-0000"
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


def _sung(cast, story, name, id_number, **values):
    """A month under way, late and with several units, so that it asks for a place on every list."""
    person = {"name": name, "phone": "19900000077", "address": Canary.address, "id_number": id_number}
    words = {"original_words": f"{WORD}{story}在路口", "demand": f"{WORD}{story}"}
    receipt = registered(cast, at("2026-03-02 09:00"), **words, **values, people=[person])
    given = {"mode": "transfer", "lead": "999901-ZJ", "co_units": [{"unit": "999901-RS"}]}
    moved(cast, receipt.matter, at("2026-03-02 10:00"), ("bureau", "triage", TRIAGE), ("bureau", "assign", given))
    moved(cast, receipt.matter, at("2026-03-03 10:00"), ("labour_head", "sign_for", {}))
    return Canary(receipt, story, name, id_number)


@pytest.fixture
def canaries(cast):
    """One about its own centre, one about a colleague, one that is to be kept secret."""
    kept = [
        _sung(cast, "百灵画眉", "云雀杜鹃", "110101188001010010", concerns_own_people=True),
        _sung(cast, "黄鹂喜鹊", "鹧鸪白鹭", "110101188001010029", recused_users=[cast.users["deputy"].pk]),
        _sung(cast, "翠鸟鸳鸯", "孔雀朱鹮", "110101188001010037", restricted=True),
    ]
    sweep(at("2026-04-20 09:00"))
    about_centre, about_deputy, secret = ({*canary.away(cast)} for canary in kept)
    assert {"deputy", "director", "clerk", "stranger"} <= about_centre
    assert "deputy" in about_deputy
    assert "director" not in about_deputy
    assert {"deputy", "leader", "supervisor"} <= secret
    return kept


@pytest.fixture
def ordinary(cast):
    return registered(cast, at("2026-03-02 09:30"), people=[{"name": "赵甲", "phone": "19900000002"}])


def signed_in(cast, who):
    browser = Client()
    browser.force_login(cast.users[who])
    return browser


def own_pages(cast, matter):
    """Every address of the desk that is only read, for this matter where it asks for one."""
    user = cast.users["labour_officer"]
    world = {"number": matter.number, "user": user.pk, "post": Post.objects.filter(holder=user).get().pk}
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


def test_who_must_not_see_a_matter_meets_no_sign_of_it_on_any_page(cast, canaries, ordinary):
    away = {canary.number: set(canary.away(cast)) for canary in canaries}
    leaks = [
        (who, address, canary.signs_in(text))
        for who in cast.users
        for address, text in crawl(signed_in(cast, who), own_pages(cast, ordinary))
        for canary in canaries
        if who in away[canary.number] and canary.signs_in(text)
    ]
    assert leaks == []


def test_the_walk_would_notice(cast, canaries, ordinary):
    """Who may see it meets it on the way, so that the silence above means something."""
    pages = "".join(text for _address, text in crawl(signed_in(cast, "bureau"), own_pages(cast, ordinary)))
    assert all(canary.story in pages and canary.number in pages for canary in canaries)


def test_who_must_not_see_a_matter_finds_it_by_no_search(cast, canaries):
    for canary in canaries:
        ledger = Matter.objects.get(pk=canary.receipt.matter).ledger_number
        for who in canary.away(cast):
            browser = signed_in(cast, who)
            for text in (WORD, canary.number, ledger):
                found = browser.post("/desk/search/", {"q": text}, follow=True)
                assert [step for step, _status in found.redirect_chain] in ([], ["/desk/search/"]), (who, text)
                assert canary.story not in found.content.decode(), (who, text)
            browser.post("/desk/search/person/", {"id_number": canary.id_number, "reason": "电话联系核实情况"})
            assert canary.signs_in(browser.get("/desk/search/").content.decode()) == [], who


def test_the_window_is_not_told_that_somebody_has_a_matter_it_must_not_see(cast, canaries):
    about_centre, about_deputy, secret = canaries
    clerk = signed_in(cast, "clerk")

    def told(number):
        return plain(clerk.post("/desk/search/duplicate/", {"id_number": number}, follow=True))

    nothing = told("110101188001010045")
    assert told(about_deputy.id_number) != nothing
    assert told(about_centre.id_number) == told(secret.id_number) == nothing


def at_number(row, number):
    return reverse(row.name, args=[number if arg == "number" else arg for arg in row.args])


def test_an_address_that_names_a_matter_out_of_sight_is_the_address_of_nothing(cast, canaries):
    rows = [row for row in ROWS if "number" in row.args and row.name not in {"desk:receipt_qr", "desk:receipt"}]
    assert len(rows) >= 7
    for canary in canaries:
        for who in canary.away(cast):
            browser = signed_in(cast, who)
            for row in rows:
                for method in sorted(row.methods & {"GET", "POST"}):
                    both = (at_number(row, number) for number in (canary.number, ABSENT))
                    real, absent = (browser.generic(method, address) for address in both)
                    assert real.status_code == absent.status_code == 404, (who, row.name, method)
                    assert plain(real, canary.number) == plain(absent, ABSENT), (who, row.name, method)


# The petitioner's own doors


def opened(number, code):
    browser = Client()
    answer = browser.post("/track/", {"number": number, "code": code})
    assert answer.url == "/track/case/"
    return browser


def test_one_petitioner_reads_nothing_of_anothers_matter(canaries, ordinary):
    browser = opened(ordinary.number, ordinary.code)
    for row in ROWS:
        if row.name.startswith(("desk", "office")) or "GET" not in row.methods:
            continue
        for canary in canaries:
            asked = {"matter": canary.receipt.matter, "number": canary.number}
            page = browser.get(reverse(row.name, args=row.args), asked)
            assert canary.signs_in(plain(page, canary.number)) == [], row.name
    own = opened(canaries[0].number, canaries[0].receipt.code).get("/track/case/")
    assert canaries[0].story in own.content.decode()


def test_staff_have_no_door_to_what_only_the_petitioner_says(cast, canaries):
    """Signed in, but without number and code, every page of the petitioner leads back to them.

    A rest that is taken back by telephone is written down by who is outside the handling; it can be nothing else.
    """
    doors = [row for row in ROWS if row.name.startswith(("case", "confirm"))]
    moves = ("rate", "put_at_rest", "ask_withdrawal", "revoke_rating", "urge", "contest_refusal")
    assert len(doors) >= 12
    for who in ("director", "bureau", "administrator", "housing_officer"):
        browser = signed_in(cast, who)
        for row in doors:
            for method in sorted(row.methods & {"GET", "POST"}):
                assert browser.generic(method, reverse(row.name, args=row.args)).url == "/track/", (who, row.name)
        for canary in canaries:
            for move in moves:
                answer = browser.post(reverse("desk:move", args=[canary.number, move]), {"seq": "1"})
                assert answer.status_code == 404, (who, move)
            taken_back = browser.post(reverse("desk:move", args=[canary.number, "revoke_rest"]), {"seq": "1"})
            assert taken_back.status_code == (409 if who == "bureau" else 404), who
    assert all(state_of(canary.receipt.matter).at_rest_at is None for canary in canaries)
