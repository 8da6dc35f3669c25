"""A matter that somebody must not know of changes nothing for them: no count, no badge, no gap, no answer (RC-4)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import FOUNDED, at
from tests.factories import moved, registered
from tests.web.canaries import TRIAGE, crawl, own_pages, plain, signed_in, sung
from xinfang.gateways.files import Upload
from xinfang.models import Attachment, Notice, Post, User
from xinfang.rules.matters.numbers import public_number
from xinfang.services.clocks import sweep
from xinfang.services.materials import add_material
from xinfang.services.matters import perform
from xinfang.web.parts import middleware

pytestmark = pytest.mark.django_db

NOW = at("2026-04-20 10:00")
TOKENS = re.compile(r'(?:name="(?:csrfmiddlewaretoken|submission_key)" value|data-draft[a-z-]*)="[^"]*"')
KEPT = {
    "about_centre": {"concerns_own_people": True},
    "about_deputy": {"recused_users": ("deputy",)},
    "secret": {"restricted": True},
}
AWAY = [
    ("about_centre", "director"), ("about_centre", "clerk"), ("about_deputy", "deputy"), ("secret", "deputy"),
    ("secret", "supervisor"), ("secret", "leader"), ("secret", "administrator"), ("about_centre", "double"),
]  # fmt: skip


@pytest.fixture
def town(cast, monkeypatch):
    """An open matter with a course of its own, so that every list, board and figure has something to say."""
    monkeypatch.setattr(middleware, "now", lambda: NOW)
    sung(cast, "麻雀", "赵甲", "110101188001010053", channel="leader_mailbox")
    fresh = registered(cast, at("2026-04-20 09:30"), people=[{"name": "赵乙", "phone": "19900000002"}])
    sweep(NOW)
    return fresh


@pytest.fixture
def hide(cast, town):
    """`hide("secret")` brings in one more matter of that kind, and the clocks have told of it."""

    def hidden(kind):
        values = dict(KEPT[kind])
        if "recused_users" in values:
            values["recused_users"] = [cast.users[who].pk for who in values["recused_users"]]
        canary = sung(cast, "百灵画眉", "云雀杜鹃", "110101188001010010", channel="leader_mailbox", **values)
        sweep(NOW)
        return canary

    return hidden


@pytest.fixture
def double(cast):
    """Somebody of the centre who also heads an organ, as deputies of a town do: the one that handles the matter."""
    user = User.objects.create(username="double", name="双任", opened_at=at("2026-01-01 09:00"))
    for unit, role in (("999901001", "centre_deputy"), ("999901-ZJ", "organ_head")):
        Post.objects.create(unit_id=unit, role=role, holder=user, from_on=FOUNDED)
    cast.users["double"] = user


def told(cast, who, town):
    """Every page that this person can come to, without what changes with every answer."""
    pages = crawl(signed_in(cast, who), own_pages(cast, town))
    return {address: TOKENS.sub("", text) for address, text in pages}


@pytest.mark.parametrize(("kind", "who"), AWAY)
@pytest.mark.usefixtures("double")
def test_what_somebody_must_not_know_of_changes_no_page_of_theirs(cast, town, hide, kind, who):
    before = told(cast, who, town)
    canary = hide(kind)
    assert who in canary.away(cast)
    after = told(cast, who, town)
    assert [address for address in before | after if before.get(address) != after.get(address)] == []


def test_who_may_know_of_it_reads_it_on_many_pages(cast, town, hide):
    """So that the stillness above means something."""
    before = told(cast, "bureau", town)
    hide("secret")
    after = told(cast, "bureau", town)
    changed = {address.partition("?")[0] for address in before if before[address] != after.get(address)}
    assert {"/desk/", "/desk/figures/", "/desk/supervision/"} <= changed


# A number that there could be, and is not.
NOBODYS = public_number(b"nobodys")


def cost(browser, method, address, sent):
    """What a request was answered with, and every statement that it cost: how long it takes."""
    with CaptureQueriesContext(connection) as kept:
        answer = getattr(browser, method)(address, sent)
    return answer.status_code, [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in kept]


@pytest.mark.parametrize(("kind", "who"), [("about_centre", "director"), ("secret", "supervisor")])
def test_what_is_hidden_costs_what_is_not_there_costs(cast, hide, kind, who):
    canary, browser = hide(kind), signed_in(cast, who)
    browser.get("/desk/notices/")
    for method, address, sent in (
        ("get", "/desk/m/{}/", {}), ("get", "/desk/m/{}/materials/", {}), ("get", "/desk/intake/receipt/{}/", {}),
        ("post", "/desk/m/{}/move/triage/", {"seq": "1"}), ("post", "/desk/search/", {}),
    ):  # fmt: skip
        hidden, absent = (
            cost(browser, method, address.format(number), {**sent, "q": number}) for number in (canary.number, NOBODYS)
        )
        assert hidden == absent, address
        assert len(absent[1]) > 2, address


def test_a_hidden_number_in_a_form_is_answered_like_nobodys(cast, town, hide):
    canary, director = hide("about_centre"), signed_in(cast, "director")

    def answers(number):
        for move, sent in (("link", {"link": "related"}), ("merge", {"reason": "同一件事"})):
            page = director.post(f"/desk/m/{town.number}/move/{move}/", {**sent, "other": number, "seq": "1"})
            yield page.status_code, plain(page, number)

    nothing = list(answers(NOBODYS))
    assert list(answers(canary.number)) == nothing
    assert {status for status, _page in nothing} == {200}
    own = sung(cast, "鹦鹉", "赵丙", "110101188001010061")
    assert {status for status, _page in answers(own.number)} != {200}


def test_a_tie_to_what_is_hidden_later_is_gone_from_the_open_file(cast, town):
    """Whoever is recused afterwards reads of the tie nowhere: not in the list, not in what happened."""
    page = f"/desk/m/{town.number}/"
    before = told(cast, "deputy", town)[page]
    other = registered(cast, at("2026-04-20 09:40"))
    tie = {"other": other.number, "link": "related"}
    perform("link", matter=town.matter, by=cast.director, at=NOW, values=tie)
    assert other.number in told(cast, "deputy", town)[page]
    away = {"recused_user": cast.users["deputy"].pk, "reason": "反映的就是他"}
    perform("recuse", matter=other.matter, by=cast.director, at=NOW, values=away)
    assert told(cast, "deputy", town)[page] == before
    assert told(cast, "director", town)[page].count(other.number) >= 2


def test_whom_the_petitioner_wants_kept_out_of_it_does_not_read_that(cast, town):
    """Only who decides about it reads who is meant and why."""
    given = {"mode": "assignment", "lead": "999901-RS", "due_on": "2026-05-20"}
    moved(cast, town.matter, NOW, ("bureau", "triage", TRIAGE), ("bureau", "assign", given))
    page, meant = f"/desk/m/{town.number}/", "李明是对方的亲戚"
    before = {who: told(cast, who, town)[page] for who in ("labour_officer", "clerk")}
    perform("ask_recusal", matter=town.matter, by=cast.petitioner, at=NOW, values={"reason": meant})
    assert {who: told(cast, who, town)[page] for who in before} == before
    for who in ("director", "labour_head", "bureau"):
        assert meant in told(cast, who, town)[page], who


def test_a_station_is_not_told_whom_its_petitioner_wants_kept_out(cast, town):
    receipt = registered(cast, at("2026-04-20 09:40"), unit="999901001201")
    perform("ask_recusal", matter=receipt.matter, by=cast.petitioner, at=NOW, values={"reason": "郑实是对方的亲戚"})
    asked = Notice.objects.filter(matter=receipt.matter, code="recusal_asked")
    assert set(asked.values_list("user__username", flat=True)) == {"director", "deputy"}


def test_a_paper_of_a_hidden_matter_lies_under_no_other_number(cast, town, hide):
    canary, paper = hide("about_centre"), Upload("合同.pdf", b"%PDF-1.4 words")
    add_material(matter=canary.receipt.matter, by=cast.bureau, at=NOW, files=[paper])
    file = Attachment.objects.get().pk
    for number in (town.number, canary.number, NOBODYS):
        assert signed_in(cast, "director").get(f"/desk/m/{number}/materials/{file}/").status_code == 404
    assert signed_in(cast, "bureau").get(f"/desk/m/{canary.number}/materials/{file}/").status_code == 200
