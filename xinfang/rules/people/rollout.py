"""How far a township has come with its centre (A-13)."""

from enum import StrEnum


class RolloutStatus(StrEnum):
    """The four steps of the roll-out."""

    NOT_STARTED = "not_started"
    PREPARING = "preparing"
    ESTABLISHED = "established"
    ACCEPTED = "accepted"
