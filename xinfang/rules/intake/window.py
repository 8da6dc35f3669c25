"""What happens at the window before anything is written: three questions, and who may give a new query code (RC-1)."""

from datetime import datetime, timedelta
from enum import StrEnum

from xinfang.rules.matters.codes import Channel
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor, Role


class AccessNeed(StrEnum):
    """What a person needs to be heard and to understand; asked for, never guessed."""

    SIGN_LANGUAGE = "sign_language"
    SCRIBE = "scribe"
    READ_ALOUD = "read_aloud"
    LARGE_PRINT = "large_print"
    INTERPRETER = "interpreter"
    STEP_FREE = "step_free"


class Answer(StrEnum):
    """An answer to one of the three questions; there is none that is given for the visitor."""

    YES = "yes"
    NO = "no"


class Way(StrEnum):
    """Where the three answers lead. A sealed way keeps nothing at all, not even that it was taken."""

    ELSEWHERE = "elsewhere"
    ONE_TIER_UP = "one_tier_up"
    RESTRICTED = "restricted"
    ORDINARY = "ordinary"


def way(*, accuses: bool, concerns_own_people: bool, wants_secrecy: bool) -> Way:
    """An accusation of breach of discipline or duty goes before everything else."""
    if accuses:
        return Way.ELSEWHERE
    if concerns_own_people:
        return Way.ONE_TIER_UP
    return Way.RESTRICTED if wants_secrecy else Way.ORDINARY


VISIT_LASTS = timedelta(hours=4)


def goes_on(first: MatterState, by: Actor, now: datetime) -> bool:
    """May another matter be registered as brought in the same visit: by the same person, within the same hours?

    What is kept secret or concerns one's own people is tied to nothing.
    """
    kept = first.restricted or first.address_kept_at is not None
    apart = kept or first.recused_users or first.recused_units or first.merged_into
    mine = first.registered_by == by.user_id and first.channel in (Channel.VISIT, Channel.LEADER_RECEPTION)
    return mine and not apart and first.registered_at <= now < first.registered_at + VISIT_LASTS


CODE_GIVERS = frozenset(
    {
        Role.WINDOW_CLERK,
        Role.CENTRE_DIRECTOR,
        Role.CENTRE_DEPUTY,
        Role.STATION_HEAD,
        Role.STATION_MEMBER,
        Role.PETITION_BUREAU,
    },
)
