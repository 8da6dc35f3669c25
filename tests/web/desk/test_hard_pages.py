"""The register of hard matters: charge, plan, months, the day of studying anew, a constant number of questions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import TRIAGE, moved, registered

pytestmark = pytest.mark.django_db
HARD = {**TRIAGE, "nature": "complex", "solvable": False}


def hard(cast, days=40):
    came = timezone.now() - timedelta(days=days)
    receipt = registered(cast, came)
    moved(cast, receipt.matter, came + timedelta(hours=1), ("director", "triage", HARD))
    return receipt


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def test_a_hard_matter_stands_in_the_register_with_its_leader_and_its_plan(cast, desk):
    receipt, plain = hard(cast), registered(cast, timezone.now())
    page = text(desk("bureau").get("/desk/risk/hard/"))
    assert receipt.number in page
    assert plain.number not in page
    assert f"/desk/m/{receipt.number}/move/take_charge/" in page
    assert "收到 40 天" in page
    now = timezone.now()
    plan = {
        "why": "要立项",
        "steps": [{"unit": "999901001-ZF", "due_on": (now + timedelta(days=60)).date().isoformat()}],
    }
    moved(cast, receipt.matter, now - timedelta(days=20), ("director", "file_plan", plan))
    assert "等批准" in text(desk("bureau").get("/desk/risk/hard/"))
    leader = {"leader": cast.users["leader"].pk}
    moved(
        cast,
        receipt.matter,
        now - timedelta(days=19),
        ("supervisor", "approve_plan", {}),
        ("bureau", "take_charge", leader),
    )
    page = text(desk("bureau").get("/desk/risk/hard/"))
    assert "1 步做完 0 步" in page
    assert cast.users["leader"].name in page
    assert receipt.number not in text(desk("bureau").get("/desk/risk/hard/?without=leader"))
    assert "满12个月重新研究" in page


def test_without_a_leader_nobody_studies_it_anew(cast, desk):
    receipt = hard(cast)
    page = f"/desk/m/{receipt.number}/move/restudy/"
    assert desk("director").get(page).status_code in {404, 302, 409}


@pytest.mark.parametrize("times", [1, 3])
def test_the_register_asks_the_same_whatever_its_length(cast, desk, django_assert_num_queries, times):
    for _ in range(times):
        hard(cast)
    bureau = desk("bureau")
    bureau.get("/desk/risk/hard/")
    with django_assert_num_queries(13):
        bureau.get("/desk/risk/hard/")
