"""What may a petitioner read of their own matter? A closed list of events and of the words in each (domain 2.10, 8).

Whatever is not named here stays inside: internal notes, reports, the names of officers, other people's words.
"""

from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

_NOTHING: tuple[str, ...] = ()
# The event, and the names of its words that were written for the petitioner.
SHOWN: dict[str, tuple[str, ...]] = {
    EventType.REGISTERED: _NOTHING,
    EventType.CONTACT_ADDED: _NOTHING,
    EventType.MATERIAL_ADDED: _NOTHING,
    EventType.URGED: _NOTHING,
    EventType.TRIAGED: _NOTHING,
    EventType.EXPLICIT_DATE_SET: _NOTHING,
    EventType.ASSIGNED: _NOTHING,
    EventType.ESCALATED: _NOTHING,
    EventType.RECEIPT_SIGNED: _NOTHING,
    EventType.OBJECTED: _NOTHING,
    EventType.OBJECTION_UPHELD: _NOTHING,
    EventType.OBJECTION_REJECTED: _NOTHING,
    EventType.SESSION_CALLED: _NOTHING,
    EventType.SESSION_MOVED: _NOTHING,
    EventType.SESSION_CALLED_OFF: _NOTHING,
    EventType.SESSION_HELD: _NOTHING,
    EventType.MEDIATION_OFFERED: ("dispute",),
    EventType.MEDIATION_ANSWERED: _NOTHING,
    EventType.MEDIATOR_NAMED: _NOTHING,
    EventType.MEDIATION_RIGHTS_TOLD: _NOTHING,
    EventType.MEDIATION_HELD: _NOTHING,
    EventType.MEDIATION_PROLONGED: _NOTHING,
    EventType.MEDIATION_ENDED: ("routes_told",),
    EventType.AGREEMENT_SIGNED: _NOTHING,
    EventType.PERFORMANCE_RECORDED: _NOTHING,
    EventType.PARTIES_VISITED: _NOTHING,
    EventType.CONFIRMATION_ASKED: _NOTHING,
    EventType.CONFIRMATION_DECIDED: _NOTHING,
    EventType.INFORMED: ("competent_body",),
    EventType.CHANNELLED: ("competent_body", "how_to_apply", "reason"),
    EventType.CHANNELLING_TOLD: _NOTHING,
    EventType.EXTERNAL_RESULT_RECORDED: ("result_words",),
    EventType.ACCEPTED: ("accepted_demands",),
    EventType.NOT_ACCEPTED: ("competent_body",),
    EventType.NO_LONGER_ACCEPTED: ("comparison",),
    EventType.REFUSAL_CONTESTED: _NOTHING,
    EventType.REFUSAL_UPHELD: ("reason",),
    EventType.REFUSAL_OVERTURNED: ("reason",),
    EventType.DOCUMENT_SERVED: _NOTHING,
    EventType.HANDLING_STARTED: _NOTHING,
    EventType.PROGRESS_RECORDED: ("note",),
    EventType.EXTENDED: ("reason",),
    EventType.OPINION_SERVED: _NOTHING,
    EventType.EXECUTION_STARTED: _NOTHING,
    EventType.IMPLEMENTED: ("result_words", "petitioner_told"),
    EventType.REPLIED_DIRECTLY: ("reply",),
    EventType.PLAN_APPROVED: _NOTHING,
    EventType.STEP_DONE: _NOTHING,
    EventType.RESTUDIED: _NOTHING,
    EventType.MONTHLY_REPORTED: _NOTHING,
    EventType.REVIEW_ASKED: ("reasons",),
    EventType.LATENESS_NOTED: ("reason",),
    EventType.HEARING_OPENED: _NOTHING,
    EventType.HEARING_CLOSED: _NOTHING,
    EventType.REVIEW_SERVED: _NOTHING,
    EventType.SAFETY_NOTED: _NOTHING,
    EventType.SAFETY_RENEWED: _NOTHING,
    EventType.SAFETY_ENDED: _NOTHING,
    EventType.ADDRESS_SHOWN: _NOTHING,
    EventType.PAPERS_ASKED: ("missing", "reason"),
    EventType.LEADER_RECEIVED: _NOTHING,
    EventType.RESULT_TOLD: _NOTHING,
    EventType.CALLED_BACK: _NOTHING,
    EventType.RESOLUTION_VERIFIED: _NOTHING,
    EventType.RESOLUTION_WITHDRAWN: _NOTHING,
    EventType.PUT_AT_REST: _NOTHING,
    EventType.REST_REVOKED: _NOTHING,
    EventType.RATED: _NOTHING,
    EventType.RATING_REVOKED: _NOTHING,
    EventType.WITHDRAWAL_ASKED: _NOTHING,
    EventType.WITHDRAWAL_REVOKED: _NOTHING,
    EventType.WITHDRAWAL_CONFIRMED: _NOTHING,
    EventType.CLOSED: _NOTHING,
    EventType.STRUCK_OFF: _NOTHING,
    EventType.REOPENED: ("reason",),
    EventType.ARCHIVED: _NOTHING,
    EventType.SPLIT: _NOTHING,
    EventType.MERGED: _NOTHING,
    EventType.UNMERGED: _NOTHING,
    EventType.RECUSED: _NOTHING,
    EventType.RECUSAL_ASKED: _NOTHING,
    EventType.CODE_RENEWED: _NOTHING,
    EventType.SLIP_BOUND: _NOTHING,
    EventType.PARTY_CORRECTED: _NOTHING,
    EventType.RECORD_TAKEN: _NOTHING,
    EventType.MASKED: _NOTHING,
    EventType.BREACHED: _NOTHING,
}
# What an opinion says reaches the petitioner with its service, not with its signature.
REVIEW_WORDS = ("findings", "legal_basis", "opinion")
OPINION_WORDS = ("findings", "legal_basis", "opinion", "review_organ")
_BY_PETITIONER = frozenset(
    {EventType.REGISTERED, EventType.MATERIAL_ADDED, EventType.URGED, EventType.REFUSAL_CONTESTED,
     EventType.RECUSAL_ASKED, EventType.PUT_AT_REST, EventType.REST_REVOKED, EventType.RATED,
     EventType.WITHDRAWAL_ASKED, EventType.REVIEW_ASKED}
)  # fmt: skip
# Registered at a window these are still the petitioner's own words, as they were written down.
_OWN_STORY = ("title", "original_words", "demand", "facts", "wish", "earlier")
# What a petitioner reads who joined a matter that others had brought: what becomes of it, and their own part in it.
# Of what was written, only which body is competent and how to ask it: all else may repeat the others' words.
_COMMON: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            EventType.TRIAGED, EventType.EXPLICIT_DATE_SET, EventType.ASSIGNED, EventType.ESCALATED,
            EventType.RECEIPT_SIGNED,
            EventType.OBJECTED, EventType.OBJECTION_UPHELD, EventType.OBJECTION_REJECTED,
            EventType.EXTERNAL_RESULT_RECORDED, EventType.ACCEPTED, EventType.NO_LONGER_ACCEPTED,
            EventType.REFUSAL_UPHELD, EventType.REFUSAL_OVERTURNED, EventType.HANDLING_STARTED,
            EventType.PROGRESS_RECORDED, EventType.EXTENDED, EventType.OPINION_SERVED, EventType.EXECUTION_STARTED,
            EventType.IMPLEMENTED, EventType.REPLIED_DIRECTLY, EventType.PLAN_APPROVED, EventType.STEP_DONE,
            EventType.RESTUDIED, EventType.MONTHLY_REPORTED, EventType.CLOSED, EventType.STRUCK_OFF,
            EventType.REOPENED, EventType.ARCHIVED, EventType.RECUSED, EventType.BREACHED,
        ),
        _NOTHING,
    ),
    EventType.INFORMED: ("competent_body",),
    EventType.CHANNELLED: ("competent_body", "how_to_apply"),
    EventType.NOT_ACCEPTED: ("competent_body",),
}  # fmt: skip
_OWN_PART = frozenset(
    {EventType.PARTY_ADDED, EventType.CONTACT_ADDED, EventType.MATERIAL_ADDED, EventType.URGED,
     EventType.REFUSAL_CONTESTED, EventType.RECUSAL_ASKED, EventType.PARTY_CORRECTED, EventType.CODE_RENEWED}
)  # fmt: skip
PETITIONER_DOCUMENTS = frozenset(
    {
        "acceptance_notice", "non_acceptance_notice", "no_longer_notice", "route_notice", "destination_notice",
        "extension_notice", "opinion", "first_review_opinion", "second_review_opinion", "suggestion_reply",
        "direct_reply",
    }
)  # fmt: skip


def whose(event: Event) -> int:
    """With which event those came into the matter whose part this is; 1: whoever brought it, or everybody."""
    return event.seq if event.type == EventType.PARTY_ADDED else int(event.payload.get("came_with", 1))


def shown(event: Event, came_with: int = 1) -> bool:
    """Does the petitioner who came with that event see that this happened? Never what another one did or said."""
    if whose(event) != came_with:
        return came_with > 1 and whose(event) == 1 and event.type in _COMMON and _told(event)
    return event.type in _OWN_PART if came_with > 1 else _told(event)


def _told(event: Event) -> bool:
    """Is it told to petitioners at all? A report to those above is not theirs to wait for."""
    if event.type == EventType.PROGRESS_RECORDED:
        return bool(event.payload.get("shown_to_petitioner")) or event.payload.get("move") == "await_external"
    if event.type == EventType.BREACHED:
        return not str(event.payload["clock"]).startswith(ClockCode.URG.value)
    return event.type in SHOWN


def shown_words(event: Event, came_with: int = 1) -> tuple[str, ...]:
    """The names of the words in this event that the petitioner who came with that event may read."""
    if not shown(event, came_with):
        return ()
    if event.type in (EventType.REGISTERED, EventType.PARTY_ADDED):
        return (*_OWN_STORY, "missing")
    if came_with > 1 and whose(event) == 1:
        return _COMMON[event.type]
    if event.type == EventType.PROGRESS_RECORDED and not event.payload.get("shown_to_petitioner"):
        return ()
    if event.role == Role.PETITIONER and event.type in _BY_PETITIONER:
        return ("words", "reason", "reasons")
    return SHOWN[event.type]
