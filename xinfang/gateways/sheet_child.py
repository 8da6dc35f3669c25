"""Reads one workbook with hard limits on memory and time and prints its cells as JSON; runs in a process of its own.

A hostile file can break this process and nothing else. Formulas arrive as the values that were saved with them.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
ROWS_MOST, COLUMNS_MOST, TEXT_MOST = 20_000, 60, 32_767


def cell(value: Any) -> list[Any] | None:
    """One cell as a pair of kind and value; nothing for an empty one."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, (bool, int, float)):
        return ["number" if not isinstance(value, bool) else "bool", value]
    if isinstance(value, (time, timedelta)):
        return ["text", str(value)]
    return ["text", str(value)[:TEXT_MOST]]


def main(path: str) -> int:
    """0 with the cells on standard output; 3 when it is no workbook."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  # only under the limits

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = {}
        for name in book.sheet_names[:10]:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=ROWS_MOST)
            sheets[name] = [[cell(value) for value in row[:COLUMNS_MOST]] for row in rows]
    except (CalamineError, OSError, ValueError):
        return 3
    json.dump(sheets, sys.stdout, ensure_ascii=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
