"""Number and code open one matter: five answers, honest dates, nothing of the inside, and who looked."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import TRIAGE, moved, registered
from tests.web.public.conftest import NOW, Browser, text
from xinfang.gateways.files import Upload
from xinfang.models import Attachment, Event
from xinfang.rules.matters.numbers import public_number
from xinfang.services.looks import open_identity
from xinfang.services.materials import add_material

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"
OPINION = {
    "outcome": "explained", "findings": "查明的事实", "legal_basis": "条例第三十二条", "opinion": "已经列入计划",
    "review_organ": "示范区人民政府", "document": "青政信处〔2026〕1号",
}  # fmt: skip


def assigned(cast, when=NOW):
    receipt = registered(cast, when)
    moved(
        cast, receipt.matter, when, ("director", "triage", {**TRIAGE, "first_step": "内部的第一步"}),
        ("director", "assign", {"mode": "assignment", "lead": "999901001-ZF", "due_on": "2026-03-25",
                                "reason": "内部的理由"}),
    )  # fmt: skip
    return receipt


def accepted(cast, when=NOW):
    receipt = assigned(cast, when)
    moved(
        cast, receipt.matter, when, ("town_head", "accept", {"document": "青政信受〔2026〕1号"}),
        ("town_head", "start_handling", {}),
    )  # fmt: skip
    return receipt


def served(cast, when=NOW):
    receipt = accepted(cast, when)
    moved(
        cast, receipt.matter, when, ("town_head", "sign_opinion", OPINION),
        ("town_handler", "serve_opinion", {"way": "in_person"}),
    )  # fmt: skip
    return receipt


def answers_of(page):
    """The five answers by their names."""
    block = re.search(r'<dl class="answers">(.*?)</dl>', page.content.decode(), re.DOTALL)[1]
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", block, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", value).split()) for name, value in rows}


def test_wrong_number_and_wrong_code_are_the_same_page(citizen, cast):
    receipt = registered(cast, NOW)
    missing = public_number(b"\x01\x02\x03\x04\x05\x06\x07")
    pages = set()
    for number in (receipt.number, missing, "XF-0000-0000"):
        browser = Browser(headers={"accept-language": "zh-CN"})
        answer = browser.send("/track/", number=number, code="000000000000")
        assert answer.status_code == 200
        shown = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        # What was typed comes back to whoever typed it; nothing else may differ by a byte.
        assert shown.count(number) == 1
        pages.add(shown.replace(number, "…"))
    assert len(pages) == 1
    assert "单号或查询码不对" in pages.pop()


def test_wrong_number_and_wrong_code_take_the_same_statements(citizen, cast):
    receipt = registered(cast, NOW)
    counts = []
    for number in (receipt.number, public_number(b"\x01\x02\x03\x04\x05\x06\x07")):
        browser = Browser()
        browser.defaults["REMOTE_ADDR"] = f"198.51.100.{len(counts)}"
        browser.get("/track/")
        with CaptureQueriesContext(connection) as queries:
            browser.send("/track/", number=number, code="000000000000")
        counts.append([re.sub(r"'[^']*'|\d+", "", row["sql"])[:60] for row in queries.captured_queries])
    assert counts[0] == counts[1]


def test_the_answer_says_how_long_to_wait_and_the_right_code_works_then(citizen, cast):
    receipt = registered(cast, NOW)
    for _try in range(4):
        citizen.send("/track/", number=receipt.number, code="000000000000")
    assert "请 5 秒后再试" in text(citizen.send("/track/", number=receipt.number, code=receipt.code))
    citizen.clock = NOW + timedelta(seconds=5)
    assert citizen.send("/track/", number=receipt.number, code=receipt.code).url == "/track/case/"


def test_too_many_lookups_from_one_address_are_429_in_words(citizen, monkeypatch):
    monkeypatch.setattr("xinfang.web.public.track.LOOKUPS", 2)
    for _try in range(2):
        assert citizen.send("/track/", number="x", code="y").status_code == 200
    answer = citizen.send("/track/", number="x", code="y")
    assert (answer.status_code, "分钟后再试" in text(answer)) == (429, True)
    other = Browser()
    other.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert other.send("/track/", number="x", code="y").status_code == 200


def test_nothing_is_open_without_number_and_code(citizen):
    for page in ("", "add/", "urge/", "contest/", "recusal/", "review/", "confirm/", "confirm/rate/", "confirm/rest/",
                 "confirm/withdraw/", "confirm/revoke/"):  # fmt: skip
        assert citizen.get(f"/track/case/{page}").url == "/track/"
        assert citizen.send(f"/track/case/{page}", reason="x").status_code in {302, 405}


def test_twenty_minutes_without_a_sign_of_life_close_it_and_reading_keeps_it_open(citizen, cast):
    citizen.opened(registered(cast, NOW))
    for minutes in (19, 38):
        citizen.clock = NOW + timedelta(minutes=minutes)
        assert citizen.get("/track/case/").status_code == 200
    citizen.clock += timedelta(minutes=21)
    assert citizen.get("/track/case/").url == "/track/"
    assert "重新填单号和查询码" in text(citizen.get("/track/"))


def test_twelve_hours_close_it_however_busy_it_is(citizen, cast):
    citizen.opened(registered(cast, NOW))
    for minutes in range(0, 12 * 60 + 1, 15):
        citizen.clock = NOW + timedelta(minutes=minutes)
        assert citizen.get("/track/case/").status_code == 200
    citizen.clock += timedelta(minutes=15)
    assert citizen.get("/track/case/").url == "/track/"


def test_the_session_carries_neither_number_nor_matter_in_the_clear(citizen, cast):
    receipt = registered(cast, NOW)
    citizen.opened(receipt)
    kept = str(Session.objects.get().get_decoded())
    assert receipt.number not in kept
    assert str(receipt.matter) not in kept


def test_opening_a_matter_gives_the_session_a_fresh_key(citizen, cast):
    citizen.wizard(until="words")
    before = citizen.cookies["sessionid"].value
    citizen.opened(registered(cast, NOW))
    assert citizen.cookies["sessionid"].value != before


def test_five_answers_right_after_registration(citizen, cast):
    page = citizen.opened(registered(cast, NOW)).get("/track/case/")
    assert answers_of(page) == {
        "谁在办": "青禾镇群众工作服务中心",
        "从何时起": "2026年3月16日 星期一",
        "下一步": "研究，定下由谁来办",
        "最晚": "2026年3月16日 星期一 （就是今天）",
        "要您做的": "现在没有",
    }
    assert "已经登记，正在研究由谁来办" in text(page)


def test_five_answers_while_an_organ_handles_it(citizen, cast):
    receipt = accepted(cast)
    citizen.clock = NOW + timedelta(days=1)
    answers = answers_of(citizen.opened(receipt).get("/track/case/"))
    assert answers["谁在办"] == "青禾镇人民政府（主办）"
    assert answers["最晚"] == "2026年3月19日 星期四 （还有 2 天）"


def test_a_rolled_date_shows_how_it_was_counted(citizen, cast):
    # Seven days from Saturday 2026-03-14 end on Saturday 21; the due day is Monday 23.
    receipt = accepted(cast, NOW - timedelta(days=2))
    page = text(citizen.opened(receipt).get("/track/case/"))
    assert "2026年3月23日 星期一" in page
    assert "数到 2026年3月21日 星期六，遇休息日顺延" in page


def test_a_date_that_was_counted_and_did_not_roll_says_so(citizen, cast):
    """The sixty days and the seven end on working days; a date that somebody set was not counted."""
    page = text(citizen.opened(accepted(cast)).get("/track/case/"))
    assert "数到的末日就是这一天，不用顺延。" in page
    assert "遇休息日顺延" not in page


def test_lateness_is_said_in_words(citizen, cast):
    receipt = registered(cast, NOW)
    citizen.clock = NOW + timedelta(days=2)
    answers = answers_of(citizen.opened(receipt).get("/track/case/"))
    assert answers["最晚"] == "2026年3月16日 星期一 已超过 2 天"


def test_the_opinion_stands_there_with_the_real_last_day_for_a_review(citizen, cast):
    citizen.opened(served(cast))
    page = text(citizen.get("/track/case/"))
    assert "已经列入计划" in page
    assert "2026年4月15日 星期三前申请复查" in page
    review = text(citizen.get("/track/case/review/"))
    assert "示范区人民政府" in review
    assert "2026年4月15日 星期三" in review
    citizen.clock = NOW + timedelta(days=31)
    citizen.opened(served(cast, NOW))
    assert "这个日期已经过了" in text(citizen.get("/track/case/review/"))


def test_a_review_is_asked_for_in_one_field_also_late_and_every_step_stands_there(citizen, cast):
    receipt = served(cast)
    citizen.opened(receipt)
    assert "不服的文书：青政信处〔2026〕1号" in text(citizen.get("/track/case/review/"))
    assert "请写明理由" in text(citizen.send("/track/case/review/", reason=" "))
    citizen.clock = NOW + timedelta(days=32)
    citizen.opened(receipt)
    assert citizen.send("/track/case/review/", reason="没有到现场看过").url == "/track/case/"
    page = text(citizen.get("/track/case/"))
    assert "请求已经登记" in page
    assert "超期 2 日，已登记" in page
    assert "没有到现场看过" in page
    assert "提出申请" not in text(citizen.get("/track/case/review/"))
    decision = {"decision": "maintained", "findings": "到过现场", "legal_basis": "条例", "opinion": "维持不变",
                "document": "市复〔2026〕1号"}  # fmt: skip
    word = {"lateness": "explained_only", "reason": "晚了两天", "reviewed_by": cast.users["deputy"].pk}
    moved(cast, receipt.matter, citizen.clock, ("bureau", "note_lateness", word), ("bureau", "decide_review", decision))
    waiting = text(citizen.get("/track/case/"))
    assert "维持不变" not in waiting
    assert "晚了两天" in waiting
    moved(cast, receipt.matter, citizen.clock, ("bureau", "serve_review", {"way": "post"}))
    page = text(citizen.get("/track/case/"))
    assert "维持不变" in page
    assert "维持原处理意见" in page
    second = text(citizen.get("/track/case/review/"))
    assert "申请复核" in second
    assert "不服的文书：市复〔2026〕1号" in second
    staff = text(citizen.get("/track/case/"))
    assert "市复〔2026〕1号" in staff


def test_an_opinion_that_was_signed_but_not_served_says_nothing_yet(citizen, cast):
    receipt = accepted(cast)
    moved(cast, receipt.matter, NOW, ("town_head", "sign_opinion", OPINION))
    page = text(citizen.opened(receipt).get("/track/case/"))
    assert "已经列入计划" not in page
    assert "正在送达" in page
    assert citizen.get("/track/case/review/").url == "/track/case/"


def test_nothing_of_the_inside_and_no_officer_is_shown(citizen, cast):
    receipt = served(cast)
    moved(cast, receipt.matter, NOW, ("director", "recuse", {"recused_user": cast.users["deputy"].pk,
                                                             "reason": "内部的回避理由"}))  # fmt: skip
    page = text(citizen.opened(receipt).get("/track/case/"))
    assert "有人或单位回避了这件事" in page
    names = [user.name for user in cast.users.values()]
    assert [name for name in names if name in page] == []
    assert "内部的" not in page


def test_progress_shows_only_when_it_was_written_for_the_petitioner(citizen, cast):
    receipt = accepted(cast)
    moved(
        cast, receipt.matter, NOW,
        ("town_handler", "record_progress", {"note": "给您看的进展", "shown_to_petitioner": True}),
        ("town_handler", "record_progress", {"note": "不给看的进展"}),
    )  # fmt: skip
    page = text(citizen.opened(receipt).get("/track/case/"))
    assert "给您看的进展" in page
    assert "不给看的进展" not in page


def test_who_looked_is_shown_without_a_name(citizen, cast):
    receipt = registered(cast, NOW)
    open_identity(matter=receipt.matter, by=cast.director, reason="打电话约现场", at=NOW)
    page = text(citizen.opened(receipt).get("/track/case/"))
    assert "青禾镇群众工作服务中心 中心主任" in page
    assert "打电话约现场" in page
    assert "赵敏" not in page


def test_own_words_are_shown_and_contact_is_masked(citizen, cast):
    page = text(citizen.opened(registered(cast, NOW)).get("/track/case/"))
    assert "村口的路灯坏了半个月" in page
    assert "199******01" in page
    assert "19900000001" not in page
    assert "张一" not in page


def test_more_words_and_files_go_to_whoever_handles_it(citizen, cast, settings, tmp_path, upload):
    settings.MEDIA_ROOT = tmp_path
    receipt = registered(cast, NOW)
    citizen.opened(receipt)
    assert (
        citizen.post("/track/case/add/", {"words": "是三组的灯", "files": upload("灯.pdf", PDF)}).url == "/track/case/"
    )
    page = citizen.get("/track/case/")
    assert "是三组的灯" in text(page)
    file = Attachment.objects.get()
    got = citizen.get(f"/track/case/file/{file.pk}/")
    assert (got.content, got["Content-Type"]) == (PDF, "application/pdf")
    assert got["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got["Content-Security-Policy"]
    empty = citizen.post("/track/case/add/", {"words": " "})
    assert text(empty).count("请填写这一项。") == 2


def test_a_file_that_was_not_meant_for_the_petitioner_is_not_there(citizen, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    receipt = accepted(cast)
    add_material(matter=receipt.matter, by=cast.town_handler, at=NOW, files=[Upload("内部.pdf", PDF)], shown=False)
    citizen.opened(receipt)
    assert "内部.pdf" not in text(citizen.get("/track/case/"))
    assert citizen.get(f"/track/case/file/{Attachment.objects.get().pk}/").status_code == 404


def test_a_file_of_another_matter_is_not_there(citizen, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    other = accepted(cast)
    add_material(matter=other.matter, by=cast.town_handler, at=NOW, files=[Upload("a.pdf", PDF)], shown=True)
    citizen.opened(registered(cast, NOW))
    assert citizen.get(f"/track/case/file/{Attachment.objects.get().pk}/").status_code == 404


def test_urging_once_a_day(citizen, cast):
    receipt = accepted(cast)
    citizen.opened(receipt)
    assert citizen.send("/track/case/urge/").url == "/track/case/"
    assert "今天已经催过一次" in text(citizen.send("/track/case/urge/", words="快点"))
    assert Event.objects.filter(chain_id=receipt.matter, type="urged").count() == 1


def test_asking_that_somebody_keeps_out_of_it(citizen, cast):
    receipt = accepted(cast)
    citizen.opened(receipt)
    assert "请写明理由。" in text(citizen.send("/track/case/recusal/", reason=" "))
    citizen.send("/track/case/recusal/", reason="承办人是对方的亲戚")
    assert Event.objects.filter(chain_id=receipt.matter, type="recusal_asked").count() == 1


def test_a_refusal_can_be_contested_and_only_a_refusal(citizen, cast):
    citizen.opened(accepted(cast))
    assert citizen.get("/track/case/contest/").url == "/track/case/"
    receipt = assigned(cast)
    refused = {
        "ground": "n3",
        "competent_body": "法院",
        "reviewed_by": cast.users["deputy"].pk,
        "document": "不受〔1〕",
    }
    moved(cast, receipt.matter, NOW, ("town_head", "not_accept", refused))
    citizen.opened(receipt)
    assert "不同意不受理：提出异议" in text(citizen.get("/track/case/"))
    assert citizen.send("/track/case/contest/", reason="这不是诉讼的事").url == "/track/case/"
    assert Event.objects.filter(chain_id=receipt.matter, type="refusal_contested").count() == 1


def test_leaving_a_shared_machine_forgets_everything(citizen, cast):
    citizen.opened(registered(cast, NOW))
    citizen.wizard(until="words")
    answer = citizen.send("/leave/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.exists()
    assert citizen.get("/track/case/").url == "/track/"
    assert citizen.get("/submit/words/").url == "/submit/"
    assert citizen.get("/leave/").status_code == 405


def test_rights_of_the_petitioner_stand_on_the_page_by_their_prudent_day(citizen, cast):
    receipt = registered(cast, NOW, limits=[{"rule": "EX-FY60", "from_on": "2026-03-02"}])
    shown = " ".join(re.sub(r"<[^>]+>", " ", citizen.opened(receipt).get("/track/case/").content.decode()).split())
    assert "您自己要留意的日期" in shown
    assert "请最迟于2026年4月30日" in shown.replace(" ", "")
    assert "法定到2026年5月6日" in shown.replace(" ", "")
