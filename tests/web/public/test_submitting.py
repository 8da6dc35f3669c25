"""Bringing a matter from home: nothing is refused but silence, one number however often it is sent."""

import re
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session

from tests.web.public.conftest import NO, NOW, STORY, Browser, text
from xinfang.models import Attachment, Event, Matter, Party, ProtectedText
from xinfang.queries.reaching import own_phone
from xinfang.services.petitioner import open_by_code

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def numbers_on(response):
    said = response.content.decode()
    return re.search(r"XF-\w{4}-\w{4}", said)[0], re.search(r"\d{4} \d{4} \d{4}", said)[0]


def test_a_submission_ends_with_number_code_holder_and_real_dates(citizen):
    page = citizen.submit()
    number, code = numbers_on(page)
    matter = Matter.objects.get(number=number)
    assert (matter.channel, matter.holder, matter.area) == ("web", "999901001", "999901001201")
    assert open_by_code(number=number, code=code, address="x", at=NOW).matter == matter.pk
    said = text(page)
    assert "青禾镇群众工作服务中心" in said
    assert "2026年3月16日 星期一" in said
    assert "2026年3月31日 星期二" in said
    event = Event.objects.get(chain_id=matter.pk)
    assert (event.role, event.actor, event.occurred_at) == ("petitioner", None, NOW)


def test_the_confirmation_can_be_opened_again_in_the_same_session_alone(citizen):
    first = numbers_on(citizen.submit())
    assert numbers_on(citizen.get("/submit/done/")) == first
    assert Browser().get("/submit/done/").url == "/track/"


def test_any_number_of_presses_is_one_matter(citizen):
    citizen.wizard()
    key = citizen.key("/submit/check/")
    for _press in range(3):
        assert citizen.send("/submit/check/", key=key).url == "/submit/done/"
    assert Matter.objects.count() == 1
    # Back in the browser to an older page, and on again.
    assert citizen.send("/submit/words/", key=key, words="别的事").url == "/submit/done/"
    assert Matter.objects.count() == 1


def test_an_answer_that_was_lost_is_given_again_word_for_word(citizen):
    citizen.wizard()
    key = citizen.key("/submit/check/")
    before = Session.objects.get().session_data
    first = numbers_on(citizen.submit())
    # The process died after the matter was committed: the session never learned of it.
    session = citizen.session
    session.clear()
    session.update(Session(session_data=before).get_decoded())
    session.save()
    assert citizen.send("/submit/check/", key=key).url == "/submit/done/"
    assert numbers_on(citizen.get("/submit/done/")) == first
    assert Matter.objects.count() == 1


def test_a_second_press_that_knows_nothing_of_the_first_finds_the_same_receipt(citizen):
    citizen.wizard()
    key, cookie = citizen.key("/submit/check/"), citizen.cookies["sessionid"].value
    citizen.send("/submit/check/", key=key)
    first = numbers_on(citizen.get("/submit/done/"))
    # The browser gave up on the first answer, cookies and all.
    citizen.cookies["sessionid"] = cookie
    assert citizen.send("/submit/check/", key=key).url == "/submit/done/"
    assert numbers_on(citizen.get("/submit/done/")) == first


def test_two_matters_from_one_browser_are_two(citizen):
    one, other = numbers_on(citizen.submit()), numbers_on(citizen.submit(words="又一件事"))
    assert one[0] != other[0]
    assert Matter.objects.count() == 2


def test_an_accusation_is_sent_where_it_is_safe_and_leaves_nothing(citizen):
    answer = citizen.send("/submit/", **{**NO, "accusation": "yes"})
    assert answer.url == "/accusations/"
    assert not Session.objects.exists()
    said = text(citizen.get("/accusations/"))
    assert "12388" in said
    assert Matter.objects.count() == 0
    assert citizen.get("/submit/words/").url == "/submit/"


def test_what_concerns_the_centres_own_people_is_registered_one_tier_up(citizen):
    citizen.submit(own_people="yes", secrecy="yes")
    matter = Matter.objects.get()
    assert (matter.holder, matter.restricted, matter.recused_units) == ("999901", True, ["999901001"])


def test_who_does_not_know_the_place_reaches_the_district_centre(citizen):
    citizen.submit(area="", name="", phone="")
    matter = Matter.objects.get()
    assert (matter.holder, matter.area) == ("999901", "999901")
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    "name", ["王", "古丽·买买提", "𠮷野家", "䶮", "阿卜杜拉·本·赛义德 江", "Ng", "长" * 50, "　张三　"]
)
def test_every_name_that_the_law_allows_is_taken(citizen, name):
    citizen.submit(name=name)
    assert Party.objects.get().person.opened("name") == name.strip("　")


def test_full_width_digits_and_small_x_are_folded(citizen):
    citizen.submit(phone="１９９ ００００-０００１", id_number="１１０１０５ １８４９１２３１００２x")
    person = Party.objects.get().person
    assert (person.opened("phone"), person.opened("id_number")) == ("19900000001", "11010518491231002X")


def test_a_story_of_twenty_thousand_characters_is_taken_whole(citizen):
    story = "长\r\n" * 9_999 + "𠮷完"
    citizen.submit(words=story)
    kept = ProtectedText.objects.get(field="original_words").text
    assert kept == story.replace("\r\n", "\n")
    assert len(kept) == 20_000


@pytest.mark.parametrize(
    ("page", "values", "said"),
    [
        ("words", {"words": " \n"}, "请写几句发生了什么事。"),
        ("words", {"words": "长" * 20_001}, "内容太长，请不超过 20000 字。"),
        ("where", {"area": "310000"}, "请从列表里选一个。"),
        ("who", {"name": "长" * 51}, "姓名最多 50 个字。"),
    ],
)
def test_what_is_wrong_is_said_in_the_title_above_and_beside_and_what_was_typed_stays(citizen, page, values, said):
    citizen.wizard(until={"words": "questions", "where": "words", "who": "village"}[page])
    answer = citizen.send(f"/submit/{page}/", **values)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r"<title>\s*错误：", shown)
    assert shown.count(said) == 2
    assert 'aria-invalid="true"' in shown
    typed = next(iter(values.values()))
    assert page == "where" or typed.strip() in shown


def test_three_unanswered_questions_are_three_different_sentences(citizen):
    said = text(citizen.send("/submit/"))
    for sentence in ("请选是不是要检举、控告。", "请选和中心自己的人有没有关。", "请选要不要保密。"):
        assert said.count(sentence) == 2


def test_nothing_is_ticked_beforehand(citizen):
    assert "checked" not in citizen.get("/submit/").content.decode()


def test_each_answer_can_be_changed_from_the_check_and_leads_back_to_it(citizen):
    citizen.wizard()
    assert citizen.send("/submit/words/", words="改过的话").url == "/submit/check/"
    assert "改过的话" in text(citizen.get("/submit/check/"))


def test_no_page_can_be_jumped_over(citizen):
    citizen.wizard(until="questions")
    assert citizen.get("/submit/check/").url == "/submit/words/"
    assert citizen.send("/submit/check/").url == "/submit/words/"
    assert Matter.objects.count() == 0


def test_a_page_of_another_petition_does_not_write_into_this_one(citizen):
    citizen.wizard(until="words")
    assert citizen.send("/submit/words/", key=str(uuid4()), words="混进来的").url == "/submit/"
    assert STORY in text(citizen.get("/submit/words/"))


def test_an_unfinished_petition_is_offered_again_or_thrown_away(citizen):
    citizen.wizard(until="words")
    assert "您有一份没写完的" in text(citizen.get("/submit/"))
    citizen.send("/submit/", again="1")
    assert citizen.get("/submit/words/").url == "/submit/"


def test_a_thing_of_the_catalogue_is_carried_into_the_matter(citizen):
    citizen.send("/submit/", item="unpaid_wages", **NO)
    citizen.wizard()
    assert "工资被拖欠" in text(citizen.get("/submit/check/"))
    citizen.send("/submit/check/", key=citizen.key("/submit/check/"))
    assert Matter.objects.get().category == "labour"


def test_files_are_kept_with_the_petition_and_come_into_the_matter(citizen, settings, tmp_path, upload):
    settings.MEDIA_ROOT = tmp_path
    citizen.wizard(until="who")
    citizen.post("/submit/files/", {"files": [upload("灯.png", PNG), upload("杆.png", PNG)], "more": "1"})
    page = citizen.get("/submit/files/").content.decode()
    first = re.search(r'name="remove"\s+value="([0-9a-f-]{36})"', page)[1]
    citizen.send("/submit/files/", remove=first)
    citizen.send("/submit/check/", key=citizen.key("/submit/check/"))
    file = Attachment.objects.get()
    assert (file.name, file.by_petitioner, file.shown_to_petitioner) == ("杆.png", True, True)
    # What was kept with the draft is gone; what is kept with the matter is there.
    assert [path.name for path in tmp_path.glob("??/*")] == [file.stored.split("/")[1]]


def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(citizen, settings, tmp_path, upload):
    settings.MEDIA_ROOT = tmp_path
    citizen.wizard(until="who")
    answer = citizen.post("/submit/files/", {"files": [upload("run.exe", b"MZ")]})
    assert answer.status_code == 200
    assert re.search(r"<title>\s*错误：", answer.content.decode())
    assert not list(tmp_path.glob("??/*"))


def test_photos_that_can_be_taken_are_kept_when_another_one_is_refused(citizen, settings, tmp_path, upload):
    settings.MEDIA_ROOT = tmp_path
    citizen.wizard(until="who")
    given = [
        upload("灯.png", PNG),
        upload("IMG_1.HEIC", b"\0\0\0\x18ftypheic"),
        upload("杆.png", PNG),
        upload("空.png", b""),
    ]
    said = text(citizen.post("/submit/files/", {"files": given}))
    assert "“IMG_1.heic”没有收下：这是苹果手机的 HEIC 格式" in said
    assert "“空.png”没有收下：是空的。" in said
    assert said.count("去掉 灯.png") == said.count("去掉 杆.png") == 1
    more = [upload(f"{n}.png", PNG) for n in range(9)]
    assert "“8.png”没有收下：最多传 10 个" in text(citizen.post("/submit/files/", {"files": more}))
    citizen.send("/submit/files/")
    citizen.submit_now()
    assert Attachment.objects.count() == 10


def test_malformed_input_is_never_an_error_of_ours(citizen):
    citizen.wizard(until="who")
    odd = ["", "\x00", "\ud800".encode("utf-8", "replace").decode(), "💡" * 300, "<script>", "../../etc", "9" * 400]
    for page in ("", "words/", "where/", "village/", "who/", "files/", "check/", "done/"):
        for value in odd:
            names = ("key", "accusation", "own_people", "secrecy", "words", "area", "name", "phone", "remove", "item")
            assert citizen.post(f"/submit/{page}", dict.fromkeys(names, value)).status_code < 500
        assert citizen.put(f"/submit/{page}").status_code == 405
    assert citizen.post("/submit/", b"\xff\xfe", content_type="application/json").status_code < 500
    assert citizen.get("/submit/?item=%00").status_code == 400


def test_what_is_half_written_lies_sealed_in_the_session(citizen):
    citizen.wizard(name="古丽·买买提")
    decoded = str(Session.objects.get().get_decoded())
    assert "古丽" not in decoded
    assert "路灯" not in decoded
    assert "\\u" not in decoded


def test_no_address_of_a_page_carries_what_was_typed(citizen):
    citizen.wizard(until="words")
    answer = citizen.send("/submit/who/", name="张一", phone="19900000001")
    assert "张" not in answer.url
    assert "1990" not in answer.url


def test_a_flood_from_one_address_is_answered_in_words(citizen, monkeypatch):
    monkeypatch.setattr("xinfang.web.public.submit.SUBMISSIONS", 2)
    for n in range(2):
        assert citizen.submit(words=f"第 {n} 件").status_code == 200
    citizen.wizard(words="第三件")
    answer = citizen.send("/submit/check/", key=citizen.key("/submit/check/"))
    assert answer.status_code == 429
    assert "分钟后再试" in text(answer)
    assert int(answer["Retry-After"]) <= 600
    # What was written is still there, and goes through later.
    citizen.clock = NOW.replace(minute=11)
    assert citizen.send("/submit/check/", key=citizen.key("/submit/check/")).url == "/submit/done/"


def test_this_machine_itself_is_not_held_back(citizen, monkeypatch):
    monkeypatch.setattr("xinfang.web.public.submit.SUBMISSIONS", 1)
    citizen.defaults["REMOTE_ADDR"] = "127.0.0.1"
    for n in range(3):
        assert citizen.submit(words=f"第 {n} 件").status_code == 200
    assert Matter.objects.count() == 3


def test_who_writes_for_somebody_else_is_the_agent_and_proves_nothing(citizen, settings):
    settings.XINFANG_SMS = "file"
    citizen.wizard(until="village")
    citizen.send("/submit/who/", name="张一", phone="19900000001", agent_name="张小一", agent_phone="199 0000 0008")
    assert "<details open>" in citizen.get("/submit/who/").content.decode()
    citizen.send("/submit/files/")
    assert "代办人姓名 张小一 修改" in text(citizen.get("/submit/check/"))
    said = text(citizen.submit_now())
    assert "单号也会用短信发到 199******01" in said
    agent = Party.objects.get(part="agent").person
    assert (agent.opened("name"), agent.opened("phone")) == ("张小一", "19900000008")
    assert own_phone(Matter.objects.get().pk).number == "19900000001"


def test_what_is_to_be_kept_secret_goes_to_no_telephone(citizen, settings):
    settings.XINFANG_SMS = "file"
    assert "短信发到" not in text(citizen.submit(secrecy="yes"))
