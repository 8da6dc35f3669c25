"""What only the petitioner can say: rated, withdrawn, at rest; each proved, each to be taken back, none asked for."""

import re
from datetime import timedelta

import pytest

from tests.factories import registered
from tests.web.public.conftest import NOW, text
from tests.web.public.test_tracking import served
from xinfang.gateways.messages import FakeGateway
from xinfang.models import Event, SealedSlip
from xinfang.models.protection import code_hash
from xinfang.services import outbox
from xinfang.services.turns import state_of

pytestmark = pytest.mark.django_db
RATE, REST, WITHDRAW = (f"/track/case/confirm/{name}/" for name in ("rate", "rest", "withdraw"))
SLIP = "123456789012"


@pytest.fixture
def phone(settings):
    """The petitioner's own phone: `phone(now)` is the code that has just come in."""
    settings.XINFANG_SMS = "file"
    carrier = FakeGateway()

    def newest(now):
        outbox.drain(gateway=carrier, at=now)
        assert carrier.sent[-1].address == "19900000001"
        return re.search(r"\d{6}", carrier.sent[-1].text)[0]

    return newest


def slip_for(receipt):
    SealedSlip.objects.create(
        serial="S-7K3M-92QB", code_hash=code_hash(SLIP, "S-7K3M-92QB"), issued_at=NOW, matter_id=receipt.matter
    )


def events(receipt):
    return list(Event.objects.filter(chain_id=receipt.matter).order_by("seq").values_list("type", flat=True))


def test_both_organs_are_rated_apart_with_a_code_from_the_own_phone(citizen, cast, phone):
    receipt = served(cast)
    citizen.opened(receipt)
    said = {"petition_bureau": "satisfied", "responsible_unit": "dissatisfied", "words": "太慢", "way": "phone_code"}
    page = citizen.send(RATE, **said, send="1")
    assert "验证码已经发到 199******01" in text(page)
    assert "最迟2026年3月17日 星期二会有办理单位" in text(page)
    # What was filled in stays.
    assert re.search(r'value="dissatisfied"[^>]*checked', page.content.decode())
    assert "太慢" in text(page)
    assert citizen.send(RATE, **said, code=phone(NOW)).url == "/track/case/confirm/"
    assert state_of(receipt.matter).ratings == {"petition_bureau": "satisfied", "responsible_unit": "dissatisfied"}
    assert "对责任单位：不满意" in text(citizen.get("/track/case/confirm/"))


def test_one_organ_is_enough_and_none_is_not_an_answer(citizen, cast):
    receipt = served(cast)
    slip_for(receipt)
    citizen.opened(receipt)
    nothing = citizen.send(RATE, way="sealed_slip", code=SLIP)
    assert text(nothing).count("请至少评价一个。") == 2
    assert citizen.send(RATE, responsible_unit="fairly", way="sealed_slip", code="1234 5678 9012").status_code == 302
    assert state_of(receipt.matter).ratings == {"responsible_unit": "fairly"}


def test_a_rating_can_be_changed_and_taken_back(citizen, cast):
    receipt = served(cast)
    slip_for(receipt)
    citizen.opened(receipt)
    for grade, kept in (("fairly", {"responsible_unit": "fairly"}), ("revoke", {})):
        citizen.send(RATE, responsible_unit=grade, way="sealed_slip", code=SLIP)
        assert state_of(receipt.matter).ratings == kept
    assert events(receipt)[-2:] == ["rated", "rating_revoked"]


def test_a_wrong_proof_is_refused_beside_its_field_and_nothing_is_said(citizen, cast):
    receipt = served(cast)
    slip_for(receipt)
    citizen.opened(receipt)
    answer = citizen.send(RATE, responsible_unit="fairly", way="sealed_slip", code="000000000000")
    assert text(answer).count("密封确认码不对") == 2
    assert re.search(r"<title>\s*错误：", answer.content.decode())
    assert "rated" not in events(receipt)


def test_nothing_is_ticked_and_no_is_as_large_and_as_easy_as_yes(citizen, cast):
    receipt = served(cast)
    slip_for(receipt)
    citizen.clock = NOW + timedelta(days=3)
    citizen.opened(receipt)
    assert "checked" not in citizen.get(RATE).content.decode()
    rest = citizen.get(REST).content.decode()
    buttons = re.findall(r'<button\s+class="(button[^"]*)"[^>]*>\s*(同意|不同意)', rest)
    assert [words for _style, words in buttons] == ["不同意", "同意"]
    assert len({style for style, _words in buttons}) == 1


def test_saying_no_needs_no_proof_and_leads_on(citizen, cast):
    receipt = served(cast)
    citizen.clock = NOW + timedelta(days=3)
    citizen.opened(receipt)
    assert citizen.send(REST, go_on="1").url == "/track/case/"
    assert "申请复查" in text(citizen.get("/track/case/"))
    assert state_of(receipt.matter).at_rest_at is None


def test_rest_comes_after_three_days_and_is_taken_back_with_one_press(citizen, cast):
    receipt = served(cast)
    slip_for(receipt)
    citizen.opened(receipt)
    assert citizen.get(REST).url == "/track/case/confirm/"
    assert "再过满三天" in text(citizen.get("/track/case/confirm/"))
    citizen.clock = NOW + timedelta(days=3)
    citizen.opened(receipt)
    assert citizen.send(REST, way="sealed_slip", code=SLIP).url == "/track/case/confirm/"
    assert state_of(receipt.matter).at_rest_at is not None
    citizen.send("/track/case/confirm/revoke/", move="revoke_rest")
    assert state_of(receipt.matter).at_rest_at is None


def test_withdrawing_is_explained_proved_and_can_be_cancelled(citizen, cast, phone):
    receipt = registered(cast, NOW)
    citizen.opened(receipt)
    page = text(citizen.get(WITHDRAW))
    for sentence in ("最早下一个工作日", "随时可以取消", "不算息访", "撤回不是放弃权利"):
        assert sentence in page
    citizen.send(WITHDRAW, send="1")
    assert citizen.send(WITHDRAW, way="phone_code", code=phone(NOW)).url == "/track/case/confirm/"
    assert state_of(receipt.matter).withdrawal is not None
    assert "等工作人员打电话" in text(citizen.get("/track/case/"))
    citizen.send("/track/case/confirm/revoke/", move="revoke_withdrawal")
    assert state_of(receipt.matter).withdrawal is None
    citizen.send("/track/case/confirm/revoke/", move="revoke_withdrawal")
    assert "没有撤回申请" in text(citizen.get("/track/case/confirm/"))


@pytest.mark.parametrize("move", ["", "strike_off", "rate", "urge"])
def test_only_what_was_said_can_be_taken_back(citizen, cast, move):
    receipt = served(cast)
    before = events(receipt)
    citizen.opened(receipt)
    assert citizen.send("/track/case/confirm/revoke/", move=move).url == "/track/case/confirm/"
    assert events(receipt) == before


def test_where_texts_cannot_be_sent_the_page_says_so_and_offers_paper(citizen, cast):
    receipt = served(cast)
    citizen.opened(receipt)
    page = text(citizen.get("/track/case/confirm/"))
    assert "这里还没有开通短信" in page
    assert "书面确认书" in page
    assert 'name="code"' not in citizen.get(RATE).content.decode()
    assert citizen.send(RATE, responsible_unit="fairly", way="phone_code", code="1").status_code == 200
    assert "rated" not in events(receipt)


def test_a_second_code_within_a_minute_is_answered_with_the_seconds(citizen, cast, phone):
    citizen.opened(registered(cast, NOW))
    citizen.send(WITHDRAW, send="1")
    assert "请 60 秒后再要新的" in text(citizen.send(WITHDRAW, send="1"))


def test_the_reply_can_be_read_without_rating(citizen, cast):
    citizen.opened(served(cast))
    assert "已经列入计划" in text(citizen.get("/track/case/"))


def test_before_there_is_a_result_there_is_nothing_to_rate(citizen, cast):
    citizen.opened(registered(cast, NOW))
    assert citizen.get(RATE).url == "/track/case/confirm/"
    assert "有了办理结果就可以评价" in text(citizen.get("/track/case/confirm/"))
