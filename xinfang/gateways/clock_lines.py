"""Questions about due dates as they come over a pipe: one JSON object a line, one answer a line."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from xinfang.labels.explaining import hours, sentences
from xinfang.policies import strict_json
from xinfang.rules.clocks.calendar import Calendar, iso_day
from xinfang.rules.clocks.catalogue import OTHERWISE_LONGEST, Measure
from xinfang.rules.clocks.due import Count, due
from xinfang.rules.clocks.explaining import explain, explain_day_one
from xinfang.rules.clocks.hours import SHANGHAI, OfficeHours, hours_after, on_the_day_of

KEYS = ("rule", "n", "start")
COUNTS = {count.value: count for count in Count}
HOUR, DAY_ONE = Measure.HOUR.value, Measure.DAY_ONE.value
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
LONGEST_LINE = 4096


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream as they arrive; of an endless one only so much that it is seen to be too long."""
    while line := stream.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        yield line


def answer(line: bytes, calendar: Calendar, notices: Mapping[int, str] | None = None) -> str:
    """The due date that a line `{"rule": "CAL-D", "n": 3, "start": "2025-09-28"}` asks for, as a line of JSON.

    With `notices`, the numbers of the notices by year, the answer also explains itself under `explain`, in sentences.
    Raises ValueError with a sentence if the line does not ask for one.
    """
    if len(line) > LONGEST_LINE:
        raise ValueError(f"the line is longer than {LONGEST_LINE} bytes")
    if not line.strip():
        raise ValueError("the line is empty")
    question = _question(strict_json.parse(line))
    if question["rule"] == HOUR:
        return _by_the_hour(question, is_explained=notices is not None)
    if question["rule"] == DAY_ONE:
        days = explain_day_one(_received(question), calendar, OfficeHours())
    else:
        end = due(_count(question["rule"]), _whole(question["n"]), _start(question["start"]), calendar)
        days = explain(end, calendar)
    end = days.found
    dates = {"raw": end.raw.isoformat(), "due": end.due.isoformat(), "prudent": end.prudent.isoformat()}
    plain = dates | {"provisional": end.provisional}
    if notices is None:
        return json.dumps(plain)
    return json.dumps(plain | {"explain": sentences(days, notices)}, ensure_ascii=False)


def _by_the_hour(question: Mapping[str, Any], *, is_explained: bool) -> str:
    """A limit of hours: the moment at which it ends, and the day of that moment; no calendar is asked."""
    n, longest = _whole(question["n"]), OTHERWISE_LONGEST[Measure.HOUR]
    if not 1 <= n <= longest:
        raise ValueError(f"n must be from 1 to {longest} for {HOUR}")
    began = _moment(question["start"])
    until = hours_after(began, n)
    day = on_the_day_of(until)
    plain: dict[str, Any] = {
        "raw": day.raw.isoformat(), "due": day.due.isoformat(), "prudent": day.prudent.isoformat(),
        "provisional": day.provisional, "until": until.strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    if is_explained:
        plain["explain"] = hours(began, until)
    return json.dumps(plain, ensure_ascii=False)


def _received(question: Mapping[str, Any]) -> datetime:
    """The moment of receipt that the first "1" of 13710 counts from; the centre is open as shipped."""
    if _whole(question["n"]) != 1:
        raise ValueError(f"n must be 1 for {DAY_ONE}")
    return _moment(question["start"])


def refusal(reason: ValueError) -> str:
    return json.dumps({"error": str(reason)})


def _question(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("the line must be an object with rule, n and start")  # noqa: TRY004 - the document is at fault, not a caller
    for key in KEYS:
        if key not in value:
            raise ValueError(f"{key} is missing")
    for key in value:
        if key not in KEYS:
            raise ValueError(f"{key[:40]!r} is not known here: only rule, n and start are")
    return value


def _count(value: Any) -> Count:
    if not isinstance(value, str) or value not in COUNTS:
        raise ValueError(f"rule must be one of {', '.join([*COUNTS, HOUR, DAY_ONE])}")
    return COUNTS[value]


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("n must be a whole number")  # noqa: TRY004 - the document is at fault, not a caller
    return value


def _start(value: Any) -> date:
    try:
        return iso_day(value)
    except ValueError as wrong:
        raise ValueError(f"start: {wrong}") from wrong


def _moment(value: Any) -> datetime:
    """A minute in Shanghai, written as 2026-05-11T09:05 and in no other way."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("start: this begins at a moment of the form YYYY-MM-DDTHH:MM")
    try:
        return datetime.fromisoformat(value).replace(tzinfo=SHANGHAI)
    except ValueError as unreal:
        raise ValueError(f"start: there is no moment {value}") from unreal
