"""Clocks as pages show them: word, shape, date; for parts/clocks.html and parts/clock_line.html."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from xinfang.labels.clocks import CLOCKS, NAMES, WHY_NOT
from xinfang.labels.limits import RULES
from xinfang.models import Deadline
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.due import Due
from xinfang.rules.clocks.duties import Clock, local_day
from xinfang.rules.clocks.grounds import BY_POLICY
from xinfang.rules.matters.codes import BY_THE_HOUR, NOT_OURS, ClockCode
from xinfang.web.parts import hours

FIVE = (ClockCode.C1, ClockCode.C3, ClockCode.C7, ClockCode.CM, ClockCode.C0)
DIGITS = {ClockCode.C1: "1", ClockCode.C3: "3", ClockCode.C7: "7", ClockCode.CM: "1", ClockCode.C0: "0"}
_LEVELS = ("green", "yellow", "orange", "red", "red", "red")
_BY_RULE = frozenset({ClockCode.RIGHT, ClockCode.LIMIT, ClockCode.OWN_LIMIT, ClockCode.ELSEWHERE})


@dataclass(frozen=True)
class ClockView:
    """One clock in words. `state`: met late_met running overdue not_applicable open; `level` only while it runs."""

    code: str
    key: str
    name: str
    state: str
    word: str
    digit: str = ""
    unit: str = ""
    level: str = ""
    on: date | None = None
    date_words: str = ""
    reason: str = ""
    provisional: bool = False
    href: str = ""


def clock_of(row: Deadline) -> Clock:
    """The clock of a stored deadline."""
    due = None
    if row.due_on and row.raw_on and row.prudent_on:
        due = Due(raw=row.raw_on, due=row.due_on, prudent=row.prudent_on, provisional=row.provisional)
    return Clock(
        ClockCode(row.code), row.k, row.trigger_at, due, row.met_at, row.ended_at, row.why_not, row.unit,
        rule=row.rule, paused=row.paused, until=row.due_at if row.code in BY_THE_HOUR else None,
    )  # fmt: skip


def clock_view(
    clock: Clock, now: datetime, level: Level, *, href: Callable[[Clock], str] = lambda _clock: ""
) -> ClockView:
    """How one clock stands at this moment; `level` is how urgent it is while it runs."""
    facts = _standing(clock, now, level)
    return ClockView(
        code=clock.code.value,
        key=clock.key,
        name=clock_name(clock),
        digit=_digit(clock),
        unit=_unit(clock.code),
        provisional=bool(clock.due and clock.due.provisional and clock.is_running),
        href=href(clock),
        **facts,
    )


def clock_name(clock: Clock) -> str:
    """What a clock is called: by its rule where its code stands for many."""
    if clock.code in _BY_RULE and clock.rule in RULES:
        return str(RULES[clock.rule])
    if clock.code is ClockCode.TELL_RIGHT:
        return _("书面提醒：%(right)s") % {"right": RULES[clock.rule]}
    return str(NAMES.get(clock.code) or CLOCKS[clock.code])


def anchor(clock: Clock) -> str:
    """The key of a clock as an address may carry it."""
    return clock.key.replace("#", "-")


def _digit(clock: Clock) -> str:
    """The digit of 13710, or what the district made of it for this matter."""
    term = clock.due.term if clock.due and clock.code in BY_POLICY else None
    return str(term.n) if term else DIGITS.get(clock.code, "")


def _unit(code: ClockCode) -> str:
    if code is ClockCode.CM:
        return _("月")
    return "" if code is ClockCode.C0 else _("天")


def _standing(clock: Clock, now: datetime, level: Level) -> dict[str, Any]:
    if not clock.applies:
        return {"state": "not_applicable", "word": _("不适用"), "reason": str(WHY_NOT.get(clock.why_not, ""))}
    if clock.due is None:
        return _without_date(clock)
    if clock.until is not None:
        return hours.standing(clock, clock.until, now, _LEVELS[level])
    if clock.met_at is not None:
        return _met(clock, clock.due, clock.met_at)
    if clock.ended_at is not None:
        return _ended(clock, clock.due, clock.ended_at)
    return _running(clock, clock.due, now, level)


def _without_date(clock: Clock) -> dict[str, Any]:
    if clock.met_at:
        return {"state": "met", "word": _("已销号"), "on": local_day(clock.met_at)}
    if clock.ended_at:
        return {"state": "not_applicable", "word": _("已并入")}
    return {"state": "open", "word": _("未销号"), "date_words": _("跟踪到底")}


def _met(clock: Clock, due: Due, met_at: datetime) -> dict[str, Any]:
    on = local_day(met_at)
    if not clock.is_late(met_at):
        return {"state": "met", "word": _("按时"), "on": on}
    word = _days(_("迟 %(n)d 天"), (on - due.due).days)
    return {"state": "late_met", "word": word, "on": on, "reason": _("有理由") if clock.reason_given else ""}


def _ended(clock: Clock, due: Due, ended_at: datetime) -> dict[str, Any]:
    on = local_day(ended_at)
    if clock.is_late(ended_at):
        return {"state": "overdue", "word": _days(_("超 %(n)d 天后终止"), (on - due.due).days), "on": on}
    return {"state": "not_applicable", "word": _("已终止"), "on": on}


def _running(clock: Clock, due: Due, now: datetime, level: Level) -> dict[str, Any]:
    """Before the prudent day is over it is the date that counts; then the due day itself does."""
    today = local_day(now)
    if clock.is_late(now):
        return {"state": "overdue", "word": _days(_("超 %(n)d 天"), (today - due.due).days), "on": due.due}
    if clock.paused:
        return {"state": "open", "word": _("扣除时间中"), "date_words": _("恢复后重新推算")}
    if clock.code in NOT_OURS and today > due.due:
        return {"state": "not_applicable", "word": _("已过"), "on": due.due}
    on = due.prudent if today <= due.prudent else due.due
    return {"state": "running", "level": _LEVELS[level], "word": _left((on - today).days), "on": on}


def _left(days: int) -> str:
    return _("今天到期") if days == 0 else _days(_("剩 %(n)d 天"), days)


def _days(sentence: str, n: int) -> str:
    return sentence % {"n": max(n, 1)}


def five(views: Iterable[ClockView]) -> list[ClockView]:
    """The five clocks of 13710 in their order."""
    by_code = {view.code: view for view in views}
    return [by_code[code] for code in FIVE if code in by_code]
