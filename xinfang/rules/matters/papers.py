"""Which papers does an event of a matter put into somebody's hand? (domain 5.1: F-04, F-05, F-06, F-10, F-17)"""

from enum import StrEnum

from xinfang.rules.matters.events import EventType


class PetitionPaper(StrEnum):
    """The papers of a petition that are printed from one event of its record."""

    ROUTE = "route"
    NOT_ACCEPTED = "not-accepted"
    NO_LONGER = "no-longer"
    OBJECTION = "objection"
    OBJECTION_REPLY = "objection-reply"
    REVIEW_FORM = "review-form"
    REVIEW_REQUEST = "review-request"
    REVIEW_TAKEN = "review-taken"
    REVIEW_SUPPLEMENT = "review-supplement"
    HEARING_NOTICE = "hearing-notice"
    HEARING_RECORD = "hearing-record"
    REVIEW_OPINION = "review-opinion"


PAPERS_OF: dict[EventType, tuple[PetitionPaper, ...]] = {
    EventType.CHANNELLED: (PetitionPaper.ROUTE,),
    EventType.NOT_ACCEPTED: (PetitionPaper.NOT_ACCEPTED,),
    EventType.NO_LONGER_ACCEPTED: (PetitionPaper.NO_LONGER,),
    EventType.OBJECTED: (PetitionPaper.OBJECTION,),
    EventType.PART_OBJECTED: (PetitionPaper.OBJECTION,),
    EventType.OBJECTION_UPHELD: (PetitionPaper.OBJECTION_REPLY,),
    EventType.OBJECTION_REJECTED: (PetitionPaper.OBJECTION_REPLY,),
    EventType.PART_RULED: (PetitionPaper.OBJECTION_REPLY,),
    EventType.OPINION_SERVED: (PetitionPaper.REVIEW_FORM,),
    EventType.REVIEW_SERVED: (PetitionPaper.REVIEW_FORM,),
    EventType.REVIEW_ASKED: (
        PetitionPaper.REVIEW_REQUEST, PetitionPaper.REVIEW_TAKEN, PetitionPaper.REVIEW_SUPPLEMENT,
    ),
    EventType.HEARING_OPENED: (PetitionPaper.HEARING_NOTICE,),
    EventType.HEARING_CLOSED: (PetitionPaper.HEARING_RECORD,),
    EventType.REVIEW_DECIDED: (PetitionPaper.REVIEW_OPINION,),
}  # fmt: skip
# What the reviewing organ itself issues: where it sits above this house, it prints them there.
BY_REVIEWER = frozenset(
    {
        PetitionPaper.REVIEW_TAKEN, PetitionPaper.REVIEW_SUPPLEMENT, PetitionPaper.HEARING_NOTICE,
        PetitionPaper.HEARING_RECORD, PetitionPaper.REVIEW_OPINION,
    }
)  # fmt: skip
