"""What do we hold of the petitioners of one matter, in the clear? For themselves alone, after a proof (PIPL §45)."""

from uuid import UUID

from xinfang.queries.reaching import parties_of

COLUMNS = ("name", "phone", "address", "id_number")


def own_details(matter: UUID) -> list[dict[str, str]]:
    """Name, phone, address and identity number of everybody who brought it; an agent's are not theirs to take.

    Nor are those of whoever joined later.
    """
    return [{name: party.person.opened(name) for name in COLUMNS} for party in parties_of(matter)]
