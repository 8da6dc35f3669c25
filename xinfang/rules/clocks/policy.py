"""What a district may set of 13710: its lengths, how its days are counted, and when the watcher speaks.

Source: the founding text gives the digits ("原则上"); C-R4, C-R6 and the ladder are the house's reading. What the law
sets is not here. Policies carry numbers and the day from which they hold; a matter keeps the one that it came in under.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xinfang.rules.clocks.catalogue import DeadlineRule
from xinfang.rules.matters.codes import DayMode

SHIPPED = 0
WARNINGS = ("warn_yellow", "warn_orange", "warn_red")


@dataclass(frozen=True)
class HousePolicy:
    """One version. `report_days` and `solve_days` are days in `day_mode`, `hard_months` and `report_months` months.

    `warn_at`: after which hundredths of its time a clock is yellow, orange and red (it is also red on the last working
    day). `leader_after`: how many working days after a breach that still lasts the district leader is told.
    """

    number: int
    effective_on: date
    report_days: int
    solve_days: int
    hard_months: int
    report_months: int
    day_mode: DayMode = DayMode.CALENDAR
    warn_at: tuple[int, int, int] = (50, 75, 90)
    leader_after: int = 3


def shipped_policy(rules: Mapping[str, DeadlineRule]) -> HousePolicy:
    """The policy that comes with the house: the digits of the founding text."""
    return HousePolicy(
        number=SHIPPED,
        effective_on=date.min,
        report_days=rules["13710-3"].n,
        solve_days=rules["13710-7"].n,
        hard_months=rules["13710-1M"].n,
        report_months=rules["13710-MF"].n,
    )


def policy_of(number: int, effective_on: date, document: Mapping[str, Any]) -> HousePolicy:
    """A version from its document."""
    yellow, orange, red = (int(document[name]) for name in WARNINGS)
    return HousePolicy(
        number=number,
        effective_on=effective_on,
        report_days=document["report_days"],
        solve_days=document["solve_days"],
        hard_months=document["hard_months"],
        report_months=document["report_months"],
        day_mode=DayMode(document["day_mode"]),
        warn_at=(yellow, orange, red),
        leader_after=document["leader_after"],
    )


def document_of(policy: HousePolicy) -> dict[str, int | str]:
    """The document of a version, in the order in which it is read."""
    values: dict[str, int | str] = {
        "report_days": policy.report_days,
        "solve_days": policy.solve_days,
        "day_mode": policy.day_mode.value,
        "hard_months": policy.hard_months,
        "report_months": policy.report_months,
        **dict(zip(WARNINGS, policy.warn_at, strict=True)),
        "leader_after": policy.leader_after,
    }
    return values


def in_force(policies: Iterable[HousePolicy], day: date) -> HousePolicy:
    """The version that holds on a day: the last one that has begun; the shipped one holds from the beginning."""
    return max((policy for policy in policies if policy.effective_on <= day), key=lambda policy: policy.effective_on)
