"""When is a matter not accepted? While a lower organ handles it in time (article 19), or after 复核 (article 36)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import RefusalGround
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.review.sameness import check_named


def check_not_accepted(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """N-1 says until when the lower organ handles it; once that day has passed the ground is gone."""
    if facts["ground"] != RefusalGround.N1_IN_HANDLING_BELOW:
        return
    if not facts.get("handled_until"):
        raise RuleBroken("field_required", field="handled_until")
    if date.fromisoformat(facts["handled_until"]) < asked.today:
        raise RuleBroken("n1_overdue", field="handled_until")


def check_no_longer(facts: Mapping[str, Any], _words: Mapping[str, str], _asked: Situation) -> None:
    """N-2 names the final review: the earlier matter of this house, or a paper from outside."""
    check_named(facts)
