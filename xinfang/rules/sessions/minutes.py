"""Minutes of a session (F-19): who was there, what it was about, what is decided, who does what until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xinfang.rules.lifecycle.values import parse_day, tidy
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.codes import Attendance
from xinfang.rules.sessions.session import Session

PARTS = ("subject", "facts", "opinions", "decisions")
NEEDED = ("subject", "decisions")
WORDS_MOST = 4000
LINE_MOST = 200
MOST_TASKS = 20


@dataclass(frozen=True)
class TaskLine:
    """One line of the task list: which unit, who in it, what, until when."""

    unit: str
    who: str
    what: str
    due_on: date


@dataclass(frozen=True)
class Written:
    """Minutes as they go into the event: facts, and words that are encrypted beside it."""

    facts: dict[str, Any]
    words: dict[str, str]
    tasks: tuple[TaskLine, ...]


def who_word(row: int) -> str:
    return f"task_who_{row}"


def what_word(row: int) -> str:
    return f"task_what_{row}"


def written(
    session: Session,
    attendance: Mapping[int, str],
    words: Mapping[str, str],
    tasks: Sequence[Mapping[str, str]],
    today: date,
) -> Written:
    """The minutes, cleaned; refuses what is missing beside its field."""
    said = {name: tidy(words.get(name, "")) for name in PARTS}
    for name in NEEDED:
        if not said[name]:
            raise RuleBroken("field_required", field=name)
    for name, text in said.items():
        if len(text) > WORDS_MOST:
            raise RuleBroken("text_too_long", field=name, most=WORDS_MOST)
    lines = tuple(_line(row, today) for row in tasks if any(str(value).strip() for value in row.values()))
    if len(lines) > MOST_TASKS:
        raise RuleBroken("number_out_of_range", field="tasks", least=0, most=MOST_TASKS)
    for place, line in enumerate(lines, start=1):
        said |= {who_word(place): line.who, what_word(place): line.what}
    facts = {
        "attendance": [_was(guest.n, attendance) for guest in session.guests],
        "tasks": [{"unit": line.unit, "due_on": line.due_on.isoformat()} for line in lines],
    }
    return Written(facts, {name: text for name, text in said.items() if text}, lines)


def _was(n: int, attendance: Mapping[int, str]) -> dict[str, Any]:
    """A person says who came; nobody is written down as absent because nothing was said."""
    if attendance.get(n) not in set(Attendance):
        raise RuleBroken("attendance_missing", field=f"was-{n}")
    return {"n": n, "was": str(attendance[n])}


def _line(row: Mapping[str, str], today: date) -> TaskLine:
    unit, who, what = (tidy(str(row.get(name) or "")) for name in ("unit", "who", "what"))
    if not (unit and what and row.get("due_on")):
        raise RuleBroken("task_line_incomplete", field="tasks")
    if max(len(who), len(what)) > LINE_MOST:
        raise RuleBroken("text_too_long", field="tasks", most=LINE_MOST)
    due_on = parse_day("tasks", row["due_on"])
    if due_on < today:
        raise RuleBroken("date_in_the_past", field="tasks")
    return TaskLine(unit, who, what, due_on)


def check_held(session: Session, at: datetime) -> None:
    """Minutes are written when it has begun."""
    if at < session.starts:
        raise RuleBroken("session_not_begun")
