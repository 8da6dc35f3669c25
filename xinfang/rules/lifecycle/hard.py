"""Studying a hard matter anew: the petitioner is heard, or the file says why not (S17; article 18)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.refusals import RuleBroken


def check_restudy(facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    """Somebody met the petitioner on a day that has come, or it is written down why nobody could."""
    if facts.get("met_on"):
        if date.fromisoformat(facts["met_on"]) > asked.today:
            raise RuleBroken("date_in_the_future", field="met_on")
    elif not words.get("not_met"):
        raise RuleBroken("restudy_unheard", field="met_on")
