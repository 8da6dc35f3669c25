"""What an event of another route says beside what was typed: the route itself, and the limits that begin with it."""

from collections.abc import Iterable
from typing import Any

from xinfang.queries.routes import procedures
from xinfang.rules.clocks.noting import check_noted
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.lifecycle.values import parse_day
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.routes.procedures import check_unmet, chosen

AID = "EX-FLYZ7"


def channelled(facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    """The route of the chosen procedure; what is not fulfilled is said; the petitioner's limits begin by themselves."""
    table = procedures()
    procedure = chosen(table, facts["procedure"])
    check_unmet(table, procedure, facts.get("unmet", ""))
    limits = _limits(procedure.limits, facts.get("trigger_on"), "trigger_on", asked)
    return {"route": procedure.route.value, **({"limits": limits} if limits else {})}


def result_taken(facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    """The limits that the result opens, from the day on which its document reached the petitioner."""
    last = asked.state.routes[-1].procedure if asked.state.routes else ""
    after = procedures()[last].after if last in procedures() else ()
    limits = _limits(after, facts.get("received_on"), "received_on", asked)
    return {"limits": limits} if limits else {}


def aid_asked(facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    """Legal aid was applied for: the seven days in which the agency decides (Legal Aid Law, article 43)."""
    if not _limits((AID,), facts["from_on"], "from_on", asked):
        raise RuleBroken("limit_twice", field="from_on")
    return {"rule": AID}


def _limits(rules: Iterable[str], began: str | None, field: str, asked: Situation) -> list[dict[str, str]]:
    """Those that nobody noted yet from that day."""
    if not began:
        return []
    day = parse_day(field, began)
    running = {(limit.rule, limit.from_on) for limit in asked.state.limits if limit.runs}
    found = []
    for rule in rules:
        check_noted(asked.counting.rules, rule, day, asked.today)
        if (rule, day) not in running:
            found.append({"rule": rule, "from_on": day.isoformat()})
    return found
