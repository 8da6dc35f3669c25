"""Other routes on the screen: what presses, which procedures there are, what came of them; and a review."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import TRIAGE, moved, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def wages(cast):
    receipt = registered(cast, timezone.now())
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE))
    return receipt


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def noted(cast, receipt, left):
    """A right to sue (15 days) with so many days left."""
    began = (timezone.localdate() - timedelta(days=15 - left)).isoformat()
    moved(cast, receipt.matter, timezone.now(), ("director", "note_limit", {"rule": "EX-SS15", "from_on": began}))


def test_a_right_that_lapses_within_a_week_stands_on_a_red_card_until_aid_was_asked_for(cast, desk, wages):
    noted(cast, wages, 3)
    page = text(desk("director").get(f"/desk/m/{wages.number}/"))
    assert "可以先行提供，不等审查" in page
    assert f"/desk/m/{wages.number}/move/ask_legal_aid/" in page
    today = timezone.localdate().isoformat()
    moved(cast, wages.matter, timezone.now(), ("director", "ask_legal_aid", {"from_on": today}))
    page = text(desk("director").get(f"/desk/m/{wages.number}/"))
    assert "已经申请法律援助" in page
    assert "可以先行提供，不等审查" not in page


def test_a_right_with_time_left_presses_nobody(cast, desk, wages):
    noted(cast, wages, 14)
    assert "先行提供" not in text(desk("director").get(f"/desk/m/{wages.number}/"))


def test_the_form_offers_every_procedure_under_its_route_and_the_file_shows_what_came_of_it(cast, desk, wages):
    page = text(desk("bureau").get(f"/desk/m/{wages.number}/move/channel/"))
    assert "劳动争议仲裁：" in page
    assert "不满足：没有正在进行的行政复议" in page
    given = {"seq": "2", "procedure": "administrative_suit", "unmet": "ss_no_fy", "reason": "不服", "document": "途1",
             "competent_body": "法院", "how_to_apply": "起诉", "reviewed_by": str(cast.users["deputy"].pk)}  # fmt: skip
    refused = text(desk("bureau").post(f"/desk/m/{wages.number}/move/channel/", given))
    assert "行政复议期间不能同时起诉" in refused
    given["unmet"] = ""
    assert desk("bureau").post(f"/desk/m/{wages.number}/move/channel/", given).status_code == 302
    page = text(desk("bureau").get(f"/desk/m/{wages.number}/"))
    assert "行政诉讼" in page
    assert "还没有结果" in page
