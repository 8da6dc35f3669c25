"""What asks to be looked at in the town: a matter that six people brought."""

from tests.factories import registered
from xinfang.models import RiskSignal
from xinfang.services.risk_watch import watch


def fill_risk(cast, now) -> dict[str, object]:
    """The number of that signal, under the name that a path asks for."""
    receipt = registered(cast, now, present=6)
    watch(at=now)
    return {"signal": RiskSignal.objects.get(key=str(receipt.matter)).pk}
