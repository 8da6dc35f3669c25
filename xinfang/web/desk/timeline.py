"""What happened, as lines for parts/timeline.html: each event in words, with what was written and decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.labels.clocks import CLOCKS
from xinfang.labels.codes import word
from xinfang.labels.events import EVENTS
from xinfang.labels.limits import RULES
from xinfang.labels.mediation_moves import OWN_FIELDS
from xinfang.labels.moves import FIELDS
from xinfang.labels.people import ROLES
from xinfang.labels.tracking import DETAILS
from xinfang.queries.dossier import Dossier
from xinfang.rules.ledger.chain import Event
from xinfang.rules.lifecycle.allowed import BY_NAME
from xinfang.rules.lifecycle.move import Field, FieldKind, Move
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.events import MEDIATION_EVENTS, SYSTEM_EVENTS, EventType
from xinfang.rules.matters.parts import what_name
from xinfang.rules.people.seats import Role
from xinfang.services.ledger import LATE_AFTER_SECONDS
from xinfang.web.desk.sessions_words import SESSION_EVENTS, event_lines
from xinfang.web.parts.categories import category_word
from xinfang.web.parts.mediation import enumerate_parties

_NOTES = frozenset({EventType.PROGRESS_RECORDED, EventType.NOTE_ADDED})
_PAPERS = frozenset(
    {
        EventType.ACCEPTED, EventType.NOT_ACCEPTED, EventType.NO_LONGER_ACCEPTED, EventType.INFORMED,
        EventType.CHANNELLED, EventType.CHANNELLING_TOLD, EventType.DOCUMENT_SERVED, EventType.EXTENDED,
        EventType.OPINION_SIGNED, EventType.OPINION_SERVED, EventType.REPLIED_DIRECTLY, EventType.PRELIM_REPORTED,
        EventType.MONTHLY_REPORTED, EventType.PLAN_FILED,
    }
)  # fmt: skip
_ELSEWHERE = frozenset(
    {"title", "original_words", "demand", "facts", "wish", "earlier", "proceedings", "papers", "late_reason"}
)


@dataclass(frozen=True)
class Entry:
    """One line. `at` is when it happened; what was entered late says when and why."""

    seq: int
    at: datetime
    title: str
    who: str
    body: str
    kind: str
    visible: bool = False
    late_reason: str = ""
    is_void: bool = False
    href: str = ""
    files: tuple[Any, ...] = field(default_factory=tuple)


def entries_of(dossier: Dossier, visible: Mapping[int, bool] | None = None) -> list[Entry]:
    """Every event of a matter that may be read, the newest first."""
    corrected = {e.payload["refers_to"] for e in dossier.events if e.type == EventType.CORRECTED}
    return [
        Entry(
            seq=event.seq,
            at=event.occurred_at,
            title=str(EVENTS[EventType(event.type)]),
            who=_who(dossier, event),
            body="\n".join(details(dossier, event)),
            kind=_kind(event),
            visible=(visible or {}).get(event.seq, False),
            late_reason=_late(dossier, event),
            is_void=event.seq in corrected,
            href=f"#line-{event.payload['refers_to']}" if event.type == EventType.CORRECTED else "",
        )
        for event in reversed(dossier.told)
    ]


def _who(dossier: Dossier, event: Event) -> str:
    if event.actor is None:
        return str(ROLES[Role(event.role)]) if event.role else ""
    return _("%(unit)s %(name)s") % {"unit": dossier.unit(event.unit), "name": dossier.person(event.actor)}


def _kind(event: Event) -> str:
    if event.type in SYSTEM_EVENTS:
        return "clock"
    if event.role == Role.PETITIONER:
        return "citizen"
    if event.type == EventType.CORRECTED:
        return "correction"
    if event.type in _NOTES:
        return "note"
    return "document" if event.type in _PAPERS else "move"


def _late(dossier: Dossier, event: Event) -> str:
    """Both times of what was written down more than a day after it happened."""
    if (event.recorded_at - event.occurred_at).total_seconds() <= LATE_AFTER_SECONDS:
        return ""
    written = timezone.localtime(event.recorded_at).strftime("%Y-%m-%d %H:%M")
    return _("%(reason)s（%(written)s 记入）") % {"reason": dossier.word("late_reason", event.seq), "written": written}


def details(dossier: Dossier, event: Event) -> list[str]:
    """The lines under a title: what was chosen, dated and named, then what was written."""
    if event.type in SESSION_EVENTS:
        return event_lines(dossier, event)
    move = BY_NAME.get(event.payload.get("move", ""))
    lines = [_fact(dossier, move, spec, event.payload[spec.name]) for spec in (move.fields if move else ()) if
             move and event.payload.get(spec.name)]  # fmt: skip
    if event.type == EventType.PARTY_CORRECTED:
        # What stood there before is as masked as what stands there now.
        return ["、".join(str(DETAILS[name]) for name in event.payload["corrected"])]
    if event.payload.get("clock") and event.type in SYSTEM_EVENTS:
        lines.append(clock_word(event.payload["clock"]))
    for name, text in dossier.texts.get(event.seq, {}).items():
        if name != "late_reason" and (event.seq > 1 or name not in _ELSEWHERE):
            lines.append(_line(_whose(dossier, event, name), _("（已依法遮蔽）") if text is None else text))
    return lines


def _whose(dossier: Dossier, event: Event, name: str) -> str:
    """What a unit is asked to do stands under the unit's name."""
    rows = event.payload.get("co_units", ())
    units = {what_name(place): dossier.unit(row["unit"]) for place, row in enumerate(rows, start=1)}
    return units.get(name, name)


def _line(name: str, value: object, own: object = None) -> str:
    """`own`: what this move calls the field, where it is not what others mean by it."""
    return _("%(name)s：%(value)s") % {"name": own or FIELDS.get(name, name), "value": value}


def _fact(dossier: Dossier, move: Move, spec: Field, value: Any) -> str:
    name = OWN_FIELDS.get((move.name, spec.name)) if move.event in MEDIATION_EVENTS else None
    return _line(spec.name, _value(dossier, spec, value), name)


def _value(dossier: Dossier, spec: Field, value: Any) -> object:
    if spec.choices is ClockCode or spec.name == "clock":
        return clock_word(value)
    if spec.name in _CODES:
        return _CODES[spec.name](dossier, value)
    reading = _READINGS.get(spec.kind)
    return reading(dossier, spec, value) if reading else value


def _rows(dossier: Dossier, _spec: Field, rows: Any) -> str:
    return "、".join(_row(dossier, row) for row in rows)


def _row(dossier: Dossier, row: Mapping[str, str]) -> str:
    if not row.get("due_on"):
        return dossier.unit(row["unit"])
    return _("%(unit)s（%(day)s 前）") % {"unit": dossier.unit(row["unit"]), "day": row["due_on"]}


def _other(dossier: Dossier, value: str) -> str:
    return next((number for other, number in dossier.others.items() if str(other) == value), _("另一事项"))


def _offered(dossier: Dossier, codes: str) -> str:
    return "、".join(dossier.units.get(code) or dossier.things.get(code, code) for code in codes.split())


_CODES: dict[str, Callable[[Dossier, str], object]] = {
    "category": lambda _dossier, code: category_word(code),
    "item": lambda dossier, key: dossier.things.get(key, key),
    "offered": _offered,
    "party": lambda dossier, n: enumerate_parties(dossier).get(str(n), n),
}
_READINGS: dict[FieldKind, Callable[[Dossier, Field, Any], object]] = {
    FieldKind.CHOICE: lambda _dossier, spec, value: word(cast("Any", spec.choices)(value)),
    FieldKind.YES_NO: lambda _dossier, _spec, _value: _("是"),
    FieldKind.TASKS: _rows,
    FieldKind.STEPS: _rows,
    FieldKind.RULE: lambda _dossier, _spec, rule: RULES.get(rule, rule),
    FieldKind.UNIT: lambda dossier, _spec, code: dossier.unit(code),
    FieldKind.USER: lambda dossier, _spec, user: dossier.person(user),
    FieldKind.MATTER: lambda dossier, _spec, other: _other(dossier, other),
}


def clock_word(key: str) -> str:
    """The words of a clock's key: its name, and which month or step it is; other numbers say nothing to people."""
    code, _mark, k = key.partition("#")
    name = str(CLOCKS[ClockCode(code)])
    if code == ClockCode.CMF and k:
        return _("%(name)s 第 %(k)s 次") % {"name": name, "k": k}
    if code == ClockCode.CP and k:
        return _("%(name)s 第 %(k)s 步") % {"name": name, "k": k}
    return name
