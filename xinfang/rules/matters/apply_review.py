"""What the events of the review ladder make of a matter: asked, late, heard, decided, served."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from xinfang.rules.clocks.due import Pause
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.apply_handling import OPINION_RESULT
from xinfang.rules.matters.codes import ClockCode, Outcome
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import DocumentFact, MatterState
from xinfang.rules.review.codes import LatenessWord, ReviewDecision, ReviewLevel
from xinfang.rules.review.ladder import OPINION_OF, Review, open_review

Reading = Callable[[MatterState, Event], dict[str, Any]]


def _asked(state: MatterState, event: Event) -> dict[str, Any]:
    said = event.payload
    review = Review(
        len(state.reviews) + 1, ReviewLevel(said["level"]), said.get("organ", ""), frozenset(said["of"]),
        said["appealed"], date.fromisoformat(said["asked_on"]), event.occurred_at, said.get("late", 0),
    )  # fmt: skip
    return {"reviews": (*state.reviews, review)}


def _changed(state: MatterState, change: Callable[[Review], Review]) -> dict[str, Any]:
    """The one review that is open, changed; nothing where there is none."""
    now = open_review(state.reviews)
    return {"reviews": tuple(change(one) if one is now else one for one in state.reviews)}


def _lateness(state: MatterState, event: Event) -> dict[str, Any]:
    return _changed(state, lambda one: replace(one, lateness=LatenessWord(event.payload["lateness"])))


def _hearing_opened(state: MatterState, event: Event) -> dict[str, Any]:
    pause = Pause(date.fromisoformat(event.payload["since"]))
    return _changed(state, lambda one: replace(one, hearing=(*one.hearing, pause)))


def _hearing_closed(state: MatterState, event: Event) -> dict[str, Any]:
    until = date.fromisoformat(event.payload["until"])
    return _changed(
        state,
        lambda one: replace(one, hearing=tuple(p if p.until else replace(p, until=until) for p in one.hearing)),
    )


def _decided(state: MatterState, event: Event) -> dict[str, Any]:
    review = open_review(state.reviews)
    if review is None:
        return {}
    number = event.payload["document"]
    paper = DocumentFact(OPINION_OF[review.level], number, review.organ or event.unit, event.occurred_at)
    decision = ReviewDecision(event.payload["decision"])
    outcome = Outcome(event.payload["outcome"]) if event.payload.get("outcome") else None

    def change(one: Review) -> Review:
        return replace(one, decision=decision, outcome=outcome, document=number, decided_at=event.occurred_at)

    return {**_changed(state, change), "documents": (*state.documents, paper)}


def _served(state: MatterState, event: Event) -> dict[str, Any]:
    """A decision holds once it reached the petitioner: it changes the outcome, or sends the matter back."""
    review = open_review(state.reviews)
    if review is None:
        return {}
    kind = OPINION_OF[review.level]
    documents = tuple(
        replace(d, served_at=event.occurred_at, way=event.payload["way"]) if d.kind == kind and not d.served_at else d
        for d in state.documents
    )
    changes = _changed(state, lambda one: replace(one, served_at=event.occurred_at)) | {"documents": documents}
    if review.decision is ReviewDecision.ANNULLED:
        return changes | _back_to_handling(state)
    if review.outcome is not None:
        changes |= {"outcome": review.outcome, "result": OPINION_RESULT[review.outcome]}
        if review.outcome is Outcome.SUPPORTED:
            changes |= {"struck_off_at": None, "strike_off_proposed_at": None, "implemented_at": None}
    return changes


def _back_to_handling(state: MatterState) -> dict[str, Any]:
    """The organ handles it anew; what was done, served and counted before stays as it was."""
    return {
        "closed_at": None,
        "struck_off_at": None,
        "strike_off_proposed_at": None,
        "result": None,
        "result_told_at": None,
        "implemented_at": None,
        "opinion_signed_at": None,
        "opinion_served_at": None,
        "outcome": None,
        "tasks": _lead_again(state),
        "warned": {clock: level for clock, level in state.warned.items() if clock != ClockCode.RIGHT},
    }


def _lead_again(state: MatterState) -> tuple[Task, ...]:
    lead = state.lead
    return tuple(replace(task, done_at=None) if lead and task.k == lead.k else task for task in state.tasks)


READINGS: dict[str, Reading] = {
    EventType.REVIEW_ASKED: _asked,
    EventType.LATENESS_NOTED: _lateness,
    EventType.HEARING_OPENED: _hearing_opened,
    EventType.HEARING_CLOSED: _hearing_closed,
    EventType.REVIEW_DECIDED: _decided,
    EventType.REVIEW_SERVED: _served,
}
