"""A grave or urgent matter: marking it, reporting it upward at once, saying that it is over (article 25).

The mark is about what is going on, never about who came. An hour that began is ended by a report alone: a mark can be
taken off only once it was reported, so that nobody undoes a breach by undoing the mark.
"""

from xinfang.rules.lifecycle.intake_moves import BUREAU, DIRECTORS, STATION, UNIT_PEOPLE
from xinfang.rules.lifecycle.move import Move, Need, choice, code, stay, words
from xinfang.rules.matters.codes import LEDGER_OPEN, ReportedTo, ReportWay, Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

# Whoever receives or handles: who learns of it first says so.
_WHOEVER_LEARNS = DIRECTORS | BUREAU | UNIT_PEOPLE | STATION | {Role.WINDOW_CLERK, Role.STATION_MEMBER}

MARK_URGENT = Move(
    "mark_urgent",
    EventType.URGENT_MARKED,
    stay(*sorted(LEDGER_OPEN)),
    _WHOEVER_LEARNS,
    (Need.NOT_MERGED, Need.NOT_URGENT),
    (words("reason"),),
)
REPORT_URGENT = Move(
    "report_urgent",
    EventType.URGENT_REPORTED,
    stay(*sorted(Stage)),
    _WHOEVER_LEARNS,
    (Need.URGENT,),
    (
        choice("reported_to", ReportedTo),
        choice("report_way", ReportWay),
        code("document", required=False),
        words("note", required=False),
    ),
)
WITHDRAW_URGENT = Move(
    "withdraw_urgent",
    EventType.URGENT_ENDED,
    stay(*sorted(LEDGER_OPEN)),
    BUREAU | {Role.CENTRE_DIRECTOR},
    (Need.URGENT_REPORTED,),
    (words("reason"),),
)

URGENT_MOVES: tuple[Move, ...] = (MARK_URGENT, REPORT_URGENT, WITHDRAW_URGENT)
