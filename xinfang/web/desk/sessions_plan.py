"""Finding a time for a session and calling it with one press; moving one that was called (B8)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinfang.labels.messages import TEXTS
from xinfang.labels.refusals import word
from xinfang.labels.sessions import LEFT_OUT
from xinfang.queries.dossier import Dossier
from xinfang.queries.people import user_names
from xinfang.queries.sessions import Person, people_for, rooms_of
from xinfang.queries.units import unit_names, units_near
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.shape import SHANGHAI
from xinfang.rules.notices.messages import MessageKind, may_speak
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import ahead, may_convene
from xinfang.rules.sessions.session import Session, person_seat, user_seat
from xinfang.services import sessions
from xinfang.web.desk.matter import found
from xinfang.web.desk.sessions_form import SessionForm, filled_in
from xinfang.web.desk.sessions_grid import Planned, week_of
from xinfang.web.desk.sessions_words import session_line
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.requests import StaffRequest

CODES = "session_codes"


def convening(request: StaffRequest, number: str) -> Dossier:
    """The dossier for somebody who may call a session of it; else the page is not there."""
    dossier = found(request, number)
    if not may_convene(dossier.state, request.actor):
        raise Http404
    return dossier


@staff(methods=FORM)
def call(request: StaffRequest, number: str) -> HttpResponse:
    """Who, what about, how long; then the week with its free times, each of them a button that calls the session."""
    dossier = convening(request, number)
    people = _people(request, dossier, request.POST.get("unit", ""))
    units = [(unit.pk, unit.short_name) for unit in units_near(request.actor, request.today)]
    if request.method != "POST":
        form = SessionForm(dossier, people, units, filled_in(dossier, people))
        return _page(request, dossier, form, people)
    form = SessionForm(dossier, people, units, request.POST)
    if form.is_valid() and request.POST.get("slot"):
        done = _called(request, dossier, form)
        if done is not None:
            return done
    return _page(request, dossier, form, people)


def _people(request: StaffRequest, dossier: Dossier, more: str) -> list[Person]:
    """Everybody who comes into question, and whoever calls it."""
    known = people_for(dossier.state, [more] if more else [], request.now, request.today)
    own, seat = request.user, request.actor.seats[0]
    if own.pk not in {person.user for person in known}:
        unit = unit_names([seat.unit]).get(seat.unit, "")
        known.insert(0, Person(own.pk, own.name, seat.unit, unit, Role(seat.role)))
    return known


def time_of(request: StaffRequest, minutes: int) -> sessions.Time:
    """The room and the beginning that a button stands for."""
    room, _at, begins = request.POST.get("slot", "").partition("@")
    try:
        starts = datetime.fromisoformat(begins).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise RuleBroken("session_not_ahead", field="slot") from None
    return sessions.Time(row_number(room), starts, minutes)


def _called(request: StaffRequest, dossier: Dossier, form: SessionForm) -> HttpResponse | None:
    given = form.cleaned_data
    try:
        when = time_of(request, given["minutes"])
        if twice := _same(dossier, when):
            return redirect("desk:session", dossier.matter.number, twice.k)
        state, codes = sessions.call(
            matter=dossier.matter.pk, when=when, guests=form.guests(), subject=given["subject"], by=request.actor,
            at=request.now,
        )  # fmt: skip
    except RuleBroken as refused:
        refuse(form, refused)
        return None
    messages.success(request, _("联合调处会定好了，通知已经发出。"))
    for code in codes:
        said = _("%(name)s 没有能发短信的电话，请把回复码告诉他：%(code)s。只显示这一次。")
        messages.warning(request, said % {"name": code.name, "code": code.code})
    return redirect("desk:session", dossier.matter.number, len(state.sessions))


def _same(dossier: Dossier, when: sessions.Time) -> Session | None:
    """Was exactly this called a moment ago, by a second press?"""
    return next(
        (s for s in dossier.state.sessions if s.is_ahead and (s.room, s.starts) == (when.room, when.starts)), None
    )


def refuse(form: SessionForm, refused: RuleBroken) -> None:
    """The sentence beside its field, or above the form."""
    if refused.code == "not_found":
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, word(refused))


def _page(request: StaffRequest, dossier: Dossier, form: SessionForm, people: list[Person]) -> HttpResponse:
    form.is_valid()
    given = form.cleaned_data
    staff_seats = [
        (user_seat(person.user), f"{person.unit_name} {person.name}")
        for person in form.free
        if str(person.user) in given.get("staff", [])
    ]
    seats = [*staff_seats, *((person_seat(p), str(n)) for p, n in _own(form, given))]
    guests = _count(form, given)
    rooms = rooms_of(dossier.state)
    planned = Planned(given.get("minutes") or 60, rooms, seats, guests)
    week = week_of(planned, given.get("week") or request.today, given.get("skip") or 0, request.now)
    is_sent = request.method == "POST"
    context = {
        "matter": dossier.matter, "title": dossier.word("title"), "form": form, "week": week, "rooms": rooms,
        "skip": (given.get("skip") or 0) + 1,
        "here": (given.get("week") or request.today).isoformat(),
        "left_out": [(person, LEFT_OUT[person.why]) for person in people if person.why],
        "texts": _texts(dossier, form, given),
        "problems": form.errors if is_sent else {}, "has_errors": is_sent and bool(form.errors),
        "extra_errors": [],
    }  # fmt: skip
    return render(request, "desk/sessions/plan.html", context)


def _own(form: SessionForm, given: dict[str, Any]) -> list[tuple[str, Any]]:
    choices: Any = form.fields["parties"]
    return [(value, name) for value, name in choices.choices if value in given.get("parties", [])]


def _count(form: SessionForm, given: dict[str, Any]) -> int:
    typed = sum(bool(given.get(name)) for name in form.fields if name.startswith("name-"))
    return max(1, len(given.get("staff", [])) + len(given.get("parties", [])) + typed)


def _texts(dossier: Dossier, form: SessionForm, given: dict[str, Any]) -> list[str]:
    """What goes out by text message, as it will read; nothing where the petitioner wants secrecy."""
    if not may_speak(dossier.state):
        return []
    shown = {"month": "X", "day": "X", "time": "X", "code": "XXXX"}
    kinds = [MessageKind.SESSION] if given.get("parties") else []
    phones = any(given.get(name) for name in form.fields if name.startswith("phone-"))
    kinds += [MessageKind.SESSION_CODE] if phones else []
    return [str(TEXTS[kind]).replace("%(month)d", "%(month)s").replace("%(day)d", "%(day)s") % shown for kind in kinds]


@staff(methods=FORM)
def move(request: StaffRequest, number: str, k: int) -> HttpResponse:
    """Another time for the same people: the same week, the same buttons."""
    dossier = convening(request, number)
    try:
        session = ahead(dossier.state, k)
    except RuleBroken:
        raise Http404 from None
    minutes = int((session.ends - session.starts).total_seconds() // 60)
    refusal = ""
    if request.POST.get("slot"):
        try:
            sessions.move(
                matter=dossier.matter.pk, k=k, when=time_of(request, minutes), by=request.actor, at=request.now
            )
        except RuleBroken as refused:
            refusal = word(refused)
        else:
            messages.success(request, _("改好了，已经通知所有人重新回复。"))
            return redirect("desk:session", number, k)
    names = user_names(guest.user for guest in session.guests if guest.user)
    seats = [(guest.seat, names.get(guest.user or 0) or _("信访人")) for guest in session.guests if guest.seat]
    planned = Planned(minutes, rooms_of(dossier.state), seats, len(session.guests), _moved(dossier.matter.pk, k))
    first = _day(request.POST.get("week", "")) or local_day(request.now)
    skip = row_number(request.POST.get("skip"))
    context = {
        "matter": dossier.matter, "title": dossier.word("title"), "line": session_line(dossier, session),
        "week": week_of(planned, first, skip, request.now), "skip": skip + 1, "here": first.isoformat(),
        "refusal": refusal, "rooms": planned.rooms,
    }  # fmt: skip
    return render(request, "desk/sessions/move.html", context)


def _moved(matter: UUID, k: int) -> tuple[UUID, int]:
    return matter, k


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
