"""Somebody who joined another's matter opens it with their own code: what becomes of it, and their own words alone."""

from uuid import uuid4

import pytest

from tests.factories import TRIAGE, moved, registered
from tests.web.public.conftest import NOW, text
from xinfang.models import Event
from xinfang.rules.intake.alike import Choice
from xinfang.services.contacts import Decision, receive

pytestmark = pytest.mark.django_db
OTHER = {"name": "李二", "phone": "19900000002"}
CLOSED = ("told/", "details/", "record/", "record/file/", "meeting/", "review/", "confirm/", "confirm/rate/",
          "confirm/rest/", "confirm/withdraw/", "confirm/revoke/")  # fmt: skip


@pytest.fixture
def joined(cast):
    lamp = registered(cast, NOW)
    told = {"unit": "999901001", "channel": "visit", "people": [OTHER], "original_words": "我家门口的也不亮。"}
    decision = Decision(Choice.JOIN, lamp.number, (lamp.number,))
    return receive(values=told, decision=decision, by=cast.clerk, at=NOW, submission_key=uuid4()).receipt


def test_the_five_answers_and_the_own_words_and_nobody_elses(cast, citizen, joined):
    moved(cast, joined.matter, NOW, ("director", "triage", TRIAGE))
    page = text(citizen.opened(joined).get("/track/case/"))
    for words in ("您加入的事项", joined.number, "谁在办", "已经研究，正在安排单位", "您加入这件事，给了您单号和查询码",
                  "我家门口的也不亮。", "李*", "199******02", "补充材料", "您是后来加入的信访人"):  # fmt: skip
        assert words in page, words
    for words in ("路灯坏了半个月", "把路灯修好", "张", "199******01", "申请复查", "我的全部记录", "约领导接访"):
        assert words not in page, words


def test_adding_and_urging_are_their_own(citizen, joined):
    citizen.opened(joined)
    assert citizen.send("/track/case/add/", words="还有照片").url == "/track/case/"
    assert citizen.send("/track/case/urge/", words="快些").url == "/track/case/"
    assert citizen.send("/track/case/recusal/", reason="是亲戚").url == "/track/case/"
    own = Event.objects.filter(chain_id=joined.matter, payload__came_with=2).order_by("seq")
    assert [event.type for event in own] == ["material_added", "urged", "recusal_asked"]
    page = text(citizen.get("/track/case/"))
    for words in ("还有照片", "快些", "是亲戚"):
        assert words in page
    assert citizen.get("/track/case/contest/").url == "/track/case/"


@pytest.mark.parametrize("name", CLOSED)
def test_what_belongs_to_the_first_petitioner_is_closed_to_them(citizen, joined, name):
    citizen.opened(joined)
    assert citizen.get(f"/track/case/{name}").url == "/track/case/"
    assert "这一步要由最先反映的人来做" in text(citizen.get("/track/case/"))
    if name not in ("record/file/", "review/", "confirm/"):
        assert citizen.send(f"/track/case/{name}", way="phone_code", send="1").url == "/track/case/"


def test_a_session_from_before_knows_whose_matter_it_holds(citizen, cast):
    lamp = registered(cast, NOW)
    assert "把路灯修好" in text(citizen.opened(lamp).get("/track/case/"))


def test_the_first_petitioner_is_told_why_the_matter_cannot_be_withdrawn(citizen, cast, joined):
    first = registered(cast, NOW)
    told = {"unit": "999901001", "channel": "visit", "people": [OTHER], "original_words": "我家门口的也不亮。"}
    page = text(citizen.opened(first).get("/track/case/confirm/"))
    assert "还有别人加入了这件事" not in page
    receive(values=told, decision=Decision(Choice.JOIN, first.number), by=cast.clerk, at=NOW, submission_key=uuid4())
    page = text(citizen.get("/track/case/confirm/"))
    assert "还有别人加入了这件事，它不能因一个人撤回就停办" in page
    assert "李" not in page
