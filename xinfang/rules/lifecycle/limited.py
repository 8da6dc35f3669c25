"""Limits that somebody notes, tells of, pauses or ends: does the entry fit what runs? (`limit_moves`)"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xinfang.rules.clocks.noting import check_noted
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.state import Limit
from xinfang.rules.refusals import RuleBroken


def check_noted_limit(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """A rule that is noted, from a day that has come, and not the same one twice."""
    rule, began = facts["rule"], date.fromisoformat(facts["from_on"])
    check_noted(asked.counting.rules, rule, began, asked.today)
    if any(limit.runs and (limit.rule, limit.from_on) == (rule, began) for limit in asked.state.limits):
        raise RuleBroken("limit_twice", field="rule")


def _limit(facts: Mapping[str, Any], asked: Situation) -> Limit:
    found = next((limit for limit in asked.state.limits if limit.k == facts["k"] and limit.runs), None)
    if found is None:
        raise RuleBroken("no_such_limit", field="k")
    return found


def check_limit_runs(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """The limit that is named runs."""
    _limit(facts, asked)


def check_pause(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """Only for what the law names, from a day inside the period that no earlier pause holds."""
    limit = _limit(facts, asked)
    ground = asked.counting.rules[limit.rule].pauses_for
    if limit.is_paused or ground is None or facts["pause_ground"] != ground:
        raise RuleBroken("pause_not_lawful", field="pause_ground")
    since = date.fromisoformat(facts["since"])
    before = limit.pauses[-1].until if limit.pauses else limit.from_on
    if before is not None and since < before:
        raise RuleBroken("pause_out_of_order", field="since")


def check_resumed(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """Only what is paused goes on, and not before it paused."""
    limit = _limit(facts, asked)
    if not limit.is_paused:
        raise RuleBroken("limit_not_paused", field="k")
    if date.fromisoformat(facts["until"]) < limit.pauses[-1].since:
        raise RuleBroken("pause_out_of_order", field="until")
