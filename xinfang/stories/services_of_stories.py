"""The services that are no move, as stories call them: registering, entering a batch, splitting, sealing late."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xinfang.models import BatchItem
from xinfang.rules.intake.batch_rows import HEAD_COLUMNS, ROW_COLUMNS
from xinfang.rules.intake.registration import WORD_FIELDS
from xinfang.rules.refusals import RuleBroken
from xinfang.services import batches, linking
from xinfang.services.intake import register
from xinfang.stories.services_of_sessions import SESSION_VERBS
from xinfang.stories.services_of_the_house import HOUSE_VERBS
from xinfang.stories.story import NotAStory
from xinfang.stories.verbs import Doing, Verb

REGISTER_FIELDS = (
    "unit: unit (code, name or short name)",
    "channel: visit|letter|web|phone|fax|leader_mailbox|leader_reception|field_visit|assigned|other",
    *(f"{name}?: words" for name in WORD_FIELDS),
    "name?: words    id_number?: words    phone?: words    address?: words",
    "people?: list of {name, id_number, phone, address, part: petitioner|agent|representative}",
    "kind?: claim|suggestion|enquiry    category?: code    purpose?: code",
    "level?: state|province|city|county|township    addressee?: the same",
    "present?: 1..    concerned?: 1..    anonymous?: yes_no    restricted?: yes_no    concerns_own_people?: yes_no",
    "limits?: list of {rule, from_on}: rights and other limits that the petitioner speaks of",
    "late_reason?: words (when at is more than 24 hours before recorded_at)",
)
PERSON_FIELDS = ("name", "id_number", "phone", "address")


def registration_values(given: Mapping[str, Any]) -> dict[str, Any]:
    """What `services.intake.register` takes, from what a story writes; a single person may stand without a list."""
    values = dict(given)
    person = {name: str(values.pop(name)) for name in PERSON_FIELDS if name in values}
    if person:
        values["people"] = [person, *values.get("people", ())]
    if not any(values.get(name) for name in ("original_words", "demand", "facts")):
        values["original_words"] = values.get("title", "请帮助解决")
    values.setdefault("channel", "visit")
    return values


def _register(doing: Doing) -> list[UUID]:
    if "unit" not in doing.values:
        raise NotAStory("register: 'unit' is missing")
    receipt = register(
        values=registration_values(doing.values),
        by=doing.by,
        at=doing.at,
        recorded_at=doing.recorded_at,
        late_reason=doing.late_reason,
    )
    return [receipt.matter]


def _split(doing: Doing) -> list[UUID]:
    if doing.matter is None:
        raise NotAStory("split: 'on' is missing")
    receipts = linking.split(
        matter=doing.matter,
        by=doing.by,
        at=doing.at,
        recorded_at=doing.recorded_at,
        parts=doing.values.get("parts", []),
    )
    return [receipt.matter for receipt in receipts]


def _seal_late(doing: Doing) -> list[UUID]:
    if doing.matter is None:
        raise NotAStory("seal_late: 'on' is missing")
    linking.seal_late(matter=doing.matter, by=doing.by, at=doing.at)
    return []


def _take_in_batch(doing: Doing) -> list[UUID]:
    """A batch file: `head` and `rows` under the headings of the template; `times` writes one row so many times.

    `{n}` in a repeated row is its own number.
    """
    unknown = set(doing.values) - {"head", "rows"}
    if unknown or not isinstance(doing.values.get("rows"), list) or not isinstance(doing.values.get("head"), Mapping):
        raise NotAStory("take_in_batch: head is a mapping and rows a list, nothing else")
    head = _cells(doing.values["head"], HEAD_COLUMNS)
    lines: list[dict[str, Any]] = []
    for row in doing.values["rows"]:
        for _time in range(int(row.get("times", 1))):
            number = len(lines) + 1
            cells = _cells({name: cell for name, cell in row.items() if name != "times"}, ROW_COLUMNS)
            lines.append({"row": number, **{key: _numbered(cell, number) for key, cell in cells.items()}})
    taken = batches.take_in(
        head=head,
        rows=[batches.FileRow(line, cells) for line, cells in enumerate(lines, start=2)],
        file_hash=hashlib.sha256(json.dumps(lines, default=str).encode()).digest(),
        file_name="story.xlsx",
        by=doing.by,
        at=doing.at,
    )
    if taken.batch is None:
        raise RuleBroken("batch_head_refused", field="head")
    items = BatchItem.objects.filter(batch=taken.batch, matter__isnull=False).order_by("row")
    return [taken.batch.pk, *items.values_list("matter_id", flat=True)]


def _cells(given: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    unknown = set(given) - set(columns) - set(columns.values())
    if unknown:
        raise NotAStory(f"take_in_batch: no column is called {min(unknown)!r}")
    return {columns.get(name, name): cell for name, cell in given.items()}


def _numbered(cell: Any, number: int) -> Any:
    return cell.replace("{n}", str(number)) if isinstance(cell, str) else cell


def _settle_link(doing: Doing) -> list[UUID]:
    if doing.matter is None:
        raise NotAStory("settle_link: 'on' is missing")
    row, same = int(doing.values.get("row", 0)), bool(doing.values.get("same", True))
    batches.settle_link(batch=doing.matter, row=row, same=same, by=doing.by, at=doing.at)
    return []


def _correct_item(doing: Doing) -> list[UUID]:
    if doing.matter is None:
        raise NotAStory("correct_item: 'on' is missing")
    cells = _cells(doing.values.get("cells") or {}, ROW_COLUMNS)
    batches.correct_item(batch=doing.matter, row=int(doing.values.get("row", 0)), cells=cells, by=doing.by, at=doing.at)
    return []


def _revoke_batch(doing: Doing) -> list[UUID]:
    if doing.matter is None:
        raise NotAStory("revoke_batch: 'on' is missing")
    batches.revoke_batch(batch=doing.matter, by=doing.by, at=doing.at)
    return []


def _watch(_doing: Doing) -> list[UUID]:
    """Nothing happens: the watcher looks before every step, this only lets time pass up to it."""
    return []


OTHERS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("register", REGISTER_FIELDS, True, _register),
        Verb("split", ("parts: list of {title?, original_words, demand?}",), True, _split),
        Verb("seal_late", (), False, _seal_late),
        Verb(
            "take_in_batch",
            (
                "head: {批次名称, 批次号, 交办单位, 交办文号, 交办日期, 默认反馈期限?, 来源层级?, 说明?}",
                "rows: list of {信访人姓名, 信访形式, 信访日期, 信访目的, 问题属地, 反映概况, 具体诉求, 责任单位, ...}",
                "as: the batch, then its new matters in the order of the rows",
            ),
            True,
            _take_in_batch,
        ),
        Verb("settle_link", ("row: 1..", "same: yes_no", "on: the batch"), False, _settle_link),
        Verb("correct_item", ("row: 1..", "cells: {column: value}", "on: the batch"), False, _correct_item),
        Verb("revoke_batch", ("on: the batch",), False, _revoke_batch),
        *HOUSE_VERBS,
        *SESSION_VERBS,
        Verb("watch", (), False, _watch),
    )
}
