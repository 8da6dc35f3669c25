"""What is said to whom of a session outside the house: invitations with codes, moves, reminders; neutral, each once.

A petitioner is reached as for everything else and answers with number and query code; anybody else gets a code of
their own, to the phone that was written down for them. Nothing says what it is about.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from xinfang.models import ProtectedText, SessionInvitation
from xinfang.models.protection import code_hash
from xinfang.rules.clocks.hours import local
from xinfang.rules.matters.numbers import read_code
from xinfang.rules.matters.state import MatterState
from xinfang.rules.notices.messages import MessageKind, may_speak
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import Asked
from xinfang.rules.sessions.codes import Answer, GuestKind
from xinfang.rules.sessions.reminders import REMINDERS
from xinfang.rules.sessions.session import Session, phone_word
from xinfang.services import attempts, outbox

PURPOSE = "session"
PETITIONERS = "p"
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Code:
    """The code of a guest, to be handed over now: only its hash stays."""

    n: int
    name: str
    code: str


def invite(state: MatterState, session: Session, guests: Sequence[Asked], at: datetime) -> list[Code]:
    """Write invitations and reminders; returns the codes of those whom no text message reaches."""
    by_hand = []
    for n, guest in enumerate(guests, start=1):
        if guest.kind is not GuestKind.OTHER:
            continue
        code = _code_for(state.id, session, n)
        _say(state, session, MessageKind.SESSION_CODE, f"{n}", at, at, outbox.Guest(guest.phone, code))
        if not (guest.phone and may_speak(state)):
            by_hand.append(Code(n, guest.name, code))
    if any(guest.kind is GuestKind.PARTY for guest in guests):
        _say(state, session, MessageKind.SESSION, PETITIONERS, at, at)
    _remind(state, session, at)
    return by_hand


def tell_moved(state: MatterState, before: Session, session: Session, at: datetime) -> None:
    """The new time to everybody outside; what would have reminded of the old one does not go out."""
    _forget_reminders(before, state.id)
    SessionInvitation.objects.filter(matter_id=state.id, k=session.k).update(expires_at=session.ends + KEPT)
    for who, phone in _outside(state.id, session):
        _say(state, session, MessageKind.SESSION_MOVED, who, at, at, outbox.Guest(phone))
    _remind(state, session, at)


def tell_called_off(state: MatterState, session: Session, at: datetime) -> None:
    """That it does not take place."""
    _forget_reminders(session, state.id)
    for who, phone in _outside(state.id, session):
        _say(state, session, MessageKind.SESSION_OFF, who, at, at, outbox.Guest(phone))


def stop_reminding(state: MatterState, session: Session, n: int) -> None:
    """Whoever does not come is not reminded."""
    guest = session.guest(n)
    coming = [g for g in session.guests if g.kind is GuestKind.PARTY and g.answer is not Answer.NOT_COMING]
    who = str(n) if guest is None or guest.kind is GuestKind.OTHER else PETITIONERS
    if who == str(n) or not coming:
        for name, _lead in REMINDERS:
            outbox.call_back(effect_key=_key(state.id, session, f"{MessageKind.SESSION_SOON}-{name}", who))


def _outside(matter: UUID, session: Session) -> Iterator[tuple[str, str]]:
    """Who is told outside the house: the petitioners as one, the others each by phone."""
    if any(guest.kind is GuestKind.PARTY for guest in session.guests):
        yield PETITIONERS, ""
    phones = ProtectedText.objects.filter(chain_id=matter, seq=session.seq, field__startswith=phone_word(0)[:-1])
    known = {row.field: row.text or "" for row in phones}
    for guest in session.guests:
        if phone := known.get(phone_word(guest.n)):
            yield str(guest.n), phone


def _remind(state: MatterState, session: Session, at: datetime) -> None:
    """Two reminders, as far as they still lie ahead."""
    for name, lead in REMINDERS:
        due = session.starts - lead
        if due > at:
            for who, phone in _outside(state.id, session):
                _say(state, session, MessageKind.SESSION_SOON, who, at, due, outbox.Guest(phone), name)


def _forget_reminders(session: Session, matter: UUID) -> None:
    for name, _lead in REMINDERS:
        for who in (PETITIONERS, *(str(guest.n) for guest in session.guests)):
            outbox.call_back(effect_key=_key(matter, session, f"{MessageKind.SESSION_SOON}-{name}", who))


def _say(
    state: MatterState, session: Session, kind: MessageKind, who: str, at: datetime, due_at: datetime,
    to: outbox.Guest | None = None, name: str = "",
) -> None:  # fmt: skip
    """One message to the petitioners (`who` is p) or to one of the others, who has left a phone."""
    other = to if who != PETITIONERS else None
    if not may_speak(state) or (who != PETITIONERS and not (other and other.phone)):
        return
    starts = local(session.starts)
    what = f"{kind}-{name}" if name else kind.value
    outbox.write(
        kind=kind, matter=state.id, effect_key=_key(state.id, session, what, who), at=at, due_at=due_at,
        facts={"month": starts.month, "day": starts.day, "time": f"{starts:%H:%M}"},
        expires_at=session.starts, to=other,
    )  # fmt: skip


def _key(matter: UUID, session: Session, what: str, who: str) -> str:
    return f"{what}:{matter}:{session.k}:{session.moves}:{who}"


def _code_for(matter: UUID, session: Session, n: int) -> str:
    code = f"{secrets.randbelow(10**12):012d}"
    SessionInvitation.objects.create(
        matter_id=matter, k=session.k, n=n, code_hash=code_hash(code, PURPOSE), expires_at=session.ends + KEPT
    )
    return code


def open_by_code(*, code: str, address: str, at: datetime) -> SessionInvitation:
    """The invitation of this code, as anybody types it; failures make the next try wait."""
    typed = read_code(code) or ""
    subjects = attempts.subjects_of(what=PURPOSE, number=typed or code[:40], address=address, at=at)
    with transaction.atomic():
        rows = attempts.locked(subjects, at=at)
        wait = attempts.seconds_left(subjects, rows, at)
        live = SessionInvitation.objects.filter(code_hash=code_hash(typed, PURPOSE), expires_at__gt=at)
        found = live.filter(matter__sealed=False).first()
        if not wait and found is not None:
            attempts.succeeded(subjects)
        elif not wait:
            attempts.failed(rows, at=at)
    if wait:
        raise RuleBroken("wait_before_trying", field="code", seconds=wait)
    if found is None:
        raise RuleBroken("session_code_wrong", field="code")
    return found


def forget(*, at: datetime) -> int:
    """Codes of sessions that are over; how many went."""
    return SessionInvitation.objects.filter(expires_at__lte=at).delete()[0]
