"""When may a superior organ say that a lower one has the matter? While that one is within its limit (article 19)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import RefusalGround
from xinfang.rules.refusals import RuleBroken


def check_not_accepted(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """N-1 says until when the lower organ handles it; once that day has passed the ground is gone."""
    if facts["ground"] != RefusalGround.N1_IN_HANDLING_BELOW:
        return
    if not facts.get("handled_until"):
        raise RuleBroken("field_required", field="handled_until")
    if date.fromisoformat(facts["handled_until"]) < asked.today:
        raise RuleBroken("n1_overdue", field="handled_until")
