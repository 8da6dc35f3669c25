"""A safety concern: who is told, what it starts, when it lapses; no message goes to an unsafe home (S26, S28)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import FOUNDED, at
from tests.factories import registered
from xinfang.models import Event, Matter, Notice, OutgoingMessage, Post, ProtectedText
from xinfang.queries.access import matters_for
from xinfang.queries.messages import letters_for
from xinfang.queries.reaching import addressee_of
from xinfang.rules.access.sight import may_see
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services.linking import split
from xinfang.services.matters import perform, state_of
from xinfang.services.posting import mark_posted
from xinfang.services.rebuilding import differences
from xinfang.services.wishes import wish

pytestmark = pytest.mark.django_db
NINE = at("2026-11-23 09:00")
PERSON = {"name": "蒋二六", "phone": "19900000026", "address": "夜莺巷一号"}
SAID = {"said": "说不想活了", "in_danger": "visitor", "done_at_once": "两个人陪着", "reason": "须马上报告"}


@pytest.fixture
def police(cast):
    """A liaison in the police station of the town."""
    Post.objects.create(
        unit_id="999901001-ZH", role=Role.POLICE_LIAISON.value, holder=cast.users["administrator"], from_on=FOUNDED
    )
    return cast.administrator


def noted(cast, matter, when=NINE, who="clerk", **values):
    return perform("note_safety", matter=matter, by=getattr(cast, who), at=when, values={**SAID, **values})


def refused(call):
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.code


def test_the_director_and_the_police_of_the_place_are_told_and_nobody_else(cast, police):
    matter = registered(cast, NINE).matter
    noted(cast, matter)
    told = Notice.objects.filter(code="safety_noted").values_list("user__username", flat=True)
    assert sorted(told) == ["administrator", "director"]
    assert {tuple(sorted(notice.facts)) for notice in Notice.objects.filter(code="safety_noted")} == {
        ("clock", "number")
    }


def test_its_words_are_protected_and_the_event_holds_codes(cast):
    matter = registered(cast, NINE).matter
    noted(cast, matter)
    event = Event.objects.get(chain_id=matter, type="safety_noted")
    assert "不想活" not in str(event.payload)
    assert event.payload["in_danger"] == "visitor"
    texts = {t.field: t.text for t in ProtectedText.objects.filter(chain_id=matter, seq=event.seq)}
    assert texts["said"] == "说不想活了"


def test_it_starts_the_hour_once_with_a_reason_of_its_own(cast):
    matter = registered(cast, NINE).matter
    assert refused(lambda: noted(cast, matter, reason="")) == "field_required"
    noted(cast, matter)
    assert state_of(matter).urgency.marked_at == NINE
    mark = Event.objects.get(chain_id=matter, type="urgent_marked")
    assert ProtectedText.objects.get(chain_id=matter, seq=mark.seq).text == "须马上报告"
    noted(cast, matter, NINE + timedelta(minutes=5), reason="")
    assert len(state_of(matter).urgencies) == 1
    assert len(state_of(matter).concerns) == 2


def test_rows_and_rules_agree_on_what_the_police_see_hour_by_hour(cast, police):
    matter = registered(cast, NINE, restricted=True).matter
    other = registered(cast, NINE).matter
    noted(cast, matter)
    for hours, sees in ((0, True), (71, True), (72, False), (100, False)):
        now = NINE + timedelta(hours=hours)
        assert may_see(state_of(matter), police, now) is sees
        assert list(matters_for(police, now)) == ([Matter.objects.get(pk=matter)] if sees else []), hours
    assert not may_see(state_of(other), police, NINE)
    assert not matters_for(cast.stranger, NINE).exists()
    assert list(differences()) == []


def test_a_day_put_back_does_not_wake_what_has_lapsed(cast):
    matter = registered(cast, NINE).matter
    noted(cast, matter)
    late = {"matter": matter, "by": cast.director, "values": {"reason": "昨天忘了"}}
    then, now = NINE + timedelta(hours=71), NINE + timedelta(hours=73)
    assert refused(lambda: perform("renew_safety", at=then, recorded_at=now, **late)) == "need_safety_open"
    perform("renew_safety", at=then, **late)
    assert state_of(matter).safety_until == then + timedelta(hours=72)


def test_whoever_ends_it_takes_the_matter_from_the_police(cast, police):
    matter = registered(cast, NINE).matter
    noted(cast, matter)
    perform("end_safety", matter=matter, by=police, at=NINE + timedelta(hours=1), values={"reason": "人已平安"})
    assert Matter.objects.get(pk=matter).safety_until is None
    assert refused(lambda: perform("end_safety", matter=matter, by=police, at=NINE + timedelta(hours=2),
                                   values={"reason": "再一次"})) == "not_found"  # fmt: skip


def test_what_few_may_read_moves_on_nobodys_form(cast):
    matter = registered(cast, NINE).matter
    mark = {"reason": "须马上报告"}
    read = perform("mark_urgent", matter=matter, by=cast.clerk, at=NINE, values=mark).seq
    noted(cast, matter, reason="")
    told = {"reported_to": "committee", "report_way": "phone"}
    perform("report_urgent", matter=matter, by=cast.deputy, at=NINE, values=told, expected_seq=read)
    assert state_of(matter).urgency.reported_at == NINE


def test_nothing_goes_to_a_home_that_is_not_safe_before_they_say_how(cast):
    now = timezone.now()
    matter = registered(cast, now, people=[PERSON], channel="letter").matter
    wish(matter=matter, way="sms", mail="", at=now)
    assert addressee_of(matter).reach.phone == "19900000026"
    noted(cast, matter, now + timedelta(minutes=1), at_home=True)
    assert addressee_of(matter) is None
    wish(matter=matter, way="sms", mail="", at=now + timedelta(minutes=2))
    assert addressee_of(matter).reach.phone == "19900000026"


def test_a_letter_that_waits_is_posted_by_nobody(cast):
    now = timezone.now()
    matter = registered(cast, now, people=[{**PERSON, "phone": ""}], channel="letter").matter
    OutgoingMessage.objects.update(state="to_post")
    letter = OutgoingMessage.objects.get().pk
    assert len(letters_for(cast.director, now)) == 1
    noted(cast, matter, now, at_home=True)
    assert letters_for(cast.director, now) == []
    assert refused(lambda: mark_posted(letter=letter, number="XA1", by=cast.director, at=now)) == "no_such_letter"


def test_nobody_is_carried_into_another_matter_while_the_address_is_kept(cast):
    matter, other = registered(cast, NINE).matter, registered(cast, NINE)
    noted(cast, matter, at_home=True)
    parts = [{"original_words": "另一件"}]
    assert refused(lambda: split(matter=matter, by=cast.director, at=NINE, parts=parts)) == "address_kept"
    values = {"other": other.number, "reason": "同一件事"}
    assert refused(lambda: perform("merge", matter=matter, by=cast.director, at=NINE, values=values)) == "address_kept"
    shown = {"reason": "已经搬家"}
    perform("show_address", matter=matter, by=cast.director, at=NINE, values=shown)
    assert split(matter=matter, by=cast.director, at=NINE, parts=parts)
