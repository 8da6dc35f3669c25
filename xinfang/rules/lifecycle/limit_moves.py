"""Limits that begin with a day which somebody tells us: noting them, telling of them in writing, pausing, ending."""

from xinfang.rules.clocks.catalogue import PauseGround
from xinfang.rules.lifecycle.intake_moves import BUREAU, DIRECTORS, STATION, UNIT_PEOPLE
from xinfang.rules.lifecycle.move import Field, FieldKind, Move, Need, choice, day, number, stay, words
from xinfang.rules.matters.codes import LEDGER_OPEN, ServiceWay
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

_WHOEVER_HELPS = DIRECTORS | BUREAU | UNIT_PEOPLE | STATION | {Role.WINDOW_CLERK, Role.STATION_MEMBER}
_FOLLOWED = tuple(sorted(LEDGER_OPEN))
_WHICH = number("k", 1, 999)

NOTE_LIMIT = Move(
    "note_limit",
    EventType.LIMIT_NOTED,
    stay(*_FOLLOWED),
    _WHOEVER_HELPS,
    (),
    (Field("rule", FieldKind.RULE), day("from_on"), words("note", required=False)),
)
TELL_LIMIT = Move(
    "tell_limit",
    EventType.LIMIT_TOLD,
    stay(*_FOLLOWED),
    _WHOEVER_HELPS,
    (Need.LIMIT_RUNS,),
    (_WHICH, choice("way", ServiceWay), words("note", required=False)),
)
MEET_LIMIT = Move(
    "meet_limit",
    EventType.LIMIT_MET,
    stay(*_FOLLOWED),
    _WHOEVER_HELPS,
    (Need.LIMIT_RUNS,),
    (_WHICH, words("note")),
)
ASK_LEGAL_AID = Move(
    "ask_legal_aid",
    EventType.LIMIT_NOTED,
    stay(*_FOLLOWED),
    _WHOEVER_HELPS,
    (),
    (day("from_on"), words("note", required=False)),
)
PAUSE_LIMIT = Move(
    "pause_limit",
    EventType.LIMIT_PAUSED,
    stay(*_FOLLOWED),
    DIRECTORS | BUREAU | UNIT_PEOPLE,
    (Need.LIMIT_PAUSABLE,),
    (_WHICH, choice("pause_ground", PauseGround), day("since"), words("note")),
)
RESUME_LIMIT = Move(
    "resume_limit",
    EventType.LIMIT_RESUMED,
    stay(*_FOLLOWED),
    DIRECTORS | BUREAU | UNIT_PEOPLE,
    (Need.LIMIT_PAUSED,),
    (_WHICH, day("until"), words("note", required=False)),
)
DROP_LIMIT = Move(
    "drop_limit",
    EventType.LIMIT_DROPPED,
    stay(*_FOLLOWED),
    DIRECTORS | BUREAU | UNIT_PEOPLE,
    (Need.LIMIT_RUNS,),
    (_WHICH, words("reason")),
)

LIMIT_MOVES: tuple[Move, ...] = (
    NOTE_LIMIT,
    TELL_LIMIT,
    MEET_LIMIT,
    ASK_LEGAL_AID,
    PAUSE_LIMIT,
    RESUME_LIMIT,
    DROP_LIMIT,
)
