"""Taking in old messages with their real dates: each row on its own, the same row never twice (product "Imports")."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from xinfang.gateways.messages_csv import CsvRow
from xinfang.policies import shipped
from xinfang.queries.people import unit_of
from xinfang.rules.intake.messages import FileKind, Message, message
from xinfang.rules.intake.watched_words import WatchedWords
from xinfang.rules.matters.codes import Result, ServiceWay, Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.gathering import together
from xinfang.services.intake import Receipt, register
from xinfang.services.ledger import Draft, When
from xinfang.services.turns import take

LATE_REASON = "import"
TOGETHER = 50


class Fate(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    WAITS = "waits"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one row of the file; `refusal` says why it was not taken."""

    line: int
    fate: Fate
    refusal: RuleBroken | None = None


def accusation_words() -> WatchedWords:
    """The shipped list of words that make a row wait for a person."""
    return WatchedWords.of(shipped("accusation_words.yaml"))


def import_messages(*, rows: Iterable[CsvRow], kind: FileKind, unit: str, by: Actor, at: datetime) -> Iterator[Outcome]:
    """Register every row for a unit, fifty to a transaction; yields what became of each.

    Raises `RuleBroken` at once for an unknown unit. `at` is when it is recorded; the rows keep their own dates.
    """
    code = unit_of(unit, field="unit").code
    accusing = accusation_words()
    waiting = iter(rows)
    while chunk := list(islice(waiting, TOGETHER)):
        read = [(row.line, _read(row, kind, accusing, at)) for row in chunk]
        with together() as gathering:
            gathering.expect(entry.key for _line, entry in read if isinstance(entry, Message))
            outcomes = [_one(line, entry, code, by, at) for line, entry in read]
        yield from outcomes


def _read(row: CsvRow, kind: FileKind, accusing: WatchedWords, at: datetime) -> Message | RuleBroken:
    if row.problem:
        return RuleBroken(row.problem)
    try:
        return message(row.cells, kind=kind, now=at, accusing=accusing)
    except RuleBroken as refusal:
        return refusal


def _one(line: int, entry: Message | RuleBroken, unit: str, by: Actor, at: datetime) -> Outcome:
    if isinstance(entry, RuleBroken):
        return Outcome(line, Fate.REFUSED, entry)
    try:
        receipt = _take_in(entry, unit, by, at)
    except RuleBroken as refusal:
        return Outcome(line, Fate.REFUSED, refusal)
    if receipt.repeated:
        return Outcome(line, Fate.KNOWN)
    return Outcome(line, Fate.WAITS if entry.waits else Fate.TAKEN)


def _take_in(entry: Message, unit: str, by: Actor, at: datetime) -> Receipt:
    receipt = register(
        values={**entry.values, "unit": unit},
        by=by,
        at=entry.sent_at,
        recorded_at=at,
        late_reason=LATE_REASON,
        submission_key=entry.key,
        imported=True,
    )
    if entry.replied_at is not None and not receipt.repeated and not entry.waits:
        _record_reply(receipt, entry, entry.replied_at, by, at)
    return receipt


def _record_reply(receipt: Receipt, entry: Message, replied_at: datetime, by: Actor, at: datetime) -> None:
    """An answer that was given before: 办结 of that kind, neither 化解 nor a solution under C-7."""
    payload = {
        "result": Result.REPLIED_DIRECTLY.value,
        "way": ServiceWay.ELECTRONIC.value,
        "stage": Stage.CLOSED.value,
        "imported": True,
    }
    turn = take(receipt.matter)
    turn.record(
        Draft(EventType.REPLIED_DIRECTLY, payload, {"reply": entry.reply}), When(replied_at, at, LATE_REASON), by
    )
    turn.finish()
