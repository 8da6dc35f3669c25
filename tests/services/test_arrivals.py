"""What arrived and what did not: noted once, turned into a letter, or said to who has the matter."""

from datetime import timedelta

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.gateways.messages import FakeGateway, NotDelivered, Report
from xinfang.jobs import arrivals as job
from xinfang.models import Event, Matter, Notice, OutgoingMessage, Party
from xinfang.rules.notices.messages import MessageKind
from xinfang.services import arrivals, outbox
from xinfang.services.arrivals import take_reports, tell_of_lost
from xinfang.services.own_details import correct_at_window
from xinfang.services.posting import send_again
from xinfang.services.turns import state_of

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 09:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def carrier():
    return FakeGateway()


def sent(cast, carrier, **who):
    """A matter whose petitioner was just told of a result, and that message."""
    receipt = registered(cast, NOW, people=[{"name": "张一", "phone": "19900000001", **who}])
    OutgoingMessage.objects.all().delete()
    tell(receipt, carrier)
    return receipt, OutgoingMessage.objects.get()


def tell(receipt, carrier, key="e", when=NOW):
    outbox.write(
        kind=MessageKind.RESULT, matter=receipt.matter, effect_key=key, at=when, due_at=when, facts={}
    )  # fmt: skip
    outbox.drain(gateway=carrier, at=when)


def lost(carrier, row, code="MI:0073"):
    carrier.told = [Report(row.provider_id, arrived=False, at=NOW + MINUTE, code=code)]
    return take_reports(gateway=carrier, at=NOW + MINUTE)


def unreached(receipt):
    return Event.objects.filter(chain_id=receipt.matter, type="unreached")


def test_what_arrived_is_noted_with_its_moment_and_once(cast, carrier):
    _receipt, row = sent(cast, carrier)
    carrier.told = [Report(row.provider_id, arrived=True, at=NOW + MINUTE, code="DELIVRD")] * 2
    assert take_reports(gateway=carrier, at=NOW + 2 * MINUTE) == 2
    row.refresh_from_db()
    assert (row.state, row.arrived_at, row.report) == ("arrived", NOW + MINUTE, "DELIVRD")
    assert lost(carrier, row) == 1
    row.refresh_from_db()
    assert row.state == "arrived"


@pytest.mark.parametrize("id_", ["", "another"])
def test_a_report_about_nothing_of_ours_changes_nothing(cast, carrier, id_):
    sent(cast, carrier)
    carrier.told = [Report(id_, arrived=False, at=NOW, code="X")]
    assert take_reports(gateway=carrier, at=NOW) == 1
    assert OutgoingMessage.objects.get().state == "sent"


def test_a_number_that_does_not_exist_becomes_a_letter(cast, carrier):
    receipt, row = sent(cast, carrier, address="甲村一组")
    lost(carrier, row)
    row.refresh_from_db()
    assert (row.state, row.failure, row.report) == ("to_post", "not_arrived", "MI:0073")
    assert tell_of_lost(at=NOW + MINUTE) == 0
    assert not unreached(receipt).exists()


def test_where_there_is_no_address_who_has_the_matter_is_told_once_until_the_details_change(cast, carrier):
    receipt, row = sent(cast, carrier)
    lost(carrier, row)
    assert tell_of_lost(at=NOW + MINUTE) == 1
    event = unreached(receipt).get()
    assert (event.role, event.payload) == ("system", {"kind": "result"})
    told = Notice.objects.filter(matter=receipt.matter, code="unreached")
    assert cast.users["director"].pk in set(told.values_list("user_id", flat=True))
    tell(receipt, carrier, "again", NOW + 2 * MINUTE)
    lost(carrier, OutgoingMessage.objects.get(effect_key="again"))
    assert (tell_of_lost(at=NOW + 3 * MINUTE), unreached(receipt).count()) == (1, 1)
    assert tell_of_lost(at=NOW + 3 * MINUTE) == 0
    person = Party.objects.get(matter=receipt.matter).person_id
    later = NOW + 4 * MINUTE
    correct_at_window(matter=receipt.matter, person=person, given={"phone": "19900000009"}, by=cast.clerk, at=later)
    outbox.drain(gateway=carrier, at=later)
    lost(carrier, OutgoingMessage.objects.filter(kind="details", provider_id__gt="").latest("pk"))
    tell_of_lost(at=later)
    assert unreached(receipt).count() == 2


def test_it_moves_nothing_for_whoever_is_deciding(cast, carrier):
    receipt, row = sent(cast, carrier)
    before = state_of(receipt.matter)
    lost(carrier, row)
    tell_of_lost(at=NOW + MINUTE)
    after = state_of(receipt.matter)
    assert (after.stage, after.seq) == (before.stage, before.seq + 1)
    send_again(message=row.pk, matter=receipt.matter, by=cast.director, at=NOW + 2 * MINUTE)
    assert OutgoingMessage.objects.get(pk=row.pk).state == "waiting"


def test_a_code_or_a_sealed_matter_tells_nobody(cast, carrier, settings):
    receipt, row = sent(cast, carrier)
    lost(carrier, row)
    Matter.objects.filter(pk=receipt.matter).update(sealed=True)
    second = sent_another(cast, carrier)
    OutgoingMessage.objects.filter(pk=second.pk).update(kind=MessageKind.PHONE_CODE)
    lost(carrier, second)
    OutgoingMessage.objects.create(effect_key="n", kind="result", state="failed", at=NOW, due_at=NOW)
    assert tell_of_lost(at=NOW + MINUTE) == 3
    assert not Event.objects.filter(type="unreached").exists()


def sent_another(cast, carrier):
    receipt = registered(cast, NOW, people=[{"name": "李二", "phone": "19900000002"}])
    OutgoingMessage.objects.filter(matter=receipt.matter).delete()
    tell(receipt, carrier, "other")
    return OutgoingMessage.objects.get(effect_key="other")


def test_a_carrier_that_does_not_answer_is_asked_another_time(carrier):
    carrier.broken, carrier.refusal = True, NotDelivered("unreachable")
    assert take_reports(gateway=carrier, at=NOW) == 0


def test_a_message_without_a_matter_is_given_up_quietly(carrier):
    OutgoingMessage.objects.create(
        effect_key="n", kind="result", state="sent", at=NOW, due_at=NOW, provider_id="p-1", sent_at=NOW
    )
    carrier.told = [Report("p-1", arrived=False, at=NOW, code="X")]
    assert take_reports(gateway=carrier, at=NOW) == 1
    assert OutgoingMessage.objects.get().state == "failed"


def test_the_worker_asks_and_tells_in_one_round(cast, carrier, monkeypatch):
    receipt, row = sent(cast, carrier)
    carrier.told = [Report(row.provider_id, arrived=False, at=NOW, code="X")]
    monkeypatch.setattr(job, "carrier", lambda: carrier)
    assert job.run(NOW + MINUTE) is False
    assert unreached(receipt).exists()


def test_what_another_worker_said_in_the_meantime_is_not_said_again(cast, carrier, monkeypatch):
    for key in "ab":
        OutgoingMessage.objects.create(effect_key=key, kind="result", state="failed", at=NOW, due_at=NOW)
    said = []

    def say(row, _at):
        said.append(row.effect_key)
        OutgoingMessage.objects.update(staff_told=True)

    monkeypatch.setattr(arrivals, "_say", say)
    assert tell_of_lost(at=NOW) == 2
    assert said == ["a"]
