"""Papers that are missing: said once and for all, so that nobody comes twice for what could have been said at once.

Source: "at most one visit" (product; domain 2.10). A later, other list needs a reason that the petitioner reads.
"""

from collections.abc import Mapping
from typing import Any

from xinfang.rules.lifecycle.intake_moves import BUREAU, DIRECTORS, STATION, UNIT_PEOPLE
from xinfang.rules.lifecycle.move import Move, Need, stay, words
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import UNFINISHED
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken

ASK_PAPERS = Move(
    "ask_papers",
    EventType.PAPERS_ASKED,
    stay(*sorted(UNFINISHED)),
    DIRECTORS | BUREAU | UNIT_PEOPLE | STATION | {Role.WINDOW_CLERK, Role.STATION_MEMBER},
    (Need.NOT_MERGED,),
    (words("missing"), words("reason", required=False)),
)

PAPER_MOVES: tuple[Move, ...] = (ASK_PAPERS,)


def asked_once(_facts: Mapping[str, Any], written: Mapping[str, str], asked: Situation) -> None:
    """The list is said once; whoever asks for more says why it was not said the first time."""
    if asked.state.papers_asked and not written.get("reason"):
        raise RuleBroken("papers_asked_before", field="reason")
