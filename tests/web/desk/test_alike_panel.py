"""Beside the form of the window: what may be the same matter, and one press that decides; with and without script."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import TRIAGE, moved, registered
from xinfang.models import Contact, Event, Matter, Party
from xinfang.services.petitioner import open_by_code

pytestmark = pytest.mark.django_db
ASK, WRITE = "/desk/intake/alike/", "/desk/intake/new/"
FACTORY = "河湾村东头的石料加工厂夜里十二点还在开机器，粉尘飘进院子，孩子一直咳嗽。"
RETOLD = "我们村东头石料加工厂半夜还开工，灰特别大，粉尘飘进院子，请管一管。"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def factory(cast):
    return registered(cast, timezone.now() - timedelta(hours=5), original_words=FACTORY, demand="停止夜间生产")


def form(**values):
    return {"submission_key": str(uuid4()), "unit": "999901001", "channel": "visit", "name": "李二",
            "phone": "19900000002", "original_words": RETOLD, **values}  # fmt: skip


def plain(page, status=200):
    assert page.status_code == status, page
    return re.sub(r"\s+", " ", page.content.decode())


def answers(page):
    return re.findall(r'name="same_as" value="([^"]+)"( aria-describedby="[^"]+")?( checked)?', plain(page))


def finished(cast, receipt):
    done = {"result_words": "停了", "result": "supported_done", "petitioner_told": "当面", "evidence": True}
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE),
          ("director", "solve_on_the_spot", done), ("director", "close", {}))  # fmt: skip


def test_the_panel_offers_the_same_matter_with_everything_needed_to_decide(desk, factory):
    page = desk("clerk").post(ASK, {"original_words": RETOLD})
    text = plain(page)
    assert "<html" not in text
    for words in (
        factory.number,
        "停止夜间生产",
        "已登记",
        "青禾镇群众工作服务中心",
        "说的内容有些像",
        "有 1 件可能是同一件",
    ):
        assert words in text
    assert "张一" not in text
    assert [(value, bool(checked)) for value, _described, checked in answers(page)] == [
        ("new", True), (f"again:{factory.number}", False), (f"join:{factory.number}", False),
    ]  # fmt: skip
    assert page["Cache-Control"] == "private, no-store"


def test_nothing_typed_nothing_looked_for(desk, factory):
    assert "写下几个字就开始查" in plain(desk("clerk").post(ASK, {}))
    assert "没有找到像这件的" in plain(desk("clerk").post(ASK, {"original_words": "医院收费太贵，药价也不公示。"}))


@pytest.mark.parametrize("wall", ["own", "secret"])
def test_what_is_told_in_confidence_is_compared_with_nothing(desk, factory, wall):
    clerk = desk("clerk")
    assert factory.number not in plain(clerk.post(ASK, {"original_words": RETOLD, wall: "True"}))
    page = plain(clerk.post(WRITE, form(look="1", **{wall: "True"})))
    assert ("alike-title" in page, factory.number in page) == (False, False)


def test_the_place_is_read_as_it_is_typed(cast, desk):
    here = registered(cast, timezone.now(), original_words=FACTORY, demand="", area="999901001201")
    assert "事发地相同" in plain(desk("clerk").post(ASK, {"original_words": RETOLD, "area": "甲村"}))
    assert "事发地相同" not in plain(desk("clerk").post(ASK, {"original_words": RETOLD, "area": "乙村"}))
    assert "事发地相同" not in plain(desk("clerk").post(ASK, {"original_words": RETOLD, "area": "没有的村"}))
    assert here.number in plain(desk("clerk").post(ASK, {"original_words": RETOLD}))


def test_the_same_person_is_known_by_a_card_or_a_telephone_of_anybody_who_came(cast, desk):
    who = {"name": "李四", "phone": "19900000077", "id_number": "341602189001010013"}
    registered(cast, timezone.now(), original_words=FACTORY, demand="", people=[who])
    clerk = desk("clerk")
    for typed in ({"phone": "199 0000 0077"}, {"id_number": "李四|341602189001010013"}, {"agent_phone": "19900000077"},
                  {"other1_phone": "19900000077"}):  # fmt: skip
        assert "证件号或电话相同" in plain(clerk.post(ASK, {"original_words": RETOLD, **typed}))
    assert "证件号或电话相同" not in plain(clerk.post(ASK, {"original_words": RETOLD, "phone": "19900000078"}))


def test_a_hidden_matter_changes_not_one_byte(cast, desk, factory):
    clerk = desk("clerk")
    before = plain(clerk.post(ASK, {"original_words": RETOLD, "phone": "19900000077"}))
    who = [{"name": "李四", "phone": "19900000077"}]
    for wall in ({"restricted": True}, {"concerns_own_people": True}, {"recused_users": (cast.clerk.user_id,)}):
        registered(cast, timezone.now(), original_words=FACTORY, demand="", people=who, **wall)
        assert plain(clerk.post(ASK, {"original_words": RETOLD, "phone": "19900000077"})) == before


def test_who_registers_nothing_sees_no_panel_and_it_is_never_asked_by_address(desk, factory):
    assert desk("labour_head").post(ASK, {"original_words": RETOLD}).status_code == 404
    assert desk("clerk").get(ASK).status_code == 405


def test_without_script_looking_brings_the_panel_and_loses_nothing(desk, factory):
    page = desk("clerk").post(WRITE, form(look="1"))
    text = plain(page)
    for words in (factory.number, RETOLD, "李二", "19900000002"):
        assert words in text
    assert Matter.objects.count() == 1
    chosen = f"join:{factory.number}"
    again = desk("clerk").post(WRITE, form(look="1", same_as=chosen))
    assert [value for value, _described, checked in answers(again) if checked] == [chosen]


def test_what_was_chosen_stays_when_the_story_goes_on_otherwise(desk, factory):
    sent = {"original_words": "医院收费太贵，药价也不公示。", "same_as": f"join:{factory.number}"}
    page = desk("clerk").post(ASK, sent)
    assert [value for value, _described, checked in answers(page) if checked] == [f"join:{factory.number}"]


def test_an_answer_that_is_no_longer_offered_falls_back_to_a_new_matter(desk, factory):
    page = desk("clerk").post(WRITE, form(look="1", same_as="again:XF-0000-0000"))
    assert [value for value, _described, checked in answers(page) if checked] == ["new"]


def test_coming_again_is_written_into_the_matter_and_gives_a_receipt(desk, factory):
    clerk = desk("clerk")
    sent = form(same_as=f"again:{factory.number}", offered=factory.number)
    first, second = clerk.post(WRITE, sent), clerk.post(WRITE, sent)
    assert first["Location"] == second["Location"] == f"/desk/intake/receipt/{factory.number}/visit/2/"
    assert (Matter.objects.count(), Contact.objects.count()) == (1, 2)
    text = plain(clerk.get(first["Location"]))
    for words in ("再次来访回执", factory.number, "不因为再来一次而重算", "不收费", "查询码"):
        assert words in text
    assert not re.search(r"receipt-code", text)
    page = plain(desk("director").get(f"/desk/m/{factory.number}/"))
    assert "再次来访来信" in page
    assert f"原话：{RETOLD}" in page


def test_joining_makes_one_petitioner_more(desk, factory):
    clerk = desk("clerk")
    answer = clerk.post(WRITE, form(same_as=f"join:{factory.number}", offered=factory.number))
    text = plain(clerk.get(answer["Location"]))
    told = (
        "加入回执",
        factory.number,
        "您已是这件事的信访人",
        "最早收到",
        "最迟",
        "不收费",
        "30日内可以请求复查",
        "qr.svg",
    )
    for words in told:
        assert words in text
    assert re.search(r'receipt-code">\s*\d{4} \d{4} \d{4}', text)
    for words in ("张一", FACTORY, "停止夜间生产"):
        assert words not in text
    # The code is shown once.
    assert "receipt-code" not in plain(clerk.get(answer["Location"]))
    assert "后来加入的信访人" in plain(clerk.get(f"/desk/intake/receipt/{factory.number}/"))
    names = {party.person.opened("name") for party in Party.objects.filter(matter=factory.matter)}
    assert names == {"张一", "李二"}


def test_whoever_joined_and_lost_the_code_gets_a_new_one(desk, factory):
    clerk = desk("clerk")
    page = clerk.post(WRITE, form(same_as=f"join:{factory.number}", offered=factory.number))["Location"]
    old = shown_code(clerk.get(page))
    assert clerk.post(f"{page}code/", {})["Location"] == page
    assert "receipt-code" not in plain(clerk.get(page))
    assert clerk.post(f"{page}code/", {"checked": "on"})["Location"] == page
    new = shown_code(clerk.get(page))
    assert new != old
    assert open_by_code(number=factory.number, code=new, address="x", at=timezone.now()) == (factory.matter, 2)
    # The first petitioner's code has not changed, and where nobody joined there is none to change.
    assert open_by_code(number=factory.number, code=factory.code, address="x", at=timezone.now()).came_with == 1
    clerk.post(WRITE, form(same_as=f"again:{factory.number}", offered=factory.number))
    last = Contact.objects.filter(matter=factory.matter).order_by("-seq")[0].seq
    gone = f"/desk/intake/receipt/{factory.number}/visit/{last}/code/"
    assert clerk.post(gone, {"checked": "on"}).status_code == 404


def shown_code(page):
    return re.search(r'receipt-code">\s*([\d ]+\d)', plain(page))[1]


def test_a_new_matter_remembers_what_had_been_offered(desk, factory):
    answer = desk("clerk").post(WRITE, form(same_as="new", offered=factory.number))
    matter = Matter.objects.exclude(pk=factory.matter).get()
    assert answer["Location"] == f"/desk/intake/receipt/{matter.number}/"
    payload = Event.objects.get(chain_id=matter.pk, type="registered").payload
    assert (payload["decided"], payload["offered"]) == ("new", [str(factory.matter)])


def test_what_repeats_a_finished_matter_gets_a_number_and_a_code_of_its_own(cast, desk, factory):
    finished(cast, factory)
    director = desk("director")
    page = director.post(ASK, {"original_words": RETOLD})
    assert [value for value, *_rest in answers(page)] == ["new", f"again:{factory.number}"]
    assert "那件已办结" in plain(page)
    answer = director.post(WRITE, form(same_as=f"again:{factory.number}"))
    matter = Matter.objects.exclude(pk=factory.matter).get()
    assert answer["Location"] == f"/desk/intake/receipt/{matter.number}/"
    assert "receipt-code" in plain(director.get(answer["Location"]))


def test_joining_what_has_been_finished_meanwhile_is_said_and_nothing_is_lost(cast, desk, factory):
    finished(cast, factory)
    text = plain(desk("director").post(WRITE, form(same_as=f"join:{factory.number}")))
    assert "那件事已经办结，不能再加入" in text
    assert RETOLD in text
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("same_as", ["", "new", "again", "again:x", "sealed:XF-0000-0000", "join:", "x" * 500])
def test_whatever_is_no_answer_is_a_matter_of_its_own(desk, factory, same_as):
    assert desk("clerk").post(WRITE, form(same_as=same_as)).status_code == 302
    assert Matter.objects.count() == 2


def test_a_matter_out_of_sight_cannot_be_chosen_by_its_number(cast, desk, factory):
    hidden = registered(cast, timezone.now(), original_words=FACTORY, restricted=True)
    page = plain(desk("director").post(WRITE, form(same_as=f"again:{hidden.number}")))
    assert "没有找到这个单号" in page
    assert Contact.objects.count() == 2


def test_only_a_later_contact_in_sight_has_this_receipt(cast, desk, factory):
    clerk = desk("clerk")
    clerk.post(WRITE, form(same_as=f"again:{factory.number}"))
    address = f"/desk/intake/receipt/{factory.number}/visit/"
    assert clerk.get(f"{address}2/").status_code == 200
    for who, seq in (("clerk", 1), ("clerk", 3), ("other_director", 2), ("stranger", 2)):
        assert desk(who).get(f"{address}{seq}/").status_code == 404
    assert clerk.get("/desk/intake/receipt/nothing/visit/2/").status_code == 404


def test_a_kept_form_that_became_a_contact_is_kept_no_more(desk, factory):
    clerk, sent = desk("clerk"), form(same_as=f"again:{factory.number}")
    clerk.post(WRITE, sent)
    clerk.post("/desk/intake/draft/", sent)
    assert RETOLD not in plain(clerk.get(WRITE))


def test_the_panel_asks_the_same_number_of_statements_however_many_there_are(cast, desk):
    clerk, asked = desk("clerk"), []
    for n in (1, 6):
        for _ in range(n):
            registered(cast, timezone.now(), original_words=FACTORY, demand="")
        clerk.post(ASK, {"original_words": RETOLD, "phone": "19900000001"})
        with CaptureQueriesContext(connection) as counted:
            clerk.post(ASK, {"original_words": RETOLD, "phone": "19900000001"})
        asked.append(len(counted))
    assert asked[0] == asked[1]
