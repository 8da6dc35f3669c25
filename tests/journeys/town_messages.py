"""What was sent in the town: most of it arrived, one number cannot receive, one petitioner left no phone."""

from datetime import timedelta

from tests.factories import registered
from xinfang.gateways.messages import FakeGateway, NotDelivered
from xinfang.models import OutgoingMessage
from xinfang.services import outbox

AWAY = [{"name": "周六六", "address": "丙村二组九号"}]


def fill_messages(cast, now) -> dict[str, object]:
    """The number of a letter that waits, under the name that a path asks for."""
    outbox.drain(gateway=FakeGateway(), at=now, most=500)
    failing = FakeGateway(broken=True, refusal=NotDelivered("number_refused", lasting=True))
    registered(cast, now - timedelta(minutes=3), people=[{"name": "周五", "phone": "19900000005"}])
    outbox.drain(gateway=failing, at=now)
    letter = registered(cast, now - timedelta(minutes=2), people=AWAY, channel="letter")
    outbox.drain(gateway=FakeGateway(), at=now)
    return {"letter": OutgoingMessage.objects.get(matter=letter.matter).pk}
