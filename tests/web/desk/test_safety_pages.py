"""A safety concern on the desk: two kinds of seats read it, for 72 hours; a home that is not safe is on no page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import at
from tests.factories import moved, registered
from tests.web.addresses import ROWS
from tests.web.canaries import TRIAGE, crawl, own_pages, signed_in
from xinfang.models import Event, Look, Post
from xinfang.rules.people.seats import Role
from xinfang.services.clocks import sweep
from xinfang.services.matters import perform
from xinfang.web.parts import middleware

pytestmark = pytest.mark.django_db
NOW = at("2026-04-20 10:00")
TOKENS = re.compile(r'(?:name="(?:csrfmiddlewaretoken|submission_key)" value|data-draft[a-z-]*)="[^"]*"')
PERSON = {"name": "沈二八", "phone": "19987654321", "address": "夜莺巷一号", "id_number": "110101188001010010"}
SAID, DONE, WHY = "手里有刀", "打了一一零", "须马上报告"
NOTE = {"said": SAID, "in_danger": "visitor", "done_at_once": DONE, "reason": WHY}
KEPT = "无可提供的信息"
EVERYBODY = (
    "clerk", "deputy", "member", "station", "labour_head", "labour_officer", "bureau", "second_bureau", "supervisor",
    "caller", "leader", "other_director", "archivist", "administrator", "stranger",
)  # fmt: skip


@pytest.fixture
def clock(monkeypatch):
    moment = [NOW]
    monkeypatch.setattr(middleware, "now", lambda: moment[0])
    return moment


@pytest.fixture
def police(cast):
    """A liaison in an office of the town: the member's seat is taken for it."""
    Post.objects.filter(holder=cast.users["town_handler"]).update(role=Role.POLICE_LIAISON.value)
    return "town_handler"


@pytest.fixture
def receipt(cast, clock):
    found = registered(cast, NOW - timedelta(minutes=30), people=[PERSON], channel="leader_mailbox")
    given = {"mode": "transfer", "lead": "999901-RS", "co_units": [{"unit": "999901001-ZH"}]}
    moved(cast, found.matter, NOW - timedelta(minutes=20), ("bureau", "triage", TRIAGE), ("bureau", "assign", given))
    return found


def noted(cast, receipt, when=NOW, **values):
    perform("note_safety", matter=receipt.matter, by=cast.clerk, at=when, values={**NOTE, **values})


def told(cast, who, receipt):
    pages = crawl(signed_in(cast, who), own_pages(cast, receipt))
    return {address: TOKENS.sub("", text) for address, text in pages}


def page(cast, who, receipt, rest=""):
    return signed_in(cast, who).get(f"/desk/m/{receipt.number}/{rest}").content.decode()


def test_a_clerk_notes_it_on_a_form_and_reads_it_no_more(cast, receipt):
    clerk, address = signed_in(cast, "clerk"), f"/desk/m/{receipt.number}/move/note_safety/"
    asked = clerk.get(address)
    assert "心理援助热线" in asked.content.decode()
    seq = re.search(r'name="seq" value="(\d+)"', asked.content.decode())[1]
    for _time in range(2):  # a double click
        assert clerk.post(address, {**NOTE, "seq": seq}, follow=True).redirect_chain
    assert Event.objects.filter(chain_id=receipt.matter, type="safety_noted").count() == 1
    assert SAID not in page(cast, "clerk", receipt)


def test_the_director_and_the_police_read_it_until_it_lapses(cast, receipt, police, clock):
    assert signed_in(cast, police).get(f"/desk/m/{receipt.number}/").status_code == 404
    noted(cast, receipt)
    for who in ("director", police):
        text = page(cast, who, receipt)
        assert (SAID in text, DONE in text, "4月23日 10:00" in text) == (True, True, True), who
    clock[0] = NOW + timedelta(hours=72)
    text = page(cast, "director", receipt)
    assert (SAID in text, "安全关切" in text.replace("记下安全关切", "")) == (False, False)
    assert signed_in(cast, police).get(f"/desk/m/{receipt.number}/").status_code == 404


def test_for_everybody_else_a_concern_is_an_urgent_mark_and_no_byte_more(cast, receipt, clock):
    """The same mark by hand, and then the concern: no page of theirs changes, nor what a form answers to."""
    perform("mark_urgent", matter=receipt.matter, by=cast.clerk, at=NOW, values={"reason": WHY})
    sweep(NOW)
    before = {who: told(cast, who, receipt) for who in EVERYBODY}
    noted(cast, receipt, reason="")
    for who in EVERYBODY:
        after = told(cast, who, receipt)
        changed = [address for address in before[who] | after if before[who].get(address) != after.get(address)]
        assert changed == [], who
    assert SAID in told(cast, "director", receipt)[f"/desk/m/{receipt.number}/"]


def test_nobody_who_may_not_read_it_meets_its_words_anywhere(cast, receipt, clock):
    noted(cast, receipt, at_home=True)
    perform("renew_safety", matter=receipt.matter, by=cast.director, at=NOW, values={"reason": "金丝雀还在"})
    for who in EVERYBODY:
        for address, text in told(cast, who, receipt).items():
            assert [word for word in (SAID, DONE, "金丝雀") if word in text] == [], (who, address)


def test_to_the_police_elsewhere_it_is_the_address_of_nothing(cast, receipt):
    noted(cast, receipt)
    stranger = signed_in(cast, "stranger")
    for row in ROWS:
        if "number" in row.args and row.name != "desk:receipt_qr":
            address = reverse(row.name, args=[receipt.number if arg == "number" else arg for arg in row.args])
            assert stranger.get(address).status_code in {404, 405}, row.name


def opened(cast, who, receipt):
    """The identity page and the form F-01, after a look was noted."""
    browser = signed_in(cast, who)
    at_page = browser.post(f"/desk/m/{receipt.number}/identity/", {"reason": "电话联系核实情况"}, follow=True)
    form = browser.post(f"/desk/intake/receipt/{receipt.number}/form/")
    return [text.content.decode() for text in (at_page, form) if text.status_code == 200]


@pytest.mark.parametrize(
    ("who", "reads"),
    [("clerk", True), ("police", True), ("director", False), ("deputy", False), ("bureau", False),
     ("labour_officer", False)],
)  # fmt: skip
def test_where_home_is_not_safe_the_address_opens_for_who_received_and_for_the_police(
    cast, receipt, police, who, reads
):
    noted(cast, receipt, at_home=True)
    pages = opened(cast, police if who == "police" else who, receipt)
    assert len(pages) == 2
    for text in pages:
        assert (PERSON["address"] in text, PERSON["phone"] in text) == (reads, reads)
        assert PERSON["name"] in text
    assert Look.objects.filter(matter=receipt.matter).count() == 2
    masked = page(cast, police if who == "police" else who, receipt)
    assert KEPT in masked
    assert ("199******21" in masked) is reads


def test_it_stays_kept_after_the_concern_until_the_director_shows_it(cast, receipt, clock):
    noted(cast, receipt, at_home=True)
    clock[0] = NOW + timedelta(hours=100)
    assert all(PERSON["address"] not in text for text in opened(cast, "bureau", receipt))
    director, address = signed_in(cast, "director"), f"/desk/m/{receipt.number}/move/show_address/"
    seq = re.search(r'name="seq" value="(\d+)"', director.get(address).content.decode())[1]
    assert director.post(address, {"reason": "已经搬家，本人同意", "seq": seq}).status_code == 302
    assert all(PERSON["address"] in text for text in opened(cast, "bureau", receipt))
    assert KEPT not in page(cast, "bureau", receipt)


def test_the_petitioner_reads_that_it_was_noted_and_who_looked_and_none_of_its_words(cast, client, receipt, police):
    noted(cast, receipt)
    signed_in(cast, police).post(f"/desk/m/{receipt.number}/identity/", {"reason": "上门看望以前核对"})
    client.post("/track/", {"number": receipt.number, "code": receipt.code})
    case = client.get("/track/case/").content.decode()
    assert "为安全记下一条关切" in case
    assert SAID not in case
    assert "公安联络员" in case.replace("只有中心主任和公安联络员看得到", "")
