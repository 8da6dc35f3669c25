"""Writing the minutes of a session, correcting them, and F-19 on paper."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from xinfang.labels.refusals import word
from xinfang.labels.sessions import ATTENDANCE, PARTS
from xinfang.queries.dossier import Dossier
from xinfang.queries.people import user_names
from xinfang.queries.units import unit_names, units_near
from xinfang.rules.lifecycle.allowed import BY_NAME, why_not
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import may_note
from xinfang.rules.sessions.codes import Attendance, GuestKind
from xinfang.rules.sessions.minutes import LINE_MOST, WORDS_MOST, what_word, who_word
from xinfang.rules.sessions.session import Session
from xinfang.services import sessions_answers
from xinfang.web.desk.sessions import minutes_in_words, one_of
from xinfang.web.desk.sessions_words import SessionLine, session_line
from xinfang.web.desk.unit_field import Groups, UnitField
from xinfang.web.parts import drafts
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.fields import LineField, WordsField
from xinfang.web.parts.requests import StaffRequest

ROWS = 3
CELLS = ("unit", "who", "what", "due_on")


class MinutesForm(forms.Form):
    """Who was there, what was said, who does what until when."""

    def __init__(self, line: SessionLine, units: Groups, *args: Any, may_give: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line, fields = line, self.fields
        for guest in line.guests:
            fields[f"was-{guest.n}"] = forms.ChoiceField(
                label=f"{guest.name} {guest.from_where}", required=False, widget=forms.RadioSelect,
                choices=[(mark.value, words) for mark, words in ATTENDANCE.items()],
            )  # fmt: skip
        for name, label in PARTS.items():
            fields[name] = WordsField(label=label, rows=3, count=WORDS_MOST, required=name in {"subject", "decisions"})
        for row in range(self.rows()):
            fields[f"unit-{row}"] = UnitField(units, label=_("单位"), required=False)
            fields[f"who-{row}"] = LineField(label=_("责任人"), required=False, max_length=LINE_MOST)
            fields[f"what-{row}"] = LineField(label=_("任务"), required=False, max_length=LINE_MOST)
            fields[f"due_on-{row}"] = LineField(label=_("期限"), kind="date", required=False)
        if line.session.held_at:
            fields["reason"] = LineField(label=_("为什么更正"), max_length=LINE_MOST)
        elif may_give:
            fields["give_tasks"] = forms.BooleanField(
                label=_("同时作为协办任务交给清单里还没有任务的单位，期限照清单"), required=False, initial=True
            )

    def rows(self) -> int:
        return max(ROWS, sum(name.startswith("unit-") for name in self.initial) + 1)

    def attendance_fields(self) -> list[Any]:
        return [self[f"was-{guest.n}"] for guest in self.line.guests]

    def word_fields(self) -> list[Any]:
        return [self[name] for name in (*PARTS, "reason") if name in self.fields]

    def task_rows(self) -> list[list[Any]]:
        return [[self[f"{name}-{row}"] for name in CELLS] for row in range(self.rows())]

    def entered(self) -> dict[str, Any]:
        """What the services take."""
        given = self.cleaned_data
        return {
            "attendance": {guest.n: given[f"was-{guest.n}"] for guest in self.line.guests},
            "words": {name: given[name] for name in PARTS},
            "tasks": [{name: given[f"{name}-{row}"] for name in CELLS} for row in range(self.rows())],
        }


@staff(methods=FORM)
def write(request: StaffRequest, number: str, k: int) -> HttpResponse:
    """The minutes, with all that the invitation says already; or a new version of them."""
    dossier, session = one_of(request, number, k)
    if not may_note(request.actor) or session.called_off_at or request.now < session.starts:
        raise Http404
    line = session_line(dossier, session)
    may_give = why_not(BY_NAME["add_co_unit"], dossier.asked) is None
    units = [(unit.pk, unit.short_name) for unit in units_near(request.actor, request.today)]
    form = MinutesForm(line, units, request.POST or None, initial=_known(dossier, session), may_give=may_give)
    if request.method == "POST" and form.is_valid() and _written(request, dossier, session, form):
        drafts.saved(request, f"{number}-minutes-{k}")
        return redirect("desk:session", number, k)
    context = {"matter": dossier.matter, "title": dossier.word("title"), "line": line, "form": form}
    return render(request, "desk/sessions/minutes.html", context)


def _known(dossier: Dossier, session: Session) -> dict[str, Any]:
    """What is known before: the subject and who said they would come; of a former version everything."""
    seq = session.minutes or session.seq
    known: dict[str, Any] = {name: dossier.word(name, seq) or "" for name in PARTS}
    known |= {f"was-{n}": mark.value for n, mark in session.attendance}
    for row, task in enumerate(_tasks(dossier, session)):
        known |= {f"{name}-{row}": task[name] for name in CELLS}
    return known


def _tasks(dossier: Dossier, session: Session) -> list[dict[str, str]]:
    if not session.minutes:
        return []
    rows = dossier.events[session.minutes - 1].payload.get("tasks", [])
    return [
        {
            **row,
            "who": dossier.word(who_word(place), session.minutes) or "",
            "what": dossier.word(what_word(place), session.minutes) or "",
        }
        for place, row in enumerate(rows, start=1)
    ]


def _written(request: StaffRequest, dossier: Dossier, session: Session, form: MinutesForm) -> bool:
    given: dict[str, Any] = {
        **form.entered(), "matter": dossier.matter.pk, "k": session.k, "by": request.actor, "at": request.now
    }  # fmt: skip
    try:
        if session.held_at:
            sessions_answers.correct(**given, reason=form.cleaned_data["reason"])
        else:
            sessions_answers.hold(**given, give_tasks=bool(form.cleaned_data.get("give_tasks")))
    except RuleBroken as refused:
        if refused.code == "not_found":
            raise
        form.add_error(refused.field if refused.field in form.fields else None, word(refused))
        return False
    messages.success(request, now_("纪要已保存。"))
    return True


@staff()
def sheet(request: StaffRequest, number: str, k: int) -> HttpResponse:
    """F-19: before it is held the notice, afterwards the minutes."""
    dossier, session = one_of(request, number, k)
    line = session_line(dossier, session)
    tasks = _tasks(dossier, session)
    units = unit_names(task["unit"] for task in tasks)
    context = {
        "matter": dossier.matter,
        "line": line,
        "subject": dossier.word("subject", session.seq),
        "minutes": minutes_in_words(dossier, session),
        "tasks": [{**task, "unit": units.get(task["unit"], "")} for task in tasks],
        "groups": _groups(line),
        "convener": user_names([session.chair or 0]).get(session.chair or 0, ""),
    }
    return render(request, "desk/sessions/sheet.html", context)


def _groups(line: SessionLine) -> list[tuple[Any, list[str]]]:
    """Who was there, who excused themselves, who sat in; before, who is asked."""
    names = {guest.n: f"{guest.from_where} {guest.name}" for guest in line.guests}
    if not line.session.held_at:
        return [(now_("参加"), list(names.values()))]
    was = dict(line.session.attendance)
    kinds = {guest.n: guest.kind for guest in line.session.guests}
    return [
        (words, [_masked(names[n], kinds[n]) for n, mark in was.items() if mark is each])
        for each, words in ATTENDANCE.items()
        if each is not Attendance.ABSENT
    ]


def _masked(name: str, kind: GuestKind) -> str:
    """Names of petitioners are masked already; nobody is printed twice as what they are."""
    return name.strip() if kind is GuestKind.STAFF else name.split(" ", 1)[-1]
