"""Who may add papers to a matter, and until when (domain 6.2, "add evidence"; the petitioner always may)?"""

from xinfang.rules.matters.codes import Stage
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.refusals import RuleBroken

ADDING_ROLES = frozenset(
    {
        Role.WINDOW_CLERK, Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY, Role.MEMBER_OFFICER, Role.STATION_HEAD,
        Role.STATION_MEMBER, Role.HANDLER, Role.ORGAN_HEAD, Role.PETITION_BUREAU, Role.REVIEW_ORGAN, Role.PETITIONER,
        Role.SYSTEM,
    }
)  # fmt: skip


def may_add(state: MatterState, actor: Actor) -> bool:
    """A matter that lives takes papers; the petitioner may add until it is archived, also after strike-off."""
    if not actor.roles & ADDING_ROLES or state.merged_into is not None or state.sealed:
        return False
    return state.stage is not Stage.ARCHIVED if actor.petitioner else state.stage not in _OVER


_OVER = frozenset({Stage.STRUCK_OFF, Stage.ARCHIVED})


def require_adding(state: MatterState, actor: Actor) -> None:
    if not may_add(state, actor):
        raise RuleBroken("materials_closed", field="files")
