"""The end: call-back, the four closing facts, the petitioner's own statements, strike-off, reopening (domain 9.3)."""

from xinfang.rules.lifecycle.intake_moves import (
    BUREAU,
    DIRECTORS,
    MOST_YUAN,
    ORGAN,
    PETITIONER,
    SERVERS,
    STATION,
    UNIT_PEOPLE,
)
from xinfang.rules.lifecycle.move import (
    Move,
    Need,
    choice,
    code,
    day,
    matter,
    number,
    stay,
    to,
    unit,
    user,
    words,
    yes_no,
)
from xinfang.rules.matters.codes import (
    UNFINISHED,
    CallOutcome,
    Grade,
    LinkKind,
    RatedOrgan,
    ReopenGround,
    ServiceWay,
    Stage,
)
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

NEUTRAL = frozenset({Role.CALLER, Role.PETITION_BUREAU})
_RUNNING = tuple(sorted(UNFINISHED))
_ENDED = (Stage.CLOSED, Stage.STRUCK_OFF, Stage.ARCHIVED)
_ANY = tuple(sorted(Stage))
_WITH_RESULT = (
    Stage.OPINION_SERVED, Stage.EXECUTING, Stage.IMPLEMENTED, Stage.CHANNELLED, Stage.AWAITING_EXTERNAL,
    Stage.INFORMED, Stage.NOT_ACCEPTED, Stage.NO_LONGER, Stage.WITHDRAWN, *_ENDED,
)  # fmt: skip
_CLOSABLE = (
    Stage.OPINION_SERVED, Stage.IMPLEMENTED, Stage.CHANNELLED, Stage.AWAITING_EXTERNAL, Stage.INFORMED,
    Stage.NOT_ACCEPTED, Stage.NO_LONGER, Stage.WITHDRAWN,
)  # fmt: skip

TELL_RESULT = Move(
    "tell_result",
    EventType.RESULT_TOLD,
    stay(*_WITH_RESULT),
    SERVERS | DIRECTORS | {Role.CALLER},
    (),
    (choice("way", ServiceWay), words("note", required=False)),
)
CALL_BACK = Move(
    "call_back",
    EventType.CALLED_BACK,
    stay(*_WITH_RESULT),
    NEUTRAL,
    (Need.HAS_RESULT, Need.OUTSIDE_HANDLING),
    (choice("call_outcome", CallOutcome), yes_no("told"), words("note", required=False)),
)
PROPOSE_RESOLVED = Move(
    "propose_resolved",
    EventType.RESOLUTION_PROPOSED,
    stay(*_WITH_RESULT),
    UNIT_PEOPLE | STATION | DIRECTORS,
    (Need.OWN_PART, Need.IMPLEMENTED, Need.NOT_RESOLVED),
    (words("note"),),
)
VERIFY_RESOLVED = Move(
    "verify_resolved",
    EventType.RESOLUTION_VERIFIED,
    stay(*_WITH_RESULT),
    NEUTRAL,
    (Need.RESOLUTION_PROPOSED, Need.NOT_RESOLVED, Need.OUTSIDE_HANDLING, Need.NOT_PROPOSER),
    (words("note"),),
)
WITHDRAW_RESOLVED = Move(
    "withdraw_resolved",
    EventType.RESOLUTION_WITHDRAWN,
    stay(*_WITH_RESULT, Stage.TRIAGED, Stage.HANDLING),
    NEUTRAL,
    (Need.RESOLVED,),
    (words("reason"),),
)
PUT_AT_REST = Move(
    "put_at_rest",
    EventType.PUT_AT_REST,
    stay(*_WITH_RESULT),
    PETITIONER,
    (Need.STRONG_PROOF, Need.HAS_RESULT, Need.COOLED, Need.NOT_AT_REST),
    (words("words", required=False),),
)
ENTER_REST_FORM = Move(
    "enter_rest_form",
    EventType.PUT_AT_REST,
    stay(*_WITH_RESULT),
    NEUTRAL,
    (Need.HAS_RESULT, Need.OUTSIDE_HANDLING, Need.COOLED, Need.NOT_AT_REST),
    (code("form"), day("signed_on"), words("witness", required=False)),
)
REVOKE_REST = Move(
    "revoke_rest",
    EventType.REST_REVOKED,
    stay(*_ANY),
    PETITIONER | NEUTRAL,
    (Need.AT_REST,),
    (words("words", required=False),),
)
RATE = Move(
    "rate",
    EventType.RATED,
    stay(*_WITH_RESULT),
    PETITIONER,
    (Need.STRONG_PROOF, Need.HAS_RESULT),
    (choice("organ", RatedOrgan), choice("grade", Grade), words("words", required=False)),
)
ENTER_RATING_FORM = Move(
    "enter_rating_form",
    EventType.RATED,
    stay(*_WITH_RESULT),
    NEUTRAL,
    (Need.HAS_RESULT, Need.OUTSIDE_HANDLING),
    (choice("organ", RatedOrgan), choice("grade", Grade), code("form"), day("signed_on")),
)
REVOKE_RATING = Move(
    "revoke_rating",
    EventType.RATING_REVOKED,
    stay(*_ANY),
    PETITIONER,
    (Need.STRONG_PROOF, Need.RATED),
    (choice("organ", RatedOrgan),),
)
ASK_WITHDRAWAL = Move(
    "ask_withdrawal",
    EventType.WITHDRAWAL_ASKED,
    stay(*_RUNNING),
    PETITIONER,
    (Need.STRONG_PROOF, Need.NO_WITHDRAWAL, Need.NOBODY_JOINED),
    (words("words", required=False),),
)
ENTER_WITHDRAWAL_FORM = Move(
    "enter_withdrawal_form",
    EventType.WITHDRAWAL_ASKED,
    stay(*_RUNNING),
    NEUTRAL,
    (Need.OUTSIDE_HANDLING, Need.NO_WITHDRAWAL, Need.NOBODY_JOINED),
    (code("form"), day("signed_on")),
)
REVOKE_WITHDRAWAL = Move(
    "revoke_withdrawal", EventType.WITHDRAWAL_REVOKED, stay(*_RUNNING), PETITIONER, (Need.WITHDRAWAL_ASKED,)
)
CONFIRM_WITHDRAWAL = Move(
    "confirm_withdrawal",
    EventType.WITHDRAWAL_CONFIRMED,
    to(Stage.WITHDRAWN, *_RUNNING),
    NEUTRAL,
    (Need.WITHDRAWAL_ASKED, Need.WITHDRAWAL_RIPE, Need.OUTSIDE_HANDLING),
    (words("note"),),
)
CLOSE = Move(
    "close",
    EventType.CLOSED,
    to(Stage.CLOSED, *_CLOSABLE),
    UNIT_PEOPLE | DIRECTORS | STATION | BUREAU,
    (Need.NOTHING_OPEN, Need.EXTERNAL_DONE),
    (words("note", required=False),),
)
PROPOSE_STRIKE_OFF = Move(
    "propose_strike_off",
    EventType.STRIKE_OFF_PROPOSED,
    stay(Stage.CLOSED),
    UNIT_PEOPLE | DIRECTORS | STATION,
    (Need.NOT_MERGED,),
    (words("note", required=False),),
)
STRIKE_OFF = Move(
    "strike_off",
    EventType.STRUCK_OFF,
    to(Stage.STRUCK_OFF, Stage.CLOSED),
    BUREAU | {Role.SUPERVISOR},
    (Need.NOT_MERGED, Need.RIGHT_STRIKER, Need.STRIKE_OFF_READY),
    (words("note", required=False),),
)
REOPEN = Move(
    "reopen",
    EventType.REOPENED,
    to(Stage.TRIAGED, Stage.WITHDRAWN, *_ENDED),
    DIRECTORS | BUREAU | {Role.SUPERVISOR, Role.LEADER, Role.REVIEW_ORGAN},
    (Need.NOT_MERGED,),
    (choice("ground", ReopenGround), words("reason")),
)
ARCHIVE = Move(
    "archive", EventType.ARCHIVED, to(Stage.ARCHIVED, Stage.STRUCK_OFF), BUREAU | {Role.ARCHIVIST}, (Need.NO_CONTEST,)
)
URGE = Move("urge", EventType.URGED, stay(*_ANY), PETITIONER, (), (words("words", required=False),))
ASK_RECUSAL = Move("ask_recusal", EventType.RECUSAL_ASKED, stay(*_RUNNING), PETITIONER, (), (words("reason"),))
RECUSE = Move(
    "recuse",
    EventType.RECUSED,
    stay(*_ANY),
    DIRECTORS | BUREAU | ORGAN,
    (),
    (user("recused_user", required=False), unit("recused_unit", required=False), words("reason")),
)
LINK = Move(
    "link",
    EventType.LINKED,
    stay(*_ANY),
    DIRECTORS | BUREAU | ORGAN | {Role.WINDOW_CLERK},
    (),
    (matter("other"), choice("link", LinkKind, LinkKind.SAME, LinkKind.REPEATS, LinkKind.RELATED)),
)
UNLINK = Move("unlink", EventType.UNLINKED, stay(*_ANY), DIRECTORS | BUREAU, (), (matter("other"), words("reason")))
MERGE = Move(
    "merge",
    EventType.MERGED,
    to(Stage.CLOSED, Stage.REGISTERED, Stage.TRIAGED, Stage.ASSIGNED),
    DIRECTORS | BUREAU,
    (Need.NOT_MERGED,),
    (matter("other"), words("reason")),
)
UNMERGE = Move(
    "unmerge",
    EventType.UNMERGED,
    to(Stage.TRIAGED, Stage.CLOSED),
    DIRECTORS | BUREAU,
    (Need.MERGED_AWAY,),
    (words("reason"),),
)
CORRECT = Move(
    "correct",
    EventType.CORRECTED,
    stay(*_ANY),
    DIRECTORS | BUREAU | ORGAN | {Role.WINDOW_CLERK},
    (),
    (
        number("refers_to", 1, 100_000),
        code("category", required=False),
        number("present", 1, 100_000, required=False),
        number("concerned", 1, 10_000_000, required=False),
        number("amount", 1, MOST_YUAN, required=False),
        words("reason"),
    ),
)

CLOSING_MOVES: tuple[Move, ...] = (
    TELL_RESULT, CALL_BACK, PROPOSE_RESOLVED, VERIFY_RESOLVED, WITHDRAW_RESOLVED, PUT_AT_REST, ENTER_REST_FORM,
    REVOKE_REST, RATE, ENTER_RATING_FORM, REVOKE_RATING, ASK_WITHDRAWAL, ENTER_WITHDRAWAL_FORM, REVOKE_WITHDRAWAL,
    CONFIRM_WITHDRAWAL, CLOSE, PROPOSE_STRIKE_OFF, STRIKE_OFF, REOPEN, ARCHIVE, URGE, ASK_RECUSAL, RECUSE, LINK,
    UNLINK, MERGE, UNMERGE, CORRECT,
)  # fmt: skip
