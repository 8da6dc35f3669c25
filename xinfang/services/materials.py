"""Papers of a matter: files checked, kept encrypted, and one event for what came in (article 22; experience E6)."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from xinfang.gateways import files as shelf
from xinfang.gateways.files import CleanFile, Upload
from xinfang.models import Attachment, SavedDraft
from xinfang.models.protection import protect
from xinfang.rules.access.sight import may_see
from xinfang.rules.intake.file_names import MOST_FILES, clean_name
from xinfang.rules.intake.materials import ADDING_ROLES, require_adding
from xinfang.rules.ledger.chain import salted_bytes
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.intake import Receipt, register
from xinfang.services.ledger import Draft, When
from xinfang.services.linking import tie_visit
from xinfang.services.turns import Turn, take

ORPHANED_AFTER = timedelta(hours=24)
NOTE_MOST = 2000


def checked(uploads: Sequence[Upload]) -> list[CleanFile]:
    """The files as they will be kept; refuses the first that cannot be taken, by its position."""
    if len(uploads) > MOST_FILES:
        raise RuleBroken("files_too_many", field="files", most=MOST_FILES)
    return [shelf.clean(upload, place) for place, upload in enumerate(uploads, start=1)]


def sort_out(uploads: Sequence[Upload], *, have: int = 0) -> tuple[list[CleanFile], list[tuple[str, RuleBroken]]]:
    """The files that can be taken beside the `have` that are there, and each other one by its name, and why not."""
    taken: list[CleanFile] = []
    refused: list[tuple[str, RuleBroken]] = []
    for place, upload in enumerate(uploads, start=1):
        try:
            taken.append(_fit(upload, place, have + len(taken)))
        except RuleBroken as why:
            refused.append((clean_name(upload.name), why))
    return taken, refused


def _fit(upload: Upload, place: int, have: int) -> CleanFile:
    if have >= MOST_FILES:
        raise RuleBroken("files_too_many", field="files", most=MOST_FILES)
    return shelf.clean(upload, place)


def add_material(
    *,
    matter: UUID,
    by: Actor,
    at: datetime,
    files: Sequence[Upload] = (),
    note: str = "",
    shown: bool = False,
    recorded_at: datetime | None = None,
    late_reason: str = "",
) -> MatterState:
    """Add files, or words about papers, to a matter. `shown`: the petitioner sees them too (always sees their own)."""
    clean = checked(files)
    with transaction.atomic():
        turn = take(matter)
        when = When(at, recorded_at or at, late_reason)
        if not may_see(turn.state, by, when.recorded_at):
            raise RuleBroken("not_found")
        require_adding(turn.state, by)
        _attach(turn, clean, when, by, note=note, shown=shown or by.petitioner)
        return turn.finish()


def register_with_files(
    *,
    values: Mapping[str, Any],
    files: Sequence[Upload],
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    late_reason: str = "",
    submission_key: UUID | None = None,
    visit: UUID | None = None,
) -> Receipt:
    """Register a matter together with the papers that came with it: both are there, or neither.

    `visit` is another matter that was brought in the same visit; the two are tied.

    A repeated submission answers the number again and adds no file twice. Whoever registers may add the papers even
    where the matter is then out of sight, because it concerns the people of this very centre.
    """
    clean = checked(files)
    with transaction.atomic():
        receipt = register(
            values=values,
            by=by,
            at=at,
            recorded_at=recorded_at,
            late_reason=late_reason,
            submission_key=submission_key,
        )
        if clean and not receipt.repeated:
            turn = take(receipt.matter)
            _attach(turn, clean, When(at, recorded_at or at, late_reason), by, note="", shown=True)
            turn.finish()
        if visit is not None and not receipt.repeated:
            tie_visit(matter=receipt.matter, first=visit, by=by, at=recorded_at or at)
        return receipt


def _attach(turn: Turn, clean: Sequence[CleanFile], when: When, by: Actor, *, note: str, shown: bool) -> None:
    """Keep the files and record them in one event. What is written but not recorded is swept up a day later."""
    words = tidy(note)
    if not clean and not words:
        raise RuleBroken("no_file", field="files")
    if len(words) > NOTE_MOST:
        raise RuleBroken("text_too_long", field="note", most=NOTE_MOST)
    rows = [_row(turn, file, by, shown=shown) for file in clean]
    listed = [
        {
            "id": str(row.pk),
            "hash": salted_bytes(file.content, bytes(row.salt)),
            "type": row.media_type,
            "size": row.size,
        }
        for row, file in zip(rows, clean, strict=True)
    ]
    payload = {"files": listed, "shown": shown} | ({"by_petitioner": True} if by.petitioner else {})
    turn.record(Draft(EventType.MATERIAL_ADDED, payload, {"words": words}), when, by, ADDING_ROLES)
    for row in rows:
        row.seq = turn.state.seq
    Attachment.objects.bulk_create(rows)


def _row(turn: Turn, file: CleanFile, by: Actor, *, shown: bool) -> Attachment:
    row = Attachment(
        id=UUID(bytes=uuid7().bytes),
        matter_id=turn.state.id,
        media_type=file.media_type,
        size=len(file.content),
        salt=os.urandom(16),
        by_petitioner=by.petitioner,
        shown_to_petitioner=shown,
    )
    row.name_sealed = protect(file.name.encode(), row.place)
    row.stored = shelf.store(row.pk, file.content)
    return row


def sweep_orphans(*, at: datetime) -> int:
    """Remove files that no matter and no saved draft knows a day after they were written: nobody will ask for them."""
    old = [stored for stored, written in shelf.kept() if at - written > ORPHANED_AFTER]
    known = set(Attachment.objects.filter(stored__in=old).values_list("stored", flat=True))
    known |= {stored for files in SavedDraft.objects.values_list("files", flat=True) for stored in files}
    orphans = [stored for stored in old if stored not in known]
    for stored in orphans:
        shelf.remove(stored)
    return len(orphans)
