"""F-06 on paper: the procedure, where and how to apply, the last day and how it was counted, from what was entered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import TRIAGE, moved, registered
from xinfang.documents.official import record_of
from xinfang.documents.route_paper import route_paper
from xinfang.models import Event, Look, Unit
from xinfang.queries.dossier import dossier_for
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
PERSON = {"name": "欧阳讨薪", "phone": "19900000001", "address": "甲村一组"}


@pytest.fixture
def wages(cast):
    Unit.objects.filter(pk="999901-XF").update(phone="0000-8123456")
    receipt = registered(cast, timezone.now(), demand="付清去年的工钱", people=[PERSON])
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE))
    return receipt


def led(cast, receipt, **changes):
    values = {
        "procedure": "labour_arbitration", "reason": "属于劳动争议", "competent_body": "示范区仲裁委，和畅路9号",
        "how_to_apply": "递交申请书两份", "reviewed_by": cast.users["deputy"].pk, "document": "示信告〔2026〕7号",
        "aid_offered": True, **changes,
    }  # fmt: skip
    moved(cast, receipt.matter, timezone.now(), ("bureau", "channel", values))
    return f"/desk/m/{receipt.number}/paper/{Event.objects.get(chain_id=receipt.matter, type='channelled').seq}/route/"


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_notice_says_which_demand_which_procedure_where_and_how(cast, desk, wages):
    page = text(desk("bureau").get(led(cast, wages)))
    for said in (
        "法定途径告知书", "示信告〔2026〕7号", wages.number, "付清去年的工钱", "劳动争议仲裁（仲裁", "属于劳动争议",
        "示范区仲裁委，和畅路9号", "递交申请书两份", "劳动关系和欠薪的证据", "劳动争议调解仲裁法》第五条", "12348",
        "区信访局（印章）", "联系人：沈信", "0000-8123456", "不收费", "这份文件是什么", "您可以做什么", "最迟日期",
        "起算的日子还不清楚",
    ):  # fmt: skip
        assert said in page, said
    assert "/paper/3/route/" in text(desk("bureau").get(f"/desk/m/{wages.number}/"))


def test_the_last_day_stands_there_with_every_day_that_was_counted(cast, desk, wages):
    began = timezone.localdate() - timedelta(days=20)
    page = text(desk("bureau").get(led(cast, wages, procedure="administrative_suit", trigger_on=began.isoformat())))
    limit = next(one for one in page.split("<h2>") if "的日期是怎样算出来的" in one)
    assert f"{began.year}年{began.month}月{began.day}日" in limit
    assert "起算日，当天不算" in limit
    assert "行政诉讼法" in limit
    assert "算法" not in limit
    assert "诉访分离告知书" in page
    assert "请注意，最迟" in page


def test_the_name_is_masked_until_it_is_opened_with_a_note_that_says_for_which_paper(cast, desk, wages):
    address = led(cast, wages)
    assert "欧阳讨薪" not in text(desk("bureau").get(address))
    assert "欧阳讨薪：" in text(desk("bureau").post(address))
    look = Look.objects.get(matter=wages.matter)
    assert (look.user, look.reason) == (cast.users["bureau"].pk, "打印法定途径告知书")
    assert "欧阳讨薪" not in text(desk("supervisor").post(address))
    assert Look.objects.filter(matter=wages.matter).count() == 1


def test_who_does_not_see_the_matter_or_asks_another_paper_of_it_finds_nothing(cast, desk, wages):
    address = led(cast, wages)
    for who in ("stranger", "other_director", "labour_officer", "administrator"):
        assert desk(who).get(address).status_code == 404, who
    assert desk("bureau").get(address.replace("/route/", "/no-longer/")).status_code == 404
    assert desk("bureau").get(address.replace("/paper/3/", "/paper/2/")).status_code == 404
    perform(
        "recuse", matter=wages.matter, by=cast.second_bureau, at=timezone.now(),
        values={"recused_user": str(cast.users["bureau"].pk), "reason": "近亲属"},
    )  # fmt: skip
    assert desk("bureau").get(address).status_code == 404


def test_large_print_for_who_asked_for_it_and_for_whoever_prints_it_so(cast, desk, wages):
    address = led(cast, wages)
    assert "large-print" not in text(desk("bureau").get(address))
    assert "large-print" in text(desk("bureau").get(f"{address}?large=1"))


def test_the_form_fills_body_and_way_from_the_table_and_leaves_own_words(cast, desk, wages):
    form = f"/desk/m/{wages.number}/move/channel/"
    known = {"seq": "2", "procedure": "labour_arbitration", "reason": "争议", "fill": "procedure"}
    shown = desk("bureau").post(form, known).context["form"].initial
    assert (shown["competent_body"], shown["reason"]) == ("劳动人事争议仲裁委员会", "争议")
    assert shown["how_to_apply"].startswith("递交仲裁申请书，按被申请人人数")
    changed = {
        **known,
        "procedure": "civil_suit",
        "competent_body": shown["competent_body"],
        "how_to_apply": "先打电话",
    }
    shown = desk("bureau").post(form, changed).context["form"].initial
    assert (shown["competent_body"], shown["how_to_apply"]) == ("有管辖权的人民法院", "先打电话")
    nothing = desk("bureau").post(form, {"seq": "2", "fill": "procedure"}).context["form"].initial
    assert "competent_body" not in nothing


def test_a_record_of_an_older_version_knows_the_route_alone_and_is_still_a_paper(cast, desk, wages):
    address = led(cast, wages, case_number="示劳仲1号", aid_offered=False)
    page = text(desk("bureau").get(address))
    assert "示劳仲1号" in page
    assert "办理人已经告诉您" not in page
    dossier = dossier_for(cast.bureau, wages.number, timezone.now())
    event = next(one for one in dossier.events if one.type == "channelled")
    older = replace(event, payload={name: said for name, said in event.payload.items() if name != "procedure"})
    masked = replace(dossier, texts=dossier.texts | {1: {"demand": None}})
    body = route_paper(record_of(masked, older, "欧阳讨薪"))
    assert ("诉求", "（已依法遮蔽）") in body.lines
    assert ("依据", "《信访工作条例》第二十二条、第三十一条") in body.lines
    assert body.latest == ["这个程序没有固定的申请期限，请尽早申请。"]


def test_the_paper_of_a_matter_that_is_kept_secret_opens_only_for_the_few_who_must_act(cast, desk):
    receipt = registered(cast, timezone.now(), demand="付清工钱", people=[PERSON], restricted=True)
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE))
    address = led(cast, receipt)
    assert "付清工钱" in text(desk("bureau").get(address))
    for who in ("deputy", "supervisor", "leader", "station", "member"):
        assert desk(who).get(address).status_code == 404, who
        assert desk(who).post(address).status_code == 404, who
    assert not Look.objects.filter(matter=receipt.matter).exists()
