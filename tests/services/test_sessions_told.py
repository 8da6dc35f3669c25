"""What is said of sessions outside the house: to whom, by which phone, and what never goes to somebody else."""

from datetime import timedelta

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.gateways.messages import FakeGateway, NotDelivered
from xinfang.models import OutgoingMessage, Party, Room
from xinfang.rules.sessions.calling import Asked
from xinfang.rules.sessions.codes import GuestKind
from xinfang.services import outbox, sessions, sessions_answers, sessions_feed
from xinfang.services.matters import state_of

pytestmark = pytest.mark.django_db
MON, TUE, THU = at("2026-04-13 09:00"), at("2026-04-14 09:00"), at("2026-04-16 09:00")
OTHER = Asked(GuestKind.OTHER, name="周某", phone="19900000009")


@pytest.fixture
def called(cast):
    matter = registered(cast, MON).matter
    OutgoingMessage.objects.all().delete()
    room = Room.objects.create(centre_id="999901001", name="调解室1", places=8)
    people = [Asked(GuestKind.PARTY, person=str(Party.objects.get(matter=matter).person_id)), OTHER]
    when = sessions.Time(room.pk, THU, 60)
    sessions.call(matter=matter, when=when, guests=people, subject="排烟", by=cast.director, at=TUE)
    return matter


def sent(gateway):
    return sorted((message.kind, message.address) for message in gateway.sent)


def test_each_is_told_on_their_own_phone_and_reminded_twice_each_time_once(called):
    gateway = FakeGateway()
    for moment in (TUE, TUE, THU - timedelta(days=1), THU - timedelta(hours=2), THU - timedelta(hours=1)):
        outbox.drain(gateway=gateway, at=moment)
    own, other = "19900000001", "19900000009"
    assert sent(gateway) == [
        ("session", own), ("session_code", other), *[("session_soon", own)] * 2, *[("session_soon", other)] * 2,
    ]  # fmt: skip
    texts = [message.text for message in gateway.sent]
    assert not [text for text in texts if "排烟" in text or "周某" in text]
    assert all(message.values for message in gateway.sent)


def test_what_does_not_reach_somebody_from_outside_goes_to_nobody_else(called):
    failing = FakeGateway(broken=True, refusal=NotDelivered("number_refused", lasting=True))
    outbox.drain(gateway=failing, at=TUE)
    code = OutgoingMessage.objects.get(kind="session_code")
    assert (code.state, bytes(code.address_sealed)) == ("failed", b"")
    OutgoingMessage.objects.filter(pk=code.pk).update(state="waiting", due_at=TUE)
    gateway = FakeGateway()
    outbox.drain(gateway=gateway, at=TUE)
    assert OutgoingMessage.objects.get(pk=code.pk).failure == "may_not"
    assert "session_code" not in {message.kind for message in gateway.sent}


def test_of_two_petitioners_the_reminder_stays_until_neither_comes(cast):
    people = [{"name": "张一", "phone": "19900000001"}, {"name": "李二", "phone": "19900000002"}]
    matter = registered(cast, MON, people=people).matter
    room = Room.objects.create(centre_id="999901001", name="调解室1", places=8)
    guests = [Asked(GuestKind.PARTY, person=str(row.person_id)) for row in Party.objects.filter(matter=matter)]
    when = sessions.Time(room.pk, THU, 60)
    sessions.call(matter=matter, when=when, guests=guests, subject="排烟", by=cast.director, at=TUE)
    waiting = OutgoingMessage.objects.filter(kind="session_soon", state="waiting")
    for n, left in ((1, 2), (2, 0)):
        sessions_answers.answer(matter=matter, k=1, n=n, said="not_coming", by=cast.director, at=TUE)
        assert waiting.count() == left
    assert len(state_of(matter).sessions) == 1


def test_a_calendar_address_belongs_to_one_account_and_dies_with_it(cast):
    code = sessions_feed.renew(by=cast.clerk, at=TUE)
    assert sessions_feed.owner_of(code) == cast.users["clerk"]
    again = sessions_feed.renew(by=cast.clerk, at=TUE)
    for dead in (code, "nonsense"):
        with pytest.raises(Exception, match="feed_unknown"):
            sessions_feed.owner_of(dead)
    type(cast.users["clerk"]).objects.filter(username="clerk").update(is_active=False)
    with pytest.raises(Exception, match="feed_unknown"):
        sessions_feed.owner_of(again)
