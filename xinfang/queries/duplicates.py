"""Is a row of an import perhaps a matter that is here already? Same person, similar demand, same place (9.6).

It looks for the same matter, never for what else a person has brought; a person decides. The window asks `alike`.
"""

from datetime import datetime, timedelta
from uuid import UUID

from xinfang.models import Batch, BatchItem, Matter, Party, Person
from xinfang.models.protection import blind_index, word_tokens
from xinfang.rules.intake.alike import shares_most
from xinfang.rules.intake.registration import PersonEntry

YEARS = timedelta(days=3 * 366)
CANDIDATES, PROBES = 200, 60


def same_national(number: str) -> UUID | None:
    """The matter that an item with this national number became."""
    rows = BatchItem.objects.filter(national=number, matter__isnull=False, batch__revoked_at__isnull=True)
    return rows.order_by("pk").values_list("matter_id", flat=True).first() if number else None


def same_matter(*, person: PersonEntry, texts: tuple[str, ...], area: str, at: datetime) -> UUID | None:
    """A matter of the same township and the last three years, whose person and demand are the same."""
    mine = set(word_tokens("".join(texts)))
    if not mine or not (person.id_number or person.phone or person.name):
        return None
    rows = Matter.objects.filter(area__startswith=area[:9], received_at__gte=at - YEARS, sealed=False)
    revoked = Batch.objects.filter(revoked_at__isnull=False).values_list("pk", flat=True)
    rows = rows.exclude(batch__in=[str(batch) for batch in revoked])
    known = _people(person)
    if known is not None:
        rows = rows.filter(parties__person__in=known)
    else:
        rows = rows.filter(tokens__overlap=sorted(mine)[:PROBES])
    for matter, tokens in rows.order_by("-received_at").values_list("pk", "tokens")[:CANDIDATES]:
        if shares_most(mine, set(tokens)) and (known is not None or _named(matter, person.name)):
            found: UUID = matter
            return found
    return None


def _people(person: PersonEntry) -> list[UUID] | None:
    """Whoever has the same number or telephone; None when neither is known and only the name can tell."""
    if person.id_number:
        index = {"id_number_index": blind_index(person.id_number, "id_number")}
    elif person.phone:
        index = {"phone_index": blind_index(person.phone, "phone")}
    else:
        return None
    return list(Person.objects.filter(**index).values_list("pk", flat=True))


def _named(matter: UUID, name: str) -> bool:
    return any(
        party.person.opened("name") == name for party in Party.objects.filter(matter=matter).select_related("person")
    )
