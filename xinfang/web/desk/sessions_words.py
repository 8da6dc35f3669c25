"""A session in words: when, where, who was asked, what they answered, who came."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.labels.sessions import ANSWERS, ATTENDANCE, GUEST_KINDS
from xinfang.queries.dossier import Dossier
from xinfang.queries.people import user_names
from xinfang.queries.sessions import address_of_room, place_of
from xinfang.queries.units import unit_names
from xinfang.rules.access.masking import masked_name
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.events import EventType
from xinfang.rules.sessions.codes import Answer, GuestKind
from xinfang.rules.sessions.session import Session, name_word

SESSION_EVENTS = frozenset(
    {
        EventType.SESSION_CALLED, EventType.SESSION_ANSWERED, EventType.SESSION_MOVED, EventType.SESSION_CALLED_OFF,
        EventType.SESSION_HELD, EventType.SESSION_CORRECTED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class GuestLine:
    """A guest: who in words, what was answered, how it was."""

    n: int
    name: str
    from_where: str
    answer: Any
    is_waiting: bool
    attendance: str
    wish: str


@dataclass(frozen=True)
class SessionLine:
    """A session for a page."""

    session: Session
    place: str
    address: str
    state: str
    kind: str
    guests: tuple[GuestLine, ...]

    @property
    def coming(self) -> int:
        return sum(guest.answer == ANSWERS[Answer.COMING] for guest in self.guests)


def session_lines(dossier: Dossier) -> list[SessionLine]:
    """Every session of a matter, the newest first."""
    return [session_line(dossier, session) for session in reversed(dossier.state.sessions)]


def session_line(dossier: Dossier, session: Session) -> SessionLine:
    names = user_names(guest.user for guest in session.guests if guest.user)
    units = unit_names(guest.unit for guest in session.guests)
    people = {str(party.person_id): party.person for party in dossier.parties}
    was = dict(session.attendance)
    wishes = _wishes(dossier, session.k)
    lines = []
    for guest in session.guests:
        if guest.kind is GuestKind.STAFF:
            name, whence = names.get(guest.user or 0, ""), units.get(guest.unit, "")
        elif guest.kind is GuestKind.PARTY:
            person = people.get(guest.person)
            name, whence = masked_name(person.opened("name")) if person else "", str(GUEST_KINDS[guest.kind])
        else:
            name, whence = dossier.word(name_word(guest.n), session.seq) or "", str(GUEST_KINDS[guest.kind])
        lines.append(
            GuestLine(
                guest.n, name, whence, ANSWERS[guest.answer], guest.answer is Answer.WAITING,
                str(ATTENDANCE[was[guest.n]]) if guest.n in was else "",
                wishes.get(guest.n, "") if guest.answer is Answer.OTHER_TIME else "",
            )
        )  # fmt: skip
    word, kind = _state(session)
    place = place_of(session.room)
    return SessionLine(session, place, address_of_room(session.room), word, kind, tuple(lines))


def _wishes(dossier: Dossier, k: int) -> dict[int, str]:
    """The last other time that each guest asked for."""
    answers = [e for e in dossier.events if e.type == EventType.SESSION_ANSWERED and e.payload["k"] == k]
    return {event.payload["n"]: dossier.word("other_time", event.seq) or "" for event in answers}


def _state(session: Session) -> tuple[str, str]:
    if session.called_off_at:
        return _("已取消"), "ended"
    if session.held_at:
        return _("已开，有纪要"), "done"
    return _("已通知"), "active"


def event_lines(dossier: Dossier, event: Event) -> list[str]:
    """What the course of events says of a session; who and what stands on its own page."""
    lines = [_("第 %(k)s 次") % {"k": event.payload["k"]}]
    if event.payload.get("starts"):
        starts = datetime.fromisoformat(event.payload["starts"])
        lines.append(_("时间：%(time)s") % {"time": f"{timezone.localtime(starts):%Y-%m-%d %H:%M}"})
    if event.type == EventType.SESSION_ANSWERED:
        lines.append(str(ANSWERS[Answer(event.payload["answer"])]))
    if event.type == EventType.SESSION_CORRECTED:
        lines.append(dossier.word("reason", event.seq) or "")
    return lines
