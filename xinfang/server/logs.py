"""One JSON line per happening on standard error; never a body, a query string, an address or a value of a row."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

FACTS = ("status_code", "request_id", "job", "number", "event", "duration_ms")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": record.getMessage(),
        }
        line |= {fact: getattr(record, fact) for fact in FACTS if hasattr(record, fact)}
        if record.exc_info and record.exc_info[0]:
            line |= _raised(*record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _raised(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> dict[str, object]:
    """Where and what kind, never the message: a database error quotes the row that it refused."""
    found: dict[str, object] = {
        "raised": f"{kind.__module__}.{kind.__qualname__}",
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-12:]],
    }
    cause = error.__cause__ or error
    if sqlstate := getattr(cause, "sqlstate", None):
        diagnosis = getattr(cause, "diag", None)
        found |= {"sqlstate": sqlstate, "constraint": getattr(diagnosis, "constraint_name", None)}
    return found
