"""Own data put right and the whole record taken home: under a proof, shown to the petitioner, hidden from the house."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest

from tests.factories import registered
from tests.web.canaries import signed_in
from tests.web.public.conftest import NOW, text
from tests.web.public.test_confirming import SLIP, slip_for
from tests.web.public.test_submitting import PNG
from tests.web.public.test_tracking import served
from xinfang.gateways.files import Upload
from xinfang.models import Party
from xinfang.queries.own_details import own_details
from xinfang.services import petitioner
from xinfang.services.looks import open_identity
from xinfang.services.own_details import correct_at_window

pytestmark = pytest.mark.django_db
DETAILS, RECORD, FILE = "/track/case/details/", "/track/case/record/", "/track/case/record/file/"
PROOF = {"way": "sealed_slip", "code": SLIP}


@pytest.fixture
def mine(citizen, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    receipt = served(cast)
    slip_for(receipt)
    citizen.opened(receipt)
    return receipt


def test_a_new_address_is_taken_under_a_proof_and_everybody_reads_that_it_was_changed(citizen, mine, cast):
    answer = citizen.send(DETAILS, address="乙村二组", **PROOF)
    assert answer.url == "/track/case/"
    assert own_details(mine.matter)[0]["address"] == "乙村二组"
    said = text(citizen.get("/track/case/"))
    assert "已经改好：住址。" in said
    assert "您更正了自己的信息" in said
    desk = text(signed_in(cast, "director").get(f"/desk/m/{mine.number}/"))
    assert "更正联系信息" in desk
    assert "before" not in desk


def test_without_a_right_proof_or_a_change_nothing_is_put_right(citizen, mine):
    before = own_details(mine.matter)
    assert "密封确认码不对" in text(citizen.send(DETAILS, address="乙村", way="sealed_slip", code="0" * 12))
    assert "没有要改的" in text(citizen.send(DETAILS, **PROOF))
    assert "电话只写数字" in text(citizen.send(DETAILS, phone="123", **PROOF))
    assert own_details(mine.matter) == before


def test_who_cannot_prove_it_here_is_shown_the_window(citizen, cast):
    citizen.opened(registered(cast, NOW))
    assert "带身份证到窗口" in text(citizen.get(DETAILS))
    assert "带身份证到窗口" in text(citizen.get(RECORD))


def test_the_whole_record_is_one_page_and_one_archive_after_the_proof(citizen, mine, cast, settings, tmp_path):
    petitioner.add(matter=mine.matter, words="灯又坏了", files=[Upload("灯.png", PNG)], at=NOW)
    open_identity(matter=mine.matter, by=cast.director, reason="电话联系核实", at=NOW)
    petitioner.declare(
        matter=mine.matter, acts=[("rate", {"organ": "responsible_unit", "grade": "fairly", "words": ""})],
        address="x", at=NOW, **PROOF,
    )  # fmt: skip
    assert citizen.get(FILE).url == RECORD
    assert "先证明是您本人" in text(citizen.get(RECORD))
    assert citizen.send(RECORD, **PROOF).url == RECORD
    shown = text(citizen.get(RECORD))
    held = own_details(mine.matter)[0]
    wanted = (held["name"], held["phone"], "灯又坏了", "灯.png", "已经列入计划", "电话联系核实", "基本满意")
    assert [word for word in wanted if word not in shown] == []
    answer = citizen.get(FILE)
    assert answer["Content-Disposition"] == f'attachment; filename="{mine.number}.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as packed:
        facts = json.loads(packed.read("record.json"))
        page = packed.read("record.html").decode()
        assert packed.namelist()[2:] == ["files/01-灯.png"]
    assert facts["number"] == mine.number
    assert [word for word in wanted if word not in json.dumps(facts, ensure_ascii=False) or word not in page] == []
    assert "<script" not in page


def test_that_it_was_taken_is_read_by_the_petitioner_alone(citizen, mine, cast):
    before = text(signed_in(cast, "director").get(f"/desk/m/{mine.number}/"))
    citizen.send(RECORD, **PROOF)
    assert "您取走了全部记录" in text(citizen.get("/track/case/"))
    assert text(signed_in(cast, "director").get(f"/desk/m/{mine.number}/")) == before


def test_twenty_minutes_later_and_for_another_matter_it_is_asked_for_again(citizen, mine, cast):
    citizen.send(RECORD, **PROOF)
    citizen.opened(registered(cast, NOW))
    assert citizen.get(FILE).url == RECORD
    citizen.opened(mine)
    assert citizen.get(FILE).getvalue().startswith(b"PK")
    citizen.clock = NOW + timedelta(minutes=21)
    citizen.opened(mine)
    assert citizen.get(FILE).url == RECORD


def test_a_photo_is_shown_and_not_only_saved(citizen, mine, upload):
    citizen.post("/track/case/add/", {"words": "", "files": [upload("灯.png", PNG)]})
    photo = citizen.get(re.search(r"/track/case/file/[0-9a-f-]{36}/", citizen.get("/track/case/").content.decode())[0])
    assert photo["Content-Disposition"].startswith("inline")
    assert "sandbox" in photo["Content-Security-Policy"]


def test_a_flood_of_archives_is_answered_in_words(citizen, mine, monkeypatch):
    monkeypatch.setattr("xinfang.web.public.own.RECORDS", 1)
    citizen.send(RECORD, **PROOF)
    assert citizen.get(FILE).getvalue().startswith(b"PK")
    assert citizen.get(FILE).status_code == 429


def test_a_photo_that_cannot_be_taken_costs_neither_the_words_nor_the_others(citizen, mine, upload):
    given = {"words": "灯又坏了", "files": [upload("灯.png", PNG), upload("IMG_1.heic", b"x")]}
    assert citizen.post("/track/case/add/", given).url == "/track/case/"
    said = text(citizen.get("/track/case/"))
    assert "灯又坏了" in said
    assert "灯.png" in said
    assert "“IMG_1.heic”没有收下" in said
    answer = citizen.post("/track/case/add/", {"words": "", "files": [upload("IMG_1.heic", b"x")]})
    assert text(answer).count("“IMG_1.heic”没有收下") == 2


def test_a_phone_that_staff_changed_proves_nothing_yet_and_the_page_says_from_when(citizen, cast, settings):
    settings.XINFANG_SMS = "file"
    receipt = registered(cast, NOW)
    person = Party.objects.get(matter=receipt.matter).person_id
    given = {"phone": "19900000009"}
    correct_at_window(matter=receipt.matter, person=person, given=given, by=cast.clerk, at=NOW)
    citizen.opened(receipt)
    page = text(citizen.get(DETAILS))
    assert "电话是工作人员改的，2026年3月23日 星期一起才能用它证明是您本人。" in page
    assert "可以用密封确认码" in page
    assert "发验证码到" not in page
    case = text(citizen.get("/track/case/"))
    assert "工作人员按您说的更正了信息" in case
    assert "您更正了自己的信息" not in case
    slip_for(receipt)
    page = text(citizen.get(DETAILS))
    assert "电话是工作人员改的" in page
    assert "密封确认码" in page
    assert "发验证码到" not in page
