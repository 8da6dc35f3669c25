"""Workbooks from outside: looked at before they are opened, and opened only in a small process that may break."""

import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xinfang.gateways import sheet_child
from xinfang.rules.intake.batch_cells import Cell
from xinfang.rules.refusals import RuleBroken

FILE_MOST = 20 * 1024 * 1024
UNPACKED_MOST = 200 * 1024 * 1024
PARTS_MOST = 2_000
PATIENCE = 40
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ACTIVE = ("vbaproject.bin", "macrosheets/", "activex/", "embeddings/")


@dataclass(frozen=True)
class Workbook:
    """The cells of a workbook by sheet; rows and columns count from 0."""

    sheets: dict[str, list[list[Cell]]]


def read_workbook(path: Path) -> Workbook:
    """A workbook's values; raises `RuleBroken` for what is no workbook, too large, a bomb, or carries macros."""
    _look_first(path)
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter on our own file; the path is one argument
            [sys.executable, "-I", sheet_child.__file__, str(path.resolve())],
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuleBroken("file_too_heavy") from None
    if done.returncode == 3:
        raise RuleBroken("file_not_workbook")
    if done.returncode != 0:
        raise RuleBroken("file_too_heavy")
    sheets = json.loads(done.stdout)
    return Workbook({name: [[_cell(pair) for pair in row] for row in rows] for name, rows in sheets.items()})


def _look_first(path: Path) -> None:
    try:
        if path.stat().st_size > FILE_MOST:
            raise RuleBroken("file_too_large", most=FILE_MOST // 1024 // 1024)
        with path.open("rb") as file:
            head = file.read(8)
    except OSError:
        raise RuleBroken("file_unreadable") from None
    if head.startswith(OLD_EXCEL):
        raise RuleBroken("file_old_excel")
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise RuleBroken("file_not_workbook") from None
    if len(parts) > PARTS_MOST or sum(part.file_size for part in parts) > UNPACKED_MOST:
        raise RuleBroken("file_too_heavy")
    names = [part.filename.lower() for part in parts]
    if "[content_types].xml" not in names:
        raise RuleBroken("file_not_workbook")
    if any(word in name for name in names for word in ACTIVE):
        raise RuleBroken("file_has_macros")


def _cell(pair: list[Any] | None) -> Cell:
    if pair is None:
        return None
    kind, value = pair
    if kind == "moment":
        return datetime.fromisoformat(value)
    if kind == "day":
        return date.fromisoformat(value)
    found: Cell = value
    return found
