"""What do we hold of the petitioners of one matter, in the clear? For themselves alone, after a proof (PIPL §45)."""

from uuid import UUID

from xinfang.models import Party

COLUMNS = ("name", "phone", "address", "id_number")


def own_details(matter: UUID) -> list[dict[str, str]]:
    """Name, phone, address and identity number of everybody whose matter it is; an agent's are not theirs to take."""
    parties = Party.objects.filter(matter_id=matter).exclude(part=Party.Part.AGENT).select_related("person")
    return [{name: party.person.opened(name) for name in COLUMNS} for party in parties.order_by("id")]
