"""What a district may set of 13710: its lengths, how its days are counted, and when the watcher speaks.

Source: the founding text gives the digits ("原则上"); C-R4, C-R6 and the ladder are the house's reading. What the law
sets is not here. Policies carry numbers and the day from which they hold; a matter keeps the one that it came in under.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xinfang.rules.clocks.catalogue import DeadlineRule
from xinfang.rules.matters.codes import DayMode

SHIPPED = 0


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
