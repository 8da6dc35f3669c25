"""The window: three questions, one form, one matter however often it is sent, one receipt whose code shows once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.cast import at
from tests.factories import STORY, registered
from xinfang.models import Attachment, Event, Look, Matter, OutgoingMessage, ProtectedText, User
from xinfang.models.protection import code_hash
from xinfang.rules.people.seats import SYSTEM
from xinfang.services import people

pytestmark = pytest.mark.django_db

ASK, WRITE = "/desk/intake/", "/desk/intake/new/"
NO = {"own": "no", "accuses": "no", "secret": "no"}
REGISTRARS = {
    "clerk", "director", "deputy", "member", "station", "other_station", "labour_officer", "housing_officer",
    "town_handler", "bureau", "second_bureau", "leader", "other_director",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def form(**values):
    return {"submission_key": str(uuid4()), "unit": "999901001", "channel": "visit", "name": "张一", **STORY, **values}


def told(page):
    return re.sub(r"\s+", "", page.content.decode())


def code_on(page):
    found = re.search(r'receipt-code">\s*([\d ]+?)\s*<', page.content.decode())
    return found[1].replace(" ", "") if found else ""


def words_of(matter, name):
    return ProtectedText.objects.get(chain_id=matter.pk, field=name, seq=1).text


def test_only_who_may_register_meets_the_questions(desk, cast):
    met = {who for who in cast.users if desk(who).get(ASK).status_code == 200}
    assert met == REGISTRARS
    assert {who for who in cast.users if desk(who).get(WRITE).status_code == 200} == REGISTRARS


def test_a_visitor_of_the_desk_without_an_account_is_sent_to_sign_in(client, cast):
    assert client.get(ASK)["Location"].startswith("/sign-in/")
    assert client.post(WRITE, form())["Location"].startswith("/sign-in/")
    assert Matter.objects.count() == 0


def test_nothing_is_typed_before_the_three_questions_are_answered(desk):
    page = desk("clerk").post(ASK, {"own": "no"})
    assert ("第二句还没有选" in told(page), "第一句还没有选" in told(page)) == (True, False)
    assert "textarea" not in page.content.decode()


@pytest.mark.parametrize(
    ("answers", "leads"),
    [({}, WRITE), ({"own": "yes"}, f"{WRITE}?own"), ({"secret": "yes"}, f"{WRITE}?secret"),
     ({"own": "yes", "secret": "yes"}, f"{WRITE}?own&secret")],
)  # fmt: skip
def test_the_answers_lead_to_the_form(desk, answers, leads):
    assert desk("clerk").post(ASK, {**NO, **answers})["Location"] == leads


def test_an_accusation_is_told_where_to_go_and_leaves_no_trace(desk):
    clerk = desk("clerk")
    before = Event.objects.count()
    page = clerk.post(ASK, {"own": "yes", "accuses": "yes", "secret": "yes"})
    assert "12388" in told(page)
    assert "清和路" not in told(page), "an invented door shows in a demo alone"
    assert (Event.objects.count(), Matter.objects.count(), Look.objects.count()) == (before, 0, 0)
    assert [key for key, _value in clerk.session.items() if not key.startswith("_")] == ["seen_at", "signed_in_at"]


def test_registering_shows_the_code_once_and_never_again(desk):
    clerk = desk("clerk")
    answer = clerk.post(WRITE, form(phone="１９９ ０000-0001", id_number="34160218900101001X"))
    matter = Matter.objects.get()
    assert answer["Location"] == f"/desk/intake/receipt/{matter.number}/"
    first = clerk.get(answer["Location"])
    code = code_on(first)
    assert bytes(matter.code_hash) == code_hash(code, matter.number)
    assert "身份证号好像有误" in told(first), "a warning, never an obstacle"
    assert "本中心一切服务不收费" in told(first)
    again = clerk.get(answer["Location"])
    assert (code_on(again), "查询码丢了" in told(again)) == ("", True)
    assert code not in again.content.decode()
    assert matter.parties.get().person.opened("phone") == "19900000001"


def test_the_code_lies_in_the_session_only_sealed(desk):
    clerk = desk("clerk")
    clerk.post(WRITE, form())
    kept = str(dict(clerk.session))
    code = code_on(clerk.get(f"/desk/intake/receipt/{Matter.objects.get().number}/"))
    assert len(code) == 12
    assert code not in kept


def test_a_form_sent_twice_is_one_matter(desk):
    clerk, sent = desk("clerk"), form()
    first, second = clerk.post(WRITE, sent), clerk.post(WRITE, sent)
    assert first["Location"] == second["Location"]
    assert Matter.objects.count() == 1
    assert len(code_on(clerk.get(first["Location"]))) == 12


def test_going_back_and_changing_the_words_asks_before_it_makes_a_second_matter(desk):
    clerk, sent = desk("clerk"), form()
    clerk.post(WRITE, sent)
    page = clerk.post(WRITE, {**sent, "demand": "另一件事"})
    assert "上一次提交已经登记" in told(page)
    assert Matter.objects.count() == 1
    fresh = re.search(r'name="submission_key" value="([^"]+)"', page.content.decode())[1]
    assert fresh != sent["submission_key"]
    assert clerk.post(WRITE, {**sent, "submission_key": fresh, "demand": "另一件事"}).status_code == 302
    assert Matter.objects.count() == 2


def test_everything_that_was_said_is_kept_as_it_was_said(desk):
    said = {
        "original_words": "俺说的是𠮷家宅基地（㐂）的事……",
        "facts": "第一行\r\n第二行",
        "wish": "先来看看",
        "earlier": "找过村里",
        "proceedings": "没有",
        "papers": "合同复印件1份\n照片3张",
        "name": "古丽·买买提𪚥",
        "present": "１２",
        "concerned": "40",
        "area": "999901001201",
        "category": "labour",
    }
    desk("clerk").post(WRITE, form(**said))
    matter = Matter.objects.get()
    assert words_of(matter, "original_words") == "俺说的是𠮷家宅基地（㐂）的事……"
    assert words_of(matter, "facts") == "第一行\n第二行"
    assert words_of(matter, "papers") == "合同复印件1份\n照片3张"
    assert (matter.present, matter.concerned, matter.area, matter.category) == (12, 40, "999901001201", "labour")
    assert matter.parties.get().person.opened("name") == "古丽·买买提𪚥"


def test_a_nul_or_a_direction_mark_in_the_words_stops_nobody(desk):
    desk("clerk").post(WRITE, form(original_words="灯\x00坏了\u0007", name="张\x00一", address="甲村\x00一组"))
    matter = Matter.objects.get()
    assert words_of(matter, "original_words") == "灯坏了"
    assert matter.parties.get().person.opened("name") == "张一"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"original_words": "", "demand": "", "facts": ""}, "至少写一项"),
        ({"name": "长" * 51}, "请不超过50字"),
        ({"other2_name": "长" * 51}, "请不超过50字"),
        ({"address": "长" * 201}, "请不超过200字"),
        ({"original_words": "长" * 20_001}, "请不超过20000字"),
        ({"present": "很多"}, "请填写整数"),
        ({"received_at": "前天"}, "请填写真实的日期"),
        ({"received_at": "2099-01-01T00:00"}, "发生时间不能晚于现在"),
        ({"received_at": "2026-01-01T09:00"}, "请写明补录的原因"),
        ({"postmarked_on": "2026-02-30"}, "请填写真实的日期"),
        ({"channel": "owl"}, "请从列出的选项中选择"),
    ],
)
def test_what_cannot_be_written_down_is_said_beside_the_field_and_everything_is_kept(desk, values, sentence):
    page = desk("clerk").post(WRITE, form(wish="别忘了我", **values))
    assert page.status_code == 200
    assert sentence in told(page)
    assert "别忘了我" in page.content.decode()
    assert "error-summary" in page.content.decode()
    assert Matter.objects.count() == 0


def test_a_hostile_file_is_named_by_its_place_and_the_words_stay(desk):
    good = SimpleUploadedFile("合同.pdf", b"%PDF-1.7 good")
    bad = SimpleUploadedFile("合同.pdf\u202efdp.exe", b"MZ")
    page = desk("clerk").post(WRITE, form(uploads=[good, bad], wish="别忘了我"))
    assert "第2个文件的类型不能接收" in told(page)
    assert "别忘了我" in page.content.decode()
    assert (Matter.objects.count(), Attachment.objects.count()) == (0, 0)


def test_more_files_than_ten_are_refused_in_words(desk):
    many = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in range(11)]
    assert "一次最多传10个文件" in told(desk("clerk").post(WRITE, form(uploads=many)))


def test_files_and_papers_stand_on_the_receipt(desk):
    clerk = desk("clerk")
    contract = SimpleUploadedFile("劳动合同.pdf", b"%PDF-1.7 good")
    answer = clerk.post(WRITE, form(uploads=[contract], papers="身份证复印件1份"))
    page = told(clerk.get(answer["Location"]))
    assert "身份证复印件1份" in page
    assert "劳动合同.pdf" in page
    assert Attachment.objects.get().matter == Matter.objects.get()


def test_a_letter_of_last_week_needs_its_reason_and_keeps_both_times(desk):
    clerk = desk("clerk")
    came = timezone.localtime(timezone.now() - timedelta(days=7)).replace(second=0, microsecond=0)
    letter = {"channel": "letter", "received_at": came.strftime("%Y-%m-%dT%H:%M"), "postmarked_on": "2026-01-05"}
    assert Matter.objects.count() == 0
    clerk.post(WRITE, form(**letter, late_reason="信件积压"))
    matter = Matter.objects.get()
    assert (matter.received_at, matter.channel) == (came, "letter")
    assert matter.registered_at - matter.received_at > timedelta(days=6)
    assert str(matter.contacts.get().postmarked_on) == "2026-01-05"


def test_a_letter_to_a_leader_says_to_which_level_it_was_written(desk):
    desk("clerk").post(WRITE, form(channel="leader_mailbox", addressee="province"))
    assert Matter.objects.get().addressee == "province"


def test_an_agent_and_four_more_representatives_are_registered_by_name(desk):
    others = {f"other{n}_name": f"代表{n}" for n in range(1, 5)}
    desk("clerk").post(
        WRITE, form(agent_name="律师", agent_phone="0550-1", needs=["sign_language", "scribe"], **others)
    )
    parties = Matter.objects.get().parties.order_by("pk")
    assert [(p.part, p.person.opened("name")) for p in parties] == [
        ("petitioner", "张一"), ("agent", "律师"), *(("representative", f"代表{n}") for n in range(1, 5)),
    ]  # fmt: skip
    assert parties[0].person.accessibility_needs == ["sign_language", "scribe"]


def test_what_concerns_the_centres_own_people_goes_one_tier_up_and_out_of_sight(desk, cast):
    clerk = desk("clerk")
    page = clerk.get(f"{WRITE}?own")
    assert "由上一级登记办理" in told(page)
    assert "周正（青禾镇人民政府）" in told(page), "the leaders of the town can be named too"
    assert 'data-draft="' not in page.content.decode(), "no copy on the computer of the window"
    answer = clerk.post(WRITE, form(own="True", recused=[str(cast.users["director"].pk)]))
    matter = Matter.objects.get()
    assert (matter.holder, matter.recused_units, matter.recused_users) == (
        "999901", ["999901001"], [cast.users["director"].pk],
    )  # fmt: skip
    receipt = clerk.get(answer["Location"])
    assert len(code_on(receipt)) == 12
    assert "离开这一页后您看不到它" in told(receipt)
    assert clerk.get(answer["Location"]).status_code == 404
    assert clerk.get(f"/desk/m/{matter.number}/").status_code == 404


def test_what_a_village_hears_about_its_town_goes_to_the_district(desk):
    station = desk("station")
    page = told(station.get(f"{WRITE}?own"))
    assert "镇（街道）领导或镇中心的人" in page
    assert "赵敏（青禾镇群众工作服务中心）" in page
    here = form(own="True", unit="999901001201", whose="own")
    station.post(WRITE, here)
    matter = Matter.objects.get()
    assert (matter.holder, matter.recused_units) == ("999901001", ["999901001201"])
    station.post(WRITE, form(own="True", unit="999901001201", whose="above"))
    matter = Matter.objects.exclude(pk=matter.pk).get()
    assert (matter.holder, matter.recused_units) == ("999901", ["999901001", "999901001201"])
    assert desk("director").get(f"/desk/intake/receipt/{matter.number}/").status_code == 404


def test_a_wish_for_secrecy_restricts_the_sight(desk):
    desk("clerk").post(WRITE, form(secret="True"))
    matter = Matter.objects.get()
    assert matter.restricted
    assert desk("deputy").get(f"/desk/intake/receipt/{matter.number}/").status_code == 404
    assert desk("director").get(f"/desk/intake/receipt/{matter.number}/").status_code == 200


def test_an_officer_of_a_member_office_registers_for_the_centre(desk):
    answer = desk("member").post(WRITE, form())
    assert answer.status_code == 302
    assert Matter.objects.get().holder == "999901001"
    page = desk("member").post(WRITE, form(unit="999901"))
    assert "请从列出的选项中选择" in told(page), "nobody registers in the name of another centre"


def test_the_picker_offers_the_places_of_ones_own_centre(desk):
    assert "甲村" in told(desk("clerk").get(WRITE))
    station = told(desk("station").get(WRITE))
    assert ("甲村" in station, "乙村" in station) == (True, False)


def test_a_form_kept_over_the_end_of_a_session_comes_back_whole(desk, cast):
    clerk = desk("clerk")
    clerk.get(ASK)
    session = clerk.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=40)).isoformat()
    session.save()
    answer = clerk.post(WRITE, form(own="True", needs=["scribe"], wish="别忘了我"))
    assert answer.status_code == 302
    assert Matter.objects.count() == 0
    clerk.force_login(cast.users["clerk"])
    page = clerk.get(WRITE)
    assert "别忘了我" in page.content.decode()
    assert "由上一级登记办理" in told(page), "the answers to the three questions come back too"
    assert re.search(r'value="scribe"[^>]*checked', page.content.decode())


def test_a_new_code_needs_a_look_at_who_asks_and_kills_the_old_one(desk, cast):
    receipt = registered(cast, timezone.now())
    clerk, url = desk("clerk"), f"/desk/intake/receipt/{receipt.number}/"
    refused = clerk.post(f"{url}code/", follow=True)
    assert "请先核对来人是不是信访人本人" in told(refused)
    page = clerk.post(f"{url}code/", {"checked": "on"}, follow=True)
    code = code_on(page)
    row = Matter.objects.get(pk=receipt.matter)
    assert bytes(row.code_hash) == code_hash(code, row.number) != code_hash(receipt.code, row.number)
    assert Event.objects.filter(chain_id=receipt.matter, type="code_renewed").count() == 1
    assert code_on(clerk.get(url)) == ""
    assert OutgoingMessage.objects.count() >= 0


@pytest.mark.parametrize("who", ["labour_officer", "supervisor", "stranger", "administrator"])
def test_nobody_else_gives_a_new_code(desk, cast, who):
    receipt = registered(cast, timezone.now())
    assert desk(who).post(f"/desk/intake/receipt/{receipt.number}/code/", {"checked": "on"}).status_code == 404
    assert not Event.objects.filter(type="code_renewed").exists()


def test_the_qr_code_holds_the_number_and_passes_the_strict_policy(desk, cast):
    receipt = registered(cast, timezone.now())
    page = desk("clerk").get(f"/desk/intake/receipt/{receipt.number}/qr.svg")
    assert page["Content-Type"] == "image/svg+xml"
    assert b"<svg" in page.content
    assert receipt.code.encode() not in page.content
    assert b"style=" not in page.content
    assert desk("clerk").get("/desk/intake/receipt/XF-0000-0000/qr.svg").status_code == 404


def test_the_receipt_names_each_next_step_with_its_date(desk, cast):
    receipt = registered(cast, at("2026-09-28 09:00"))
    page = told(desk("director").get(f"/desk/intake/receipt/{receipt.number}/"))
    assert "最迟2026年9月28日星期一研究定下由谁办理" in re.sub(r"<[^>]+>", "", page)
    assert "（原为10月5日，遇休息日顺延）" in page


def test_printing_the_registration_form_is_noted_as_a_look(desk, cast):
    receipt = registered(cast, timezone.now(), papers="合同1份")
    clerk, url = desk("clerk"), f"/desk/intake/receipt/{receipt.number}/form/"
    before = clerk.get(url)
    assert "张一" not in told(before)
    page = clerk.post(url)
    assert "张一" in told(page)
    assert "19900000001" in told(page)
    assert "合同1份" in told(page)
    look = Look.objects.get()
    assert (str(look.matter_id), look.user) == (str(receipt.matter), cast.users["clerk"].pk)
    assert desk("supervisor").post(url).status_code == 404


def test_a_password_that_must_be_changed_comes_before_any_registration(desk, cast):
    people.reset_password(user=cast.users["clerk"].pk, by=SYSTEM, at=timezone.now())
    cast.users["clerk"] = User.objects.get(username="clerk")
    assert desk("clerk").get(ASK)["Location"] == "/sign-in/password/"


def test_a_right_that_was_spoken_of_stands_on_the_receipt_by_its_prudent_day(desk):
    began = {"limit1_rule": "EX-FY60", "limit1_from_on": "2026-03-02"}
    page = desk("clerk").post(WRITE, form(received_at="2026-03-20T10:00", late_reason="补录", **began), follow=True)
    event = Event.objects.get(type="registered")
    assert event.payload["limits"] == [{"rule": "EX-FY60", "from_on": "2026-03-02"}]
    assert "申请行政复议：法定期限到2026年5月6日，可能已经届满" in told(page)
    fresh = timezone.localdate() - timedelta(days=3)
    page = desk("clerk").post(WRITE, form(limit1_rule="EX-SS15", limit1_from_on=fresh.isoformat()), follow=True)
    assert "不服复议决定起诉，请最迟于" in told(page)
    assert "receipt-pressing" in page.content.decode()


@pytest.mark.parametrize(
    ("rule", "began", "said"),
    [
        ("EX-FY60", "", "请填写这一项"), ("", "2026-03-02", "请填写这一项"),
        ("EX-FY60", "2026-02-30", "请填写真实的日期"),
        ("EX-FY60", "2999-01-01", "不能晚于今天"), ("EX-FY60", "1950-01-01", "起算日太早"),
        ("XX", "2026-03-02", "请从列"),
    ],
)  # fmt: skip
def test_a_limit_that_cannot_be_is_said_beside_the_field_and_nothing_is_lost(desk, rule, began, said):
    page = desk("clerk").post(WRITE, form(limit1_rule=rule, limit1_from_on=began))
    assert page.status_code == 200
    assert said in told(page), told(page)[2000:6000]
    assert STORY["demand"] in page.content.decode()
    assert Matter.objects.count() == 0
