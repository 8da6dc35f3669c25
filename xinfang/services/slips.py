"""Which sealed slip belongs to which matter? Staff bind the serial outside and never see the code inside (product)."""

from datetime import datetime
from uuid import UUID

from xinfang.models import SealedSlip
from xinfang.rules.matters.numbers import read_slip
from xinfang.rules.refusals import RuleBroken


def slip_to_bind(typed: str) -> str:
    """The serial of a slip that can still be handed over; refuses an unknown or used one beside the field `slip`."""
    serial = read_slip(typed)
    slip = SealedSlip.objects.filter(pk=serial).first() if serial else None
    if slip is None:
        raise RuleBroken("slip_unknown", field="slip")
    if slip.matter_id is not None:
        raise RuleBroken("slip_used", field="slip")
    return slip.serial


def bind_slip(*, serial: str, matter: UUID, at: datetime) -> None:
    """Bind a slip to the matter it was handed over for, in the transaction of the service; once, to one matter."""
    if not SealedSlip.objects.filter(pk=serial, matter__isnull=True).update(matter_id=matter, bound_at=at):
        raise RuleBroken("slip_used", field="slip")
