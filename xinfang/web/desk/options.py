"""What a move's fields offer for this matter and this person: units, people, reports, steps, records."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from xinfang.labels.codes import DOCUMENT_KINDS, ROUTES
from xinfang.labels.events import EVENTS
from xinfang.labels.limits import RULES
from xinfang.labels.mediation import HOW
from xinfang.labels.people import ROLES, TIERS
from xinfang.models import Unit
from xinfang.queries import catalogue
from xinfang.queries.dossier import Dossier
from xinfang.queries.routes import procedures
from xinfang.queries.units import Holder, holders_near, units_near
from xinfang.rules.lifecycle import joint, mediating
from xinfang.rules.lifecycle.leader_moves import RECEIVERS
from xinfang.rules.lifecycle.move import Field, FieldKind, Move
from xinfang.rules.lifecycle.needs import pausable
from xinfang.rules.lifecycle.values import REVIEWER
from xinfang.rules.matters.codes import ClockCode, DocumentKind
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.parts import Task
from xinfang.rules.matters.state import Limit
from xinfang.rules.mediation.codes import AnsweredHow
from xinfang.rules.people.seats import Role, Tier
from xinfang.web.desk.comparing import demand_choices, earlier_choices
from xinfang.web.desk.timeline import clock_word
from xinfang.web.parts.categories import categories
from xinfang.web.parts.limits import rule_choices
from xinfang.web.parts.mediation import enumerate_parties

WHAT_SHOWN = 30  # characters of what a unit is asked to do, where it is one of several choices
Choice = tuple[str, Any]
Group = tuple[str, list[Choice]]
Offers = dict[str, list[Any]]


def offers_of(dossier: Dossier, move: Move) -> Offers:
    """The choices of every field that offers some, by name; at most two statements beside the dossier's."""
    near: list[Unit] | None = None
    found: Offers = {}
    for spec in move.fields:
        own = _OWN.get((move.name, spec.name)) or _OWN.get(("", spec.name))
        if own is not None:
            found[spec.name] = own(dossier)
        elif spec.kind in _NAMING:
            near = units_near(dossier.asked.actor, dossier.asked.today) if near is None else near
            found[spec.name] = _named(dossier, spec, near)
    return found


_NAMING = frozenset({FieldKind.UNIT, FieldKind.USER, FieldKind.TASKS, FieldKind.STEPS})


def _named(dossier: Dossier, spec: Field, near: list[Unit]) -> list[Any]:
    if spec.kind is not FieldKind.USER:
        return _by_tier(unit for unit in near if unit.code not in dossier.state.recused_units)
    return _people(dossier, spec.name, near)


def _by_tier(units: Iterable[Unit]) -> list[Group]:
    groups: dict[Tier, list[Choice]] = {tier: [] for tier in Tier}
    for unit in units:
        groups[Tier(unit.tier)].append((unit.code, unit.short_name))
    return [(str(TIERS[tier]), choices) for tier, choices in groups.items() if choices]


def _people(dossier: Dossier, name: str, near: list[Unit]) -> list[Choice]:
    """Who fits: a handler from one's own unit, a legal reviewer from near by, anybody who has a part to recuse."""
    actor, state = dossier.asked.actor, dossier.state
    if name == "handler":
        holders = holders_near(actor.units, (Role.HANDLER, Role.MEMBER_OFFICER), dossier.asked.today)
    elif name == "leader":
        holders = holders_near({unit.code for unit in near}, RECEIVERS, dossier.asked.today)
    elif name == "mediator":
        holders = holders_near({unit.code for unit in near}, (Role.MEDIATOR,), dossier.asked.today)
    elif name == "reviewed_by":
        holders = holders_near({unit.code for unit in near}, REVIEWER, dossier.asked.today)
        holders = [holder for holder in holders if holder.user != actor.user_id]
    else:
        units = {state.holder, state.origin_unit, *state.handling_units}
        holders = holders_near(units, Role, dossier.asked.today)
    return _once(holder for holder in holders if holder.user not in state.recused_users)


def _once(holders: Iterable[Holder]) -> list[Choice]:
    found: dict[str, str] = {}
    for holder in holders:
        words = _("%(name)s（%(unit)s %(role)s）") % {
            "name": holder.name, "unit": holder.unit, "role": ROLES[holder.role],
        }  # fmt: skip
        found.setdefault(str(holder.user), words)
    return list(found.items())


def _breaches(dossier: Dossier) -> list[Choice]:
    state = dossier.state
    return [(key, clock_word(key)) for key in sorted(state.breached - state.explained)]


def _overruns(dossier: Dossier) -> list[Choice]:
    codes = (ClockCode.C7, ClockCode.CM)
    running = [clock for clock in dossier.asked.clocks if clock.code in codes and clock.is_running]
    return [(clock.code.value, clock_word(clock.key)) for clock in running]


def _reports(dossier: Dossier) -> list[Choice]:
    return [(str(report.k), report_word(report.k)) for report in dossier.state.reports if not report.verdict]


def report_word(k: int) -> str:
    """The words of a report: the preliminary one or the k-th monthly one."""
    return clock_word(f"{ClockCode.CMF.value}#{k}" if k else ClockCode.C3.value)


def _months(dossier: Dossier) -> list[Choice]:
    sent = {report.k for report in dossier.state.reports if report.verdict != "returned"}
    clocks = [clock for clock in dossier.asked.clocks if clock.code is ClockCode.CMF and clock.ended_at is None]
    months = [clock.k for clock in clocks if clock.k not in sent]
    return [(str(k), report_word(k)) for k in months or [max(sent, default=0) + 1]]


def _steps(dossier: Dossier) -> list[Choice]:
    plan = dossier.state.plan
    return [
        (str(step.k), _("第 %(k)s 步：%(unit)s，%(day)s 前") % {
            "k": step.k, "unit": dossier.unit(step.unit), "day": step.due_on.isoformat(),
        })
        for step in (plan.steps if plan else ())
        if step.done_at is None
    ]  # fmt: skip


def _papers(dossier: Dossier) -> list[Choice]:
    kinds = dict.fromkeys(paper.kind for paper in dossier.state.unserved)
    return [(kind, DOCUMENT_KINDS[DocumentKind(kind)]) for kind in kinds]


def _records(dossier: Dossier) -> list[Choice]:
    return [
        (str(event.seq), f"{event.seq} {EVENTS[EventType(event.type)]} {event.occurred_at:%Y-%m-%d}")
        for event in reversed(dossier.told)
    ]


def _linked(dossier: Dossier) -> list[Choice]:
    tied = {link.other for link in dossier.state.links}
    return [(number, number) for other, number in dossier.others.items() if other in tied]


def _categories(_dossier: Dossier) -> list[Choice]:
    return list(categories())


def _items(dossier: Dossier) -> list[Group]:
    """Every line of the catalogue that is offered today under its shelf, but for the door of accusations."""
    offered = [item for item in catalogue.items(dossier.asked.today) if not item.is_accusation]
    return [
        (shelf.name, [(item.key, item.name) for item in offered if item.shelf == shelf.key])
        for shelf in catalogue.shelves()
    ]


def _recusable(dossier: Dossier) -> list[Choice]:
    units = {dossier.state.holder, dossier.state.origin_unit, *dossier.state.handling_units}
    return [(code, dossier.unit(code)) for code in sorted(units)]


def _limit_word(dossier: Dossier, limit: Limit) -> str:
    rule = dossier.asked.counting.rules[limit.rule]
    return _("%(rule)s（%(day)s 起算）") % {"rule": RULES[rule.id], "day": limit.from_on.isoformat()}


def _limits(dossier: Dossier) -> list[Choice]:
    return [(str(limit.k), _limit_word(dossier, limit)) for limit in dossier.state.limits if limit.runs]


def _pausable(dossier: Dossier) -> list[Choice]:
    counting = dossier.asked.counting
    limits = [limit for limit in dossier.state.limits if pausable(limit, counting)]
    return [(str(limit.k), _limit_word(dossier, limit)) for limit in limits]


def _paused(dossier: Dossier) -> list[Choice]:
    limits = [limit for limit in dossier.state.limits if limit.runs and limit.is_paused]
    return [(str(limit.k), _limit_word(dossier, limit)) for limit in limits]


def _rules(_dossier: Dossier) -> list[Any]:
    """Every rule that begins with a day somebody tells us, the petitioner's rights first."""
    return rule_choices()


def _procedures(_dossier: Dossier) -> list[Group]:
    """Every procedure under its route of article 31, with when it fits."""
    found: dict[str, list[Choice]] = {}
    for one in procedures().values():
        words = _("%(name)s：%(when)s") % {"name": one.name, "when": one.when}
        found.setdefault(str(ROUTES[one.route]), []).append((one.key, words))
    return list(found.items())


def _checks(_dossier: Dossier) -> list[Group]:
    return [
        (one.name, [(check.key, _("不满足：%(what)s") % {"what": check.text}) for check in one.checks])
        for one in procedures().values()
        if one.checks
    ]


def _part_word(dossier: Dossier, task: Task) -> str:
    facts = [_("%(day)s 前") % {"day": task.due_on.isoformat()}] if task.due_on else []
    if task.returns:
        facts.append(_("已退回 %(n)s 次") % {"n": task.returns})
    what = " ".join((dossier.asked_of(task) or "").split())[:WHAT_SHOWN]
    return "，".join([dossier.unit(task.unit), *facts, *([what] if what else [])])


def _parts(which: Callable[[Dossier], Iterable[Task]]) -> Callable[[Dossier], list[Choice]]:
    def offered(dossier: Dossier) -> list[Choice]:
        return [(str(task.k), _part_word(dossier, task)) for task in which(dossier)]

    return offered


def _parties(dossier: Dossier) -> list[Choice]:
    return list(enumerate_parties(dossier).items())


def _heard(_dossier: Dossier) -> list[Choice]:
    """How staff heard an answer; the one from home writes itself down."""
    return [(how.value, words) for how, words in HOW.items() if how is not AnsweredHow.ONLINE]


def _promises(dossier: Dossier) -> list[Choice]:
    agreement = mediating.holding(dossier.state)
    names = enumerate_parties(dossier)
    return [
        (
            str(step.k),
            _("%(who)s，%(day)s 前") % {"who": names.get(str(step.party), ""), "day": step.due_on.isoformat()},
        )
        for step in (agreement.open_steps if agreement else ())
    ]


_OWN: dict[tuple[str, str], Callable[[Dossier], list[Any]]] = {
    ("explain_breach", "clock"): _breaches,
    ("approve_overrun", "clock"): _overruns,
    ("read_report", "k"): _reports,
    ("report_monthly", "k"): _months,
    ("finish_step", "k"): _steps,
    ("rule_on_part", "k"): _parts(lambda dossier: joint.ruled_upon(dossier.state)),
    ("return_task", "k"): _parts(lambda dossier: joint.returnable(dossier.state)),
    ("urge_task", "k"): _parts(lambda dossier: joint.urgeable(dossier.asked)),
    ("call_off_task", "k"): _parts(lambda dossier: joint.open_co_tasks(dossier.state)),
    ("note_limit", "rule"): _rules,
    ("tell_limit", "k"): _limits,
    ("meet_limit", "k"): _limits,
    ("drop_limit", "k"): _limits,
    ("pause_limit", "k"): _pausable,
    ("resume_limit", "k"): _paused,
    ("channel", "procedure"): _procedures,
    ("channel", "unmet"): _checks,
    ("no_longer_accept", "reviewed_matter"): earlier_choices,
    ("no_longer_accept", "compared"): demand_choices,
    ("", "party"): _parties,
    ("answer_mediation", "answered_how"): _heard,
    ("record_performance", "k"): _promises,
    ("", "document_kind"): _papers,
    ("", "refers_to"): _records,
    ("unlink", "other"): _linked,
    ("", "item"): _items,
    ("", "category"): _categories,
    ("", "recused_unit"): _recusable,
}
