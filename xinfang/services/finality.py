"""What an event of N-2 says beside what was typed: the final review that stands in the file, found and not retyped."""

from typing import Any
from uuid import UUID

from xinfang.models import ProtectedText
from xinfang.queries.units import unit_full_name
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.review.ladder import final_review
from xinfang.rules.review.sameness import check_compared, check_whole, demands_in
from xinfang.services.turns import state_of


def no_longer(facts: dict[str, Any], asked: Situation) -> dict[str, Any]:
    """Number, day and organ of the final review of the earlier matter; refused where it has none (article 36)."""
    check_compared(facts, demands_of(asked.state.id))
    if not facts.get("reviewed_matter"):
        return {}
    earlier = UUID(facts["reviewed_matter"])
    if earlier not in {link.other for link in asked.state.links}:
        raise RuleBroken("earlier_not_tied", field="reviewed_matter")
    review = final_review(state_of(earlier).reviews)
    if review is None or review.decided_at is None:
        raise RuleBroken("no_final_review", field="reviewed_matter")
    found = {"final_document": review.document, "final_on": local_day(review.decided_at).isoformat()}
    if review.organ:
        found["final_organ"] = unit_full_name(review.organ)
    check_whole({**facts, **found})
    return found


def demands_of(matter: UUID) -> tuple[str, ...]:
    """The demands of a matter as they were registered."""
    texts = ProtectedText.objects.filter(chain_id=matter, seq=1, field__in=("demand", "original_words"))
    said = {row.field: row.text or "" for row in texts}
    return demands_in(said.get("demand") or said.get("original_words", ""))
