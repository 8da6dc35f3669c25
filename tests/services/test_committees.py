"""The register of mediation committees through its service: who keeps it, what is refused, what a file says of it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import FOUNDED, at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Committee, Event, Post, User
from xinfang.queries.committees import committee_of, committees_near, next_number
from xinfang.queries.people import actor_of
from xinfang.rules.mediation.committee import CommitteeGap
from xinfang.rules.refusals import RuleBroken
from xinfang.services.committees import CommitteeEntry, set_committee
from xinfang.services.matters import state_of

pytestmark = pytest.mark.django_db
NOW = at("2026-01-12 09:00")
TODAY = date(2026, 1, 12)
CENTRE, VILLAGE, OTHER = "999901001", "999901001201", "999901002"
ENTRY = CommitteeEntry(CENTRE, "青禾镇人民调解委员会", "township", "青人调", "2025-01-10", "６", "0", "2025-02-01")


def kept(cast, entry=ENTRY, who="director"):
    return set_committee(entry, by=getattr(cast, who), at=NOW)


def refused(cast, entry, who="director"):
    with pytest.raises(RuleBroken) as broken:
        kept(cast, entry, who)
    return broken.value.code, broken.value.field


def test_a_director_enters_and_changes_the_committee_and_each_change_is_an_event(cast):
    kept(cast)
    kept(cast, replace(ENTRY, members="7", registered_on=None), "deputy")
    row = Committee.objects.get()
    assert (row.pk, row.name, row.members, row.registered_on) == (CENTRE, ENTRY.name, 7, None)
    events = Event.objects.filter(type="committee_set").order_by("seq")
    assert [(e.payload["unit"], e.payload["members"], e.payload["registered_on"]) for e in events] == [
        (CENTRE, 6, "2025-02-01"), (CENTRE, 7, None),
    ]  # fmt: skip


def test_the_stations_of_ones_own_centre_too_and_no_other(cast):
    kept(cast, replace(ENTRY, unit=VILLAGE, mark="甲人调", kind="village"))
    assert refused(cast, replace(ENTRY, unit=OTHER)) == ("committee_elsewhere", "unit")
    assert refused(cast, ENTRY, "clerk") == ("committee_elsewhere", "unit")
    assert refused(cast, ENTRY, "labour_officer") == ("committee_elsewhere", "unit")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"unit": "000"}, "unit_unknown", "unit"),
        ({"name": " "}, "name_needed", "name"),
        ({"kind": "court"}, "choice_unknown", "kind"),
        ({"from_on": "2026-02-30"}, "date_unreal", "from_on"),
        ({"from_on": "2026-01-13"}, "date_in_the_future", "from_on"),
        ({"registered_on": "2026-01-13"}, "date_in_the_future", "registered_on"),
        ({"members": "0"}, "number_out_of_range", "members"),
        ({"women": "x"}, "number_unreal", "women"),
        ({"women": "7"}, "more_women_than_members", "women"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cast, change, code, field):
    assert refused(cast, replace(ENTRY, **change)) == (code, field)
    assert not Committee.objects.exists()


def test_a_mark_belongs_to_one_committee(cast):
    kept(cast)
    assert refused(cast, replace(ENTRY, unit=VILLAGE)) == ("mark_taken", "mark")


@pytest.fixture
def mediator(cast):
    user = User.objects.create(username="mediator", name="陈红", opened_at=NOW)
    Post.objects.create(unit_id=CENTRE, role="mediator", holder=user, from_on=FOUNDED)
    cast.users["mediator"] = user
    return user


def named(cast, mediator):
    receipt = registered(cast, NOW)
    offer = {
        "mediation_kind": "people",
        "source": "applied",
        "other_parties": "李二",
        "dispute": "欠工钱",
        "civil": True,
    }
    steps = [("director", "triage", TRIAGE), ("clerk", "offer_mediation", offer)]
    for party in (1, 2):
        answer = {"party": party, "party_answer": "consents", "answered_how": "in_person", "answered_on": "2026-01-12"}
        steps += [
            ("clerk", "answer_mediation", answer),
            ("clerk", "tell_mediation_rights", {"party": party, "told_on": "2026-01-12"}),
        ]
    why = {"mediator": str(mediator.pk), "mediator_why": "appointed", "no_conflict": True}
    moved(cast, receipt.matter, NOW, *steps, ("deputy", "name_mediator", why))
    return receipt


def test_the_file_is_kept_by_the_mediators_committee_and_its_numbers_go_on(cast, mediator):
    kept(cast)
    receipt = named(cast, mediator)
    assert state_of(receipt.matter).mediations[0].committee == CENTRE
    committee = committee_of(CENTRE)
    assert next_number(committee, TODAY) == "（2026）青人调字第1号"
    sitting = {"held_on": "2026-01-12", "place": "镇里", "statements": "认账", "outcome_words": "同意"}
    draft = {
        "agreement_form": "written", "agreed_facts": "欠钱", "responsibility": "李二", "content": "二月底前付两万元",
        "performed_how": "转账", "performed_where": "镇里", "document": "（2026）青人调字第1号",
    }  # fmt: skip
    moved(cast, receipt.matter, NOW, ("mediator", "hold_mediation", sitting), ("mediator", "draft_agreement", draft))
    # worded anew under the same number: still one agreement
    moved(cast, receipt.matter, NOW, ("mediator", "draft_agreement", draft))
    assert next_number(committee, TODAY) == "（2026）青人调字第2号"
    # numbered by hand, out of turn
    moved(cast, receipt.matter, NOW, ("mediator", "draft_agreement", {**draft, "document": "（2026）青人调字第3号"}))
    assert next_number(committee, TODAY) == "（2026）青人调字第4号"
    assert next_number(committee, date(2027, 1, 1)) == "（2027）青人调字第1号"


def test_without_a_register_a_mediation_goes_on_without_its_name(cast, mediator):
    receipt = named(cast, mediator)
    assert state_of(receipt.matter).mediations[0].committee == ""
    assert committee_of("") is None


def test_a_committee_out_of_use_keeps_no_new_file(cast, mediator):
    kept(cast, replace(ENTRY, is_active=False))
    assert state_of(named(cast, mediator).matter).mediations[0].committee == ""


def test_the_register_lists_who_mediates_today(cast, mediator):
    kept(cast)
    left = User.objects.create(username="left", name="已离任", opened_at=NOW)
    Post.objects.create(unit_id=CENTRE, role="mediator", holder=left, from_on=FOUNDED, to_on=date(2025, 12, 31))
    found = committees_near(cast.director, TODAY)
    assert [(one.row.pk, one.mediators, one.until, one.gaps, one.may_set) for one in found] == [
        (CENTRE, ("陈红",), date(2028, 1, 10), (), True)
    ]
    Post.objects.filter(holder=mediator).update(to_on=date(2026, 1, 11))
    found = committees_near(actor_of(cast.users["bureau"], TODAY), TODAY)
    assert [(one.mediators, one.gaps, one.may_set) for one in found] == [((), (CommitteeGap.NO_MEDIATOR,), False)]
    assert committees_near(actor_of(left, TODAY), TODAY) == []


def test_danger_seen_in_a_sitting_rings_and_a_calm_one_does_not(cast, mediator):
    receipt = named(cast, mediator)
    sitting = {"held_on": "2026-01-12", "place": "镇里", "statements": "认账", "outcome_words": "再谈"}
    told = cast.users["director"].notices.filter(code="mediation_held")
    moved(cast, receipt.matter, NOW, ("mediator", "hold_mediation", sitting))
    assert told.count() == 0
    danger = {**sitting, "danger_seen": True, "danger_measures": "劝开，报派出所"}
    moved(cast, receipt.matter, NOW, ("mediator", "hold_mediation", danger))
    assert told.count() == 1
