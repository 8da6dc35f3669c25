"""Which parts may be returned, urged, objected to and ruled on, and which values of such a move go together? (B-04)"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xinfang.rules.clocks.duties import local_day, midnight_after
from xinfang.rules.clocks.statutory import may_object_until
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import AssignMode, RuledBy, Ruling, TaskPart
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken

# So often a part goes back to be done again; after that people sit down together (联合会商) or somebody rules.
MOST_RETURNS = 2


def returnable(state: MatterState) -> list[Task]:
    """The parts of co-units that are done and may go back once more."""
    again = {task.follows for task in state.tasks}
    return [
        task
        for task in state.tasks
        if task.part is TaskPart.CO and task.done_at and task.k not in again and task.returns < MOST_RETURNS
    ]


def objectable(asked: Situation) -> list[Task]:
    """One's own open parts beside the lead's that may still be objected to."""
    open_now = objected(asked.state)
    return [
        task
        for task in asked.state.open_tasks
        if task.part is TaskPart.CO and task.unit in asked.actor.units and not task.ruled and not task.follows
        and task.k not in open_now and _within(task, asked)
    ]  # fmt: skip


def _within(task: Task, asked: Situation) -> bool:
    until = may_object_until(task, asked.counting)
    return until is not None and asked.at < midnight_after(until.due)


def objected(state: MatterState) -> frozenset[int]:
    """The parts whose objection waits for a ruling."""
    return frozenset(objection.task for objection in state.open_objections)


def ruled_upon(state: MatterState) -> list[Task]:
    """The parts beside the lead's that wait for a ruling."""
    waiting = objected(state)
    return [task for task in state.open_tasks if task.part is TaskPart.CO and task.k in waiting]


def own_objection(asked: Situation) -> bool:
    """Does one's own unit wait for a ruling on a part of its own?"""
    return any(task.unit in asked.actor.units for task in ruled_upon(asked.state))


def urgeable(asked: Situation) -> list[Task]:
    """The open parts of other units that nobody has urged today: the lead urges those that work along."""
    lead = asked.state.lead
    leads = lead is not None and lead.unit in asked.actor.units
    above = bool(asked.actor.roles & {Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.PETITION_BUREAU, Role.SUPERVISOR})
    return [
        task
        for task in asked.state.open_tasks
        if task.unit not in asked.actor.units
        and (above or (leads and task.part is TaskPart.CO))
        and not any(local_day(moment) == asked.today for moment in task.urged_at)
    ]


def open_co_tasks(state: MatterState) -> list[Task]:
    return [task for task in state.open_tasks if task.part is TaskPart.CO]


def check_assignment(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """An assignment asks for a report by a day; a transfer asks for none (article 22)."""
    if facts["mode"] == AssignMode.ASSIGNMENT and not facts.get("due_on"):
        raise RuleBroken("assignment_needs_date", field="due_on")
    if facts["lead"] in asked.state.recused_units:
        raise RuleBroken("unit_recused", field="lead")
    check_co_units(facts, {facts["lead"]}, facts.get("due_on"), asked)


def check_given_down(facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    """Who gives a matter down to a centre or station below says why; it keeps its day of receipt and its clocks."""
    path = facts.get("holder_path", "")
    if path.startswith(asked.state.holder_path + ".") and not words.get("reason"):
        raise RuleBroken("given_down_needs_reason", field="reason")


def check_more_units(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """More units beside those that are there, under the day of the lead."""
    lead = asked.state.lead
    due_on = lead.due_on.isoformat() if lead and lead.due_on else None
    check_co_units(facts, {lead.unit} if lead else set(), due_on, asked)


def check_co_units(facts: Mapping[str, Any], lead: set[str], lead_due: str | None, asked: Situation) -> None:
    """Each co-unit once, not the lead, none that is recused, and none later than the lead (B-04)."""
    known = lead | {task.unit for task in open_co_tasks(asked.state)}
    for row in facts.get("co_units", ()):
        if row["unit"] in known:
            raise RuleBroken("unit_twice", field="co_units")
        if row["unit"] in asked.state.recused_units:
            raise RuleBroken("unit_recused", field="co_units")
        if lead_due and row.get("due_on") and row["due_on"] > lead_due:
            raise RuleBroken("co_due_after_lead", field="co_units")
        known = known | {row["unit"]}


def check_returned(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """What goes back is due no later than the lead is."""
    _among(facts, returnable(asked.state))
    _not_after_lead(facts, asked)


def check_urged(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    _among(facts, urgeable(asked))


def check_called_off(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    _among(facts, open_co_tasks(asked.state))


def check_part_ruled(facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    _among(facts, ruled_upon(asked.state))
    if facts["ruling"] == Ruling.REJECTED and facts.get("instead"):
        raise RuleBroken("ruling_contradicts", field="instead")
    check_ruled(facts, words, asked)
    _not_after_lead(facts, asked)
    if facts.get("instead") and facts["instead"] in {task.unit for task in asked.state.open_tasks}:
        raise RuleBroken("unit_twice", field="instead")


def check_ruled(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """What a superior or the conference decided has its paper; nobody is given what they objected to."""
    if facts["ruled_by"] != RuledBy.BUREAU and not facts.get("document"):
        raise RuleBroken("ruling_needs_document", field="document")
    instead = facts.get("instead")
    if not instead:
        return
    waiting = objected(asked.state)
    if instead in asked.state.recused_units:
        raise RuleBroken("unit_recused", field="instead")
    k = facts.get("k") or (asked.state.lead.k if asked.state.lead else 0)
    former = next(task for task in asked.state.tasks if task.k == k)
    if former.unit == instead and k in waiting:
        raise RuleBroken("unit_objected", field="instead")
    over = former.due_on is not None and former.due_on < asked.today
    if over and not facts.get("due_on"):
        raise RuleBroken("field_required", field="due_on")


def _among(facts: Mapping[str, Any], tasks: list[Task]) -> None:
    if facts["k"] not in {task.k for task in tasks}:
        raise RuleBroken("no_such_part", field="k")


def _not_after_lead(facts: Mapping[str, Any], asked: Situation) -> None:
    lead = asked.state.lead
    due_on = facts.get("due_on")
    if due_on and lead and lead.due_on and date.fromisoformat(due_on) > lead.due_on:
        raise RuleBroken("co_due_after_lead", field="due_on")
