"""Somebody comes to the window again about a matter that runs: what the receipt of a later visit shows."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from xinfang.rules.intake.alike import Choice
from xinfang.services.contacts import Decision, receive

TOLD = {"unit": "999901001", "channel": "visit", "original_words": "灯还是不亮。"}


def fill_contacts(cast: Any, number: str, now: datetime) -> None:
    """The second event of that matter is the next visit, the third brings somebody who joins."""
    receive(values=TOLD, decision=Decision(Choice.AGAIN, number), by=cast.clerk, at=now, submission_key=uuid4())
    joins = {**TOLD, "people": [{"name": "李二", "phone": "19900000002"}]}
    receive(values=joins, decision=Decision(Choice.JOIN, number), by=cast.clerk, at=now, submission_key=uuid4())
