"""Matters, people and questions for the tests of rules, made of plain values."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from xinfang.policies import shipped
from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.catalogue import read
from xinfang.rules.clocks.duties import Counting
from xinfang.rules.clocks.hours import OfficeHours
from xinfang.rules.clocks.policy import shipped_policy
from xinfang.rules.ledger.chain import Event
from xinfang.rules.lifecycle.situation import situation
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.codes import Channel, DayMode, Stage
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import PETITIONER, SYSTEM, Actor, Role, Seat, Tier

CHAIN = UUID("019aaaaa-0000-7000-8000-000000000001")
OTHER = UUID("019aaaaa-0000-7000-8000-000000000002")
CENTRE, TOWN, LABOUR, STATION = "999901001", "999901001-ZF", "999901-RS", "999901001201"
PATHS = {
    CENTRE: "999901.999901001",
    TOWN: "999901.999901001.999901001-ZF",
    LABOUR: "999901.999901-RS",
    STATION: "999901.999901001.999901001201",
}


def at(text):
    """A moment in Shanghai: `2026-03-16 09:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


NOON = at("2026-03-16 12:00")


@cache
def counting():
    rules = read(shipped("deadline_rules.json"))
    policy = shipped_policy(rules)
    return Counting(Calendar.of(shipped("calendar_cn.json")), OfficeHours(), rules, {policy.number: policy})


def state(**changes):
    """A matter that the town centre registered on 2026-03-16 at 09:00."""
    plain = MatterState(
        id=CHAIN, stage=Stage.REGISTERED, received_at=at("2026-03-16 09:00"), registered_at=at("2026-03-16 09:00"),
        number="XF-7K3M-92QB", ledger_number="999901001-2026-000001", channel=Channel.VISIT, area=CENTRE,
        origin_unit=CENTRE, holder=CENTRE, holder_path=PATHS[CENTRE], origin_path=PATHS[CENTRE],
        day_mode=DayMode.CALENDAR, seq=1, last_at=at("2026-03-16 09:00"),
    )  # fmt: skip
    return replace(plain, **changes)


def actor(*roles, unit=CENTRE, user=1, proof=None):
    """Somebody with these roles in one unit; the petitioner and the system by theirs."""
    if roles == (Role.PETITIONER,):
        return replace(PETITIONER, proof=proof)
    if roles == (Role.SYSTEM,):
        return SYSTEM
    path = PATHS.get(unit, f"999901.{unit}")
    return Actor(user, tuple(Seat(role, unit, path, Tier.TOWNSHIP, "999901") for role in roles))


def asked(of, who, when=NOON):
    """A question to the rules."""
    return situation(of, who, when, counting())


class Story:
    """Events one after another, folded when asked."""

    def __init__(self, registered, *, recorded=None, **payload):
        born = {
            "number": "XF-7K3M-92QB", "ledger_number": "999901001-2026-000001", "channel": "visit", "area": CENTRE,
            "holder": CENTRE, "holder_path": PATHS[CENTRE], "day_mode": "calendar", "stage": "registered",
        }  # fmt: skip
        self.events = []
        self.add("registered", registered, role="window_clerk", recorded=recorded, **{**born, **payload})

    def add(self, kind, when, /, *, unit=CENTRE, role="centre_director", by=1, recorded=None, **payload):
        moment = at(when) if isinstance(when, str) else when
        written = at(recorded) if recorded else moment
        seq = len(self.events) + 1
        self.events.append(Event(CHAIN, seq, kind, moment, written, by, role, unit, payload))
        return self

    def triaged(self, when, nature="general", *, solvable=True, **payload):
        return self.add("triaged", when, kind="claim", nature=nature, solvable=solvable, stage="triaged", **payload)

    def assigned(self, when, lead=TOWN, mode="transfer", **payload):
        return self.add("assigned", when, lead=lead, mode=mode, stage="assigned", **payload)

    def accepted(self, when, unit=TOWN):
        return self.add("accepted", when, unit=unit, role="organ_head", document="受1", stage="accepted")

    def state(self):
        return fold(self.events)
