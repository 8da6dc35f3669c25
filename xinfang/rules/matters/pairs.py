"""May these two matters be tied together, or become one?

Both histories are kept and no clock is lost by it (B-08, H-06). Whoever is kept away from one is kept away from both:
a tie stands in both files, and would tell the reader of the open one that there is another (RC-4).
"""

from xinfang.rules.matters.codes import UNFINISHED
from xinfang.rules.matters.state import MatterState
from xinfang.rules.refusals import RuleBroken


def require_same_sight(one: MatterState, other: MatterState) -> None:
    """Refuse to tie a matter that somebody must not know of to one that they may read."""
    walls = [(state.restricted, state.recused_users, state.recused_units) for state in (one, other)]
    if walls[0] != walls[1]:
        raise RuleBroken("pair_sight_differs", field="other")


def require_address_free(going: MatterState) -> None:
    """Refuse to carry people into another matter while their address is kept in this one (S28)."""
    if going.address_kept_at is not None:
        raise RuleBroken("address_kept", field="other")


def require_merge(going: MatterState, staying: MatterState) -> None:
    """Refuse a merge that would give time: what stays must be alive, no younger, and bound by no later date."""
    gone = staying.sealed or staying.merged_into is not None or staying.revoked_at is not None
    if gone or staying.stage not in UNFINISHED:
        raise RuleBroken("merge_into_ended", field="other")
    if staying.received_at > going.received_at:
        raise RuleBroken("merge_into_later", field="other")
    own, other = going.explicit, staying.explicit
    if own is not None and (other is None or other.on > own.on):
        raise RuleBroken("merge_loses_date", field="other")
    if _gives_time_to_report(going, staying):
        raise RuleBroken("merge_loses_urgency", field="other")


def _gives_time_to_report(going: MatterState, staying: MatterState) -> bool:
    """Would the mark 重大紧急 get lost, or its hour begin later, with the matter that goes?"""
    mark, other = going.urgency, staying.urgency
    if mark is None:
        return False
    return other is None or (mark.reported_at is None and other.marked_at > mark.marked_at)
