"""Learn anew, on request, from the matters that people here have confirmed; somebody then puts it to use, or does not.

Source: stack, "ML": suggestion only, from the deployment's own confirmed matters. Nothing is ever learned or put to use
by itself. Asked for on a page, it is done by the worker: claimed for a while, so that a death in between loses nothing.
"""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from xinfang.gateways.learning import learn
from xinfang.models import Installation, Lesson, LessonUse
from xinfang.models.protection import piece_mark
from xinfang.queries.catalogue import lines
from xinfang.queries.learning import examples
from xinfang.queries.lessons import in_use
from xinfang.rules.catalogue.lessons import FEWEST, WORDS_ALONE, Figures, LessonState, apart, measured
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people import administration as may
from xinfang.rules.people.seats import SYSTEM, Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import record

LEASE = timedelta(minutes=20)
MOST_TRIES = 3


@transaction.atomic
def ask(*, by: Actor, at: datetime) -> Lesson:
    """Ask the worker to learn; one at a time."""
    may.require(may.may_teach(by))
    Installation.objects.select_for_update().get(pk=1)
    if Lesson.objects.filter(state=LessonState.WAITING).exists():
        raise RuleBroken("lesson_waiting")
    newest = Lesson.objects.aggregate(newest=Max("number"))["newest"] or WORDS_ALONE
    row = Lesson.objects.create(number=newest + 1, asked_by=by.user_id or 0, asked_at=at, figures={"matters": 0})
    record(HouseEvent.LEARNING_ASKED, {"lesson": row.pk}, by=by, at=at)
    return row


@transaction.atomic
def claim(*, at: datetime) -> Lesson | None:
    """Take the lesson that waits, for a while; one that was begun three times in vain has failed."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    rows = Lesson.objects.select_for_update(skip_locked=True)
    row = rows.filter(free, state=LessonState.WAITING).first()
    if row is None:
        return None
    if row.tries >= MOST_TRIES:
        row.state, row.leased_until = LessonState.FAILED, None
        row.save()
        record(HouseEvent.LEARNING_FAILED, {"lesson": row.pk}, by=SYSTEM, at=at)
        return None
    row.tries, row.leased_until = row.tries + 1, at + LEASE
    row.save()
    return row


def teach(*, lesson: Lesson, at: datetime) -> Lesson:
    """Learn from the older matters, ask the newest ones, and write both down; nothing is put to use by it."""
    known = examples()
    taught, asked = apart(known)
    learned = learn(taught, piece_mark) if len(known) >= FEWEST else learn([])
    if not learned.categories:
        return _write(lesson, LessonState.TOO_FEW, Figures(len(known)), None, at)
    figures = measured(lines().on(local_day(at)), learned, asked, matters=len(known), taught=len(taught))
    return _write(lesson, LessonState.LEARNED, figures, lesson.seal(learned), at)


@transaction.atomic
def _write(lesson: Lesson, state: LessonState, figures: Figures, content: bytes | None, at: datetime) -> Lesson:
    row = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if row.state != LessonState.WAITING:
        return row
    row.state, row.figures, row.sealed, row.learned_at, row.leased_until = (
        state,
        figures.as_numbers(),
        content,
        at,
        None,
    )
    row.digest = hashlib.sha256(content).hexdigest() if content else ""
    row.save()
    told = {"lesson": row.pk, "result": state.value, "digest": row.digest, **row.figures}
    record(HouseEvent.SUGGESTIONS_LEARNED, told, by=SYSTEM, at=at)
    return row


@transaction.atomic
def use(*, number: int, by: Actor, at: datetime) -> LessonUse:
    """Weigh suggestions with what was learned this time, or, for 0, go back to the words of the catalogue alone."""
    may.require(may.may_teach(by))
    Installation.objects.select_for_update().get(pk=1)
    before = in_use().number
    row = Lesson.objects.filter(pk=number, state=LessonState.LEARNED).first()
    if row is None and number != WORDS_ALONE:
        raise RuleBroken("lesson_unknown")
    if number == before:
        raise RuleBroken("lesson_used_already")
    used = LessonUse.objects.create(lesson=row, by=by.user_id or 0, at=at)
    record(HouseEvent.LESSON_USED, {"lesson": number, "before": before}, by=by, at=at)
    return used


@transaction.atomic
def leave(*, number: int, by: Actor, at: datetime) -> None:
    """Do without what was learned this time: it is removed, its figures stay."""
    may.require(may.may_teach(by))
    Installation.objects.select_for_update().get(pk=1)
    row = Lesson.objects.filter(pk=number, state=LessonState.LEARNED).first()
    if row is None:
        raise RuleBroken("lesson_unknown")
    if in_use().number == number:
        raise RuleBroken("lesson_in_use")
    row.state, row.sealed = LessonState.LEFT, None
    row.save()
    record(HouseEvent.LESSON_LEFT, {"lesson": number}, by=by, at=at)
