"""What is answered to an invitation, by whom; who came and what was decided; reminders to people of the house (F-19).

Not coming has no reason, and nothing follows from it. Who did not come is written down by a person, never by us.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xinfang.models import Notice, Party, SessionBooking, SessionInvitation
from xinfang.queries.people import unit_of
from xinfang.rules.access.sight import may_see
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.lifecycle.allowed import is_recused
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import PETITIONER, SYSTEM, Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import ahead, may_note, session_of
from xinfang.rules.sessions.codes import Answer, GuestKind
from xinfang.rules.sessions.minutes import LINE_MOST, Written, check_held, written
from xinfang.rules.sessions.reminders import REMINDERS, due_reminder
from xinfang.rules.sessions.session import Guest, Session
from xinfang.services import sessions_inviting as inviting
from xinfang.services.ledger import Draft, When
from xinfang.services.matters import perform
from xinfang.services.turns import Turn, state_of, take

REMINDED = "session_soon"


@transaction.atomic
def answer(*, matter: UUID, k: int, n: int, said: str, by: Actor, at: datetime, wish: str = "") -> MatterState:
    """What a guest answers, or somebody of the house writes down for them; `wish` is a time that suits better."""
    turn = take(matter)
    guest = _guest(turn.state, k, n)
    if not _may_answer(turn.state, guest, by, at):
        raise RuleBroken("not_found")
    return _answered(turn, k, n, said, wish, by, at)


@transaction.atomic
def answer_with_code(*, invitation: SessionInvitation, said: str, at: datetime, wish: str = "") -> MatterState:
    """What somebody from outside answers with their own code."""
    turn = take(invitation.matter_id)
    _guest(turn.state, invitation.k, invitation.n)
    return _answered(turn, invitation.k, invitation.n, said, wish, SYSTEM, at)


def _guest(state: MatterState, k: int, n: int) -> Guest:
    guest = ahead(state, k).guest(n)
    if guest is None or state.sealed:
        raise RuleBroken("no_such_session")
    return guest


def _may_answer(state: MatterState, guest: Guest, by: Actor, at: datetime) -> bool:
    if by.petitioner:
        return guest.kind is GuestKind.PARTY and not by.joined
    if by.user_id is not None and guest.user == by.user_id:
        return not is_recused(state, by)
    return may_see(state, by, at) and may_note(by)


def _answered(turn: Turn, k: int, n: int, said: str, wish: str, by: Actor, at: datetime) -> MatterState:
    if said not in set(Answer) - {Answer.WAITING}:
        raise RuleBroken("choice_unknown", field="said")
    text = tidy(wish) if said == Answer.OTHER_TIME else ""
    if len(text) > LINE_MOST:
        raise RuleBroken("text_too_long", field="wish", most=LINE_MOST)
    before = session_of(turn.state, k).guest(n)
    if before is not None and before.answer == said and not text:
        return turn.state
    words = {"other_time": text} if text else {}
    turn.record(Draft(EventType.SESSION_ANSWERED, {"k": k, "n": n, "answer": str(said)}, words), When.now(at), by)
    if said == Answer.NOT_COMING:
        inviting.stop_reminding(turn.state, session_of(turn.state, k), n)
    return turn.finish()


def own_guest(state: MatterState, session: Session) -> Guest | None:
    """The petitioner's own place in a session, the first of them where several are asked."""
    first = Party.objects.filter(matter_id=state.id).exclude(part=Party.Part.AGENT).order_by("pk")
    people = [str(person) for person in first.values_list("person_id", flat=True)]
    asked = [guest for guest in session.guests if guest.kind is GuestKind.PARTY]
    return min(asked, key=lambda guest: (guest.person not in people[:1], guest.n), default=None)


@transaction.atomic
def answer_at_home(*, matter: UUID, k: int, said: str, at: datetime, wish: str = "") -> MatterState:
    """What the petitioner answers on the page of their matter."""
    state = state_of(matter)
    guest = own_guest(state, session_of(state, k))
    if guest is None:
        raise RuleBroken("no_such_session")
    return answer(matter=matter, k=k, n=guest.n, said=said, by=PETITIONER, at=at, wish=wish)


@transaction.atomic
def hold(
    *,
    matter: UUID,
    k: int,
    attendance: Mapping[int, str],
    words: Mapping[str, str],
    tasks: Sequence[Mapping[str, str]],
    give_tasks: bool,
    by: Actor,
    at: datetime,
) -> MatterState:
    """Write the minutes; with `give_tasks` every unit of the task list that has no part yet gets one."""
    turn = _writer(matter, by, at)
    session = ahead(turn.state, k)
    check_held(session, at)
    minutes = _minutes(session, attendance, words, tasks, at)
    turn.record(Draft(EventType.SESSION_HELD, {"k": k, "version": 1, **minutes.facts}, minutes.words), When.now(at), by)
    turn.finish()
    rows = _parts(turn.state, minutes) if give_tasks else []
    if rows:
        perform("add_co_unit", matter=matter, by=by, at=at, values={"co_units": rows})
    return turn.state


@transaction.atomic
def correct(
    *,
    matter: UUID,
    k: int,
    attendance: Mapping[int, str],
    words: Mapping[str, str],
    tasks: Sequence[Mapping[str, str]],
    reason: str,
    by: Actor,
    at: datetime,
) -> MatterState:
    """A new version of the minutes with its reason; the one before stays as it was written."""
    turn = _writer(matter, by, at)
    session = session_of(turn.state, k)
    if session.held_at is None:
        raise RuleBroken("no_such_session")
    why = tidy(reason)
    if not why:
        raise RuleBroken("field_required", field="reason")
    if len(why) > LINE_MOST:
        raise RuleBroken("text_too_long", field="reason", most=LINE_MOST)
    minutes = _minutes(session, attendance, words, tasks, at)
    facts = {"k": k, "version": session.version + 1, **minutes.facts}
    turn.record(Draft(EventType.SESSION_CORRECTED, facts, {**minutes.words, "reason": why}), When.now(at), by)
    return turn.finish()


def _writer(matter: UUID, by: Actor, at: datetime) -> Turn:
    turn = take(matter)
    if not may_see(turn.state, by, at):
        raise RuleBroken("not_found")
    if not may_note(by):
        raise RuleBroken("may_not_convene")
    return turn


def _minutes(
    session: Session, attendance: Mapping[int, str], words: Mapping[str, str], tasks: Sequence[Mapping[str, str]],
    at: datetime,
) -> Written:  # fmt: skip
    # What was set before the session is not late because the minutes are written afterwards.
    minutes = written(session, attendance, words, tasks, min(local_day(session.starts), local_day(at)))
    for line in minutes.tasks:
        unit_of(line.unit, field="tasks")
    return minutes


def _parts(state: MatterState, minutes: Written) -> list[dict[str, Any]]:
    """The rows of new parts: one for each unit that works on nothing here yet."""
    known, rows = {task.unit for task in state.open_tasks}, []
    for line in minutes.tasks:
        if line.unit not in known:
            known.add(line.unit)
            rows.append({"unit": line.unit, "due_on": line.due_on.isoformat(), "what": line.what})
    return rows


def remind(*, at: datetime) -> int:
    """Notices to people of the house whose session is near; each reminder once. Returns how many were written."""
    last = at + max(lead for _name, lead in REMINDERS)
    near = SessionBooking.objects.filter(
        seat__startswith="user:", span__startswith__gt=at, span__startswith__lte=last
    ).select_related("matter")
    rows = [_notice(row, at) for row in near]
    keys = [row.effect_key for row in rows]
    told = set(Notice.objects.filter(effect_key__in=keys).values_list("effect_key", flat=True))
    fresh = [row for row in rows if row.effect_key not in told]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _notice(row: SessionBooking, at: datetime) -> Notice:
    starts = row.span.lower
    which = due_reminder(starts, at)
    user = int(row.seat.partition(":")[2])
    number = "" if row.matter.restricted else row.matter.number
    return Notice(
        user_id=user,
        matter=row.matter_id,
        code=REMINDED,
        facts={"number": number, "clock": "", "starts": starts.isoformat()},
        effect_key=f"{REMINDED}:{which}:{row.matter_id}:{row.k}:{starts:%Y%m%d%H%M}:{user}",
        at=at,
    )
