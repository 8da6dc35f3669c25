"""The review ladder of one matter in words, for whoever works on it and for its petitioner."""

from collections.abc import Callable, Iterable
from typing import Any

from xinfang.labels.dates import day
from xinfang.labels.review import DECISIONS, LATENESS, LEVELS
from xinfang.queries.dossier import Texts
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.review.ladder import Review


def reviews_in_words(
    state: MatterState, events: Iterable[Event], texts: Texts, unit: Callable[[str], str]
) -> list[dict[str, Any]]:
    """Every request with its dates and what came of it, the newest first; words as far as `texts` holds them."""
    decided = {e.occurred_at: e.seq for e in events if e.type == EventType.REVIEW_DECIDED}
    rows = []
    for review in reversed(state.reviews):
        said = texts.get(decided.get(review.decided_at, 0), {}) if review.decided_at else {}
        rows.append(
            {
                "review": review,
                "level": LEVELS[review.level],
                "organ": unit(review.organ) if review.organ else "",
                "asked_on": day(review.asked_on),
                "lateness": LATENESS[review.lateness] if review.lateness else "",
                "hearing": _hearing(review),
                "decision": DECISIONS[review.decision] if review.decision else "",
                "opinion": said.get("opinion") or "",
                "findings": said.get("findings") or "",
                "legal_basis": said.get("legal_basis") or "",
            }
        )
    return rows


def _hearing(review: Review) -> list[tuple[str, str]]:
    return [(day(pause.since), day(pause.until) if pause.until else "") for pause in review.hearing]
