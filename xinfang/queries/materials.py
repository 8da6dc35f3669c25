"""Which papers lie with a matter, and the bytes of one of them, for who may see the matter (experience E6, 6.2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from xinfang.gateways import files
from xinfang.models import Attachment
from xinfang.queries.access import matter_for, state_for
from xinfang.rules.access.sight import only_mediates
from xinfang.rules.people.seats import Actor, Role


@dataclass(frozen=True)
class Paper:
    """One file as lists show it. `size` in bytes; masked by law it has no bytes left."""

    id: UUID
    seq: int
    name: str
    media_type: str
    size: int
    by_petitioner: bool
    shown_to_petitioner: bool
    is_masked: bool


@dataclass(frozen=True)
class OpenedPaper:
    """One file with its bytes."""

    name: str
    media_type: str
    content: bytes


def papers_of(matter: UUID, *, for_petitioner: bool = False) -> list[Paper]:
    """The papers of a matter, oldest first; the petitioner sees their own and what was meant for them."""
    rows = Attachment.objects.filter(matter_id=matter).order_by("seq", "id")
    if for_petitioner:
        rows = rows.filter(Q(by_petitioner=True) | Q(shown_to_petitioner=True))
    return [
        Paper(
            row.pk,
            row.seq,
            row.name,
            row.media_type,
            row.size,
            row.by_petitioner,
            row.shown_to_petitioner,
            row.masked_by is not None,
        )
        for row in rows
    ]


def paper_for(actor: Actor, number: str, file: UUID, now: datetime) -> OpenedPaper | None:
    """One file of a matter for who may see that matter; None as if it were not there, as for who only mediates it."""
    matter = matter_for(actor, number, now)
    if matter is None or _only_mediates(matter.pk, actor, now):
        return None
    return _opened(Attachment.objects.filter(matter=matter, pk=file))


def _only_mediates(matter: UUID, actor: Actor, now: datetime) -> bool:
    """Asked of the events only for somebody who has a mediator's seat."""
    state = state_for(actor, matter, now) if Role.MEDIATOR in actor.roles else None
    return state is not None and only_mediates(state, actor, now)


def paper_of_petitioner(matter: UUID, file: UUID) -> OpenedPaper | None:
    """One file for the petitioner, who has already proved to be one."""
    own = Attachment.objects.filter(Q(by_petitioner=True) | Q(shown_to_petitioner=True))
    return _opened(own.filter(matter_id=matter, pk=file))


def _opened(rows: QuerySet[Attachment]) -> OpenedPaper | None:
    row = rows.filter(masked_by__isnull=True).first()
    if row is None:
        return None
    try:
        content = files.read(row.pk, row.stored)
    except OSError:
        return None
    return OpenedPaper(row.name, row.media_type, content)
