"""The parts of units in one matter: who leads, who works along, what was objected to and how it was ruled (B-04)."""

from dataclasses import dataclass
from datetime import date, datetime

from xinfang.rules.matters.codes import AssignMode, RuledBy, TaskPart


@dataclass(frozen=True)
class Task:
    """The part of one unit in a matter; `k` counts from 1 and is never used again. `document`: the letter, if any.

    A part that was sent back to be done again is a new one that `follows` the first: what was done when stays as it
    was. `returns`: how often it was sent back so far. `ruled`: given or kept by a ruling, no longer open to objection.
    `told_in`: the event and the row in it that say what the unit is asked to do.
    """

    k: int
    unit: str
    part: TaskPart
    mode: AssignMode
    assigned_at: datetime
    due_on: date | None = None
    signed_at: datetime | None = None
    handler: int | None = None
    done_at: datetime | None = None
    returned_at: datetime | None = None
    sent_back: bool = False
    document: str = ""
    follows: int = 0
    returns: int = 0
    ruled: bool = False
    called_off: bool = False
    told_in: tuple[int, int] = (0, 0)
    urged_at: tuple[datetime, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.returned_at is None


@dataclass(frozen=True)
class Objection:
    """One objection to a part, and the ruling on it, which is a precedent for the next matter of its kind.

    `k` counts from 1; `task` is the part objected to. `seq`: the event of the ruling. `instead`: who was given it.
    `item` and `category`: what the matter was about when it was ruled (the catalogue's line, the content class).
    """

    k: int
    task: int
    at: datetime
    decided_at: datetime | None = None
    seq: int = 0
    upheld: bool = False
    ruled_by: RuledBy | None = None
    document: str = ""
    instead: str = ""
    item: str = ""
    category: str = ""

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


def what_name(place: int) -> str:
    """The name of the words that say what the unit in this row of an assignment (from 1) is asked to do."""
    return f"what_{place}"
