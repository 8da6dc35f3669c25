"""The shipped table of procedures beside a petition (domain 3.3), read once."""

from functools import cache

from xinfang.policies import shipped
from xinfang.queries.clocks import rules
from xinfang.rules.routes.procedures import Procedure, read


@cache
def procedures() -> dict[str, Procedure]:
    """The procedures by key, in the order of the table."""
    return read(shipped("routes.yaml"), rules())
