"""The shipped classes of content, in the reader's language."""

from functools import cache
from typing import Any

from django.utils.translation import get_language

from xinfang.policies import shipped


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    document = shipped("categories.yaml")
    below: dict[str, list[dict[str, Any]]] = {}
    for row in document["subcategories"]:
        below.setdefault(row["parent"], []).append(row)
    return tuple(
        {**row, "parent": row.get("parent", "")}
        for top in document["categories"]
        for row in (top, *below.get(top["code"], ()))
    )


def _words(row: dict[str, Any]) -> str:
    return str(row["en"] if (get_language() or "").startswith("en") else row["zh"])


def categories() -> list[tuple[str, str]]:
    """Code and words of every class, each followed by its subclasses."""
    return [(row["code"], f"　{_words(row)}" if row["parent"] else _words(row)) for row in _rows()]


def category_word(code: str) -> str:
    """The words of a class; the code itself where it is one's own or older."""
    return next((_words(row) for row in _rows() if row["code"] == code), code)
