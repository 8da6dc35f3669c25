"""Making moves over HTTP: the form is the move's fields, errors stand beside them, a double click is one move."""

import pytest
from django.utils import timezone

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Matter

pytestmark = pytest.mark.django_db
TYPED = {"kind": "claim", "nature": "general", "solvable": "yes", "lane": "disposal", "first_step": "先到现场看一看"}


@pytest.fixture
def lamp(cast):
    return registered(cast, timezone.now())


def url(receipt, name):
    return f"/desk/m/{receipt.number}/move/{name}/"


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def types(receipt):
    return list(Event.objects.filter(chain_id=receipt.matter).order_by("seq").values_list("type", flat=True))


def test_a_move_is_made_and_leads_back_to_the_matter_with_a_word(cast, desk, lamp):
    answer = desk("director").post(url(lamp, "triage"), {**TYPED, "seq": "1"}, follow=True)
    assert answer.redirect_chain == [(f"/desk/m/{lamp.number}/", 302)]
    assert "已办理：研究部署。" in text(answer)
    assert types(lamp) == ["registered", "triaged"]
    row = Matter.objects.get(pk=lamp.matter)
    assert (row.nature, row.solvable, row.kind) == ("general", True, "claim")


def test_everything_that_is_wrong_is_said_at_once_and_what_was_typed_stays(cast, desk, lamp):
    wrong = {"seq": "1", "kind": "claim", "first_step": "先去看", "explicit_on": "2026-02-31"}
    page = text(desk("director").post(url(lamp, "triage"), wrong))
    assert "有几处需要您改一下" in page
    for name in ("性质", "可以解决", "服务类别"):
        assert page.count(f"请填写“{name}”。") == 2, name  # in the summary and beside the field
    assert page.count("请填写真实的日期") == 2
    assert "先去看" in page
    assert 'value="2026-02-31"' in page
    assert types(lamp) == ["registered"]


def test_a_rule_between_two_values_stands_beside_the_value_that_broke_it(cast, desk, lamp):
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE))
    sent = {"seq": "2", "mode": "assignment", "lead": "999901001-ZF"}
    page = text(desk("director").post(url(lamp, "assign"), sent))
    assert page.count("不要求反馈的请选转送。") == 2
    assert 'id="id_due_on_error"' in page


def test_a_double_click_makes_one_move_and_no_complaint(cast, desk, lamp):
    browser = desk("director")
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE))
    sent = {"seq": "2", "note": "约了电工", "shown_to_petitioner": "on"}
    first = browser.post(url(lamp, "record_progress"), sent)
    second = browser.post(url(lamp, "record_progress"), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert types(lamp) == ["registered", "triaged", "progress_recorded"]


def test_the_same_form_sent_again_with_other_words_is_not_swallowed(cast, desk, lamp):
    browser = desk("director")
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE))
    browser.post(url(lamp, "record_progress"), {"seq": "2", "note": "约了电工"})
    page = text(browser.post(url(lamp, "record_progress"), {"seq": "2", "note": "电工不来"}), status=409)
    assert "刚才有人已办理这个事项" in page
    assert "电工不来" in page
    assert "约了电工" in page
    assert 'name="seq" value="3"' in page


def test_who_comes_second_reads_what_happened_and_keeps_the_typed_text(cast, desk, lamp):
    browser = desk("deputy")
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE))
    page = text(browser.post(url(lamp, "triage"), {**TYPED, "first_step": "我打算先打电话", "seq": "1"}), status=409)
    assert "还不能办理" in page
    assert "我打算先打电话" in page
    assert "研究部署" in page
    assert types(lamp) == ["registered", "triaged"]


def test_rows_are_entered_and_more_rows_come_without_script(cast, desk, lamp):
    browser = desk("director")
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE))
    page = text(browser.get(url(lamp, "assign")))
    assert 'name="co_units-2-unit"' in page
    assert 'name="co_units-3-unit"' not in page
    typed = {
        "seq": "2", "mode": "assignment", "lead": "999901001-ZF", "due_on": "2099-01-10", "co_units-count": "3",
        "co_units-0-unit": "999901001-ZH", "co_units-0-due_on": "2099-01-05",
    }  # fmt: skip
    more = text(browser.post(url(lamp, "assign"), {**typed, "add": "co_units"}))
    assert 'name="co_units-5-unit"' in more
    assert 'value="2099-01-05"' in more
    assert '<option value="999901001-ZH" selected>' in more
    assert types(lamp) == ["registered", "triaged"]
    browser.post(url(lamp, "assign"), typed)
    assert types(lamp)[-1] == "assigned"
    event = Event.objects.get(chain_id=lamp.matter, seq=3)
    assert event.payload["co_units"] == [{"unit": "999901001-ZH", "due_on": "2099-01-05"}]


def test_a_row_with_a_date_and_no_unit_is_said_and_nothing_is_lost(cast, desk, lamp):
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE))
    sent = {"seq": "2", "mode": "transfer", "lead": "999901001-ZF", "co_units-count": "3",
            "co_units-1-due_on": "2099-01-05"}  # fmt: skip
    page = text(desk("director").post(url(lamp, "assign"), sent))
    assert page.count("请把每一行的单位和日期填完整。") == 2
    assert 'value="2099-01-05"' in page


def test_units_are_offered_from_near_by_grouped_by_tier(cast, desk, lamp):
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE))
    page = text(desk("director").get(url(lamp, "assign")))
    assert '<optgroup label="乡镇街道级">' in page
    assert "甲村群众工作服务站" in page
    assert "区人社局" in page
    assert "云桥街道群众工作服务中心" not in page


def test_a_role_that_never_makes_the_move_meets_404_and_a_wrong_moment_is_explained(cast, desk, lamp):
    assert desk("supervisor").get(url(lamp, "triage")).status_code == 404
    assert desk("director").get(url(lamp, "no_such_move")).status_code == 404
    page = text(desk("director").get(url(lamp, "assign")), status=409)
    assert "现在是“已登记”，还不能办理“转送或交办”。" in page


def test_what_happened_earlier_is_entered_with_its_time_and_reason(cast, desk):
    lamp = registered(cast, at("2026-01-05 08:30"))
    sent = {**TYPED, "seq": "1", "occurred_at": "2026-01-05T09:00"}
    page = text(desk("director").post(url(lamp, "triage"), sent))
    assert "请写明补录的原因" in page
    desk("director").post(url(lamp, "triage"), {**sent, "late_reason": "停电，先记在本子上"})
    event = Event.objects.get(chain_id=lamp.matter, seq=2)
    assert event.occurred_at.isoformat() == "2026-01-05T01:00:00+00:00"


def test_a_move_out_of_ones_own_sight_leads_back_to_the_queue(cast, desk, lamp):
    moved(
        cast, lamp.matter, timezone.now(),
        ("director", "triage", TRIAGE),
        ("director", "assign", {"mode": "transfer", "lead": "999901001-ZH"}),
        ("member", "sign_for", {}),
    )  # fmt: skip
    answer = desk("director").post(
        url(lamp, "recuse"),
        {"seq": "4", "recused_user": str(cast.users["director"].pk), "reason": "是亲戚"},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_the_report_that_is_read_stands_above_the_form(cast, desk, lamp):
    moved(
        cast, lamp.matter, timezone.now(),
        ("director", "triage", TRIAGE),
        ("director", "report_preliminary", {"done": "看了现场，线断了", "contacted": True, "next_steps": "换线"}),
    )  # fmt: skip
    page = text(desk("supervisor").get(url(lamp, "read_report")))
    assert "看了现场，线断了" in page
    back = {"seq": "3", "k": "0", "verdict": "returned"}
    assert "请填写“理由”。" in text(desk("supervisor").post(url(lamp, "read_report"), back))
    desk("supervisor").post(url(lamp, "read_report"), {"seq": "3", "k": "0", "verdict": "accepted"})
    assert types(lamp)[-1] == "report_read"
