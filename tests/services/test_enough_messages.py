"""One telephone hears five times a day over all its matters; what is over is said the next morning, never lost."""

from datetime import timedelta

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.gateways.messages import FakeGateway
from xinfang.models import OutgoingMessage
from xinfang.rules.notices.messages import MessageKind
from xinfang.rules.refusals import RuleBroken
from xinfang.services import outbox, proofs

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")
MORNING = at("2026-03-17 08:30")


@pytest.fixture
def carrier(settings):
    settings.XINFANG_SMS = "file"
    return FakeGateway()


@pytest.fixture
def matters(cast):
    """Three matters of one telephone, written out in different ways."""
    found = [registered(cast, NOW, people=[{"name": "张一", "phone": phone}]).matter
             for phone in ("19900000001", "199 0000 0001", "19900000001")]  # fmt: skip
    OutgoingMessage.objects.all().delete()
    return found


def tell(matter, key, kind=MessageKind.RESULT, when=NOW, **facts):
    outbox.write(kind=kind, matter=matter, effect_key=key, at=when, due_at=when, facts=facts)


def spoken_five_times(matters, carrier):
    for n in range(5):
        tell(matters[n % 3], f"e{n}")
    outbox.drain(gateway=carrier, at=NOW)
    assert len(carrier.sent) == 5


def row(key):
    return OutgoingMessage.objects.get(effect_key=key)


def test_the_sixth_of_a_day_waits_for_the_morning_and_its_matter_says_why(matters, carrier):
    spoken_five_times(matters, carrier)
    tell(matters[2], "sixth")
    assert outbox.drain(gateway=carrier, at=NOW) == 0
    held = row("sixth")
    assert (held.state, held.failure, held.due_at, held.attempts) == ("waiting", "held_back", MORNING, 0)
    assert outbox.drain(gateway=carrier, at=MORNING - timedelta(seconds=1)) == 0
    assert outbox.drain(gateway=carrier, at=MORNING) == 1
    assert (row("sixth").state, row("sixth").attempts, row("sixth").maybe_twice) == ("sent", 1, False)


def test_what_says_the_same_of_the_same_matter_is_said_together_and_another_fact_by_itself(matters, carrier):
    spoken_five_times(matters, carrier)
    for key in ("a", "b"):
        tell(matters[0], key)
    tell(matters[1], "c")
    tell(matters[0], "d", MessageKind.RIGHT_NEARING, month=4, day=1)
    tell(matters[0], "e", MessageKind.RIGHT_NEARING, month=5, day=1)
    outbox.drain(gateway=carrier, at=NOW)
    assert {key: (row(key).state, row(key).failure) for key in "abcde"} == {
        "a": ("waiting", "held_back"), "b": ("dropped", "said_together"), "c": ("waiting", "held_back"),
        "d": ("waiting", "held_back"), "e": ("waiting", "held_back"),
    }  # fmt: skip
    assert outbox.drain(gateway=carrier, at=MORNING) == 4


def test_another_telephone_is_not_held_up(cast, matters, carrier):
    spoken_five_times(matters, carrier)
    other = registered(cast, NOW, people=[{"name": "李二", "phone": "19900000002"}]).matter
    tell(other, "other")
    outbox.drain(gateway=carrier, at=NOW)
    assert row("other").state == "sent"


@pytest.mark.parametrize("kind", [MessageKind.CODE_RENEWED, MessageKind.DETAILS])
def test_what_warns_is_never_held_back(matters, carrier, kind):
    spoken_five_times(matters, carrier)
    tell(matters[0], "warning", kind)
    outbox.drain(gateway=carrier, at=NOW)
    assert row("warning").state == "sent"


def test_codes_are_counted_by_telephone_and_not_only_by_matter(matters, carrier):
    for n in range(10):
        proofs.send_phone_code(matter=matters[n % 2], at=NOW + timedelta(minutes=n))
    with pytest.raises(RuleBroken, match="codes_too_many"):
        proofs.send_phone_code(matter=matters[2], at=NOW + timedelta(minutes=20))
    outbox.drain(gateway=carrier, at=NOW)
    tell(matters[2], "told")
    outbox.drain(gateway=carrier, at=NOW)
    assert row("told").state == "sent"


def test_which_telephone_it_was_is_forgotten_after_two_days(matters, carrier):
    spoken_five_times(matters, carrier)
    assert OutgoingMessage.objects.filter(reached_index__isnull=False).count() == 5
    assert outbox.forget_phones(at=NOW + timedelta(days=1)) == 0
    assert outbox.forget_phones(at=NOW + timedelta(days=3)) == 5
    assert not OutgoingMessage.objects.filter(reached_index__isnull=False).exists()
