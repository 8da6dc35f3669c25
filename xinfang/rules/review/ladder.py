"""Where does a matter stand on the review ladder, who may decide there, and until when? (articles 34–36; domain 2.6)

A request that comes late is registered and flagged, never refused: why it is late is a legal reviewer's word.
"""

from dataclasses import dataclass
from datetime import date, datetime

from xinfang.rules.clocks.due import Pause
from xinfang.rules.matters.codes import Outcome
from xinfang.rules.review.codes import LatenessWord, ReviewDecision, ReviewLevel

OPINION_OF = {ReviewLevel.FIRST: "first_review_opinion", ReviewLevel.SECOND: "second_review_opinion"}
OPINIONS = frozenset(OPINION_OF.values())


@dataclass(frozen=True)
class Review:
    """One request for a review and what came of it. `k` counts from 1 and is never used again.

    `organ`: the unit that reviews; "" where the reviewing organ sits above this house. `of`: whose decision is
    appealed. `appealed`: the number of that document. `asked_on`: the day of the request (its postmark). `late`: days
    after the thirty. `hearing`: the days of the hearing; those of a second review are not counted. `outcome`: how the
    opinion stands after a change.
    """

    k: int
    level: ReviewLevel
    organ: str
    of: frozenset[str]
    appealed: str
    asked_on: date
    asked_at: datetime
    late: int = 0
    lateness: LatenessWord | None = None
    hearing: tuple[Pause, ...] = ()
    decision: ReviewDecision | None = None
    outcome: Outcome | None = None
    document: str = ""
    decided_at: datetime | None = None
    served_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Not served yet: asked for, or decided and on its way."""
        return self.served_at is None

    @property
    def awaits_decision(self) -> bool:
        return self.decided_at is None

    @property
    def hearing_lasts(self) -> bool:
        return bool(self.hearing) and self.hearing[-1].until is None


def open_review(reviews: tuple[Review, ...]) -> Review | None:
    """The review that is not over; there is never more than one."""
    return next((review for review in reviews if review.is_open), None)


def last_served(reviews: tuple[Review, ...]) -> Review | None:
    """The newest review that reached the petitioner."""
    return next((review for review in reversed(reviews) if not review.is_open), None)


def final_review(reviews: tuple[Review, ...]) -> Review | None:
    """The 复核 after which the same facts and reasons are not accepted again (article 36): served, and not annulled."""
    last = last_served(reviews)
    if last is None or last.level is not ReviewLevel.SECOND or last.decision is ReviewDecision.ANNULLED:
        return None
    return last


def days_late(asked_on: date, until: date) -> int:
    """How many days after the last day a request came; none before it."""
    return max(0, (asked_on - until).days)
