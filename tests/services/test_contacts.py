"""One visit, decided by a person: a matter of its own, the same one again, or one more petitioner; once, whatever."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories import TRIAGE, moved, registered
from xinfang.gateways.files import Upload
from xinfang.models import Attachment, Contact, Event, Matter, Notice, Party, ProtectedText
from xinfang.queries.clocks import counting
from xinfang.queries.tracking import tracked
from xinfang.rules.intake.alike import Choice
from xinfang.rules.refusals import RuleBroken
from xinfang.services.contacts import Decision, receive
from xinfang.services.rebuilding import differences
from xinfang.services.turns import state_of

pytestmark = pytest.mark.django_db
LAMP = "村口的路灯坏了半个月，晚上走路看不见。"
PERSON = {"name": "张一", "phone": "19900000001", "address": "甲村一组"}
OTHER = {"name": "李二", "phone": "19900000002", "part": "petitioner"}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def lamp(cast):
    return registered(cast, timezone.now() - timedelta(days=1))


def told(**values):
    return {"unit": "999901001", "channel": "visit", "people": [PERSON], "original_words": "灯还是不亮。", **values}


def came(cast, receipt, choice, *, who="clerk", key=None, files=(), at=None, offered=None, **values):
    decision = Decision(choice, receipt.number, (receipt.number,) if offered is None else offered)
    return receive(values=told(**values), decision=decision, by=getattr(cast, who), at=at or timezone.now(),
                   submission_key=key or uuid4(), files=files)  # fmt: skip


def events(receipt):
    return [event.type for event in Event.objects.filter(chain_id=receipt.matter).order_by("seq")]


def payload(receipt):
    return Event.objects.filter(chain_id=receipt.matter).order_by("-seq")[0].payload


def words(receipt, seq):
    return {text.field: text.text for text in ProtectedText.objects.filter(chain_id=receipt.matter, seq=seq)}


def finished(cast, receipt):
    done = {"result_words": "换了", "result": "supported_done", "petitioner_told": "当面", "evidence": True}
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE),
          ("director", "solve_on_the_spot", done), ("director", "close", {}))  # fmt: skip


def test_coming_again_is_one_more_contact_of_the_same_matter(cast, lamp):
    got = came(cast, lamp, Choice.AGAIN, demand="什么时候修", present="2")
    assert (got.receipt.number, got.receipt.code, got.receipt.repeated, got.seq) == (lamp.number, "", False, 2)
    assert events(lamp) == ["registered", "contact_added"]
    assert words(lamp, 2) == {"original_words": "灯还是不亮。", "demand": "什么时候修"}
    assert payload(lamp) | {"texts": None} == {
        "move": "come_again", "channel": "visit", "present": 2, "concerned": 2, "parties": [], "decided": "again",
        "offered": [str(lamp.matter)], "texts": None,
    }  # fmt: skip
    assert list(Contact.objects.filter(matter=lamp.matter).order_by("seq").values_list("seq", "channel")) == [
        (1, "visit"), (2, "visit"),
    ]  # fmt: skip
    assert Matter.objects.count() == 1
    assert Party.objects.filter(matter=lamp.matter).count() == 1
    assert list(differences()) == []


def test_no_clock_starts_anew_by_coming_again(cast, lamp):
    before = Matter.objects.values("received_at", "next_clock", "next_prudent_on", "stage").get()
    came(cast, lamp, Choice.AGAIN)
    assert Matter.objects.values("received_at", "next_clock", "next_prudent_on", "stage").get() == before


def test_whoever_has_the_matter_is_told_of_both(cast, lamp):
    came(cast, lamp, Choice.AGAIN)
    came(cast, lamp, Choice.JOIN, people=[OTHER])
    told_of = Notice.objects.filter(matter=lamp.matter, user=cast.users["director"]).order_by("at", "pk")
    assert [notice.code for notice in told_of] == ["registered", "contact_added", "party_added"]


def test_joining_adds_a_petitioner_and_counts_the_people(cast, lamp):
    got = came(cast, lamp, Choice.JOIN, people=[OTHER, {"name": "王三", "part": "agent"}])
    assert (got.receipt.number, len(got.receipt.code), got.seq) == (lamp.number, 12, 2)
    assert events(lamp) == ["registered", "party_added"]
    people = Party.objects.filter(matter=lamp.matter, seq=2).select_related("person").order_by("part")
    assert [(party.person.opened("name"), party.part) for party in people] == [
        ("王三", "agent"),
        ("李二", "petitioner"),
    ]
    assert payload(lamp)["parties"] == [
        {"person": str(party.person_id), "part": party.part}
        for party in sorted(people, key=lambda p: p.part, reverse=True)
    ]
    assert (payload(lamp)["decided"], payload(lamp)["move"], state_of(lamp.matter).concerned) == ("join", "join", 2)
    assert Matter.objects.get().concerned == 2
    assert Contact.objects.get(seq=2).matter_id == lamp.matter
    assert list(differences()) == []


def test_fewer_people_than_before_are_never_counted_down(cast):
    crowd = registered(cast, timezone.now(), concerned="40")
    came(cast, crowd, Choice.AGAIN)
    assert state_of(crowd.matter).concerned == 40


def test_whoever_joins_again_is_not_entered_twice(cast, lamp):
    came(cast, lamp, Choice.JOIN, people=[OTHER])
    came(cast, lamp, Choice.JOIN, people=[{"name": "李二"}])
    assert events(lamp) == ["registered", "party_added", "contact_added"]
    assert (payload(lamp)["decided"], payload(lamp)["move"]) == ("join", "come_again")
    assert Party.objects.filter(matter=lamp.matter).count() == 2


def test_a_new_telephone_of_the_same_person_is_not_lost(cast, lamp):
    came(cast, lamp, Choice.AGAIN, people=[{"name": "张一", "phone": "19900000009"}])
    phones = {party.person.opened("phone") for party in Party.objects.filter(matter=lamp.matter)}
    assert phones == {"19900000001", "19900000009"}


def test_nobody_joins_without_a_name(cast, lamp):
    with pytest.raises(RuleBroken) as refused:
        came(cast, lamp, Choice.JOIN, people=[])
    assert (refused.value.code, refused.value.field) == ("field_required", "name")
    assert events(lamp) == ["registered"]


def test_an_unnamed_visitor_may_come_again(cast, lamp):
    assert came(cast, lamp, Choice.AGAIN, people=[]).seq == 2


def test_papers_and_limits_go_with_the_visit(cast, lamp):
    file = Upload("合同.pdf", b"%PDF-1.7 contract")
    day = (timezone.now() - timedelta(days=3)).date()
    rule = next(name for name, rule in counting().rules.items() if rule.is_noted and rule.applies_on(day))
    limits = [{"rule": rule, "from_on": day.isoformat()}]
    came(cast, lamp, Choice.AGAIN, files=[file], limits=limits)
    assert events(lamp) == ["registered", "contact_added", "limit_noted", "material_added"]
    assert [paper.shown_to_petitioner for paper in Attachment.objects.filter(matter=lamp.matter)] == [True]
    came(cast, lamp, Choice.JOIN, people=[OTHER], files=[file])
    assert sorted(paper.shown_to_petitioner for paper in Attachment.objects.filter(matter=lamp.matter)) == [True, True]
    assert [file.seq for file in tracked(lamp.matter, timezone.now()).files] == [4]
    assert [file.seq for file in tracked(lamp.matter, timezone.now(), 5).files] == [6]


@pytest.mark.parametrize("choice", [Choice.AGAIN, Choice.JOIN, Choice.NEW])
def test_sent_twice_it_is_one(cast, lamp, choice):
    key, at = uuid4(), timezone.now()
    first = came(cast, lamp, choice, key=key, at=at, people=[OTHER])
    second = came(cast, lamp, choice, key=key, at=timezone.now(), people=[OTHER], offered=())
    assert second.receipt.number == first.receipt.number
    assert (second.receipt.code, second.receipt.repeated, second.seq) == ("", True, first.seq)
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [(Choice.AGAIN, Choice.JOIN), (Choice.AGAIN, Choice.NEW), (Choice.NEW, Choice.AGAIN), (Choice.NEW, Choice.JOIN)],
)
def test_the_same_key_with_another_decision_is_refused(cast, lamp, first, second):
    key = uuid4()
    came(cast, lamp, first, key=key)
    with pytest.raises(RuleBroken) as refused:
        came(cast, lamp, second, key=key)
    assert refused.value.code == "submission_key_reused"
    assert Contact.objects.count() == 2


def test_a_matter_of_its_own_remembers_what_was_offered(cast, lamp):
    got = came(cast, lamp, Choice.NEW)
    assert got.receipt.number != lamp.number
    assert (len(got.receipt.code), got.seq) == (12, 1)
    facts = payload(got.receipt)
    assert (facts["decided"], facts["offered"]) == ("new", [str(lamp.matter)])
    assert Matter.objects.count() == 2


def test_where_nothing_was_offered_nothing_is_said_of_it(cast, lamp):
    facts = payload(came(cast, lamp, Choice.NEW, offered=()).receipt)
    assert "offered" not in facts
    assert "decided" not in facts


def test_only_what_may_be_offered_is_remembered_at_most_five_and_each_once(cast, lamp):
    hidden = registered(cast, timezone.now(), restricted=True)
    numbers = (lamp.number, lamp.number.lower(), hidden.number, "XF-0000-0000", "x", lamp.number)
    assert payload(came(cast, lamp, Choice.NEW, offered=numbers).receipt)["offered"] == [str(lamp.matter)]
    others = [registered(cast, timezone.now()).number for _ in range(6)]
    assert len(payload(came(cast, lamp, Choice.NEW, offered=tuple(others)).receipt)["offered"]) == 5


def test_what_repeats_a_finished_matter_is_a_matter_of_its_own_tied_to_it(cast, lamp):
    finished(cast, lamp)
    key = uuid4()
    got = came(cast, lamp, Choice.AGAIN, who="director", key=key)
    assert got.receipt.number != lamp.number
    assert (len(got.receipt.code), got.seq) == (12, 1)
    ties = [[(link.kind, link.other) for link in state_of(one.matter).links] for one in (got.receipt, lamp)]
    assert ties == [[("repeats", lamp.matter)], [("repeated_by", got.receipt.matter)]]
    assert payload(got.receipt)["decided"] == "again"
    again = came(cast, lamp, Choice.AGAIN, who="director", key=key)
    assert (again.receipt.number, again.receipt.repeated) == (got.receipt.number, True)
    assert events(lamp)[-1] == "linked"
    assert Matter.objects.count() == 2


def test_nobody_joins_what_is_finished(cast, lamp):
    finished(cast, lamp)
    with pytest.raises(RuleBroken) as refused:
        came(cast, lamp, Choice.JOIN, who="director", people=[OTHER])
    assert (refused.value.code, refused.value.field) == ("join_finished", "same_as")
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("who", ["other_director", "stranger"])
def test_a_matter_out_of_sight_cannot_be_chosen(cast, lamp, who):
    with pytest.raises(RuleBroken) as refused:
        came(cast, lamp, Choice.AGAIN, who=who)
    assert (refused.value.code, refused.value.field) == ("matter_unknown", "same_as")
    assert events(lamp) == ["registered"]


def test_a_number_that_is_none_chooses_nothing(cast, lamp):
    with pytest.raises(RuleBroken) as refused:
        receive(values=told(), decision=Decision(Choice.JOIN, "12"), by=cast.clerk, at=timezone.now(),
                submission_key=uuid4())  # fmt: skip
    assert refused.value.code == "matter_unknown"


@pytest.mark.parametrize(
    "wall", [{"restricted": True}, {"concerns_own_people": True}, {"recused_users": (1,)}, {"recused_units": ("x",)}]
)
def test_what_is_told_in_confidence_goes_into_no_open_file(cast, lamp, wall):
    with pytest.raises(RuleBroken) as refused:
        came(cast, lamp, Choice.AGAIN, **wall)
    assert refused.value.code == "pair_sight_differs"
    finished(cast, lamp)
    if wall != {"recused_units": ("x",)}:
        with pytest.raises(RuleBroken) as refused:
            came(cast, lamp, Choice.AGAIN, who="director", **wall)
        assert refused.value.code == "pair_sight_differs"
    assert Matter.objects.count() == 1


def test_who_registers_nothing_brings_no_contact(cast, lamp):
    moved(cast, lamp.matter, timezone.now(), ("director", "triage", TRIAGE),
          ("director", "assign", {"mode": "transfer", "lead": "999901001-ZF"}))  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        came(cast, lamp, Choice.AGAIN, who="town_head")
    assert refused.value.code == "role_may_not"
