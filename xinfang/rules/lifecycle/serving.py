"""When does a paper count as served that nobody took? By public notice, only when its days have passed.

The Regulation leaves service to practice; the days are those of the Civil Procedure Law, article 95, by analogy (F-18).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from xinfang.rules.matters.codes import ServiceWay
from xinfang.rules.refusals import RuleBroken

NOTICE_DAYS = 30


def check_served(facts: Mapping[str, Any], today: date) -> None:
    """By public notice: the day it was put up is said, and thirty days after it the paper is served, not before."""
    if facts["way"] != ServiceWay.PUBLIC_NOTICE:
        return
    if not facts.get("noticed_on"):
        raise RuleBroken("field_required", field="noticed_on")
    served = date.fromisoformat(facts["noticed_on"]) + timedelta(days=NOTICE_DAYS)
    if today < served:
        raise RuleBroken("notice_not_ripe", field="noticed_on", day=served.isoformat())
