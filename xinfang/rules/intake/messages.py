"""What does one row of an old message file say, and can it be taken in? (product "Imports")"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from xinfang.rules.clocks.duties import SHANGHAI
from xinfang.rules.intake.watched_words import WatchedWords
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.matters.codes import Channel
from xinfang.rules.refusals import RuleBroken

NAMESPACE = UUID("5f2a8f0e-6d0b-5d3c-9c54-2f6f6a1f0c11")
WAITS = "waits_for_person"
COLUMNS = ("id", "user", "subject", "sent_at", "body")
ID_MOST, OLDEST_YEAR = 80, 1949
_LOOSE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?")


class FileKind(StrEnum):
    """Which of the known files it is, by its further columns."""

    PLAIN = "plain"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    LABELLED = "labelled"


FURTHER: dict[FileKind, frozenset[str]] = {
    FileKind.ANSWERED: frozenset({"reply", "replied_at"}),
    FileKind.UNANSWERED: frozenset({"against", "likes"}),
    FileKind.LABELLED: frozenset({"category"}),
    FileKind.PLAIN: frozenset(),
}
KNOWN = frozenset(COLUMNS).union(*FURTHER.values())


@dataclass(frozen=True)
class Message:
    """One message as it will be registered. `waits`: words of accusation, so a person looks first."""

    key: UUID
    sent_at: datetime
    values: dict[str, Any] = field(default_factory=dict)
    reply: str = ""
    replied_at: datetime | None = None
    waits: bool = False


def kind_of(columns: tuple[str, ...]) -> FileKind:
    """The kind of a file by its header; refuses missing, unknown and repeated columns."""
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        raise RuleBroken("file_columns_missing", columns=", ".join(missing))
    unknown = [name for name in columns if name not in KNOWN]
    if unknown:
        raise RuleBroken("file_columns_unknown", columns=", ".join(unknown)[:200])
    if len(set(columns)) < len(columns):
        raise RuleBroken("file_columns_twice")
    further = frozenset(columns) - frozenset(COLUMNS)
    kind = next((kind for kind, names in FURTHER.items() if names == further), None)
    if kind is None:
        raise RuleBroken("file_columns_mixed", columns=", ".join(sorted(further)))
    return kind


def message(cells: Mapping[str, str], *, kind: FileKind, now: datetime, accusing: WatchedWords) -> Message:
    """One row, checked; raises `RuleBroken` with the column that is at fault."""
    for column, text in cells.items():
        _readable(column, text)
    row_id = " ".join(cells["id"].split())
    if not row_id or len(row_id) > ID_MOST:
        raise RuleBroken("field_required" if not row_id else "text_too_long", field="id", most=ID_MOST)
    body = tidy(cells["body"])
    if not body:
        raise RuleBroken("field_required", field="body")
    sent_at = moment("sent_at", cells["sent_at"], now)
    reply, replied_at = _reply(cells, sent_at, now)
    subject = " ".join(tidy(cells["subject"]).split())
    waits = accusing.waits(subject, body)
    words = {"title": subject, "original_words": body}
    if waits and reply:
        words["earlier"] = reply
    values = {
        **{name: text for name, text in words.items() if text},
        "channel": Channel.WEB,
        "people": [{"name": cells["user"]}] if cells["user"].strip() else [],
        "category": CATEGORIES.get(cells.get("category", "").strip(), ""),
        "purpose": WAITS if waits else "",
        "restricted": waits,
    }
    key = uuid5(NAMESPACE, f"{kind.value}:{row_id}")
    return Message(key, sent_at, values, reply, replied_at, waits)


def _readable(column: str, text: str) -> None:
    if "\x00" in text:
        raise RuleBroken("text_has_nul", field=column)
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise RuleBroken("text_unreadable", field=column)


def _reply(cells: Mapping[str, str], sent_at: datetime, now: datetime) -> tuple[str, datetime | None]:
    reply, when = tidy(cells.get("reply", "")), cells.get("replied_at", "").strip()
    if not reply and not when:
        return "", None
    if not reply or not when:
        raise RuleBroken("reply_incomplete", field="reply" if not reply else "replied_at")
    replied_at = moment("replied_at", when, now)
    if replied_at < sent_at:
        raise RuleBroken("reply_before_message", field="replied_at")
    return reply, replied_at


def moment(column: str, text: str, now: datetime) -> datetime:
    """A moment in Shanghai as such files write it; not in the future, not before 1949."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _LOOSE.fullmatch(plain)
    try:
        when = datetime(*(int(part or 0) for part in found.groups())) if found else datetime.fromisoformat(plain)  # type: ignore[arg-type]  # noqa: DTZ001  # the zone follows
    except ValueError:
        raise RuleBroken("date_unreal", field=column) from None
    when = when if when.tzinfo else when.replace(tzinfo=SHANGHAI)
    if when.year < OLDEST_YEAR:
        raise RuleBroken("date_unreal", field=column)
    if when > now:
        raise RuleBroken("date_in_the_future", field=column)
    return when


# The names of the top classes in use before 2021 and since, by our code; a name that is not here stays open.
CATEGORIES: dict[str, str] = {
    "农村农业": "agriculture", "市场监督": "market", "自然资源": "natural_resources", "国土资源": "natural_resources",
    "城乡建设": "construction", "生态环境": "environment", "环境保护": "environment", "劳动和社会保障": "labour",
    "交通运输": "transport", "卫生健康": "health", "卫生计生": "health", "房产物业": "housing", "经济管理": "economy",
    "文体旅游": "culture", "商贸旅游": "market", "党务政务": "government_affairs", "组织人事": "personnel",
    "科技与信息产业": "technology", "军队事务": "military", "民政与应急": "civil_affairs", "民政": "civil_affairs",
    "教育": "education", "教育文体": "education", "政法": "justice", "其他": "other",
}  # fmt: skip
