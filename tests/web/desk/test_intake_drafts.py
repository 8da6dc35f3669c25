"""A half-typed registration survives a reload, another computer and the end of a session, until it is registered."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories import STORY
from xinfang.models import KeptForm, Matter
from xinfang.services.drafts import MOST_BYTES

pytestmark = pytest.mark.django_db
ASK, WRITE, SAVE, AWAY = "/desk/intake/", "/desk/intake/new/", "/desk/intake/draft/", "/desk/intake/draft/away/"
NO = {"own": "no", "accuses": "no", "secret": "no"}
PHONE, NUMBER = "19900000001", "341602189001010013"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def typed(**values):
    return {
        "submission_key": str(uuid4()), "unit": "999901001", "channel": "visit", "name": "古丽·买买提", "phone": PHONE,
        "id_number": NUMBER, "needs": ["scribe", "large_print"], **STORY, **values,
    }  # fmt: skip


def value_of(page, name):
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page.content.decode())
    return found[1] if found else ""


def test_everything_typed_comes_back_numbers_and_key_too(desk):
    form = typed(area="qiao", own="True")
    assert desk("clerk").post(SAVE, form).status_code == 204
    page = desk("clerk").get(WRITE)
    assert [value_of(page, name) for name in ("name", "phone", "id_number", "area")] == [
        "古丽·买买提", PHONE, NUMBER, "qiao",
    ]  # fmt: skip
    assert value_of(page, "submission_key") == form["submission_key"], "two tabs make one matter"
    assert len(re.findall(r'name="needs"[^>]*\schecked', page.content.decode())) == 2, "both needs"
    assert "没有写完的登记" in page.content.decode()
    assert "由上一级登记办理" in page.content.decode(), "the answers to the questions come back too"


def test_nobody_else_gets_it_and_the_table_tells_nothing(desk):
    desk("clerk").post(SAVE, typed())
    assert "没有写完的登记" not in desk("director").get(WRITE).content.decode()
    row = KeptForm.objects.get()
    assert not any(text.encode() in bytes(row.content_sealed) for text in (PHONE, NUMBER, "古丽"))


def test_registering_drops_it(desk):
    clerk, form = desk("clerk"), typed()
    clerk.post(SAVE, form)
    assert clerk.post(WRITE, form).status_code == 302
    assert KeptForm.objects.count() == 0


def test_a_copy_saved_in_the_moment_of_registering_is_not_offered_again(desk):
    clerk, form = desk("clerk"), typed()
    clerk.post(WRITE, form)
    clerk.post(SAVE, form)
    assert "没有写完的登记" not in clerk.get(WRITE).content.decode()
    assert KeptForm.objects.count() == 0


def test_a_refused_form_keeps_its_draft(desk):
    clerk, form = desk("clerk"), typed(present="很多")
    clerk.post(SAVE, form)
    assert clerk.post(WRITE, form).status_code == 200
    assert (KeptForm.objects.count(), Matter.objects.count()) == (1, 0)


def test_the_questions_tell_of_an_unfinished_form_and_answering_them_begins_anew(desk):
    clerk = desk("clerk")
    assert "接着写那一份" not in clerk.get(ASK).content.decode()
    clerk.post(SAVE, typed())
    assert "接着写那一份" in clerk.get(ASK).content.decode()
    clerk.post(ASK, NO)
    assert KeptForm.objects.count() == 0
    assert value_of(clerk.get(WRITE), "name") == ""


def test_throwing_it_away_leads_back_to_the_questions(desk):
    clerk = desk("clerk")
    clerk.post(SAVE, typed())
    assert clerk.post(AWAY)["Location"] == ASK
    assert KeptForm.objects.count() == 0
    assert 'data-draft-clear="intake"' in clerk.get(ASK).content.decode()


def test_what_the_session_cut_off_while_saving_is_given_back_after_signing_in(desk, cast):
    clerk = desk("clerk")
    clerk.get(ASK)
    session = clerk.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=40)).isoformat()
    session.save()
    assert clerk.post(SAVE, typed(name="半句")).status_code == 204
    assert clerk.get(WRITE).status_code == 302, "taken, and the session is over all the same"
    clerk.force_login(cast.users["clerk"])
    assert value_of(clerk.get(WRITE), "name") == "半句"


def test_too_much_is_not_kept_and_said_so(desk):
    assert desk("clerk").post(SAVE, typed(facts="长" * MOST_BYTES)).status_code == 413


def test_what_is_no_key_is_no_matter(desk):
    desk("clerk").post(SAVE, typed(submission_key="../x"))
    assert value_of(desk("clerk").get(WRITE), "name") == "古丽·买买提"


def test_looking_registers_nothing_and_loses_nothing(desk):
    page = desk("clerk").post(WRITE, {**typed(present="很多", area="没有的村"), "look": "1"})
    assert Matter.objects.count() == 0
    assert [value_of(page, name) for name in ("name", "present", "area")] == ["古丽·买买提", "很多", "没有的村"]
    assert "错误：" not in page.content.decode(), "nothing is wrong yet: it was only looked at"


@pytest.mark.parametrize("address", [SAVE, "/desk/intake/read/", "/desk/intake/alike/", "/desk/intake/suggest/"])
def test_what_a_script_asks_while_one_types_never_writes_the_session(desk, address):
    clerk = desk("clerk")
    answer = clerk.post(address, typed())
    assert answer.status_code in {200, 204}
    assert "seen_at" not in clerk.session, "a code that a page beside it shows just once would come back"
