"""Which Chinese term stands behind an English identifier? The made half of docs/glossary.md, from the closed lists.

The upper half, with meanings and sources, is written by hand; `MARK` divides them.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, IntFlag
from typing import Any

from xinfang.documents.rulebook import table
from xinfang.labels import (
    alike,
    batches,
    catalogue,
    clocks,
    codes,
    composition,
    credit,
    events,
    explaining,
    grounds,
    hall,
    intake,
    limits,
    messages,
    papers,
    people,
    policies,
    risk,
    sessions,
)
from xinfang.labels.moves import FIELDS
from xinfang.labels.moves import MOVES as MOVE_WORDS
from xinfang.rules.catalogue.gaps import CatalogueGap
from xinfang.rules.catalogue.lessons import LessonState
from xinfang.rules.clocks.alarms import Level as AlarmLevel
from xinfang.rules.clocks.catalogue import Measure, Whose
from xinfang.rules.clocks.due import Count
from xinfang.rules.clocks.explaining import DayWhy, Reception
from xinfang.rules.clocks.grounds import Trigger
from xinfang.rules.clocks.policy_versions import VersionStanding
from xinfang.rules.figures.definitions import Block, Counted
from xinfang.rules.hall.exchange import ExchangeState
from xinfang.rules.hall.tickets import Lane, TicketState
from xinfang.rules.intake.alike import Choice, Why
from xinfang.rules.intake.batch_rows import ItemState
from xinfang.rules.intake.messages import FileKind
from xinfang.rules.intake.window import AccessNeed, Answer, Way
from xinfang.rules.lifecycle.allowed import MOVES
from xinfang.rules.lifecycle.move import FieldKind
from xinfang.rules.matters.codes import ClockCode, Stage
from xinfang.rules.matters.events import BatchEvent, EventType, HouseEvent
from xinfang.rules.matters.papers import PetitionPaper
from xinfang.rules.notices.messages import MessageKind, MessageState, MessageWay
from xinfang.rules.people.composition import CompositionRule, Duty, Elder, NamedOffice, Origin, Place
from xinfang.rules.people.rollout import RolloutStatus
from xinfang.rules.people.seats import Role, UnitKind
from xinfang.rules.risk.codes import RiskLevel, RiskRule, SignalState, Subject
from xinfang.rules.sessions import codes as sitting
from xinfang.rules.sessions.calling import LeftOut
from xinfang.rules.tasks.credit import Credit

MARK = "<!-- Made by `xinfang docs` from here on: do not edit. -->\n"
Words = Mapping[Any, Any]

COUNTED: Words = {
    Count.CAL_D: "自然日",
    Count.CAL_M: "自然月",
    Count.CAL_Y: "自然年",
    Count.WD: "工作日",
}
MEASURED: Words = {
    Measure.DAY_ONE: "当日（不隔夜）",
    Measure.CAL_D: "自然日",
    Measure.CAL_M: "自然月",
    Measure.CAL_Y: "自然年",
    Measure.WD: "工作日",
    Measure.EVERY_CAL_M: "按月",
    Measure.HOUR: "小时（夜里、休息日照算）",
}
UNITS_OF_COUNT: Words = {Counted.MATTERS: "信访事项（件）", Counted.ITEMS: "交办件"}
BLOCKS: Words = {
    Block.ARTICLE: "文中数字",
    Block.LEDGER: "台账",
    Block.HOUSE: "13710各环节",
    Block.STATUTE: "法定期限",
    Block.OLD_ANSWERS: "导入前的答复",
}
ENTERED: Words = {
    FieldKind.WORDS: "文字（加密）",
    FieldKind.CHOICE: "选项",
    FieldKind.CODE: "编号",
    FieldKind.DATE: "日期",
    FieldKind.NUMBER: "数字",
    FieldKind.YES_NO: "是否",
    FieldKind.UNIT: "单位",
    FieldKind.USER: "人员",
    FieldKind.MATTER: "事项",
    FieldKind.TASKS: "任务清单",
    FieldKind.STEPS: "步骤清单",
    FieldKind.RULE: "期限种类",
}
OLD_FILES: Words = {
    FileKind.PLAIN: "只有来信",
    FileKind.ANSWERED: "已答复",
    FileKind.UNANSWERED: "未答复",
    FileKind.LABELLED: "已分类",
}
ANSWERS: Words = {Answer.YES: "是", Answer.NO: "否"}
WAYS: Words = {
    Way.ELSEWHERE: "告知检举控告去处，不留内容",
    Way.ONE_TIER_UP: "由上一级登记，本级回避",
    Way.RESTRICTED: "限制查看",
    Way.ORDINARY: "照常登记",
}
OF_THE_HOUSE: Mapping[type[Enum], Words] = {
    EventType: events.EVENTS,
    BatchEvent: events.BATCH_EVENTS,
    HouseEvent: events.HOUSE_EVENTS,
    ClockCode: clocks.CLOCKS,
    AlarmLevel: clocks.LEVELS,
    Credit: credit.CREDITS,
    Subject: risk.SUBJECTS,
    RiskRule: {rule: words.name for rule, words in risk.RULES.items()},
    RiskLevel: risk.LEVELS,
    SignalState: risk.STATES,
    UnitKind: people.UNIT_KINDS,
    RolloutStatus: people.ROLLOUT,
    Duty: composition.DUTIES,
    Origin: composition.ORIGINS,
    Elder: composition.ELDERS,
    NamedOffice: composition.NAMED_OFFICES,
    Place: composition.PLACES,
    CompositionRule: composition.RULES,
    Count: COUNTED,
    Measure: MEASURED,
    DayWhy: explaining.WHY,
    Reception: explaining.RECEPTIONS,
    Trigger: grounds.TRIGGERS,
    Counted: UNITS_OF_COUNT,
    Block: BLOCKS,
    FieldKind: ENTERED,
    AccessNeed: intake.NEEDS,
    Choice: alike.CHOICES,
    Why: alike.WHY,
    Answer: ANSWERS,
    Way: WAYS,
    FileKind: OLD_FILES,
    ItemState: batches.ITEM_STATES,
    Whose: limits.WHOSE,
    VersionStanding: policies.STANDINGS,
    CatalogueGap: catalogue.CATALOGUE_GAPS,
    LessonState: catalogue.LESSON_STATES,
    PetitionPaper: papers.PAPERS,
    MessageKind: messages.KINDS,
    MessageState: messages.STATES,
    MessageWay: messages.WAYS,
    sitting.GuestKind: sessions.GUEST_KINDS,
    sitting.Answer: sessions.ANSWERS,
    sitting.Attendance: sessions.ATTENDANCE,
    sitting.Why: sessions.REASONS,
    LeftOut: sessions.LEFT_OUT,
    Lane: hall.LANES,
    TicketState: hall.TICKET_STATES,
    ExchangeState: hall.EXCHANGE_STATES,
}


def lists() -> dict[type[Enum], Words]:
    """Every closed list with the words for its members."""
    found: dict[type[Enum], Words] = dict(OF_THE_HOUSE)
    found.update((enum, words) for enum, words in codes.BY_ENUM.items())
    return found


def _leads_to(member: Enum) -> str:
    return ", ".join(f"`{m.name}`" for m in MOVES if any(t is member is not s for s, t in m.targets.items()))


def _recorded_by(member: Enum) -> str:
    return ", ".join(f"`{move.name}`" for move in MOVES if move.event is member)


def _may(member: Enum) -> str:
    count = sum(member in move.roles for move in MOVES)
    return f"{count} moves" if count else ""


COLUMNS: Mapping[type[Enum], tuple[str, Callable[[Enum], str]]] = {
    Stage: ("reached by", _leads_to),
    EventType: ("recorded by", _recorded_by),
    Role: ("may ask for", _may),
}


def _list(enum: type[Enum], words: Words) -> str:
    column = COLUMNS.get(enum)
    head: Sequence[str] = ["identifier", "value", "中文", *([column[0]] if column else [])]
    rows = [
        [f"`{member.name}`", f"`{member.value}`", str(words.get(member, "")), *([column[1](member)] if column else [])]
        for member in enum
    ]
    said = " ".join((enum.__doc__ or "").split())
    return f"### `{enum.__name__}`\n\n{said} (`{enum.__module__}`)\n\n{table(head, rows)}"


def made() -> str:
    """Every closed list, the moves and the fields, each identifier with its Chinese term."""
    moves = [[f"`{move.name}`", str(MOVE_WORDS.get(move.name, ""))] for move in MOVES]
    fields = [[f"`{name}`", str(word)] for name, word in sorted(FIELDS.items())]
    parts = [
        MARK,
        "## The closed lists\n",
        *(_list(enum, words) for enum, words in lists().items() if not issubclass(enum, IntFlag)),
        "## Moves\n",
        table(["identifier", "中文"], moves),
        "## Fields of moves\n",
        table(["identifier", "中文"], fields),
    ]
    return "\n".join(parts)


def whole(written: str) -> str:
    """The glossary: what is written by hand, kept, and what is made, renewed."""
    return written.partition(MARK)[0] + made()
