"""Which procedures was this matter led into, one after the other, and what came of each? (article 31, domain 2.5)"""

from dataclasses import dataclass
from datetime import date, datetime

from xinfang.rules.matters.codes import Route
from xinfang.rules.routes.codes import ExternalOutcome


@dataclass(frozen=True)
class TakenRoute:
    """One procedure outside; `k` counts from 1.

    `told_at`: its notice reached the petitioner. `procedure` is a key of the table of routes; "" in a record of an
    older version, which knew the route alone.
    """

    k: int
    route: Route
    procedure: str
    at: datetime
    case_number: str = ""
    told_at: datetime | None = None
    outcome: ExternalOutcome | None = None
    result_on: date | None = None
    result_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.result_at is None
