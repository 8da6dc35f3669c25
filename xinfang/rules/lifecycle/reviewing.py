"""Who may ask for a review, who decides it, and what of its values goes together? (articles 35, 36; domain 2.6)"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.reviews import review_until, second_until
from xinfang.rules.lifecycle.serving import check_served
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import Outcome, Stage
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.review.codes import ReviewDecision, ReviewLevel
from xinfang.rules.review.ladder import Review, days_late, last_served, open_review


@dataclass(frozen=True)
class Appeal:
    """What the petitioner may have reviewed now: on which step, whose decision, which document, until when."""

    level: ReviewLevel
    of: frozenset[str]
    document: str
    since: datetime
    until: date


def appealable(asked: Situation) -> Appeal | None:
    """The opinion or first review that can be reviewed now; None where nothing was served, or all was reviewed."""
    state = asked.state
    served, last = state.review_from, last_served(state.reviews)
    if served is None or open_review(state.reviews) is not None:
        return None
    issuers = {paper.issuer for paper in state.documents if paper.kind == "opinion"} | {state.organ}
    if last is None or last.served_at is None or last.served_at < served:
        until = review_until(served, asked.counting)
        numbers = [paper.number for paper in state.documents if paper.kind == "opinion" and paper.served_at]
        return Appeal(ReviewLevel.FIRST, frozenset(issuers - {""}), "".join(numbers[-1:]), served, until.due)
    if last.level is ReviewLevel.SECOND or last.decision is ReviewDecision.ANNULLED:
        return None
    second = second_until(last.served_at, asked.counting)
    of = frozenset({*issuers, last.organ} - {""})
    return Appeal(ReviewLevel.SECOND, of, last.document, last.served_at, second.due)


def may_ask(asked: Situation) -> bool:
    return appealable(asked) is not None


def _decides(asked: Situation, review: Review) -> bool:
    """Only a review seat of the organ that was asked; what sits above this house is entered by the bureau."""
    actor = asked.actor
    if actor.units & review.of:
        return False
    if review.organ:
        return any(seat.role is Role.REVIEW_ORGAN and seat.unit == review.organ for seat in actor.seats)
    return Role.PETITION_BUREAU in actor.roles


def own_review(asked: Situation) -> bool:
    """An undecided review that is for this person to decide: never for the organ whose decision is appealed."""
    review = open_review(asked.state.reviews)
    return review is not None and review.awaits_decision and _decides(asked, review)


def no_hearing(asked: Situation) -> bool:
    review = open_review(asked.state.reviews)
    return review is None or not review.hearing_lasts


def hearing(asked: Situation) -> bool:
    return not no_hearing(asked)


def late_unexplained(asked: Situation) -> bool:
    """A late request about which no legal reviewer has said a word."""
    review = open_review(asked.state.reviews)
    return review is not None and review.awaits_decision and review.late > 0 and review.lateness is None


def lateness_settled(asked: Situation) -> bool:
    return not late_unexplained(asked)


def decided_unserved(asked: Situation) -> bool:
    review = open_review(asked.state.reviews)
    return review is not None and not review.awaits_decision


def check_asked(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """The day of the request lies after the service and not ahead; nobody reviews their own decision."""
    appeal = appealable(asked)
    if appeal is None:  # the need of the move was asked before
        return
    on = date.fromisoformat(facts["asked_on"]) if facts.get("asked_on") else asked.today
    if on > asked.today:
        raise RuleBroken("date_in_the_future", field="asked_on")
    if on < local_day(appeal.since):
        raise RuleBroken("request_before_service", field="asked_on")
    if facts.get("organ") in appeal.of | asked.state.recused_units:
        raise RuleBroken("reviews_itself", field="organ")


def requested(facts: Mapping[str, Any], asked: Situation) -> dict[str, Any]:
    """What the event of a request says of the step, the document and how late it came."""
    appeal = appealable(asked)
    if appeal is None:  # likewise
        return {}
    on = date.fromisoformat(facts["asked_on"]) if facts.get("asked_on") else asked.today
    return {
        "level": appeal.level.value,
        "of": sorted(appeal.of),
        "appealed": appeal.document,
        "asked_on": on.isoformat(),
        "late": days_late(on, appeal.until),
    }


def check_hearing(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """A hearing lies after the request, and each one after the one before."""
    review = open_review(asked.state.reviews)
    if review is None:
        return
    since = date.fromisoformat(facts["since"])
    before = review.hearing[-1].until if review.hearing else review.asked_on
    if before is not None and since < before:
        raise RuleBroken("pause_out_of_order", field="since")


def check_heard(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    review = open_review(asked.state.reviews)
    if review is not None and review.hearing and date.fromisoformat(facts["until"]) < review.hearing[-1].since:
        raise RuleBroken("pause_out_of_order", field="until")


def check_decided(facts: Mapping[str, Any], _words: Mapping[str, str], _asked: Situation) -> None:
    """A changed opinion says how it stands now; what is supported has its day."""
    changed = facts["decision"] == ReviewDecision.CHANGED
    if changed and not facts.get("outcome"):
        raise RuleBroken("field_required", field="outcome")
    if not changed and facts.get("outcome"):
        raise RuleBroken("only_if_changed", field="outcome")
    if facts.get("outcome") == Outcome.SUPPORTED and not facts.get("execute_by"):
        raise RuleBroken("field_required", field="execute_by")


def after_service(asked: Situation) -> dict[str, Any]:
    """Where the matter stands when a review was served: handled anew, carried out, or where it was."""
    review = open_review(asked.state.reviews)
    if review is not None and review.decision is ReviewDecision.ANNULLED:
        return {"stage": Stage.HANDLING.value}
    if review is not None and review.outcome is Outcome.SUPPORTED:
        return {"stage": Stage.EXECUTING.value}
    return {}


def check_service(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    check_served(facts, asked.today)


CHECKS = {
    "ask_review": check_asked,
    "register_review": check_asked,
    "open_hearing": check_hearing,
    "close_hearing": check_heard,
    "decide_review": check_decided,
    "serve_review": check_service,
}
