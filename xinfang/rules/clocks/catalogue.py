"""Which time limits does the house know, counted how, and on what legal basis?

Source: `policies/deadline_rules.json`; each rule names its own title and article.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from xinfang.rules.clocks.calendar import iso_day
from xinfang.rules.clocks.due import LONGEST, Count


class Measure(StrEnum):
    """How the end of a rule's period is found: by `due`, the day one of 13710, month after month, or hours."""

    DAY_ONE = "D1"
    CAL_D = "CAL-D"
    CAL_M = "CAL-M"
    CAL_Y = "CAL-Y"
    WD = "WD"
    EVERY_CAL_M = "CAL-M*k"
    HOUR = "HOUR"


COUNTS = {
    Measure.CAL_D: Count.CAL_D,
    Measure.CAL_M: Count.CAL_M,
    Measure.CAL_Y: Count.CAL_Y,
    Measure.WD: Count.WD,
    Measure.EVERY_CAL_M: Count.CAL_M,
}


class Whose(StrEnum):
    """Whom a limit binds, and so what becomes of it when it passes.

    HOUSE: our own discipline; ORGAN: the law's limit for whoever handles petitions; PETITIONER: a right of the
    petitioner that lapses, while we handle too; OTHER: a court, a committee, an authority beside us.
    """

    HOUSE = "house"
    ORGAN = "organ"
    PETITIONER = "petitioner"
    OTHER = "other"


class PauseGround(StrEnum):
    """The only things for which a law takes days out of a period: 听证 (article 36) and 鉴定 (medical disputes)."""

    HEARING = "hearing"
    EXPERTISE = "expertise"


WORDS = frozenset({"id", "name", "trigger", "confidence", "scope", "note"})
FIELDS = WORDS | {"rule", "n", "basis", "valid_from", "whose", "pauses_for"}
MAY_HAVE = frozenset({"hint_of"})
# One day is the first day; what may wait longer than three days is counted in days.
OTHERWISE_LONGEST = {Measure.DAY_ONE: 1, Measure.HOUR: 72}
# These begin with what happens in a matter; every other rule begins with a day that somebody tells us.
OF_ITSELF = frozenset(
    {"XF-REG15", "XF-TELL15", "XF-TELL15T", "XF-OBJ5", "XF-DO60", "XF-EXT30", "XF-FC-REQ30", "XF-FC30", "XF-FH-REQ30",
     "XF-FH30", "XF-URG",
     "13710-1", "13710-3", "13710-7", "13710-1M", "13710-MF", "HF-BAD1",
     "HF-RUL5", "HF-RST12"}
)  # fmt: skip
CONFIDENCES = ("source", "article", "knowledge-medium", "design")


@dataclass(frozen=True, slots=True)
class Basis:
    title: str
    article: str


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A time limit as it is written down; the words are Chinese, because they are quoted to people.

    valid_from: triggers before this day are outside the rule; None if the rule has no such day.
    confidence: `source` (read in the act), `article` (read in the founding text), `knowledge-medium` (from memory, to
    be checked against the act) or `design` (a length that no act gives, set by the house).
    hint_of: the rule whose clock it only hints at, for a budget that binds nobody; "" for every limit.
    """

    id: str
    name: str
    trigger: str
    rule: Measure
    n: int
    basis: Basis
    valid_from: date | None
    confidence: str
    scope: str
    note: str
    whose: Whose
    pauses_for: PauseGround | None
    hint_of: str = ""

    @property
    def is_noted(self) -> bool:
        """Whether it runs on a matter only from a day that somebody notes."""
        return self.id not in OF_ITSELF and not self.hint_of

    @property
    def count(self) -> Count | None:
        """What `n` is counted in by `due`; None for D1 and hours, whose end `hours` finds."""
        return COUNTS.get(self.rule)

    @property
    def repeats(self) -> bool:
        """Whether there is a k-th period too, ending k times `n` after the trigger, until the matter is struck off."""
        return self.rule is Measure.EVERY_CAL_M

    def applies_on(self, day: date) -> bool:
        return self.valid_from is None or self.valid_from <= day


def read(document: Any) -> dict[str, DeadlineRule]:
    """The rules of a JSON list by their id, in its order; raises ValueError with a sentence about the rule at fault."""
    if not isinstance(document, list):
        raise ValueError("deadline rules must be a list")  # noqa: TRY004 - the document is at fault, not a caller
    rules: dict[str, DeadlineRule] = {}
    for place, entry in enumerate(document, start=1):
        try:
            rule = _rule(entry)
        except ValueError as wrong:
            raise ValueError(f"deadline rule {place}: {wrong}") from wrong
        if rule.id in rules:
            raise ValueError(f"deadline rule {place}: {rule.id} is given twice")
        rules[rule.id] = rule
    for place, rule in enumerate(rules.values(), start=1):
        if rule.hint_of and (rule.hint_of not in rules or rule.count is None):
            raise ValueError(f"deadline rule {place}: a hint is counted in days or months and names another rule")
    return rules


def _rule(entry: Any) -> DeadlineRule:
    if not isinstance(entry, Mapping) or set(entry) - MAY_HAVE != FIELDS:
        raise ValueError(f"it must have exactly the fields {', '.join(sorted(FIELDS))}")
    measure = _measure(entry["rule"])
    return DeadlineRule(
        **{field: _text(entry, field) for field in WORDS},
        rule=measure,
        n=_length(measure, entry["n"]),
        basis=_basis(entry["basis"]),
        valid_from=None if entry["valid_from"] is None else iso_day(entry["valid_from"]),
        whose=Whose(_one_of(entry, "whose", list(Whose))),
        pauses_for=_pause(entry, measure),
        hint_of=_text(entry, "hint_of") if "hint_of" in entry else "",
    )


def _one_of(entry: Mapping[str, Any], field: str, known: list[Any]) -> str:
    value = entry[field]
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{field} must be one of {', '.join(known)}")
    return value


def _pause(entry: Mapping[str, Any], measure: Measure) -> PauseGround | None:
    if entry["pauses_for"] == "":
        return None
    if measure not in {Measure.CAL_D, Measure.WD}:
        raise ValueError("only a period of days can be paused")
    return PauseGround(_one_of(entry, "pauses_for", list(PauseGround)))


def _text(entry: Mapping[str, Any], field: str) -> str:
    words = entry[field]
    if not isinstance(words, str) or (not words and field != "note"):
        raise ValueError(f"{field} must be text")
    if field == "confidence" and words not in CONFIDENCES:
        raise ValueError(f"confidence must be one of {', '.join(CONFIDENCES)}")
    return words


def _measure(value: Any) -> Measure:
    if not isinstance(value, str) or value not in list(Measure):
        raise ValueError(f"rule must be one of {', '.join(Measure)}")
    return Measure(value)


def _length(measure: Measure, n: Any) -> int:
    longest = LONGEST[COUNTS[measure]] if measure in COUNTS else OTHERWISE_LONGEST[measure]
    if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= longest:
        raise ValueError(f"n must be a whole number from 1 to {longest}")
    return n


def _basis(value: Any) -> Basis:
    if not isinstance(value, Mapping) or set(value) != {"title", "article"}:
        raise ValueError("basis must have exactly title and article")
    title, article = value["title"], value["article"]
    if not isinstance(title, str) or not title or not isinstance(article, str):
        raise ValueError("basis must give its title, and its article or an empty text")
    return Basis(title, article)
