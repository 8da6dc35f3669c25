"""N-2: the reviewed matter stands beside the new one, its final review is filled in, and every demand is compared."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import FOUNDED
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, Post, Unit
from xinfang.queries.people import actor_of
from xinfang.rules.refusals import RuleBroken
from xinfang.services.matters import perform

pytestmark = pytest.mark.django_db
GOV, CITY = "999901-ZF", "999901-SZF"
OPINION = {
    "outcome": "not_supported", "findings": "查明", "legal_basis": "条例", "opinion": "不予支持",
    "review_organ": "区政府", "document": "意1",
}  # fmt: skip
DECISION = {
    "decision": "maintained",
    "findings": "路面合格",
    "legal_basis": "条例",
    "opinion": "维持",
    "document": "复1",
}


def organ(code, name, user):
    Unit.objects.create(
        code=code, name=name, short_name=name[-3:], tier="district", kind="organ", area_id="999901",
        parent_id="999901", path=f"999901.{code}", is_organ=True,
    )  # fmt: skip
    Post.objects.create(unit_id=code, role="review_organ", holder=user, from_on=FOUNDED)
    return actor_of(user, FOUNDED)


@pytest.fixture
def reviewed(cast):
    """A matter of 2 demands whose 复核 was decided and served; `levels` says how far."""

    def made(levels=2, decision="maintained"):
        start = timezone.now() - timedelta(days=30)
        reviewers = [organ(GOV, "示范区人民政府", cast.users["archivist"])]
        reviewers.append(organ(CITY, "示范市人民政府", cast.users["caller"]))
        receipt = registered(cast, start, demand="重做路面\n赔偿修车钱", original_words="路面坑坑洼洼")
        moved(
            cast, receipt.matter, start, ("director", "triage", TRIAGE),
            ("director", "assign", {"mode": "transfer", "lead": "999901001-ZF"}),
            ("town_head", "accept", {"document": "受1"}), ("town_head", "start_handling", {}),
            ("town_head", "sign_opinion", {**OPINION, "reviewed_by": cast.users["deputy"].pk}),
            ("town_handler", "serve_opinion", {"way": "in_person"}),
        )  # fmt: skip
        for level in range(levels):
            asked = {"reasons": f"第{level + 1}次不服", "organ": (GOV, CITY)[level]}
            perform("register_review", matter=receipt.matter, by=cast.bureau, at=start, values=asked)
            last = level == levels - 1
            values = {**DECISION, "document": f"复{level + 1}", "decision": decision if last else "maintained"}
            perform("decide_review", matter=receipt.matter, by=reviewers[level], at=start, values=values)
            perform("serve_review", matter=receipt.matter, by=reviewers[level], at=start, values={"way": "post"})
        return receipt

    return made


@pytest.fixture
def again(cast):
    def made(earlier=None):
        receipt = registered(cast, timezone.now(), demand="重做路面\n赔偿修车钱", original_words="又来说路面的事")
        moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE))
        if earlier:
            link = {"other": earlier.number, "link": "repeats"}
            moved(cast, receipt.matter, timezone.now(), ("bureau", "link", link))
        return receipt

    return made


def sent(cast, desk, receipt, **typed):
    """The form as it is shown, with what a person adds."""
    address = f"/desk/m/{receipt.number}/move/no_longer_accept/"
    form = desk("bureau").get(address).context["form"]
    given = {name: value for name, value in form.initial.items() if name in form.fields and value not in (None, "")}
    own = {"comparison": "逐项看过，都一样", "reviewed_by": str(cast.users["deputy"].pk), "document": "不再1"}
    return desk("bureau").post(address, {**given, **own, **typed})


def test_the_earlier_matter_stands_beside_the_new_one_and_its_review_is_typed_by_nobody(cast, desk, reviewed, again):
    earlier = reviewed()
    receipt = again(earlier)
    page = desk("bureau").get(f"/desk/m/{receipt.number}/move/no_longer_accept/")
    text = page.content.decode()
    for said in (
        "路面坑坑洼洼",
        "又来说路面的事",
        "第1次不服",
        "第2次不服",
        "路面合格",
        "赔偿修车钱",
        "示范市人民政府",
        "复2",
    ):
        assert said in text, said
    known = page.context["form"].initial
    assert (known["reviewed_matter"], known["final_document"], known["final_organ"]) == (
        earlier.number, "复2", "示范市人民政府",
    )  # fmt: skip
    assert sent(cast, desk, receipt, compared=["1", "2"]).status_code == 302
    event = Event.objects.get(chain_id=receipt.matter, type="no_longer_accepted")
    said = event.payload
    assert (said["reviewed_matter"], said["final_document"], said["final_organ"]) == (
        str(earlier.matter), "复2", "示范市人民政府",
    )  # fmt: skip
    paper = desk("bureau").get(f"/desk/m/{receipt.number}/paper/{event.seq}/no-longer/").content.decode()
    assert "示范市人民政府" in paper
    assert "逐项看过，都一样" in paper


def test_a_demand_that_nobody_compared_is_named(cast, desk, reviewed, again):
    answer = sent(cast, desk, again(reviewed()), compared=["1"])
    assert "诉求 2“赔偿修车钱”还没有比对" in answer.content.decode()
    assert "“赔偿修车钱”" not in sent(cast, desk, again(), compared=["1", "2"]).content.decode()


@pytest.mark.parametrize(("levels", "decision"), [(1, "maintained"), (2, "annulled")])
def test_without_a_final_review_it_is_refused_with_a_sentence(cast, desk, reviewed, again, levels, decision):
    earlier = reviewed(levels, decision)
    receipt = again(earlier)
    page = desk("bureau").get(f"/desk/m/{receipt.number}/move/no_longer_accept/").content.decode()
    assert "没有送达了的复核意见" in page
    values = {"reviewed_matter": earlier.number, "compared": "1 2", "comparison": "一样", "document": "不再1",
              "reviewed_by": cast.users["deputy"].pk}  # fmt: skip
    with pytest.raises(RuleBroken, match="no_final_review"):
        perform("no_longer_accept", matter=receipt.matter, by=cast.bureau, at=timezone.now(), values=values)
    assert "没有找到送达了的复核意见" in sent(cast, desk, receipt, compared=["1", "2"]).content.decode()


def test_a_matter_that_is_not_tied_and_an_organ_that_nobody_named_are_refused(cast, reviewed, again):
    earlier, receipt = reviewed(), again()
    values = {"reviewed_matter": earlier.number, "compared": "1 2", "comparison": "一样", "document": "不再1",
              "reviewed_by": cast.users["deputy"].pk}  # fmt: skip
    with pytest.raises(RuleBroken, match="earlier_not_tied"):
        perform("no_longer_accept", matter=receipt.matter, by=cast.bureau, at=timezone.now(), values=values)
    del values["reviewed_matter"]
    outside = {**values, "from_outside": True, "final_document": "省1", "final_on": "2020-01-02"}
    with pytest.raises(RuleBroken, match="field_required") as refused:
        perform("no_longer_accept", matter=receipt.matter, by=cast.bureau, at=timezone.now(), values=outside)
    assert refused.value.field == "final_organ"
    moved(cast, receipt.matter, timezone.now(), ("bureau", "no_longer_accept", {**outside, "final_organ": "省政府"}))


def test_a_final_review_above_this_house_has_its_organ_named_by_a_person(cast, reviewed, again):
    earlier = reviewed(levels=1)
    at = timezone.now() - timedelta(days=20)
    Post.objects.filter(unit_id=CITY).delete()
    asked = {"reasons": "不服"}
    perform("register_review", matter=earlier.matter, by=cast.bureau, at=at, values=asked)
    perform("decide_review", matter=earlier.matter, by=cast.bureau, at=at, values={**DECISION, "document": "市复9"})
    perform("serve_review", matter=earlier.matter, by=cast.bureau, at=at, values={"way": "post"})
    receipt = again(earlier)
    values = {"reviewed_matter": earlier.number, "compared": "1 2", "comparison": "一样", "document": "不再1",
              "reviewed_by": cast.users["deputy"].pk}  # fmt: skip
    with pytest.raises(RuleBroken, match="field_required"):
        perform("no_longer_accept", matter=receipt.matter, by=cast.bureau, at=timezone.now(), values=values)
    moved(cast, receipt.matter, timezone.now(), ("bureau", "no_longer_accept", {**values, "final_organ": "示范市政府"}))
    said = Event.objects.get(chain_id=receipt.matter, type="no_longer_accepted").payload
    assert (said["final_document"], said["final_organ"]) == ("市复9", "示范市政府")
