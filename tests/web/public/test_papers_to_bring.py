"""The petitioner reads what is still to be brought, until something was brought."""

import pytest

from tests.factories import moved, registered
from tests.web.public.conftest import NOW, text

pytestmark = pytest.mark.django_db


def test_what_was_missing_at_the_window_is_the_thing_to_do_until_something_comes(citizen, cast):
    receipt = registered(cast, NOW, missing="劳动合同\n考勤记录")
    page = text(citizen.opened(receipt).get("/track/case/"))
    assert "补上这些材料，可以在网上加，也可以交到窗口：劳动合同、考勤记录" in page
    assert "要补的材料：劳动合同、考勤记录" in page
    citizen.post("/track/case/add/", {"words": "合同号是三号。"})
    assert "补上这些材料" not in text(citizen.get("/track/case/"))


def test_a_later_list_is_told_with_its_reason(citizen, cast):
    receipt = registered(cast, NOW)
    moved(cast, receipt.matter, NOW, ("director", "ask_papers", {"missing": "房产证"}),
          ("director", "ask_papers", {"missing": "身份证", "reason": "房管部门要求"}))  # fmt: skip
    page = text(citizen.opened(receipt).get("/track/case/"))
    assert "交到窗口：身份证" in page
    for words in ("请您补材料", "房产证", "房管部门要求"):
        assert words in page
