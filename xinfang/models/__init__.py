"""Tables, constraints and what a row can say of itself; no workflow. Written by services alone."""

from xinfang.models.access import CodeFailure, Look, PhoneCode, SealedSlip
from xinfang.models.batches import Batch, BatchItem
from xinfang.models.catalogue import CatalogueVersion
from xinfang.models.clocks import CalendarDraft, CalendarYear, Deadline, PolicyVersion
from xinfang.models.drafts import KeptForm
from xinfang.models.figures import Standing
from xinfang.models.hall import DutyExchange, HallDuty, HallSeat, HallTicket, HallWindow, ReceptionDay, ReceptionVisit
from xinfang.models.house import CacheEntry, Installation
from xinfang.models.ledger import Chain, Event, LedgerCounter, ProtectedText
from xinfang.models.lessons import Lesson, LessonUse
from xinfang.models.matters import Attachment, Contact, Matter, Party
from xinfang.models.mediation import Committee
from xinfang.models.notices import Notice, OutgoingMessage
from xinfang.models.people import Area, Exemption, Person, Post, Rollout, Unit, User
from xinfang.models.risk import RiskSignal
from xinfang.models.saved_drafts import SavedDraft
from xinfang.models.sessions import CalendarFeed, Room, SessionBooking, SessionInvitation
from xinfang.models.tasks import Precedent, Task

__all__ = [
    "Area", "Attachment", "Batch", "BatchItem", "CacheEntry", "CalendarDraft", "CalendarFeed", "CalendarYear",
    "CatalogueVersion", "Chain", "CodeFailure", "Committee", "Contact", "Deadline", "DutyExchange", "Event",
    "Exemption", "HallDuty", "HallSeat", "HallTicket", "HallWindow", "Installation", "KeptForm", "LedgerCounter",
    "Lesson", "LessonUse", "Look", "Matter", "Notice", "OutgoingMessage", "Party", "Person", "PhoneCode",
    "PolicyVersion", "Post", "Precedent", "ProtectedText", "ReceptionDay", "ReceptionVisit", "RiskSignal", "Rollout",
    "Room", "SavedDraft", "SealedSlip", "SessionBooking", "SessionInvitation", "Standing", "Task", "Unit", "User",
]  # fmt: skip
