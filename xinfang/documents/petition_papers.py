"""Which official papers of a petition can be printed by now, and what stands on each? (domain 5.1)"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from xinfang.documents.objection_papers import objection_letter, objection_reply
from xinfang.documents.official import Body, Frame, Record, framed, record_of
from xinfang.documents.refusal_papers import no_longer, non_acceptance
from xinfang.documents.review_papers import (
    hearing_notice,
    hearing_record,
    request_filled,
    request_form,
    review_at,
    review_opinion,
    supplement_notice,
    taken_notice,
)
from xinfang.documents.route_paper import route_paper
from xinfang.labels.papers import FORMS
from xinfang.queries.dossier import Dossier
from xinfang.rules.ledger.chain import Event
from xinfang.rules.lifecycle.reviewing import appealable
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.papers import BY_REVIEWER, PAPERS_OF, PetitionPaper


@dataclass(frozen=True)
class Paper:
    """One paper, filled in."""

    frame: Frame
    body: Body


def papers_there(dossier: Dossier) -> list[tuple[Event, PetitionPaper]]:
    """What the record can print for this person, the newest first."""
    return [
        (event, kind)
        for event in reversed(dossier.told)
        for kind in PAPERS_OF.get(EventType(event.type), ())
        if _is_there(dossier, event, kind)
    ]


def _is_there(dossier: Dossier, event: Event, kind: PetitionPaper) -> bool:
    """The free form as long as something can be reviewed; a reviewer's papers where it sits in this house."""
    if kind is PetitionPaper.REVIEW_FORM:
        appeal = appealable(dossier.asked)
        return appeal is not None and appeal.since == event.occurred_at
    return kind not in BY_REVIEWER or bool(review_at(Record(dossier, event, "")).organ)


def paper_of(dossier: Dossier, event: Event, kind: PetitionPaper, petitioner: str) -> Paper:
    """The paper of this event, in Chinese whoever prints it; `petitioner`: the name as far as the reader may see it."""
    with translation.override(settings.LANGUAGE_CODE):
        unit = review_at(Record(dossier, event, "")).organ if kind in BY_REVIEWER else event.unit
        record = record_of(dossier, event, petitioner, unit)
        body = _MADE[kind](record)
        place = PAPERS_OF[EventType(event.type)].index(kind)
        return Paper(framed(record, FORMS[kind], body, place), body)


_MADE: dict[PetitionPaper, Callable[[Record], Body]] = {
    PetitionPaper.ROUTE: route_paper,
    PetitionPaper.NOT_ACCEPTED: non_acceptance,
    PetitionPaper.NO_LONGER: no_longer,
    PetitionPaper.OBJECTION: objection_letter,
    PetitionPaper.OBJECTION_REPLY: objection_reply,
    PetitionPaper.REVIEW_FORM: request_form,
    PetitionPaper.REVIEW_REQUEST: request_filled,
    PetitionPaper.REVIEW_TAKEN: taken_notice,
    PetitionPaper.REVIEW_SUPPLEMENT: supplement_notice,
    PetitionPaper.HEARING_NOTICE: hearing_notice,
    PetitionPaper.HEARING_RECORD: hearing_record,
    PetitionPaper.REVIEW_OPINION: review_opinion,
}
