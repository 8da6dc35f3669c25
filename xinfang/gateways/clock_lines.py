"""Questions about due dates as they come over a pipe: one JSON object a line, one answer a line."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from xinfang.labels.explaining import sentences
from xinfang.policies import strict_json
from xinfang.rules.clocks.calendar import Calendar, iso_day
from xinfang.rules.clocks.due import Count, due
from xinfang.rules.clocks.explaining import explain

KEYS = ("rule", "n", "start")
COUNTS = {count.value: count for count in Count}
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
    end = due(_count(question["rule"]), _whole(question["n"]), _start(question["start"]), calendar)
    dates = {"raw": end.raw.isoformat(), "due": end.due.isoformat(), "prudent": end.prudent.isoformat()}
    plain = dates | {"provisional": end.provisional}
    if notices is None:
        return json.dumps(plain)
    return json.dumps(plain | {"explain": sentences(explain(end, calendar), notices)}, ensure_ascii=False)


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
        raise ValueError(f"rule must be one of {', '.join(COUNTS)}")
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
