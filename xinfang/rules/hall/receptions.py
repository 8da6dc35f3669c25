"""Places on a day on which a leader receives: how many, until when, and when one is reminded (domain 2.12).

A place belongs to a matter and says nothing of its subject. Nobody needs one: whoever comes on the day is heard.
"""

from datetime import date, datetime, time, timedelta

from xinfang.rules.clocks.shape import SHANGHAI
from xinfang.rules.matters.codes import UNFINISHED
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import within
from xinfang.rules.refusals import RuleBroken

MOST_SLOTS = 40
KEPT = timedelta(days=30)
REMINDED_AT = time(9)


def slots_of(text: str) -> int:
    """How many places may be taken beforehand, as typed; nothing typed is none."""
    plain = text.strip() or "0"
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 4 else MOST_SLOTS + 1
    if number > MOST_SLOTS:
        raise RuleBroken("slots_unreal", field="slots", most=MOST_SLOTS)
    return number


def may_take_place(state: MatterState, centre_path: str) -> bool:
    """Is this the place for the matter? As long as it is not finished, in a centre of its own line."""
    mine = within(state.holder_path, centre_path) or within(state.origin_path, centre_path)
    gone = state.sealed or state.merged_into is not None or state.revoked_at is not None
    return mine and not gone and state.stage in UNFINISHED


def reminder_at(day: date, booked: datetime) -> datetime:
    """The morning of the day before, or at once when that has passed."""
    return max(booked, datetime.combine(day - timedelta(days=1), REMINDED_AT, SHANGHAI))
