"""The review ladder: request, lateness, hearing, decision, service (articles 35, 36; domain 2.6, F-17)."""

from xinfang.rules.lifecycle.intake_moves import BUREAU, DIRECTORS, PETITIONER, SERVERS
from xinfang.rules.lifecycle.move import Move, Need, choice, code, day, stay, unit, user, words, yes_no
from xinfang.rules.matters.codes import Outcome, ServiceWay, Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role
from xinfang.rules.review.codes import LatenessWord, ReviewDecision

# An opinion can be reviewed wherever the matter has gone since: being closed or struck off takes no right away.
_AFTER = (
    Stage.HANDLING, Stage.OPINION_SERVED, Stage.EXECUTING, Stage.IMPLEMENTED, Stage.CLOSED, Stage.STRUCK_OFF,
    Stage.ARCHIVED,
)  # fmt: skip
_REVIEWERS = BUREAU | {Role.REVIEW_ORGAN}

ASK_REVIEW = Move(
    "ask_review", EventType.REVIEW_ASKED, stay(*_AFTER), PETITIONER, (Need.REVIEW_ASKABLE,), (words("reasons"),)
)
REGISTER_REVIEW = Move(
    "register_review",
    EventType.REVIEW_ASKED,
    stay(*_AFTER),
    SERVERS | DIRECTORS | {Role.REVIEW_ORGAN},
    (Need.REVIEW_ASKABLE,),
    (day("asked_on", required=False), unit("organ", required=False), words("reasons")),
)
NOTE_LATENESS = Move(
    "note_lateness",
    EventType.LATENESS_NOTED,
    stay(*_AFTER),
    _REVIEWERS,
    (Need.REVIEW_LATE,),
    (choice("lateness", LatenessWord), words("reason"), user("reviewed_by")),
)
OPEN_HEARING = Move(
    "open_hearing",
    EventType.HEARING_OPENED,
    stay(*_AFTER),
    _REVIEWERS,
    (Need.OWN_REVIEW, Need.NO_HEARING),
    (day("since"), words("chair", most=200), words("members", most=500), words("participants", most=1000)),
)
CLOSE_HEARING = Move(
    "close_hearing",
    EventType.HEARING_CLOSED,
    stay(*_AFTER),
    _REVIEWERS,
    (Need.OWN_REVIEW, Need.HEARING),
    (day("until"), words("record"), yes_no("published")),
)
DECIDE_REVIEW = Move(
    "decide_review",
    EventType.REVIEW_DECIDED,
    stay(*_AFTER),
    _REVIEWERS,
    (Need.OWN_REVIEW, Need.NO_HEARING, Need.LATENESS_SETTLED),
    (
        choice("decision", ReviewDecision),
        choice("outcome", Outcome, required=False),
        day("execute_by", required=False),
        words("findings"),
        words("legal_basis"),
        words("opinion"),
        code("document"),
    ),
)
SERVE_REVIEW = Move(
    "serve_review",
    EventType.REVIEW_SERVED,
    stay(*_AFTER),
    SERVERS | {Role.REVIEW_ORGAN},
    (Need.REVIEW_DECIDED,),
    (choice("way", ServiceWay), day("noticed_on", required=False)),
)

REVIEW_MOVES: tuple[Move, ...] = (
    ASK_REVIEW, REGISTER_REVIEW, NOTE_LATENESS, OPEN_HEARING, CLOSE_HEARING, DECIDE_REVIEW, SERVE_REVIEW,
)  # fmt: skip
