"""Is it the same matter again? A person compares demand by demand, with a final review (article 36, N-2)."""

from collections.abc import Mapping
from typing import Any

from xinfang.rules.refusals import RuleBroken

_NAMED = ("final_document", "final_on", "final_organ")


def demands_in(text: str) -> tuple[str, ...]:
    """The demands as they were written down, one on each line; what has no lines is one demand."""
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    return lines or (text.strip(),)


def check_named(facts: Mapping[str, Any]) -> None:
    """A final review is one of this house, or a paper from outside with its number, day and organ."""
    if facts.get("reviewed_matter"):
        return
    if not facts.get("from_outside"):
        raise RuleBroken("no_final_review", field="reviewed_matter")
    check_whole(facts)


def check_whole(facts: Mapping[str, Any]) -> None:
    """The final review has its number, its day and its organ: the petitioner is told all three."""
    for name in _NAMED:
        if not facts.get(name):
            raise RuleBroken("field_required", field=name)


def check_compared(facts: Mapping[str, Any], demands: tuple[str, ...]) -> None:
    """Every demand was looked at, one by one; the first that was not is named."""
    ticked = set(str(facts.get("compared", "")).split())
    for k, demand in enumerate(demands, start=1):
        if str(k) not in ticked:
            raise RuleBroken("demand_not_compared", field="compared", k=k, demand=demand[:40])
