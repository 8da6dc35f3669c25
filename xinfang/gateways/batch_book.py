"""The batch template of domain 9.6 out of a workbook: the head of the batch, and each row with where it stands."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xinfang.gateways.sheets import read_workbook
from xinfang.rules.intake.batch_cells import Cell, folded
from xinfang.rules.intake.batch_rows import (
    HEAD_COLUMNS,
    HEAD_NAMES,
    HEAD_REQUIRED,
    HEAD_SHEET,
    ROW_COLUMNS,
    ROW_NAMES,
    ROW_REQUIRED,
    ROW_SHEET,
)
from xinfang.rules.refusals import RuleBroken

_BRACKETS = re.compile(r"\(.*?\)")
HEADER_WITHIN = 5
Grid = list[list[Cell]]


@dataclass(frozen=True)
class BookRow:
    """One row of the second sheet: its number in the sheet (from 1) and its cells by key."""

    line: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class BatchBook:
    """A batch file. `places` and `letters` say where a value of the head or a column of the rows stands."""

    head: Mapping[str, Cell]
    places: Mapping[str, str]
    rows: tuple[BookRow, ...]
    letters: Mapping[str, str]
    file_hash: bytes
    file_name: str

    def place(self, row: BookRow, column: str) -> str:
        """The address of a cell, such as `明细!W12`."""
        return f"{ROW_SHEET}!{self.letters.get(column, 'A')}{row.line}"


def read_batch(path: Path) -> BatchBook:
    """A batch file by the template; raises `RuleBroken` for what is not one."""
    sheets = {folded(name): grid for name, grid in read_workbook(path).sheets.items()}
    missing = [name for name in (HEAD_SHEET, ROW_SHEET) if name not in sheets]
    if missing:
        raise RuleBroken("file_sheets_missing", sheets="、".join(missing))
    head, places = _head(sheets[HEAD_SHEET])
    letters, rows = _rows(sheets[ROW_SHEET])
    return BatchBook(head, places, rows, letters, hashlib.sha256(path.read_bytes()).digest(), path.name)


def heading(cell: Cell) -> str:
    """A heading without its star, its blanks and its hint in brackets."""
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", folded(cell))).replace("*", "")


def letter(column: int) -> str:
    """The letters of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _head(grid: Grid) -> tuple[dict[str, Cell], dict[str, str]]:
    """Names and values, below each other or beside each other, as people have filled it in."""
    found: dict[str, Cell] = {}
    places: dict[str, str] = {}
    across = bool(grid) and sum(heading(cell) in HEAD_COLUMNS for cell in grid[0]) > 1
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            key = HEAD_COLUMNS.get(heading(cell))
            if key is None or key in found:
                continue
            down, right = (y + 1, x) if across else (y, x + 1)
            found[key] = grid[down][right] if down < len(grid) and right < len(grid[down]) else None
            places[key] = f"{HEAD_SHEET}!{letter(right)}{down + 1}"
    missing = [HEAD_NAMES[key] for key in HEAD_REQUIRED if key not in found]
    if missing:
        raise RuleBroken("file_columns_missing", columns="、".join(missing))
    return found, places


def _rows(grid: Grid) -> tuple[dict[str, str], tuple[BookRow, ...]]:
    top = next((y for y, row in enumerate(grid[:HEADER_WITHIN]) if "信访人姓名" in map(heading, row)), None)
    headings = [heading(cell) for cell in grid[top]] if top is not None else []
    columns = {ROW_COLUMNS[name]: x for x, name in enumerate(headings) if name in ROW_COLUMNS}
    missing = [ROW_NAMES[key] for key in ("row", *ROW_REQUIRED) if key not in columns]
    if missing or top is None:
        raise RuleBroken("file_columns_missing", columns="、".join(missing))
    unknown = [name for name in headings if name and name not in ROW_COLUMNS]
    if unknown:
        raise RuleBroken("file_columns_unknown", columns="、".join(unknown)[:200])
    rows = tuple(
        BookRow(y + 1, {key: row[x] if x < len(row) else None for key, x in columns.items()})
        for y, row in enumerate(grid)
        if y > top and any(folded(cell) for cell in row)
    )
    return {key: letter(x) for key, x in columns.items()}, rows
