"""A mediator walks through one file from the request to the day of enforcement and types nothing twice."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.cast import FOUNDED
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Attachment, Committee, Look, Matter, Party, Post, User
from xinfang.rules.matters.codes import Stage
from xinfang.services.matters import state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediator(cast):
    user = User.objects.create(username="mediator", name="陈红", opened_at=timezone.now())
    Post.objects.create(unit_id="999901001", role="mediator", holder=user, from_on=FOUNDED)
    cast.users["mediator"] = user
    return user


@pytest.fixture
def debt(cast, mediator):
    receipt = registered(cast, timezone.now(), demand="付清工钱")
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE))
    return receipt


@pytest.fixture
def walk(desk, debt):
    """`walk("mediator", "hold_mediation", place="村里")` opens the form, types what is new, and sends it."""

    def step(who, move, *, expected=302, **typed):
        address = f"/desk/m/{debt.number}/move/{move}/"
        page = desk(who).get(address)
        assert page.status_code == 200, move
        form = page.context["form"]
        given = {name: value for name, value in form.initial.items() if name in form.fields and value not in (None, "")}
        answer = desk(who).post(address, {**given, **typed})
        assert answer.status_code == expected, answer.content.decode()[:2000]
        return form.initial, answer

    return step


def begun(walk, mediator):
    known, _page = walk("clerk", "offer_mediation", source="applied", other_parties="李二", civil="on")
    assert known["dispute"] == "付清工钱"
    for party in ("1", "2"):
        known, _page = walk("clerk", "answer_mediation", party_answer="consents", answered_how="in_person")
        assert (known["party"], known["answered_on"]) == (party, timezone.localdate().isoformat())
    walk("deputy", "name_mediator", mediator=str(mediator.pk), mediator_why="appointed", no_conflict="on")
    for _party in range(2):
        walk("mediator", "tell_mediation_rights")
    walk("mediator", "hold_mediation", place="调委会", statements="李二认账", outcome_words="同意付")


def test_from_the_request_to_the_day_of_enforcement(walk, desk, mediator, debt):
    begun(walk, mediator)
    due = (timezone.localdate() + timedelta(days=10)).isoformat()
    known, _page = walk(
        "mediator", "draft_agreement", responsibility="李二承担", content=f"李二{due}前付两万元", performed_how="转账",
        performed_where="镇上", document="调1",
    )  # fmt: skip
    assert known["agreed_facts"] == "付清工钱"
    walk("mediator", "add_performance", party="2", due_on=due, yuan="20000", promised="付清")
    for who in ("party", "party", "mediator", "committee"):
        known, _page = walk("mediator", "sign_agreement")
        assert known["signer"] == who
    page = desk("mediator").get(f"/desk/m/{debt.number}/").content.decode()
    assert "协议已经生效" in page
    assert "各方可以共同申请，截至" in page
    walk("mediator", "ask_confirmation", court="区法院", all_apply="on")
    walk("mediator", "record_confirmation", court_word="confirmed", document="民特1")
    page = desk("mediator").get(f"/desk/m/{debt.number}/").content.decode()
    assert "裁定协议有效" in page
    assert "申请强制执行" in page
    known, _page = walk("mediator", "record_performance", performance="kept", evidence_words="凭证")
    assert known["k"] == "1"
    walk("mediator", "visit_parties", found="都说可以")
    state = state_of(debt.matter)
    assert (state.stage, state.mediations[0].agreement.is_performed) == (Stage.TRIAGED, True)
    assert Matter.objects.get(pk=debt.matter).mediators == [mediator.pk]


def test_a_draft_is_reworded_and_what_a_court_doubts_stands_beside_it(walk, desk, mediator, debt):
    begun(walk, mediator)
    words = {"responsibility": "李二承担", "performed_how": "拆墙", "performed_where": "两家之间", "document": "调1"}
    walk("mediator", "draft_agreement", content="确认边界归李二所有，十日内拆墙", **words)
    assert "法院不予确认" in desk("mediator").get(f"/desk/m/{debt.number}/").content.decode()
    known, page = walk("mediator", "draft_agreement", expected=200, content="李二付清后张一永不上访")
    assert (known["responsibility"], known["document"]) == ("李二承担", "调1")
    assert "协议里不能有这样的内容" in page.content.decode()
    walk("mediator", "draft_agreement", content="按现状共用滴水，十日内拆墙")
    assert "法院不予确认" not in desk("mediator").get(f"/desk/m/{debt.number}/").content.decode()


def test_an_ended_mediation_is_offered_anew_with_its_own_words(walk, desk, mediator, debt):
    begun(walk, mediator)
    walk("mediator", "end_mediation", mediation_end="no_agreement", routes_told="可以起诉，三年以内")
    page = desk("director").get(f"/desk/m/{debt.number}/").content.decode()
    assert "已经终止" in page
    assert "李二认账" not in page
    known, _page = walk("clerk", "offer_mediation", source="applied", civil="on")
    assert (known["other_parties"], known["dispute"]) == ("李二", "付清工钱")


def test_who_mediates_reads_nothing_else_of_the_petition_and_nobody_else_comes_in(walk, desk, mediator, debt, cast):
    assert desk("mediator").get(f"/desk/m/{debt.number}/").status_code == 404
    begun(walk, mediator)
    page = desk("mediator").get(f"/desk/m/{debt.number}/")
    assert page.status_code == 200
    assert "first_step" not in page.content.decode()
    upload = {"uploads": SimpleUploadedFile("借条.pdf", b"%PDF-1.7 good"), "note": ""}
    assert desk("director").post(f"/desk/m/{debt.number}/materials/", upload).status_code == 302
    file = Attachment.objects.get(matter=debt.matter).pk
    for path in ("materials/", f"materials/{file}/", "identity/", "details/", "outgoing/"):
        assert desk("mediator").get(f"/desk/m/{debt.number}/{path}").status_code in {403, 404}, path
    assert desk("director").get(f"/desk/m/{debt.number}/materials/{file}/").status_code == 200
    assert "借条.pdf" not in desk("mediator").get(f"/desk/m/{debt.number}/").content.decode()
    other = registered(cast, timezone.now())
    assert desk("mediator").get(f"/desk/m/{other.number}/").status_code == 404


def paper(client, debt, kind, **posted):
    address = f"/desk/m/{debt.number}/mediation/1/{kind}/"
    answer = client.post(address, posted) if posted else client.get(address)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_every_paper_of_the_dossier_is_printed_from_what_was_entered(walk, desk, mediator, debt):
    begun(walk, mediator)
    due = (timezone.localdate() + timedelta(days=10)).isoformat()
    words = {"responsibility": "李二承担", "performed_how": "转账", "performed_where": "镇上", "document": "调字第9号"}
    walk("mediator", "draft_agreement", content=f"李二{due}前付两万元", **words)
    walk("mediator", "add_performance", party="2", due_on=due, yuan="20000", promised="付清工钱")
    client = desk("mediator")
    assert paper(client, debt, "court") == 404
    for _who in range(4):
        walk("mediator", "sign_agreement")
    walk("mediator", "visit_parties", found="两家都说可以")
    assert "已经知道调解自愿、不收费" in paper(client, debt, "request")
    assert "您可以选择或者接受调解员，可以要求更换" in paper(client, debt, "rights")
    assert "李二认账" in paper(client, debt, "record")
    agreement = paper(client, debt, "agreement")
    for said in ("调字第9号", "李二承担", "20000 元，付清工钱", "本协议一式 3 份", "人民调解协议书"):
        assert said in agreement
    court = paper(client, debt, "court")
    assert "各方共同请求人民法院确认" in court
    assert "李二承担" not in court
    assert "两家都说可以" in paper(client, debt, "visit")
    assert paper(client, debt, "end") == 404


def test_a_paper_for_signing_opens_the_name_and_leaves_a_line_in_the_petitioners_record(walk, desk, mediator, debt):
    begun(walk, mediator)
    name = Party.objects.get(matter=debt.matter).person.opened("name")
    client = desk("mediator")
    assert name not in paper(client, debt, "rights")
    assert Look.objects.filter(matter_id=debt.matter).count() == 0
    assert name in paper(client, debt, "rights", show="1")
    assert Look.objects.filter(matter_id=debt.matter, user=mediator.pk).count() == 1


def test_the_end_tells_the_other_ways_and_the_record_stays_with_those_who_mediate(walk, desk, mediator, debt):
    begun(walk, mediator)
    walk("mediator", "end_mediation", mediation_end="no_agreement", routes_told="可以起诉，三年以内")
    end = paper(desk("director"), debt, "end")
    assert "没有达成协议" in end
    assert "可以起诉，三年以内" in end
    assert paper(desk("director"), debt, "record") == 404
    assert paper(desk("director"), debt, "no-such-paper") == 404
    assert "人民调解记录" not in desk("director").get(f"/desk/m/{debt.number}/").content.decode()


def test_an_oral_agreement_is_entered_on_its_own_form(walk, desk, mediator, debt):
    begun(walk, mediator)
    words = {"responsibility": "李二承担", "performed_how": "当面", "performed_where": "镇上", "document": "口1"}
    walk("mediator", "draft_agreement", agreement_form="oral", nobody_wants_paper="on", content="李二当场付清", **words)
    page = paper(desk("mediator"), debt, "agreement")
    assert "当事人认为无需制作书面协议" in page
    assert "本协议一式" not in page


def test_the_file_bears_its_committee_and_proposes_the_next_number(desk, walk, mediator, debt):
    Committee.objects.create(
        unit_id="999901001", name="青禾镇人民调解委员会", kind="township", mark="青人调",
        from_on=timezone.localdate(), members=6, women=2,
    )  # fmt: skip
    begun(walk, mediator)
    known = desk("mediator").get(f"/desk/m/{debt.number}/move/draft_agreement/").context["form"].initial
    assert known["document"].endswith("青人调字第1号")
    assert "青禾镇人民调解委员会" in desk("mediator").get(f"/desk/m/{debt.number}/").content.decode()
    paper = desk("deputy").get(f"/desk/m/{debt.number}/mediation/1/rights/").content.decode()
    assert "青禾镇人民调解委员会" in paper
