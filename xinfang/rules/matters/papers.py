"""Which papers does an event of a matter put into somebody's hand? (domain 5.1: F-04, F-05, F-06)"""

from enum import StrEnum

from xinfang.rules.matters.events import EventType


class PetitionPaper(StrEnum):
    """The papers of a petition that are printed from one event of its record."""

    ROUTE = "route"
    NOT_ACCEPTED = "not-accepted"
    NO_LONGER = "no-longer"


PAPERS_OF: dict[EventType, tuple[PetitionPaper, ...]] = {
    EventType.CHANNELLED: (PetitionPaper.ROUTE,),
    EventType.NOT_ACCEPTED: (PetitionPaper.NOT_ACCEPTED,),
    EventType.NO_LONGER_ACCEPTED: (PetitionPaper.NO_LONGER,),
}
