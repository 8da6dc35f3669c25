"""Which official papers of a petition can be printed by now, and what stands on each? (domain 5.1)"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from xinfang.documents.official import Body, Frame, Record, framed, record_of
from xinfang.documents.refusal_papers import no_longer, non_acceptance
from xinfang.documents.route_paper import route_paper
from xinfang.labels.papers import FORMS
from xinfang.queries.dossier import Dossier
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.papers import PAPERS_OF, PetitionPaper


@dataclass(frozen=True)
class Paper:
    """One paper, filled in."""

    frame: Frame
    body: Body


def papers_there(dossier: Dossier) -> list[tuple[Event, PetitionPaper]]:
    """What the record can print for this person, the newest first."""
    return [(event, kind) for event in reversed(dossier.told) for kind in PAPERS_OF.get(EventType(event.type), ())]


def paper_of(dossier: Dossier, event: Event, kind: PetitionPaper, petitioner: str) -> Paper:
    """The paper of this event, in Chinese whoever prints it; `petitioner`: the name as far as the reader may see it."""
    with translation.override(settings.LANGUAGE_CODE):
        record = record_of(dossier, event, petitioner)
        body = _MADE[kind](record)
        return Paper(framed(record, FORMS[kind], body), body)


_MADE: dict[PetitionPaper, Callable[[Record], Body]] = {
    PetitionPaper.ROUTE: route_paper,
    PetitionPaper.NOT_ACCEPTED: non_acceptance,
    PetitionPaper.NO_LONGER: no_longer,
}
