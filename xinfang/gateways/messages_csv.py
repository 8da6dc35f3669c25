"""Message files as offices export them: CSV in UTF-8 (with or without a byte order mark) or GB18030, row by row.

A row that cannot be read is a row with a problem, never the end of the file.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xinfang.rules.refusals import RuleBroken

FILE_MOST = 200 * 1024 * 1024
CELL_MOST = 1_000_000


@dataclass(frozen=True)
class CsvRow:
    """One row: the line on which it begins, its cells by column, or the code of what is wrong with it."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class CsvFile:
    """A readable file: its columns and its text."""

    columns: tuple[str, ...]
    text: str

    @property
    def length(self) -> int:
        """How many lines it has: what a progress bar can count on."""
        return self.text.count("\n") + 1

    def rows(self) -> Iterator[CsvRow]:
        """Every row after the header; blank lines are passed over."""
        csv.field_size_limit(CELL_MOST)
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        next(reader)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield CsvRow(line, problem="row_unreadable")
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(self.columns):
                yield CsvRow(line, problem="row_cells_differ")
                continue
            yield CsvRow(line, dict(zip(self.columns, cells, strict=True)))


def read_file(path: Path) -> CsvFile:
    """A file, decoded, with its header; raises `RuleBroken` when nothing can be done with it."""
    try:
        if path.stat().st_size > FILE_MOST:
            raise RuleBroken("file_too_large", most=FILE_MOST // 1024 // 1024)
        raw = path.read_bytes()
    except OSError:
        raise RuleBroken("file_unreadable") from None
    if not raw.strip():
        raise RuleBroken("file_empty")
    text = decode(raw)
    csv.field_size_limit(CELL_MOST)
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (csv.Error, StopIteration):
        raise RuleBroken("file_not_csv") from None
    return CsvFile(tuple(name.strip().lower() for name in header), text)


def decode(raw: bytes) -> str:
    """The text; bytes that belong to no known encoding become lone surrogates, so that only their row is refused.

    GB18030 reads nearly anything, so a file that is UTF-8 but for a few bytes stays UTF-8.
    """
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise RuleBroken("file_not_csv")
    plain = raw.removeprefix(b"\xef\xbb\xbf")
    text = plain.decode("utf-8", "surrogateescape")
    broken = sum("\ud800" <= c <= "\udfff" for c in text)
    if broken and broken * 10 > sum(byte > 127 for byte in plain):
        return plain.decode("gb18030", "surrogateescape")
    return text
