"""Which matters or items stand behind a number, page by page, the newest first? (promise 6)"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from xinfang.models import BatchItem, Matter, Standing
from xinfang.queries.figures import Asked, marks_of_items, seen_matters, standings_behind
from xinfang.queries.keyset import PAGE
from xinfang.rules.figures.definitions import Part


@dataclass(frozen=True)
class Behind:
    """Where a row stands in a list by the moment it came in."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.id}"


@dataclass(frozen=True)
class MatterPage:
    """One page of matters and the keys at which its neighbours begin."""

    rows: list[Matter]
    newer: Behind | None = None
    older: Behind | None = None


@dataclass(frozen=True)
class ItemPage:
    """One page of batch items, by batch and row."""

    rows: list[BatchItem]
    newer: int | None = None
    older: int | None = None


def read_behind(text: str | None) -> Behind | None:
    """A key out of an address, or None when it cannot be one."""
    at, tilde, row = (text or "").partition("~")
    try:
        moment = datetime.fromisoformat(at.replace(" ", "+"))
        return Behind(moment, UUID(row)) if tilde and moment.tzinfo else None
    except ValueError:
        return None


def matters_behind(
    part: Part, asked: Asked, *, after: Behind | None = None, before: Behind | None = None
) -> MatterPage:
    """A page of the matters that make up a number, the last received first."""
    rows = standings_behind(part, asked)
    if before is not None:
        newer = rows.filter(Q(received_at__gt=before.at) | Q(received_at=before.at, matter_id__gt=before.id))
        found = list(newer.order_by("received_at", "matter_id")[: PAGE + 1])
        page = list(reversed(found[:PAGE]))
        return MatterPage(
            _matters(page), _key(page[0]) if len(found) > PAGE else None, _key(page[-1]) if page else None
        )
    if after is not None:
        rows = rows.filter(Q(received_at__lt=after.at) | Q(received_at=after.at, matter_id__lt=after.id))
    found = list(rows.order_by("-received_at", "-matter_id")[: PAGE + 1])
    page = found[:PAGE]
    newest = _key(page[0]) if after is not None and page else None
    return MatterPage(_matters(page), newest, _key(page[-1]) if len(found) > PAGE else None)


def _key(row: Standing) -> Behind:
    return Behind(row.received_at, row.matter_id)


def _matters(page: list[Standing]) -> list[Matter]:
    found = Matter.objects.in_bulk([row.matter_id for row in page])
    return [found[row.matter_id] for row in page]


def items_behind(part: Part, asked: Asked, *, after: int = 0, before: int = 0) -> ItemPage:
    """A page of the batch items that make up a number, in the order of their files."""
    keys = sorted(item for item, marks in marks_of_items(asked).items() if part.holds(marks))
    start = next((n for n, key in enumerate(keys) if key > after), len(keys)) if after else 0
    if before:
        start = max(0, sum(key < before for key in keys) - PAGE)
    chosen = keys[start : start + PAGE]
    rows = BatchItem.objects.filter(pk__in=chosen).select_related("batch", "matter").order_by("pk")
    newer = chosen[0] if start and chosen else None
    older = chosen[-1] if chosen and start + PAGE < len(keys) else None
    return ItemPage(list(rows), newer, older)


def visible_numbers(items: list[BatchItem], asked: Asked) -> set[UUID]:
    """Of the matters of these items, those that the viewer may open."""
    ids = [item.matter_id for item in items if item.matter_id]
    return set(seen_matters(asked).filter(pk__in=ids).values_list("pk", flat=True))
