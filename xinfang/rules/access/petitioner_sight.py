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
    EventType.RECEIPT_SIGNED: _NOTHING,
    EventType.OBJECTED: _NOTHING,
    EventType.OBJECTION_UPHELD: _NOTHING,
    EventType.OBJECTION_REJECTED: _NOTHING,
    EventType.INFORMED: ("competent_body",),
    EventType.CHANNELLED: ("competent_body", "how_to_apply"),
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
    EventType.MONTHLY_REPORTED: _NOTHING,
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
OPINION_WORDS = ("findings", "legal_basis", "opinion", "review_organ")
_BY_PETITIONER = frozenset(
    {EventType.REGISTERED, EventType.MATERIAL_ADDED, EventType.URGED, EventType.REFUSAL_CONTESTED,
     EventType.RECUSAL_ASKED, EventType.PUT_AT_REST, EventType.REST_REVOKED, EventType.RATED,
     EventType.WITHDRAWAL_ASKED}
)  # fmt: skip
# Registered at a window these are still the petitioner's own words, as they were written down.
_OWN_STORY = ("title", "original_words", "demand", "facts", "wish", "earlier")
PETITIONER_DOCUMENTS = frozenset(
    {
        "acceptance_notice", "non_acceptance_notice", "no_longer_notice", "route_notice", "destination_notice",
        "extension_notice", "opinion", "suggestion_reply", "direct_reply",
    }
)  # fmt: skip


def shown(event: Event) -> bool:
    """Does the petitioner see that this happened? A report to those above is not theirs to wait for."""
    if event.type == EventType.PROGRESS_RECORDED:
        return bool(event.payload.get("shown_to_petitioner")) or event.payload.get("move") == "await_external"
    if event.type == EventType.BREACHED:
        return not str(event.payload["clock"]).startswith(ClockCode.URG.value)
    return event.type in SHOWN


def shown_words(event: Event) -> tuple[str, ...]:
    """The names of the words in this event that the petitioner may read."""
    if not shown(event):
        return ()
    if event.type == EventType.PROGRESS_RECORDED and not event.payload.get("shown_to_petitioner"):
        return ()
    if event.type == EventType.REGISTERED:
        return (*_OWN_STORY, "missing")
    if event.role == Role.PETITIONER and event.type in _BY_PETITIONER:
        return ("words", "reason")
    return SHOWN[event.type]
