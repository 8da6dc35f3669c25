"""The catalogue's draft: changed line by line by anybody who runs the house, published by somebody who did not.

Source: B-09, experience B14 (a draft, its differences, a second person). Nothing is deleted: a line ends on a day, so
that matters keep the key they were decided under. A published version never changes.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xinfang.models import CatalogueVersion, Installation
from xinfang.queries.catalogue_versions import (
    codes,
    draft,
    first_document,
    founding,
    in_force,
    number_in_force,
    shelves_in,
)
from xinfang.rules.catalogue import shelves
from xinfang.rules.catalogue.arriving import arrived
from xinfang.rules.catalogue.editing import checked
from xinfang.rules.catalogue.lines import ACCUSATION
from xinfang.rules.catalogue.versions import changes, mark, own_key
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people import administration as may
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import record

Document = dict[str, Any]
Told = dict[str, str]


@transaction.atomic
def change_line(*, key: str, values: Mapping[str, Any], by: Actor, at: datetime) -> str:
    """Write one line of the draft, as typed in the fields of `rules.catalogue.editing`; a new one where `key` is "".

    Answers the key of the line.
    """
    written = [key]

    def act(document: Document) -> Told:
        items = document["items"]
        place = _place(items, key) if key else len(items)
        own = key or own_key(item["key"] for item in items)
        accusing = place < len(items) and items[place]["route"] == ACCUSATION
        read = checked(values, codes(shelves_in(document)), key=own, accusing=accusing)
        if read.refusals:
            raise read.refusals[0]
        items[place : place + 1] = [read.item]
        written[0] = own
        return {"line": own}

    _change(act, by, at)
    return written[0]


def _place(items: list[Mapping[str, Any]], key: str) -> int:
    place = next((n for n, item in enumerate(items) if item["key"] == key), None)
    if place is None:
        raise RuleBroken("catalogue_line_unknown")
    return place


@transaction.atomic
def take_file(*, document: Any, by: Actor, at: datetime) -> int:
    """Put a catalogue file into the draft, whole or not at all; refused with its faults. Answers its lines."""

    def act(held: Document) -> Told:
        read = arrived(document, held["items"], shelves_in(held), codes)
        if read.faults:
            raise RuleBroken("catalogue_file_faulty", faults=read.faults)
        held["items"], held["shelves"] = read.items, read.shelves
        return {"file": mark(read.items)}

    _change(act, by, at)
    return len(document["items"])


@transaction.atomic
def answer_release(*, key: str, take: bool, by: Actor, at: datetime) -> None:
    """Say to a line that a release brought: put it into the draft, or keep the house's own. It is not shown again."""

    def act(document: Document) -> Told:
        fresh = founding().item(key)
        if fresh is None:
            raise RuleBroken("catalogue_line_unknown")
        items = document["items"]
        known = [item["key"] for item in items]
        if take:
            place = known.index(key) if key in known else len(items)
            items[place : place + 1] = [fresh]
        document["shipped"][key] = mark(fresh)
        return {"line": key}

    _change(act, by, at)


@transaction.atomic
def change_shelf(*, key: str, values: Mapping[str, Any], by: Actor, at: datetime) -> str:
    """Write one shelf of the draft at its place, as typed; a new one where `key` is "". Answers its key."""
    written = [key]

    def act(document: Document) -> Told:
        known = shelves_in(document)
        keys = [shelf["key"] for shelf in known]
        if key and key not in keys:
            raise RuleBroken("shelf_unknown")
        own = key or own_key(keys)
        read = shelves.checked(values, key=own)
        if read.refusals:
            raise read.refusals[0]
        document["shelves"] = shelves.put(known, read.item, int(values["place"]))
        written[0] = own
        return {"shelf": own}

    _change(act, by, at)
    return written[0]


@transaction.atomic
def remove_shelf(*, key: str, by: Actor, at: datetime) -> None:
    """Take a shelf that nothing stands on out of the draft."""

    def act(document: Document) -> Told:
        document["shelves"] = shelves.without(shelves_in(document), key, document["items"])
        return {"shelf": key}

    _change(act, by, at)


def _change(act: Callable[[Document], Told], by: Actor, at: datetime) -> None:
    """Carry a change out on the draft, which begins as what holds; the house is locked, so changes come one by one."""
    may.require(may.may_edit_catalogue(by))
    Installation.objects.select_for_update().get(pk=1)
    row = draft()
    if row is None:
        row = CatalogueVersion(number=number_in_force() + 1, document=first_document())
    told = act(row.document)
    row.editors = sorted({*row.editors, by.user_id or 0})
    row.digest, row.changed_at = mark(row.document), at
    row.save()
    record(HouseEvent.CATALOGUE_CHANGED, {"catalogue": row.pk, **told, "digest": row.digest}, by=by, at=at)


@transaction.atomic
def withdraw(*, number: int, by: Actor, at: datetime) -> None:
    """Throw the draft away; that there was one stays in the chain of the house."""
    may.require(may.may_edit_catalogue(by))
    _draft(number).delete()
    record(HouseEvent.CATALOGUE_WITHDRAWN, {"catalogue": number}, by=by, at=at)


@transaction.atomic
def publish(*, number: int, seen: str, by: Actor, at: datetime) -> CatalogueVersion:
    """Publish the draft that others worked on; `seen` is the digest of what was read before saying yes."""
    may.require(bool(by.roles & may.APPROVERS))
    row = _draft(number)
    if not may.may_publish_catalogue(by, row.editors):
        raise RuleBroken("catalogue_own_draft")
    if seen != row.digest:
        raise RuleBroken("draft_changed")
    last = in_force()
    changed = changes(last.items, row.document["items"])
    same_shelves = list(last.shelves) == list(shelves_in(row.document))
    if not changed and same_shelves and last.seen == row.document["shipped"]:
        raise RuleBroken("catalogue_unchanged")
    row.published_by, row.published_at = by.user_id or 0, at
    row.save()
    keys = [change.key for change in changed]
    record(HouseEvent.CATALOGUE_PUBLISHED, {"catalogue": number, "digest": row.digest, "lines": keys}, by=by, at=at)
    return row


def _draft(number: int) -> CatalogueVersion:
    Installation.objects.select_for_update().get(pk=1)
    row = draft()
    if row is None or row.pk != number:
        raise RuleBroken("catalogue_not_proposed")
    return row
