"""What happens at the window before anything is written: three questions, and who may give a new query code (RC-1)."""

from enum import StrEnum

from xinfang.rules.people.seats import Role


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
