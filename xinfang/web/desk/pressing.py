"""What presses on the page of a matter, and where it was led: rights about to lapse, procedures outside."""

from typing import Any

from xinfang.labels.codes import ROUTES
from xinfang.labels.limits import RULES
from xinfang.labels.routes import OUTCOMES
from xinfang.queries.dossier import Dossier
from xinfang.queries.routes import procedures
from xinfang.rules.matters.codes import ClockCode
from xinfang.services.routes import AID

FAST_LANE = 7  # days before a right lapses in which legal aid may act at once (Legal Aid Law, article 44)


def pressing_rights(dossier: Dossier) -> list[dict[str, Any]]:
    """Rights that lapse in less than a week: legal aid may act before anything is examined (S36)."""
    today = dossier.asked.today
    aid = any(limit.rule == AID and limit.runs for limit in dossier.state.limits)
    rights = [clock for clock in dossier.asked.clocks if clock.code is ClockCode.RIGHT and clock.is_running]
    return [
        {"name": RULES[clock.rule], "dates": clock.due, "left": (clock.due.due - today).days, "aid": aid}
        for clock in rights
        if clock.due and today <= clock.due.due and (clock.due.due - today).days <= FAST_LANE
    ]


def routes_in_words(dossier: Dossier) -> list[dict[str, Any]]:
    """Every procedure that the matter was led into, the newest first."""
    table = procedures()
    return [
        {
            "taken": taken,
            "name": table[taken.procedure].name if taken.procedure in table else ROUTES[taken.route],
            "route": ROUTES[taken.route],
            "outcome": OUTCOMES[taken.outcome] if taken.outcome else "",
        }
        for taken in reversed(dossier.state.routes)
    ]
