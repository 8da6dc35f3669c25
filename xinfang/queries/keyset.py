"""Which rows stand on this page of a long list? Pages begin at a row (its date and id), never at a number of rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import F, Q, QuerySet

from xinfang.models import Matter

Row = TypeVar("Row")
PAGE = 50
SOONEST = (F("next_prudent_on").asc(nulls_last=True), "pk")
_BACKWARDS = (F("next_prudent_on").desc(nulls_first=True), "-pk")


@dataclass(frozen=True)
class Key:
    """Where a row stands in a list by date: rows without a date come last."""

    on: date | None
    id: UUID

    def __str__(self) -> str:
        return f"{self.on.isoformat() if self.on else ''}~{self.id}"


def read_key(text: str | None) -> Key | None:
    """A key out of an address, or None when it cannot be one."""
    if not text or text.count("~") != 1:
        return None
    on, _tilde, row = text.partition("~")
    try:
        return Key(date.fromisoformat(on) if on else None, UUID(row))
    except ValueError:
        return None


@dataclass
class Page(Generic[Row]):
    """One page: its rows, and the keys at which the neighbouring pages begin."""

    rows: list[Row] = field(default_factory=list)
    newer: Key | None = None
    older: Key | None = None

    def map(self, change: Callable[[list[Row]], list["Other"]]) -> "Page[Other]":
        """The same page with other rows."""
        return Page(change(self.rows), self.newer, self.older)


Other = TypeVar("Other")


def _after(key: Key) -> Q:
    if key.on is None:
        return Q(next_prudent_on__isnull=True, pk__gt=key.id)
    return Q(next_prudent_on__gt=key.on) | Q(next_prudent_on=key.on, pk__gt=key.id) | Q(next_prudent_on__isnull=True)


def _before(key: Key) -> Q:
    if key.on is None:
        return Q(next_prudent_on__isnull=False) | Q(next_prudent_on__isnull=True, pk__lt=key.id)
    return Q(next_prudent_on__lt=key.on) | Q(next_prudent_on=key.on, pk__lt=key.id)


def key_of(row: Matter) -> Key:
    return Key(row.next_prudent_on, row.pk)


def soonest_first(rows: QuerySet[Matter], *, after: Key | None = None, before: Key | None = None) -> Page[Matter]:
    """One page of matters, the soonest date first: from the beginning, after a key, or the page before a key."""
    if before is not None:
        found = list(rows.filter(_before(before)).order_by(*_BACKWARDS)[: PAGE + 1])
        page = list(reversed(found[:PAGE]))
        newer = key_of(page[0]) if len(found) > PAGE else None
        return Page(page, newer, key_of(page[-1]) if page else None)
    found = list((rows.filter(_after(after)) if after else rows).order_by(*SOONEST)[: PAGE + 1])
    page = found[:PAGE]
    newer = key_of(page[0]) if after is not None and page else None
    return Page(page, newer, key_of(page[-1]) if len(found) > PAGE else None)
