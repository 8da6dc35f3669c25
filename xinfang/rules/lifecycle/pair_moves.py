"""Moves that make a second matter; they have a service of their own and stand beside `MOVES` (B-08, S38)."""

from xinfang.rules.lifecycle.intake_moves import BUREAU, DIRECTORS, STATION
from xinfang.rules.lifecycle.move import Move, Need, stay
from xinfang.rules.matters.codes import Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

# Once it is accepted, the one opinion answers every demand; until then each demand can become a matter of its own.
SPLIT = Move(
    "split",
    EventType.SPLIT,
    stay(Stage.REGISTERED, Stage.TRIAGED, Stage.ASSIGNED),
    DIRECTORS | BUREAU | STATION | {Role.WINDOW_CLERK},
    (Need.NOT_MERGED,),
)
