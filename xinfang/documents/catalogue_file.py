"""A version of the catalogue as a file: YAML for another house to read, a sheet for people to look through.

The YAML is in the form of the shipped file. In the sheet every text is a string, so that nothing in it can become a
formula.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import xlsxwriter
import yaml
from django.utils.translation import gettext as _

from xinfang.labels.catalogue import CATALOGUE_FIELDS, OTHER_ROUTES, SHELF_FIELDS
from xinfang.labels.codes import word
from xinfang.labels.unit_functions import FUNCTIONS
from xinfang.queries.catalogue import elsewhere_names, in_words, shelf_names
from xinfang.queries.catalogue_versions import Held
from xinfang.rules.catalogue.versions import FIELDS
from xinfang.rules.matters.codes import Route

WIDE, NARROW = 40, 16
LONG_FIELDS = frozenset({"synonyms", "words", "example", "papers", "limit"})


class _Plain(yaml.SafeDumper):
    """Everything is written out: a reader of the file meets no anchors."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def as_yaml(held: Held) -> bytes:
    """Shelves and lines with their keys, in the form and the order of the shipped file."""
    document = {"shelves": [dict(row) for row in held.shelves], "items": [dict(row) for row in held.items]}
    return yaml.dump(document, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120).encode()


def as_sheet(held: Held, categories: Mapping[str, str]) -> bytes:
    """One sheet of lines and one of shelves, in the reader's language; `categories` are the names of the classes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold, top = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        lines = [[_cell(held, categories, item, name) for name in FIELDS] for item in held.items]
        heads = [str(CATALOGUE_FIELDS[name]) for name in FIELDS]
        _sheet(book.add_worksheet(_("事项")), heads, lines, (bold, top), [name in LONG_FIELDS for name in FIELDS])
        shelves = [[row["zh"], row["en"], row["eg"]["zh"], row["eg"]["en"]] for row in held.shelves]
        example = str(SHELF_FIELDS["eg"])
        heads = [str(SHELF_FIELDS["zh"]), str(SHELF_FIELDS["en"]), example, _("英文的一行例子")]
        _sheet(book.add_worksheet(_("货架")), heads, shelves, (bold, top), [False, False, True, True])
    return out.getvalue()


def _sheet(sheet: Any, heads: list[str], rows: Iterable[list[str]], looks: tuple[Any, Any], wide: list[bool]) -> None:
    bold, top = looks
    for column, (head, is_wide) in enumerate(zip(heads, wide, strict=True)):
        sheet.set_column(column, column, WIDE if is_wide else NARROW)
        sheet.write_string(0, column, head, bold)
    for place, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(place, column, text, top)
    sheet.freeze_panes(1, 1)


def _cell(held: Held, categories: Mapping[str, str], item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    words: Mapping[str, Any] = {
        "shelf": shelf_names(held), "category": categories, "units": FUNCTIONS, "elsewhere": elsewhere_names(),
    }.get(name, {})  # fmt: skip
    if name == "route":
        return str(OTHER_ROUTES.get(str(value)) or word(Route(str(value))))
    parts = value if isinstance(value, list | tuple) else [value]
    return "、".join(str(words.get(part, part)) if isinstance(part, str) else in_words(part) for part in parts)
