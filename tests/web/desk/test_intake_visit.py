"""Several matters in one visit: who came is typed once, each matter has its own number, and the two are tied."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories import STORY, registered
from xinfang.models import Event, Look, Matter
from xinfang.rules.intake.window import VISIT_LASTS, goes_on
from xinfang.rules.matters.codes import LinkKind
from xinfang.services.linking import tie_visit
from xinfang.services.turns import state_of

pytestmark = pytest.mark.django_db
ASK, WRITE = "/desk/intake/", "/desk/intake/new/"
NO = {"own": "no", "accuses": "no", "secret": "no"}
NUMBER = "341602189001010013"


def form(**values):
    return {
        "submission_key": str(uuid4()), "unit": "999901001", "channel": "visit", "name": "古丽·买买提",
        "phone": "19900000001", "id_number": NUMBER, "needs": ["scribe"], "other1_name": "李二", "present": "3",
        **STORY, **values,
    }  # fmt: skip


@pytest.fixture
def first(desk):
    desk("clerk").post(WRITE, form())
    return Matter.objects.get()


def test_the_receipt_offers_it_and_the_form_knows_who_came_but_not_what_they_told(desk, first):
    clerk = desk("clerk")
    assert f"{ASK}?visit={first.number}" in clerk.get(f"/desk/intake/receipt/{first.number}/").content.decode()
    leads = clerk.post(f"{ASK}?visit={first.number}", NO)["Location"]
    assert leads == f"{WRITE}?visit={first.number}"
    page = clerk.get(leads).content.decode()
    for text in ("古丽·买买提", "19900000001", NUMBER, "李二", 'value="3"', f'value="{first.number}"'):
        assert text in page, text
    assert STORY["original_words"] not in page
    look = Look.objects.get(matter_id=first.pk)
    assert look.what == "identity", "whose file it is can read that it was opened"


def test_the_two_matters_are_tied_for_good_and_each_has_its_own_number(desk, first):
    answer = desk("clerk").post(WRITE, form(visit=first.number, demand="另一件事"))
    second = Matter.objects.exclude(pk=first.pk).get()
    assert answer["Location"] == f"/desk/intake/receipt/{second.number}/"
    for here, there in ((first, second), (second, first)):
        assert [(link.other, link.kind) for link in state_of(here.pk).links] == [(there.pk, LinkKind.SAME_VISIT)]
    assert "同一次来访" in desk("director").get(f"/desk/m/{first.number}/").content.decode()


def test_what_is_kept_secret_or_concerns_ones_own_people_is_tied_to_nothing(desk, first):
    for flag in ("own", "secret"):
        leads = desk("clerk").post(f"{ASK}?visit={first.number}", {**NO, flag: "yes"})["Location"]
        assert leads == f"{WRITE}?{flag}"
        desk("clerk").post(WRITE, form(visit=first.number, demand=f"{flag}的事", **{flag: "True"}))
    assert Matter.objects.count() == 3
    assert not Event.objects.filter(type="linked").exists()


@pytest.mark.parametrize("text", ["", "XF-0000-0000", "../", "x" * 300])
def test_a_visit_that_is_none_is_no_visit(desk, text):
    page = desk("clerk").get(f"{WRITE}?visit={text}")
    assert page.status_code == 200
    assert "这次来访" not in page.content.decode()


def test_nobody_goes_on_with_the_visit_of_somebody_else_or_of_yesterday(desk, cast):
    old = Matter.objects.get(pk=registered(cast, timezone.now() - VISIT_LASTS - timedelta(minutes=1)).matter)
    assert "这次来访" not in desk("clerk").get(f"{WRITE}?visit={old.number}").content.decode()
    mine = Matter.objects.get(pk=registered(cast, timezone.now()).matter)
    assert "这次来访" not in desk("director").get(f"{WRITE}?visit={mine.number}").content.decode()
    assert "这次来访" in desk("clerk").get(f"{WRITE}?visit={mine.number}").content.decode()
    assert Look.objects.count() == 1


def test_a_repeated_form_ties_once(desk, first):
    sent = form(visit=first.number, demand="另一件事")
    desk("clerk").post(WRITE, sent)
    desk("clerk").post(WRITE, sent)
    assert Event.objects.filter(type="linked").count() == 2


def test_a_call_is_no_visit_and_a_merged_matter_goes_on_no_more(cast):
    now = timezone.now()
    call = registered(cast, now, channel="phone").matter
    assert not goes_on(state_of(call), cast.clerk, now)
    visit = registered(cast, now).matter
    assert goes_on(state_of(visit), cast.clerk, now)
    tie_visit(matter=call, first=visit, by=cast.clerk, at=now)
    assert state_of(visit).links == ()
