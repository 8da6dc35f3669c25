"""Learn anew, on request, from the matters that people here have confirmed; suggestions are weighed with it then.

Source: stack, "ML": suggestion only, from the deployment's own confirmed matters. Nothing is ever learned by itself.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from xinfang.gateways.learned_file import keep
from xinfang.gateways.learning import learn
from xinfang.queries.learning import examples
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people import administration as may
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import record


@dataclass(frozen=True)
class Lesson:
    """From how many matters, of which categories, how many pieces of words; the hash of the file that holds it."""

    matters: int
    categories: tuple[str, ...]
    pieces: int
    digest: str


@transaction.atomic
def learn_anew(*, by: Actor, at: datetime) -> Lesson:
    """Put what the confirmed matters teach in place of what was learned before; whoever holds the machine may."""
    may.require(may.is_system(by))
    learned = learn(examples())
    if not learned.categories:
        raise RuleBroken("too_little_to_learn")
    digest = keep(learned)
    lesson = Lesson(learned.matters, learned.categories, len(learned.weights), digest)
    record(
        HouseEvent.SUGGESTIONS_LEARNED,
        {"matters": lesson.matters, "categories": list(lesson.categories), "pieces": lesson.pieces, "digest": digest},
        by=by,
        at=at,
    )
    return lesson
