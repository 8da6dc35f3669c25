"""How does a table look on a terminal? Columns lined up, a Chinese character as wide as two letters."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1 for c in text
    )


def plain_table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Lines of a table; the columns numbered in `right` are numbers and end at the same place."""
    columns = max((len(row) for row in rows), default=0)
    widest = [max((width(row[n]) for row in rows if n < len(row)), default=0) for n in range(columns)]
    return ["  ".join(_cell(text, widest[n], n in right) for n, text in enumerate(row)).rstrip() for row in rows]


def _cell(text: str, wide: int, to_the_right: bool) -> str:
    blank = " " * (wide - width(text))
    return blank + text if to_the_right else text + blank
