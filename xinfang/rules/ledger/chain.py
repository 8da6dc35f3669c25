"""Is this row the row that was written? The keyed hash chain of the events (product "Events and personal data")."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

GENESIS = b"\x00" * 32
RULE_VERSION = "2026.11"


@dataclass(frozen=True)
class Event:
    """One thing that happened: codes, ids, dates and salted hashes, never personal data.

    `seq` counts from 1 in its chain; `occurred_at` and `recorded_at` are aware datetimes;
    `actor` is a user id or None (the petitioner or the system: see `role`); `unit` is a unit code or "".
    """

    chain: UUID
    seq: int
    type: str
    occurred_at: datetime
    recorded_at: datetime
    actor: int | None
    role: str
    unit: str
    payload: Mapping[str, Any]
    rule_version: str = RULE_VERSION


def stamp(moment: datetime) -> str:
    """A moment in UTC with microseconds, the same text however the database returned it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(payload: Mapping[str, Any]) -> str:
    """The payload as one text: sorted keys, no spaces, no floats (they do not survive a round trip)."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(event: Event, previous: bytes, key: bytes) -> bytes:
    """The keyed hash of an event upon the one before it; 32 bytes."""
    message = "\n".join(
        (
            str(event.chain),
            str(event.seq),
            event.type,
            stamp(event.occurred_at),
            stamp(event.recorded_at),
            str(event.actor),
            event.role,
            event.unit,
            event.rule_version,
            canonical(event.payload),
        ),
    )
    return hmac.new(key, previous + message.encode(), hashlib.sha256).digest()


def salted(text: str, salt: bytes) -> str:
    """The hash that stands for a text in an event; without the salt beside the text it says nothing."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def salted_bytes(content: bytes, salt: bytes) -> str:
    """The hash that stands for a file in an event."""
    return hashlib.sha256(salt + content).hexdigest()
