"""What was learned, how good it was on matters that taught nothing, and which of it is in use?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.exceptions import InvalidTag

from xinfang.models import Lesson, LessonUse, User
from xinfang.rules.catalogue.learned import NOTHING_LEARNED, Learned
from xinfang.rules.catalogue.lessons import WORDS_ALONE, Figures, LessonState

LISTED = 20


@dataclass(frozen=True)
class Shown:
    """One lesson as a list shows it; the name is that of who asked for it, "" for the house itself."""

    row: Lesson
    figures: Figures
    asked_by: str
    in_use: bool


@dataclass(frozen=True)
class Used:
    """Since when, and by whom, which lesson is in use; 0 is the words alone."""

    number: int
    by: str = ""
    at: datetime | None = None


def learned() -> Learned:
    """What suggestions are weighed with; nothing where the words alone are in use. One statement."""
    newest = LessonUse.objects.order_by("-pk").values_list("lesson", "lesson__digest").first()
    return _kept(*newest) if newest and newest[0] else NOTHING_LEARNED


@lru_cache(maxsize=2)
def _kept(number: int, _digest: str) -> Learned:
    try:
        return Lesson.objects.get(pk=number).learned()
    except InvalidTag:
        return NOTHING_LEARNED


def in_use() -> Used:
    """Which lesson suggestions are weighed with."""
    newest = LessonUse.objects.order_by("-pk").first()
    if newest is None:
        return Used(WORDS_ALONE)
    return Used(newest.lesson_id or WORDS_ALONE, _names([newest.by]).get(newest.by, ""), newest.at)


def waiting() -> Lesson | None:
    """The lesson that waits for the worker."""
    return Lesson.objects.defer("sealed").filter(state=LessonState.WAITING).first()


def is_due(at: datetime) -> bool:
    """Does one wait that nobody is working at?"""
    row = waiting()
    return row is not None and (row.leased_until is None or row.leased_until <= at)


def lessons() -> list[Shown]:
    """The newest first."""
    rows = list(Lesson.objects.defer("sealed").order_by("-pk")[:LISTED])
    names, used = _names([row.asked_by for row in rows]), in_use().number
    return [Shown(row, Figures.of(row.figures), names.get(row.asked_by, ""), row.pk == used) for row in rows]


def _names(users: Sequence[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
