"""A safety concern (安全关切): who is in danger, what was said and done; for 72 hours, for few eyes (2.7).

It stands in the place of every word about dangerous people: it is about what was said in one matter, and lapses.
"""

from xinfang.rules.lifecycle.intake_moves import BUREAU, DIRECTORS, STATION, UNIT_PEOPLE
from xinfang.rules.lifecycle.move import Move, Need, choice, stay, words, yes_no
from xinfang.rules.matters.codes import LEDGER_OPEN, InDanger, Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

_WHOEVER_HEARS = DIRECTORS | BUREAU | UNIT_PEOPLE | STATION | {Role.WINDOW_CLERK, Role.STATION_MEMBER}
_KEEPERS = frozenset({Role.CENTRE_DIRECTOR, Role.POLICE_LIAISON})

NOTE_SAFETY = Move(
    "note_safety",
    EventType.SAFETY_NOTED,
    stay(*sorted(LEDGER_OPEN)),
    _WHOEVER_HEARS,
    (Need.NOT_MERGED,),
    (
        words("said"),
        choice("in_danger", InDanger),
        words("done_at_once"),
        yes_no("at_home"),
        words("reason", required=False),
    ),
)
RENEW_SAFETY = Move(
    "renew_safety",
    EventType.SAFETY_RENEWED,
    stay(*sorted(Stage)),
    _KEEPERS,
    (Need.SAFETY_OPEN,),
    (words("reason"),),
)
END_SAFETY = Move(
    "end_safety",
    EventType.SAFETY_ENDED,
    stay(*sorted(Stage)),
    _KEEPERS,
    (Need.SAFETY_OPEN,),
    (words("reason"),),
)
SHOW_ADDRESS = Move(
    "show_address",
    EventType.ADDRESS_SHOWN,
    stay(*sorted(Stage)),
    frozenset({Role.CENTRE_DIRECTOR}),
    (Need.ADDRESS_KEPT,),
    (words("reason"),),
)

SAFETY_MOVES: tuple[Move, ...] = (NOTE_SAFETY, RENEW_SAFETY, END_SAFETY, SHOW_ADDRESS)
