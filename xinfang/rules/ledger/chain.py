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


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def stamp(moment: datetime) -> str:
    """A moment in UTC with microseconds, the same text however the database returned it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def canonical(payload: Mapping[str, Any]) -> str:
    """The payload as one text: sorted keys, no spaces, no floats (they do not survive a round trip)."""
    return _encode(payload)


def digest(event: Event, previous: bytes, key: bytes) -> bytes:
    """The keyed hash of an event upon the one before it; 32 bytes."""
    facts = (
        str(event.chain), str(event.seq), event.type, stamp(event.occurred_at), stamp(event.recorded_at),
        str(event.actor), event.role, event.unit, event.rule_version,
    )  # fmt: skip
    return digest_of(facts, event.payload, previous, key)


def digest_of(facts: tuple[str, ...], payload: Mapping[str, Any], previous: bytes, key: bytes) -> bytes:
    """The same of an event that lies there as text: chain, seq, type, both stamps, actor, role, unit, rule version."""
    message = "\n".join((*facts, _encode(payload)))
    return hmac.digest(key, previous + message.encode(), "sha256")


def salted(text: str, salt: bytes) -> str:
    """The hash that stands for a text in an event; without the salt beside the text it says nothing."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def salted_bytes(content: bytes, salt: bytes) -> str:
    """The hash that stands for a file in an event."""
    return hashlib.sha256(salt + content).hexdigest()
