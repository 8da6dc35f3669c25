"""What a seat must not see is on none of its pages; what the petitioner alone may do has no other door (S-01, S-02)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import at
from tests.factories import registered
from tests.web.addresses import ROWS
from tests.web.canaries import WORD, crawl, own_pages, plain, signed_in, sung
from xinfang.models import Matter
from xinfang.services.clocks import sweep
from xinfang.services.matters import state_of

pytestmark = pytest.mark.django_db

ABSENT = "XF-0000-0000"


@pytest.fixture
def canaries(cast):
    """One about its own centre, one about a colleague, one that is to be kept secret."""
    kept = [
        sung(cast, "百灵画眉", "云雀杜鹃", "110101188001010010", concerns_own_people=True),
        sung(cast, "黄鹂喜鹊", "鹧鸪白鹭", "110101188001010029", recused_users=[cast.users["deputy"].pk]),
        sung(cast, "翠鸟鸳鸯", "孔雀朱鹮", "110101188001010037", restricted=True),
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
    rows = [row for row in ROWS if "number" in row.args and row.name != "desk:receipt_qr"]
    assert len(rows) >= 8
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
