"""Every row of every access table, one for each address of the product."""

from importlib import import_module
from pathlib import Path

from tests.web.access_table import Row


def _rows() -> list[Row]:
    files = sorted(Path(__file__).parent.glob("access_*.py"))
    found = [import_module(f"tests.web.{file.stem}") for file in files]
    return [row for module in found for row in getattr(module, "ROWS", ())]


ROWS = _rows()
