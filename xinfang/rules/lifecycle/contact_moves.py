"""Moves by which somebody at the window comes to a matter that is here; they have a service of their own (2.11, H-04).

Nobody is turned away by them: what is finished takes no contact, and then a matter of its own is registered.
"""

from xinfang.rules.lifecycle.move import Move, Need, stay
from xinfang.rules.matters.codes import UNFINISHED
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

# Whoever takes down what somebody comes with.
REGISTRARS = frozenset(
    {
        Role.WINDOW_CLERK, Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.MEMBER_OFFICER, Role.STATION_HEAD,
        Role.STATION_MEMBER, Role.HANDLER, Role.PETITION_BUREAU, Role.LEADER,
    }
)  # fmt: skip
_LIVES = tuple(sorted(UNFINISHED))

COME_AGAIN = Move("come_again", EventType.CONTACT_ADDED, stay(*_LIVES), REGISTRARS, (Need.NOT_MERGED,))
JOIN = Move("join", EventType.PARTY_ADDED, stay(*_LIVES), REGISTRARS, (Need.NOT_MERGED,))
