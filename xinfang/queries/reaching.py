"""On which phone can the petitioner be reached, and nobody else?"""

from uuid import UUID

from xinfang.models import Party


def own_phone(matter: UUID) -> str:
    """The petitioner's own phone as registered, or ""; an agent's phone proves nothing."""
    parties = Party.objects.filter(matter_id=matter).exclude(part=Party.Part.AGENT).select_related("person")
    return next((phone for party in parties.order_by("id") if (phone := party.person.opened("phone"))), "")
