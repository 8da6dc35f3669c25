"""Are the values that somebody entered for a move complete and sound? Cleaned values, or the field that is not."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from xinfang.rules.lifecycle import joint, limited, mediating, reviewing
from xinfang.rules.lifecycle.hard import check_restudy
from xinfang.rules.lifecycle.move import Field, FieldKind, Move, Need
from xinfang.rules.lifecycle.needs import ANSWERS, cooled_on
from xinfang.rules.lifecycle.paper_moves import asked_once
from xinfang.rules.lifecycle.refusing import check_no_longer, check_not_accepted
from xinfang.rules.lifecycle.serving import check_served
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import ClockCode, ExplicitSource, Outcome, ReportVerdict
from xinfang.rules.matters.parts import what_name
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken

_CONTROL_KEPT = frozenset("\n\t")
_ROW_FIELDS = {FieldKind.TASKS: {"unit", "due_on", "what"}, FieldKind.STEPS: {"unit", "due_on"}}
WHAT_MOST = 500
_CODES = re.compile(r"[A-Za-z0-9_-]{1,40}( [A-Za-z0-9_-]{1,40}){0,2}")


@dataclass(frozen=True)
class Entered:
    """What was entered: `facts` go into the event, `words` are encrypted beside it (field name -> text)."""

    facts: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def tidy(text: str) -> str:
    """The text as people meant it: composed Unicode, one kind of line end, no control characters, no outer blanks."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in composed if c in _CONTROL_KEPT or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def _words(spec: Field, value: Any) -> str:
    text = tidy(str(value))
    if spec.most and len(text) > spec.most:
        raise RuleBroken("text_too_long", field=spec.name, most=spec.most)
    return text


def _code(spec: Field, value: Any) -> str:
    text = " ".join(unicodedata.normalize("NFKC", tidy(str(value))).split())
    if len(text) > spec.most:
        raise RuleBroken("text_too_long", field=spec.name, most=spec.most)
    return text


def _choice(spec: Field, value: Any) -> str:
    allowed = {member.value for member in (spec.only or tuple(spec.choices or ()))}
    plain = str(getattr(value, "value", value))
    if plain not in allowed:
        raise RuleBroken("choice_unknown", field=spec.name)
    return plain


def parse_day(name: str, value: Any) -> date:
    """A real date, from a date or from `2026-11-23` (full-width digits are understood)."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(unicodedata.normalize("NFKC", str(value)).strip())
    except ValueError:
        raise RuleBroken("date_unreal", field=name) from None


def parse_number(name: str, value: Any, *, least: int, most: int) -> int:
    """A whole number within bounds (full-width digits are understood)."""
    try:
        number = int(unicodedata.normalize("NFKC", str(value)).strip())
    except ValueError:
        raise RuleBroken("number_unreal", field=name) from None
    if not least <= number <= most:
        raise RuleBroken("number_out_of_range", field=name, least=least, most=most)
    return number


def _yes(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).strip().lower() in {"1", "on", "yes", "true", "是"}


def _rows(spec: Field, value: Any) -> list[dict[str, str]]:
    """Tasks or steps: a list of {unit, due_on}; a step needs its date, a task may do without.

    What a unit is asked to do (`what` of a task) goes into the words, under the place of its row (`what_name`).
    """
    if not isinstance(value, list | tuple):
        raise RuleBroken("list_expected", field=spec.name)
    rows = []
    for row in value:
        if not isinstance(row, Mapping) or set(row) - _ROW_FIELDS[spec.kind] or not row.get("unit"):
            raise RuleBroken("row_incomplete", field=spec.name)
        clean = {"unit": str(row["unit"])}
        if row.get("due_on"):
            clean["due_on"] = parse_day(spec.name, row["due_on"]).isoformat()
        elif spec.kind is FieldKind.STEPS:
            raise RuleBroken("row_incomplete", field=spec.name)
        rows.append(clean)
    return rows


def _whats(spec: Field, value: Any) -> dict[str, str]:
    """What each unit is asked to do, by the name under which it is kept."""
    asked = replace(spec, most=WHAT_MOST)
    whats = ((what_name(place), _words(asked, row.get("what") or "")) for place, row in enumerate(value, start=1))
    return {name: what for name, what in whats if what}


def _one(spec: Field, value: Any) -> Any:
    if spec.kind is FieldKind.CHOICE:
        return _choice(spec, value)
    if spec.kind is FieldKind.DATE:
        return parse_day(spec.name, value).isoformat()
    if spec.kind is FieldKind.NUMBER:
        return parse_number(spec.name, value, least=spec.least, most=spec.most)
    if spec.kind in {FieldKind.TASKS, FieldKind.STEPS}:
        return _rows(spec, value)
    if spec.kind is FieldKind.USER:
        return value
    return _code(Field(spec.name, spec.kind, most=spec.most or 80), value)


def entered(move: Move, values: Mapping[str, Any]) -> Entered:
    """The values of a move, cleaned. Raises for an unknown, missing, unreal or too long value, naming its field."""
    known = {spec.name for spec in move.fields}
    for name in values:
        if name not in known:
            raise RuleBroken("field_unknown", field=name, move=move.name)
    result = Entered()
    for spec in move.fields:
        value = values.get(spec.name)
        if spec.kind is FieldKind.YES_NO:
            result.facts[spec.name] = _yes(value) if value is not None else False
            continue
        if value is None or value in ("", [], ()) or (isinstance(value, str) and not tidy(value)):
            if spec.required:
                raise RuleBroken("field_required", field=spec.name)
            continue
        _enter(spec, value, result)
    return result


def _enter(spec: Field, value: Any, result: Entered) -> None:
    if spec.kind is FieldKind.WORDS:
        result.words[spec.name] = _words(spec, value)
        return
    result.facts[spec.name] = _one(spec, value)
    if spec.kind is FieldKind.TASKS:
        result.words.update(_whats(spec, value))


Check = Callable[[Mapping[str, Any], Mapping[str, str], Situation], None]


def check_together(move: Move, facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    """Rules between the values of one move, and between them and the matter."""
    _explicit_complete(facts, asked)
    own = _CHECKS.get(move.name)
    if own is not None:
        own(facts, words, asked)
    _dates_in_order(facts, asked)


def _codes_only(facts: Mapping[str, Any], _words: Mapping[str, str], _asked: Situation) -> None:
    """What was suggested stands in the event as codes; words, which may be somebody's, never do."""
    for name in ("item", "offered"):
        if facts.get(name) and not _CODES.fullmatch(facts[name]):
            raise RuleBroken("choice_unknown", field=name)


def _report_read(facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    """A report that goes back says why and by when it comes again (E-1)."""
    _report_exists(facts["k"], asked)
    if facts["verdict"] != ReportVerdict.RETURNED:
        return
    if not words.get("reason"):
        raise RuleBroken("field_required", field="reason")
    if not facts.get("again_by"):
        raise RuleBroken("field_required", field="again_by")


def _opinion_reviewed(facts: Mapping[str, Any], _words: Mapping[str, str], _asked: Situation) -> None:
    if facts["outcome"] == Outcome.NOT_SUPPORTED and not facts.get("reviewed_by"):
        raise RuleBroken("legal_review_required", field="reviewed_by")


def _somebody_recused(facts: Mapping[str, Any], _words: Mapping[str, str], _asked: Situation) -> None:
    if not (facts.get("recused_user") or facts.get("recused_unit")):
        raise RuleBroken("field_required", field="recused_user")


def _breach_is_open(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    if facts["clock"] not in asked.state.breached - asked.state.explained:
        raise RuleBroken("clock_not_breached", field="clock")


def _event_exists(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    if facts["refers_to"] > asked.state.seq:
        raise RuleBroken("no_such_event", field="refers_to")


def _explicit_complete(facts: Mapping[str, Any], asked: Situation) -> None:
    if not facts.get("explicit_on"):
        return
    for name in ("explicit_source", "explicit_document"):
        if not facts.get(name):
            raise RuleBroken("explicit_needs_source", field=name)
    if date.fromisoformat(facts["explicit_on"]) < asked.today:
        raise RuleBroken("date_in_the_past", field="explicit_on")
    if facts["explicit_source"] == ExplicitSource.APPROVED_PLAN and not (
        asked.state.plan and asked.state.plan.approved_at
    ):
        raise RuleBroken("no_approved_plan", field="explicit_source")


def _assignment(facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    _codes_only(facts, words, asked)
    joint.check_assignment(facts, words, asked)


def _overrun_in_time(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """C-R3: going past "in principle" is approved before the date, for a clock that runs."""
    clock = asked.clock(ClockCode(facts["clock"]))
    if clock is None or not clock.is_running or clock.is_late(asked.at):
        raise RuleBroken("clock_not_running", field="clock")


def _report_exists(k: int, asked: Situation) -> None:
    if not any(report.k == k and not report.verdict for report in asked.state.reports):
        raise RuleBroken("no_such_report", field="k")


def _month_has_begun(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """A month is reported while it runs or after it, not before; those of a plan that is over are history."""
    clocks = {clock.k: clock for clock in asked.clocks if clock.code is ClockCode.CMF and clock.ended_at is None}
    clock = clocks.get(facts["k"])
    if clock is None or asked.at < clock.trigger_at:
        raise RuleBroken("month_not_begun", field="k")


def _document_waits(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    if not any(document.kind == facts["document_kind"] for document in asked.state.unserved):
        raise RuleBroken("document_not_waiting", field="document_kind")
    check_served(facts, asked.today)


def _opinion_served(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    check_served(facts, asked.today)


def _form_cooled(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """A form that was signed within the three days counts for nothing, whenever it is entered (S34)."""
    first = cooled_on(asked.state)
    if first is None or date.fromisoformat(facts["signed_on"]) < first:
        raise RuleBroken("need_cooled", field="signed_on", move="enter_rest_form")


def _organ_was_rated(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    if facts["organ"] not in asked.state.ratings:
        raise RuleBroken("need_rated", field="organ", move="revoke_rating")


def _step_exists(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    plan = asked.state.plan
    if plan is None or not any(step.k == facts["k"] and step.done_at is None for step in plan.steps):
        raise RuleBroken("no_such_step", field="k")


def _dates_in_order(facts: Mapping[str, Any], asked: Situation) -> None:
    for name in ("due_on", "again_by", "execute_by"):
        if facts.get(name) and date.fromisoformat(facts[name]) < asked.today:
            raise RuleBroken("date_in_the_past", field=name)
    for name in ("signed_on", "final_on", "result_on", "received_on", "trigger_on", "since", "until"):
        if facts.get(name) and date.fromisoformat(facts[name]) > asked.today:
            raise RuleBroken("date_in_the_future", field=name)


def _urgency_explained(_facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    """What starts the hour has a reason that everybody at work may read, as any other mark."""
    if asked.state.urgency is None and not words.get("reason"):
        raise RuleBroken("field_required", field="reason")


def _report_follows_mark(_facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    mark = asked.state.urgency
    if mark is not None and asked.at < mark.marked_at:
        raise RuleBroken("reported_before_marked", field="occurred_at")


def _instruction(facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    """An instruction with a day of its own is an explicit date: looked at before, in time, with its paper (C-R1)."""
    _own_charge(facts, words, asked)
    if not facts.get("due_on"):
        return
    for name in ("instruction", "document"):
        if not (facts.get(name) or words.get(name)):
            raise RuleBroken("instruction_incomplete", field=name)
    for need in (Need.TRIAGED_ONCE, Need.BEFORE_RUNNING_DUE):
        if not ANSWERS[need](asked):
            raise RuleBroken(f"need_{need.value}", field="due_on", move="set_explicit_date")
    if date.fromisoformat(facts["due_on"]) < asked.today:
        raise RuleBroken("date_in_the_past", field="due_on")


def _own_charge(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """A leader writes for herself; whoever keeps the record for others names who received.

    Nobody is put in charge of what its petitioner wants kept secret: she could not see it.
    """
    if asked.actor.roles == {Role.LEADER} and str(facts["leader"]) != str(asked.actor.user_id):
        raise RuleBroken("leader_for_herself", field="leader")
    if asked.state.restricted and facts.get("in_charge", True):
        raise RuleBroken("restricted_without_leader", field="leader")


_CHECKS: dict[str, Check] = {
    "triage": _codes_only,
    "report_urgent": _report_follows_mark,
    "note_safety": _urgency_explained,
    "record_reception": _instruction,
    "ask_papers": asked_once,
    "take_charge": _own_charge,
    "note_limit": limited.check_noted_limit,
    "tell_limit": limited.check_limit_runs,
    "meet_limit": limited.check_limit_runs,
    "drop_limit": limited.check_limit_runs,
    "pause_limit": limited.check_pause,
    "resume_limit": limited.check_resumed,
    "assign": _assignment,
    "add_co_unit": joint.check_more_units,
    "return_task": joint.check_returned,
    "urge_task": joint.check_urged,
    "not_accept": check_not_accepted,
    "no_longer_accept": check_no_longer,
    **reviewing.CHECKS,
    **mediating.CHECKS,
    "implement": mediating.check_result,
    "solve_on_the_spot": mediating.check_result,
    "call_off_task": joint.check_called_off,
    "uphold_objection": joint.check_ruled,
    "reject_objection": joint.check_ruled,
    "rule_on_part": joint.check_part_ruled,
    "approve_overrun": _overrun_in_time,
    "report_monthly": _month_has_begun,
    "serve_document": _document_waits,
    "enter_rest_form": _form_cooled,
    "revoke_rating": _organ_was_rated,
    "read_report": _report_read,
    "sign_opinion": _opinion_reviewed,
    "serve_opinion": _opinion_served,
    "recuse": _somebody_recused,
    "explain_breach": _breach_is_open,
    "finish_step": _step_exists,
    "restudy": check_restudy,
    "correct": _event_exists,
}
REVIEWER = frozenset({Role.LEGAL_REVIEWER, Role.CENTRE_DEPUTY})
