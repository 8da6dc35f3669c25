"""Putting a half-written petition aside and coming back to it by code, from any telephone (experience B2).

Nobody in the house can open one: the words are encrypted with the code, and only a keyed hash of the code stays here.
Accusations never come this far; whoever turns to one leaves nothing (product, "Accusations").
"""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from xinfang.gateways import files as shelf
from xinfang.models.protection import code_hash, protect_with_code, reveal_with_code
from xinfang.models.saved_drafts import SavedDraft
from xinfang.rules.intake.saved_drafts import KEPT_FOR, SYMBOLS, read_resume_code, resume_code
from xinfang.rules.refusals import RuleBroken
from xinfang.services import attempts

_PLACE = "draft"


@transaction.atomic
def put_aside(*, content: Mapping[str, Any], files: Sequence[str], code: str, at: datetime) -> str:
    """Keep this for fourteen days and return its code; with a code that is still known it takes the place of the old.

    `files` are stored names. What the older version had and this one has not goes.
    """
    row = _live(code, at) if code else None
    if row is None:
        code = resume_code(secrets.token_bytes(SYMBOLS))
        row = SavedDraft(code_hash=_hash(code))
    dropped = set(row.files) - set(files)
    row.content_sealed = protect_with_code(json.dumps(dict(content)).encode(), code, _PLACE)
    row.files, row.saved_at, row.expires_at = list(files), at, at + KEPT_FOR
    row.save()
    _remove_files(dropped)
    return code


def open_saved(*, code: str, address: str, at: datetime) -> dict[str, Any]:
    """What was put aside under this code, and its code as `resume`; from now it is kept for fourteen days again.

    A wrong code and one that is over are one refusal, found by the same work. Failures make the next try wait.
    """

    def keep_on(row: SavedDraft) -> None:
        row.expires_at = at + KEPT_FOR
        row.save(update_fields=["expires_at"])

    own, row = _found(code, address, at, keep_on)
    content: dict[str, Any] = json.loads(reveal_with_code(row.content_sealed, own, _PLACE))
    return {**content, "resume": own}


def kept_until(*, code: str, at: datetime) -> datetime | None:
    """Until when what this session put aside is kept; None when it has been removed since."""
    found = SavedDraft.objects.filter(code_hash=_hash(code), expires_at__gt=at)
    return found.values_list("expires_at", flat=True).first()


def throw_away(*, code: str, address: str, at: datetime) -> None:
    """Remove what was put aside under this code, files and all; a wrong code is answered as by `open_saved`."""
    _found(code, address, at, _delete)


def _found(code: str, address: str, at: datetime, act: Callable[[SavedDraft], None]) -> tuple[str, SavedDraft]:
    own = read_resume_code(code) or ""
    subjects = attempts.subjects_of(what="resume", number=own or code[:40], address=address, at=at)
    with transaction.atomic():
        rows = attempts.locked(subjects, at=at)
        wait = attempts.seconds_left(subjects, rows, at)
        row = _live(own, at)
        if not wait and row is not None:
            attempts.succeeded(subjects)
            act(row)
        elif not wait:
            attempts.failed(rows, at=at)
    if wait:
        raise RuleBroken("wait_before_trying", seconds=wait)
    if row is None:
        raise RuleBroken("resume_code_wrong", field="code")
    return own, row


def _live(code: str, at: datetime) -> SavedDraft | None:
    return SavedDraft.objects.select_for_update().filter(code_hash=_hash(code), expires_at__gt=at).first()


def _hash(code: str) -> bytes:
    return code_hash(code, _PLACE)


def _delete(row: SavedDraft) -> None:
    row.delete()
    _remove_files(row.files)


def _remove_files(stored: Sequence[str] | set[str]) -> None:
    """The bytes go when the transaction is committed; if that fails, the orphan sweep finds them."""
    for name in stored:
        transaction.on_commit(partial(shelf.remove, name))


@transaction.atomic
def drop(*, code: str) -> None:
    """Remove what the session itself had put aside: it became a matter, or its writer turned to an accusation."""
    for row in SavedDraft.objects.select_for_update().filter(code_hash=_hash(code)):
        _delete(row)


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Remove what nobody came back to; returns how many."""
    over = list(SavedDraft.objects.select_for_update().filter(expires_at__lte=at))
    for row in over:
        _delete(row)
    return len(over)
