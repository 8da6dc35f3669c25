"""Short ways to a matter that has come as far as a test needs it, always through the services."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.cast import Cast
from xinfang.rules.matters.state import MatterState
from xinfang.services.intake import Receipt, register
from xinfang.services.matters import perform

STORY = {"original_words": "村口的路灯坏了半个月，晚上走路看不见。", "demand": "把路灯修好"}
TRIAGE = {"kind": "claim", "nature": "general", "solvable": True, "lane": "disposal", "first_step": "先到现场看一看"}


def registered(cast: Cast, at: datetime, unit: str = "999901001", **values: Any) -> Receipt:
    """A matter registered at the window."""
    person = {"name": "张一", "phone": "19900000001", "address": "甲村一组"}
    return register(
        values={"unit": unit, "channel": "visit", "people": [person], **STORY, **values}, by=cast.clerk, at=at
    )


def moved(cast: Cast, matter: UUID, at: datetime, *steps: tuple[str, str, dict[str, Any]]) -> MatterState:
    """The state after these (who, move, values), all at one moment."""
    state: MatterState | None = None
    for who, move, values in steps:
        state = perform(move, matter=matter, by=getattr(cast, who), at=at, values=values)
    assert state is not None
    return state
