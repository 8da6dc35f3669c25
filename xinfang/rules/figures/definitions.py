"""Which figures are there, and what exactly does each count? The founding text's five and the catalogue of domain 9.5.

A definition is data: numerator and denominator are conditions on the marks of a matter, so that a number, the list
behind it and a recount can only agree. Changing what a figure counts raises its version.
"""

from dataclasses import dataclass
from enum import StrEnum

from xinfang.rules.figures.marks import ANSWER_DAYS, NONE, Mark


class Counted(StrEnum):
    """What is counted: matters, or the items of assigned batches (交办件 are not 信访事项)."""

    MATTERS = "matters"
    ITEMS = "items"


class Block(StrEnum):
    """Where a figure stands on the page."""

    ARTICLE = "article"
    LEDGER = "ledger"
    HOUSE = "house"
    STATUTE = "statute"
    OLD_ANSWERS = "old_answers"


@dataclass(frozen=True)
class Part:
    """A condition on marks: every one of `all`, at least one of `any` (if given), none of `bar`."""

    all: Mark = NONE
    any: Mark = NONE
    bar: Mark = NONE

    def holds(self, marks: Mark) -> bool:
        return marks & self.all == self.all and (not self.any or bool(marks & self.any)) and not marks & self.bar

    def and_also(self, mark: Mark) -> "Part":
        return Part(self.all | mark, self.any, self.bar)


@dataclass(frozen=True)
class Definition:
    """One figure. Without a denominator it is a plain count. `cohort` is the code of who is looked at."""

    code: str
    block: Block
    numerator: Part
    denominator: Part | None
    cohort: str
    counted: Counted = Counted.MATTERS
    decimals: int = 2
    version: int = 1


PROVINCE_LETTERS = Mark.PROVINCE_LETTER | Mark.PROVINCE_MAILBOX
_RECEPTION = Part(all=Mark.PROVINCE_RECEPTION)
_LETTERS = Part(any=PROVINCE_LETTERS)
_REGISTERED = Part(all=Mark.REGISTERED)
_OWN = Part(all=Mark.REGISTERED, bar=Mark.IMPORTED)


def _of(code: str, block: Block, cohort: str, base: Part, mark: Mark) -> Definition:
    """A share of a group of matters that carry one mark more."""
    return Definition(code, block, base.and_also(mark), base, cohort)


def _on_time(code: str, block: Block, in_time: Mark, late: Mark, overdue: Mark) -> Definition:
    """In time ÷ everything whose moment came: in time, late, or open past it."""
    return Definition(
        code,
        block,
        Part(all=in_time, bar=late | overdue | Mark.IMPORTED),
        Part(any=in_time | late | overdue, bar=Mark.IMPORTED),
        "due",
    )


ARTICLE: tuple[Definition, ...] = (
    Definition("R-1", Block.ARTICLE, Part(all=Mark.RESOLVED), Part(), "batch_items", counted=Counted.ITEMS, decimals=1),
    _of("R-2R", Block.ARTICLE, "province_reception", _RECEPTION, Mark.CLOSED),
    _of("R-3", Block.ARTICLE, "closed_of_reception", _RECEPTION.and_also(Mark.CLOSED), Mark.AT_REST),
    Definition("L-1", Block.ARTICLE, _LETTERS, None, "province_letters"),
    Definition("L-1P", Block.ARTICLE, Part(all=Mark.PROVINCE_LETTER), None, "province_letters"),
    Definition("L-1M", Block.ARTICLE, Part(all=Mark.PROVINCE_MAILBOX), None, "province_letters"),
    _of("R-2L", Block.ARTICLE, "province_letters", _LETTERS, Mark.CLOSED),
)
LEDGER: tuple[Definition, ...] = (
    _of("R-4", Block.LEDGER, "registered", _REGISTERED, Mark.STRUCK_OFF),
    Definition("R-4O", Block.LEDGER, Part(all=Mark.REGISTERED, bar=Mark.STRUCK_OFF), None, "registered"),
    Definition("R-3R", Block.LEDGER, _RECEPTION.and_also(Mark.CLOSED | Mark.AT_REST), _RECEPTION, "province_reception"),
    _of("V-3", Block.LEDGER, "registered_here", _OWN, Mark.SOLVED_SAME_DAY),
)
HOUSE: tuple[Definition, ...] = (
    _on_time("K-1", Block.HOUSE, Mark.C1_IN_TIME, Mark.C1_LATE, Mark.C1_OVERDUE),
    _on_time("K-3", Block.HOUSE, Mark.C3_IN_TIME, Mark.C3_LATE, Mark.C3_OVERDUE),
    _on_time("K-7", Block.HOUSE, Mark.C7_IN_TIME, Mark.C7_LATE, Mark.C7_OVERDUE),
    _on_time("K-M", Block.HOUSE, Mark.CM_IN_TIME, Mark.CM_LATE, Mark.CM_OVERDUE),
)
STATUTE: tuple[Definition, ...] = (
    _on_time("P-1", Block.STATUTE, Mark.TOLD_IN_TIME, Mark.TOLD_LATE, Mark.TOLD_OVERDUE),
    _on_time("P-2", Block.STATUTE, Mark.OPINION_IN_TIME, Mark.OPINION_LATE, Mark.OPINION_OVERDUE),
    Definition(
        "F-1",
        Block.STATUTE,
        Part(any=Mark.STATUTE_BROKEN | Mark.STATUTE_OVERDUE, bar=Mark.IMPORTED),
        None,
        "registered_here",
    ),
)
OLD_ANSWERS: tuple[Definition, ...] = tuple(
    _of(f"A-{days}", Block.OLD_ANSWERS, "old_answers", Part(all=Mark.OLD_ANSWER), mark)
    for days, mark in ANSWER_DAYS.items()
)
DEFINITIONS: tuple[Definition, ...] = (*ARTICLE, *LEDGER, *HOUSE, *STATUTE, *OLD_ANSWERS)
BY_CODE: dict[str, Definition] = {definition.code: definition for definition in DEFINITIONS}
# What never counts: a matter that stands for another one now, and one whose batch was taken back.
OUT = Mark.MERGED | Mark.REVOKED
