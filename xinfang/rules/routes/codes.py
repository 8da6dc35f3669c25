"""The closed lists of a procedure beside a petition: what came of it."""

from enum import StrEnum


class ExternalOutcome(StrEnum):
    """What a court, a committee or an authority beside us did with what was brought to it."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    NOT_TAKEN = "not_taken"
