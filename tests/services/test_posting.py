"""Letters are posted once, by who may see the address; what failed is sent again where that is lawful."""

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.gateways.messages import FakeGateway, NotDelivered
from xinfang.models import Look, Matter, OutgoingMessage
from xinfang.models.notices import MessageWish
from xinfang.queries.messages import letters_for, tallies
from xinfang.rules.people.seats import Actor, Role, Seat, Tier
from xinfang.rules.refusals import RuleBroken
from xinfang.services import outbox, posting
from xinfang.services.masking import mask_person
from xinfang.services.wishes import wish

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")
AWAY = [{"name": "周六", "address": "丙村二组"}]
WHY = "打印寄给信访人的信"


@pytest.fixture
def letter(cast):
    """A letter of receipt that waits for the post."""
    matter = registered(cast, NOW, people=AWAY, channel="letter").matter
    outbox.drain(gateway=FakeGateway(), at=NOW)
    return OutgoingMessage.objects.get(matter=matter)


def refusal(act, **given):
    with pytest.raises(RuleBroken) as refused:
        act(**given)
    return refused.value.code


def test_a_letter_is_opened_with_a_note_and_posted_once(cast, letter):
    to = posting.open_letter(letter=letter.pk, by=cast.director, reason=WHY, at=NOW)
    assert (to.name, to.reach.address) == ("周六", "丙村二组")
    look = Look.objects.get(matter=letter.matter)
    assert (look.user, look.reason) == (cast.director.user_id, WHY)
    posting.mark_posted(letter=letter.pk, number=" XA123 ", by=cast.director, at=NOW)
    row = OutgoingMessage.objects.get(pk=letter.pk)
    assert (row.state, row.channel, row.post_number) == ("posted", "letter", "XA123")
    assert (row.posted_by, row.sent_at) == (cast.director.user_id, NOW)
    again = {"letter": letter.pk, "number": "", "by": cast.bureau, "at": NOW}
    assert refusal(posting.mark_posted, **again) == "no_such_letter"
    assert letters_for(cast.director, NOW) == []


def test_two_who_post_at_the_same_moment_post_one_letter(cast, letter, monkeypatch):
    monkeypatch.setattr(posting, "_letter", lambda _letter, _by: letter)
    posting.mark_posted(letter=letter.pk, number="1", by=cast.director, at=NOW)
    assert refusal(posting.mark_posted, letter=letter.pk, number="2", by=cast.bureau, at=NOW) == "no_such_letter"
    assert OutgoingMessage.objects.get(pk=letter.pk).post_number == "1"


@pytest.mark.parametrize("who", ["supervisor", "stranger", "other_director", "labour_officer"])
def test_nobody_else_opens_or_posts_it(cast, letter, who):
    by = getattr(cast, who)
    assert letters_for(by, NOW) == [] or who == "supervisor"
    assert refusal(posting.open_letter, letter=letter.pk, by=by, reason=WHY, at=NOW) == "no_such_letter"
    assert refusal(posting.mark_posted, letter=letter.pk, number="", by=by, at=NOW) == "no_such_letter"
    assert not Look.objects.exists()


def test_a_letter_of_no_matter_or_to_no_address_is_not_there(cast, letter):
    OutgoingMessage.objects.filter(pk=letter.pk).update(matter=None)
    assert refusal(posting.open_letter, letter=letter.pk, by=cast.director, reason=WHY, at=NOW) == "no_such_letter"
    OutgoingMessage.objects.filter(pk=letter.pk).update(matter=letter.matter)
    person = Matter.objects.get(pk=letter.matter).parties.get().person
    type(person).objects.filter(pk=person.pk).update(address_sealed=None)
    assert refusal(posting.open_letter, letter=letter.pk, by=cast.director, reason=WHY, at=NOW) == "no_such_letter"


def test_the_number_of_a_registered_letter_is_no_story(cast, letter):
    given = {"letter": letter.pk, "number": "1" * 41, "by": cast.director, "at": NOW}
    assert refusal(posting.mark_posted, **given) == "text_too_long"
    assert OutgoingMessage.objects.get(pk=letter.pk).state == "to_post"


def test_what_failed_is_sent_again_under_the_same_key(cast):
    matter = registered(cast, NOW, people=[{"name": "周六", "phone": "19900000006"}]).matter
    carrier = FakeGateway(broken=True, refusal=NotDelivered("number_refused", lasting=True))
    outbox.drain(gateway=carrier, at=NOW)
    failed = OutgoingMessage.objects.get(matter=matter)
    assert [(tally.state, tally.channel, tally.failure, tally.count) for tally in tallies()] == [
        ("failed", "sms", "number_refused", 1)
    ]
    given = {"message": failed.pk, "matter": matter, "at": NOW}
    for who in ("supervisor", "stranger"):
        assert refusal(posting.send_again, by=getattr(cast, who), **given) == "not_found"
    posting.send_again(by=cast.director, **given)
    carrier.broken = False
    assert outbox.drain(gateway=carrier, at=NOW) == 1
    assert [message.effect_key for message in carrier.sent] == [failed.effect_key]
    assert refusal(posting.send_again, by=cast.director, **given) == "message_not_failed"
    assert refusal(posting.send_again, by=cast.director, **{**given, "message": 0}) == "not_found"
    assert tallies() == []


def test_a_wish_is_kept_for_this_matter_and_can_be_changed(cast):
    matter = registered(cast, NOW).matter
    wish(matter=matter, way="mail", mail=" li@example.cn ", at=NOW)
    row = MessageWish.objects.get()
    assert (row.way, row.mail) == ("mail", "li@example.cn")
    assert b"example" not in bytes(row.mail_sealed)
    wish(matter=matter, way="none", mail="li@example.cn", at=NOW)
    row = MessageWish.objects.get()
    assert (row.way, row.mail) == ("none", "")


@pytest.mark.parametrize(
    ("way", "mail", "code"),
    [
        ("pigeon", "", "choice_unknown"),
        ("mail", "", "mail_unreal"),
        ("mail", "li@", "mail_unreal"),
        ("mail", "a@" + "b" * 60 + ".example" * 30, "mail_unreal"),
    ],
)
def test_a_wish_that_cannot_be_followed_is_refused(cast, way, mail, code):
    matter = registered(cast, NOW).matter
    assert refusal(wish, matter=matter, way=way, mail=mail, at=NOW) == code
    assert not MessageWish.objects.exists()


def test_who_is_masked_is_written_to_no_more(cast):
    matter = registered(cast, NOW).matter
    wish(matter=matter, way="mail", mail="li@example.cn", at=NOW)
    person = Matter.objects.get(pk=matter).parties.get().person_id
    seat = Seat(Role.PRIVACY_OFFICER, "999901-XF", "999901.999901-XF", Tier.DISTRICT, "999901")
    officer = Actor(user_id=cast.bureau.user_id, seats=(seat,))
    mask_person(matter=matter, person=person, basis="PI47", by=officer, at=NOW)
    assert not MessageWish.objects.exists()
    outbox.drain(gateway=FakeGateway(), at=NOW)
    assert OutgoingMessage.objects.get(matter=matter).failure == "no_way"
