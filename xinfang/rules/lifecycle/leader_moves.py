"""Leaders receive petitioners and take charge of matters (Regulation, article 18; domain 2.12, F-28).

A leader is in charge of a matter, never of a person: of the old "five duties" only knowing the matter, solving what is
hard in it and handling it by the law are left. An instruction with a day of its own is an explicit date.
"""

from xinfang.rules.lifecycle.intake_moves import BUREAU, DIRECTORS
from xinfang.rules.lifecycle.move import Move, Need, code, day, stay, unit, user, words, yes_no
from xinfang.rules.matters.codes import UNFINISHED
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

# Who receives, and so whose name stands on the record and on the list of matters in charge.
RECEIVERS = frozenset({Role.LEADER, Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.ORGAN_HEAD})
_OPEN = stay(*sorted(UNFINISHED))

RECORD_RECEPTION = Move(
    "record_reception",
    EventType.LEADER_RECEIVED,
    _OPEN,
    DIRECTORS | BUREAU | {Role.LEADER, Role.WINDOW_CLERK},
    (Need.NOT_MERGED,),
    (
        user("leader"),
        words("instruction", required=False),
        unit("ordered", required=False),
        day("due_on", required=False),
        code("document", required=False),
        yes_no("in_charge"),
    ),
)
TAKE_CHARGE = Move(
    "take_charge",
    EventType.CHARGE_TAKEN,
    _OPEN,
    DIRECTORS | BUREAU | {Role.LEADER},
    (Need.NOT_MERGED,),
    (user("leader"), words("note", required=False)),
)
LEAVE_CHARGE = Move(
    "leave_charge",
    EventType.CHARGE_LEFT,
    _OPEN,
    DIRECTORS | BUREAU | {Role.LEADER},
    (Need.IN_CHARGE,),
    (words("reason"),),
)

LEADER_MOVES: tuple[Move, ...] = (RECORD_RECEPTION, TAKE_CHARGE, LEAVE_CHARGE)
