"""Is a line of the catalogue, as somebody typed it, fit to stand in it? Everything that is wrong is said at once.

Whoever runs the house writes it in plain words; English may stay empty, the Chinese words then stand for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xinfang.rules.catalogue.lines import ACCUSATION, SERVICE
from xinfang.rules.lifecycle.values import parse_day, tidy
from xinfang.rules.matters.codes import Route
from xinfang.rules.refusals import RuleBroken

NAME_MOST, TERM_MOST, SENTENCE_MOST = 20, 20, 120
MOST_SYNONYMS, MOST_WORDS, MOST_PAPERS = 30, 200, 12
ROUTES = (*(route.value for route in Route), SERVICE)
UNITS = ("unit1", "unit2", "unit3")
_APART = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True)
class Codes:
    """What may be chosen: shelves, classes, functions of units, bodies outside the district."""

    shelves: frozenset[str]
    categories: frozenset[str]
    functions: frozenset[str]
    elsewhere: frozenset[str]


@dataclass(frozen=True)
class CheckedLine:
    """The line as a version keeps it, as far as it is sound, and one refusal for each field that is not."""

    item: dict[str, Any]
    refusals: tuple[RuleBroken, ...]


def typed(item: Mapping[str, Any]) -> dict[str, Any]:
    """A line of a version as the fields of its form."""
    units = dict(zip(UNITS, item["units"], strict=False))
    return {
        "zh": item["zh"],
        "en": item["en"],
        "synonyms": "、".join(item["synonyms"]),
        "words": "、".join(item.get("words", ())),
        "example": item["example"]["zh"],
        "example_en": item["example"]["en"],
        "papers": "\n".join(paper["zh"] for paper in item["papers"]),
        "papers_en": "\n".join(paper["en"] for paper in item["papers"]),
        "limit": item["limit"]["zh"],
        "limit_en": item["limit"]["en"],
        **{name: item[name] for name in ("shelf", "category", "route", "elsewhere")},
        **{name: item.get(name, "") for name in ("from_on", "until_on")},
        **units,
    }


def checked(values: Mapping[str, Any], codes: Codes, *, key: str, accusing: bool = False) -> CheckedLine:
    """Read a line as it was typed. The door of accusations stays that door, and nothing else becomes one."""
    reading = Reading(values)
    routes = frozenset({ACCUSATION}) if accusing else frozenset(ROUTES)
    zh = reading.text("zh", NAME_MOST, needed=True)
    example = reading.text("example", SENTENCE_MOST, needed=True)
    limit = reading.text("limit", SENTENCE_MOST, needed=True)
    item = {
        "key": key,
        "shelf": reading.choice("shelf", codes.shelves),
        "zh": zh,
        "en": reading.text("en", SENTENCE_MOST) or zh,
        "synonyms": reading.terms("synonyms", MOST_SYNONYMS),
        "words": reading.terms("words", MOST_WORDS),
        "example": {"zh": example, "en": reading.text("example_en", 2 * SENTENCE_MOST) or example},
        "units": reading.units(codes.functions),
        "elsewhere": reading.several("elsewhere", codes.elsewhere),
        "route": reading.choice("route", routes),
        "papers": reading.papers(),
        "limit": {"zh": limit, "en": reading.text("limit_en", 3 * SENTENCE_MOST) or limit},
        "category": reading.choice("category", codes.categories),
        **reading.days(),
    }
    return CheckedLine(item, tuple(reading.refusals))


class Reading:
    """The typed values, and what is wrong with them so far."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.refusals: list[RuleBroken] = []

    def _refuse(self, code: str, field: str, **facts: Any) -> None:
        self.refusals.append(RuleBroken(code, field=field, **facts))

    def text(self, name: str, most: int, *, needed: bool = False) -> str:
        text = " ".join(tidy(str(self.values.get(name) or "")).split())
        if needed and not text:
            self._refuse("field_required", name)
        if len(text) > most:
            self._refuse("text_too_long", name, most=most)
        return text

    def terms(self, name: str, most: int) -> list[str]:
        """Words set apart by commas or lines, each once."""
        parts = (" ".join(part.split()) for part in _APART.split(tidy(str(self.values.get(name) or ""))))
        found = list(dict.fromkeys(part for part in parts if part))
        if len(found) > most:
            self._refuse("too_many_words", name, most=most)
        if any(len(part) > TERM_MOST for part in found):
            self._refuse("word_too_long", name, most=TERM_MOST)
        return found

    def choice(self, name: str, known: frozenset[str]) -> str:
        code = str(self.values.get(name) or "")
        if code not in known:
            self._refuse("choice_unknown", name)
        return code

    def several(self, name: str, known: frozenset[str]) -> list[str]:
        codes = list(dict.fromkeys(map(str, self.values.get(name) or ())))
        if not known.issuperset(codes):
            self._refuse("choice_unknown", name)
        return codes

    def units(self, functions: frozenset[str]) -> list[str]:
        """Who may lead, the likeliest first; at least one."""
        chosen = {name: str(self.values.get(name) or "") for name in UNITS}
        if not any(chosen.values()):
            self._refuse("field_required", UNITS[0])
        for name, code in chosen.items():
            if code and code not in functions:
                self._refuse("choice_unknown", name)
        return list(dict.fromkeys(code for code in chosen.values() if code))

    def papers(self) -> list[dict[str, str]]:
        """One paper a line; the English lines stand in the same order, and a missing one is the Chinese."""
        chinese, english = (
            [line.strip() for line in tidy(str(self.values.get(name) or "")).split("\n")]
            for name in ("papers", "papers_en")
        )
        chinese = [line for line in chinese if line]
        english = [line for line in english if line]
        if len(chinese) > MOST_PAPERS:
            self._refuse("too_many_words", "papers", most=MOST_PAPERS)
        if any(len(line) > SENTENCE_MOST for line in chinese):
            self._refuse("word_too_long", "papers", most=SENTENCE_MOST)
        english += chinese[len(english) :]
        return [{"zh": zh, "en": en[:SENTENCE_MOST]} for zh, en in zip(chinese, english, strict=False)]

    def days(self) -> dict[str, str]:
        """The first and the last day, where there are any."""
        found: dict[str, date] = {}
        for name in ("from_on", "until_on"):
            if not self.values.get(name):
                continue
            try:
                found[name] = parse_day(name, self.values[name])
            except RuleBroken as refusal:
                self.refusals.append(refusal)
        if len(found) > 1 and found["until_on"] < found["from_on"]:
            self._refuse("dates_reversed", "until_on")
        return {name: day.isoformat() for name, day in found.items()}
