"""Can this row of a batch be entered, must it be corrected, or does it belong on the sealed path? (domain 9.6)"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from xinfang.rules.intake.batch_cells import Cell, day, folded, text, whole, yes
from xinfang.rules.intake.registration import NAME_MOST, id_warning, tidy_number
from xinfang.rules.intake.watched_words import WatchedWords
from xinfang.rules.matters.codes import Channel, Kind, Level
from xinfang.rules.refusals import RuleBroken

HEAD_SHEET, ROW_SHEET = "批次", "明细"
HEAD_COLUMNS: dict[str, str] = {
    "批次名称": "name", "批次号": "number", "交办单位": "assigned_by", "交办文号": "document",
    "交办日期": "assigned_on", "默认反馈期限": "default_due_on", "来源层级": "level", "说明": "note",
}  # fmt: skip
HEAD_REQUIRED = ("name", "number", "assigned_by", "document", "assigned_on")
ROW_COLUMNS: dict[str, str] = {
    "序号": "row", "国家信访件编号": "national", "信访人姓名": "name", "证件类型": "id_type", "证件号码": "id_number",
    "联系电话": "phone", "住址": "address", "信访形式": "channel", "受信人": "addressee", "信访日期": "petitioned_on",
    "信访目的": "purpose", "内容分类": "category", "问题属地": "area", "反映概况": "summary", "具体诉求": "demand",
    "来访人数": "present", "涉及人数": "concerned", "是否联名": "joint", "涉法涉诉": "in_court", "是否积案": "backlog",
    "责任单位": "unit", "包案领导": "leader", "反馈期限": "due_on", "是否要求保密": "restricted", "备注": "note",
}  # fmt: skip
ROW_REQUIRED = ("name", "channel", "petitioned_on", "purpose", "area", "summary", "demand", "unit")
HEAD_NAMES = {key: name for name, key in HEAD_COLUMNS.items()}
ROW_NAMES = {key: name for name, key in ROW_COLUMNS.items()}
ANONYMOUS, SEALED_PURPOSE = "匿名", "揭发控告"
LEVELS: dict[str, Level] = {"国家": Level.STATE, "省": Level.PROVINCE, "市": Level.CITY, "县": Level.COUNTY}
LEVEL_WORDS: dict[str, Level] = {
    "国家": Level.STATE, "国务院": Level.STATE, "中央": Level.STATE, "自治区": Level.PROVINCE, "省": Level.PROVINCE,
    "市": Level.CITY, "县": Level.COUNTY, "区": Level.COUNTY, "镇": Level.TOWNSHIP, "乡": Level.TOWNSHIP,
    "街道": Level.TOWNSHIP,
}  # fmt: skip
CHANNELS: dict[str, Channel] = {
    "来访": Channel.VISIT, "来信": Channel.LETTER, "网信": Channel.WEB, "网上信访": Channel.WEB, "电话": Channel.PHONE,
    "传真": Channel.FAX, "领导信箱": Channel.LEADER_MAILBOX, "领导接访": Channel.LEADER_RECEPTION,
    "下访": Channel.FIELD_VISIT, "领导下访": Channel.FIELD_VISIT, "上级交办": Channel.ASSIGNED,
    "交办": Channel.ASSIGNED, "其他": Channel.OTHER,
}  # fmt: skip
PURPOSES: dict[str, tuple[str, Kind]] = {
    "申诉": ("appeal", Kind.CLAIM), "求决": ("request", Kind.CLAIM), "申诉求决": ("request", Kind.CLAIM),
    "意见建议": ("suggestion", Kind.SUGGESTION), "建议": ("suggestion", Kind.SUGGESTION),
    "咨询": ("enquiry", Kind.ENQUIRY), "咨询求助": ("enquiry", Kind.ENQUIRY), "其他": ("other", Kind.CLAIM),
}  # fmt: skip
ID_TYPES: dict[str, str] = {"": "111", "身份证": "111", "居民身份证": "111", "111": "111"}


class ItemState(StrEnum):
    """What became of an item of a batch."""

    ENTERED = "entered"
    SUSPECTED = "suspected"
    LINKED = "linked"
    BLOCKED = "blocked"
    DIVERTED = "diverted"


@dataclass(frozen=True)
class Problem:
    """What is wrong or unusual in one cell; `blocks` the row, or only warns."""

    column: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    blocks: bool = True


@dataclass(frozen=True)
class Places:
    """Where rows may point: codes and names of units and areas."""

    units: Mapping[str, str]
    areas: Mapping[str, str]


@dataclass(frozen=True)
class Head:
    """The batch itself."""

    name: str
    number: str
    assigned_by: str
    document: str
    assigned_on: date
    default_due_on: date | None = None
    level: Level | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One item: what it would be registered with, and its problems. A diverted row keeps its number alone."""

    row: int
    state: ItemState
    problems: tuple[Problem, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    kind: Kind = Kind.CLAIM
    unit: str = ""
    due_on: date | None = None
    national: str = ""
    backlog: bool = False


class _Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, cells: Mapping[str, Cell], required: tuple[str, ...]) -> None:
        self.cells, self.problems = cells, []  # type: Mapping[str, Cell], list[Problem]
        for column in required:
            if not folded(cells.get(column)):
                self.wrong(column, "field_required")

    def wrong(self, column: str, code: str, *, blocks: bool = True, **facts: Any) -> None:
        if not any(problem.column == column and problem.blocks for problem in self.problems):
            self.problems.append(Problem(column, code, facts, blocks))

    def text(self, column: str, most: int) -> str:
        found = text(self.cells.get(column))
        if len(found) > most:
            self.wrong(column, "text_too_long", most=most)
        return found[:most]

    def read(self, column: str, reading: Callable[[Cell], Any]) -> Any:
        try:
            return reading(self.cells.get(column))
        except RuleBroken as broken:
            self.wrong(column, broken.code, **broken.facts)
            return None

    def one_of(self, column: str, known: Mapping[str, Any], code: str) -> Any:
        """The meaning of a word of a closed list; an unknown one is a problem with the nearest guess."""
        word = folded(self.cells.get(column))
        if word in known or not word:
            return known.get(word)
        near = get_close_matches(word, known, n=1, cutoff=0.5)
        self.wrong(column, code if near else f"{code}_no_guess", word=word[:40], guess=near[0] if near else "")
        return None

    @property
    def blocked(self) -> bool:
        return any(problem.blocks for problem in self.problems)


def read_head(cells: Mapping[str, Cell], today: date) -> tuple[Head | None, tuple[Problem, ...]]:
    """The batch of the first sheet, or None with everything that is wrong with it."""
    reader = _Reader(cells, HEAD_REQUIRED)
    assigned_on, default = reader.read("assigned_on", day), reader.read("default_due_on", day)
    level = reader.one_of("level", LEVELS, "choice_guess")
    if assigned_on is not None and assigned_on > today:
        reader.wrong("assigned_on", "date_in_the_future")
    if assigned_on is not None and default is not None and default < assigned_on:
        reader.wrong("default_due_on", "due_before_assignment")
    texts = {name: reader.text(name, most) for name, most in
             (("name", 120), ("number", 40), ("assigned_by", 120), ("document", 60), ("note", 400))}  # fmt: skip
    if reader.blocked or assigned_on is None:
        return None, tuple(reader.problems)
    return Head(assigned_on=assigned_on, default_due_on=default, level=level, **texts), tuple(reader.problems)


def read_row(
    number: int, cells: Mapping[str, Cell], head: Head, places: Places, today: date, accusing: WatchedWords
) -> Row:
    """One row: diverted before anything else is read, otherwise its values with every problem in them."""
    words = [text(cells.get(column)) for column in ("summary", "demand", "note", "category")]
    if SEALED_PURPOSE in folded(cells.get("purpose")) or accusing.waits(*words):
        return Row(number, ItemState.DIVERTED)
    reader = _Reader(cells, ROW_REQUIRED)
    purpose, kind = reader.one_of("purpose", PURPOSES, "choice_guess") or ("", Kind.CLAIM)
    unit = reader.one_of("unit", places.units, "unit_guess") or ""
    due_on = _due(reader, head, today)
    values = {
        **_people(reader),
        **_words(reader),
        **_counts(reader),
        "channel": reader.one_of("channel", CHANNELS, "choice_guess"),
        "addressee": level_of(text(cells.get("addressee"))),
        "level": head.level,
        "purpose": purpose,
        "category": reader.text("category", 60),
        "area": reader.one_of("area", places.areas, "area_guess") or "",
        "kind": kind,
        "postmarked_on": _petitioned(reader, today),
        "restricted": bool(reader.read("restricted", yes)),
    }
    backlog = bool(reader.read("backlog", yes)) or bool(reader.read("in_court", yes))
    reader.read("joint", yes)
    state = ItemState.BLOCKED if reader.blocked else ItemState.ENTERED
    national = reader.text("national", 60)
    return Row(number, state, tuple(reader.problems), values, kind, unit, due_on, national, backlog)


def _due(reader: _Reader, head: Head, today: date) -> date | None:
    due_on: date | None = reader.read("due_on", day) or head.default_due_on
    if due_on is None:
        return None
    if due_on < head.assigned_on:
        reader.wrong("due_on", "due_before_assignment")
    elif due_on < today:
        reader.wrong("due_on", "due_in_the_past")
    return due_on


def _petitioned(reader: _Reader, today: date) -> date | None:
    on: date | None = reader.read("petitioned_on", day)
    if on is not None and on > today:
        reader.wrong("petitioned_on", "date_in_the_future")
    return on


def _people(reader: _Reader) -> dict[str, Any]:
    name = " ".join(reader.text("name", NAME_MOST).split())
    number = tidy_number(reader.text("id_number", 40))
    kind = folded(reader.cells.get("id_type"))
    if number and kind in ID_TYPES and id_warning(number):
        reader.wrong("id_number", "id_number_unusual", blocks=False)
    person = {
        "name": "" if name == ANONYMOUS else name,
        "id_type": ID_TYPES.get(kind, kind[:8]),
        "id_number": number,
        "phone": tidy_number(reader.text("phone", 24)),
        "address": reader.text("address", 200),
    }
    return {"people": [person], "anonymous": name == ANONYMOUS}


def _words(reader: _Reader) -> dict[str, str]:
    extra = [reader.text("note", 2000), *([f"包案领导：{leader}"] if (leader := reader.text("leader", 60)) else [])]
    return {
        "original_words": reader.text("summary", 20_000),
        "demand": reader.text("demand", 20_000),
        "facts": "\n".join(line for line in extra if line),
    }


def _counts(reader: _Reader) -> dict[str, int]:
    def count(column: str, most: int) -> int:
        return reader.read(column, lambda cell: whole(cell, least=1, most=most)) or 1

    return {"present": count("present", 100_000), "concerned": count("concerned", 10_000_000)}


def level_of(words: str) -> Level | None:
    """At which level an addressee sits: what the name of the office says first."""
    found = [(words.index(word), -len(word), level) for word, level in LEVEL_WORDS.items() if word in words]
    return min(found)[2] if found else None
