"""The petitioner says from home whether to be mediated: told first, no reason asked, nobody else's answer taken."""

import pytest

from tests.factories import TRIAGE, moved, registered
from tests.web.public.conftest import NOW, text
from xinfang.models import Event
from xinfang.rules.mediation.codes import PartyAnswer
from xinfang.services.matters import state_of

pytestmark = pytest.mark.django_db
URL = "/track/case/mediation/"
OFFER = {"mediation_kind": "people", "source": "applied", "other_parties": "李二", "dispute": "滴水檐", "civil": True}


@pytest.fixture
def offered(cast):
    receipt = registered(cast, NOW)
    moved(cast, receipt.matter, NOW, ("director", "triage", TRIAGE), ("clerk", "offer_mediation", OFFER))
    return receipt


def test_yes_from_home_is_one_answer(citizen, offered):
    citizen.opened(offered)
    assert "有人提议调解，等您答复" in text(citizen.get("/track/case/"))
    page = text(citizen.get(URL))
    for words in ("滴水檐", "不用说理由", "期限一天不变", "不收任何费用", "共同申请司法确认"):
        assert words in page
    assert "李二" not in page
    assert citizen.post(URL, {"party_answer": "consents"}).status_code == 302
    mediation = state_of(offered.matter).mediations[0]
    assert dict(mediation.answers) == {1: PartyAnswer.CONSENTS}
    event = Event.objects.get(chain_id=offered.matter, type="mediation_answered")
    assert (event.payload["answered_how"], event.role) == ("online", "petitioner")
    assert "等您答复" not in text(citizen.get("/track/case/"))
    assert citizen.get(URL)["Location"] == "/track/case/"


def test_no_ends_the_mediation_and_nothing_else(citizen, offered):
    citizen.opened(offered)
    before = state_of(offered.matter)
    citizen.post(URL, {"party_answer": "declines"})
    after = state_of(offered.matter)
    assert not after.mediations[0].is_open
    assert (after.stage, after.closed_at) == (before.stage, None)


def test_nothing_chosen_is_asked_again_and_nothing_is_taken(citizen, offered):
    citizen.opened(offered)
    assert "请选一个" in text(citizen.post(URL, {}))
    assert "请选一个" in text(citizen.post(URL, {"party_answer": ""}))
    citizen.post(URL, {"party_answer": "later"})
    assert not Event.objects.filter(chain_id=offered.matter, type="mediation_answered").exists()


def test_without_an_offer_there_is_no_question(citizen, cast):
    receipt = registered(cast, NOW)
    citizen.opened(receipt)
    assert "等您答复" not in text(citizen.get("/track/case/"))
    assert citizen.get(URL).status_code == 302
