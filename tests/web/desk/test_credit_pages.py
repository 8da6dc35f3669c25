"""The ledger of parts: each number opens its list, and a date that is none is said beside its field."""

import pytest

from tests.queries.test_credit_counts import LABOUR, TOWN, world

pytestmark = pytest.mark.django_db
LEDGER = "/desk/figures/parts/"


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def test_a_number_leads_to_the_parts_it_counts(cast, desk):
    world(cast)
    page = text(desk("bureau").get(LEDGER))
    assert "33.33 %（1/3）" in page
    assert f'href="{LEDGER}{LABOUR}/in_time/"' in page
    assert f"{LEDGER}{TOWN}/in_time/" not in page, "no link to an empty list"
    assert text(desk("bureau").get(f"{LEDGER}{LABOUR}/all/")).count('data-label="编号"') == 3
    assert "现在没有这样的任务" in text(desk("bureau").get(f"{LEDGER}{TOWN}/in_time/"))


def test_days_narrow_the_numbers_and_stay_in_the_links(cast, desk):
    world(cast)
    page = text(desk("bureau").get(LEDGER + "?first=2026-04-14&last=2026-04-14"))
    assert f"{LABOUR}/all/?first=2026-04-14&amp;last=2026-04-14" in page
    assert "没有协办任务" in text(desk("bureau").get(LEDGER + "?first=2026-04-15"))
    assert "请填写真实的日期" in text(desk("bureau").get(LEDGER + "?first=1000-01-01"))


def test_what_is_no_unit_and_no_credit_is_not_there(cast, desk):
    assert desk("bureau").get(f"{LEDGER}nowhere/all/").status_code == 404
    assert desk("bureau").get(f"{LEDGER}{LABOUR}/best/").status_code == 404
