"""Which heads did the chains have, and is this still what was written then? Keyed lines outside the database.

A line has a number, a time, how many chains and events there were, the heads that changed since the line before, and a
root, which is the keyed hash of the root before and this line (product "Events and personal data").
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xinfang.rules.ledger.chain import stamp

FIRST_ROOT = b"\x00" * 32
_PURPOSE = b"xinfang checkpoint\n"
_KEYS = frozenset({"number", "at", "chains", "events", "heads", "root"})


@dataclass(frozen=True)
class Head:
    """The last event of a chain at that time: its seq and hash."""

    chain: UUID
    seq: int
    hash: bytes


@dataclass(frozen=True)
class Checkpoint:
    """One line as it was written. `at` is text: it is compared, not counted with."""

    number: int
    at: str
    chains: int
    events: int
    heads: tuple[Head, ...]
    root: bytes


@dataclass(frozen=True)
class Broken:
    """A line that is not what was written; `code` says in which way, `number` is the number that it should have."""

    number: int
    code: str


def written(
    number: int, at: datetime, chains: int, events: int, heads: Iterable[Head], previous: bytes, key: bytes
) -> str:
    """The line of a checkpoint, with its end of line."""
    body = _body(number, stamp(at), chains, events, heads)
    return body[:-1] + f',"root":"{root_of(body, previous, key).hex()}"}}\n'


def root_of(body: str, previous: bytes, key: bytes) -> bytes:
    """The keyed hash of a line upon the root before it."""
    return hmac.new(key, _PURPOSE + previous + body.encode(), hashlib.sha256).digest()


def _body(number: int, at: str, chains: int, events: int, heads: Iterable[Head]) -> str:
    listed = [[str(head.chain), head.seq, head.hash.hex()] for head in heads]
    line = {"number": number, "at": at, "chains": chains, "events": events, "heads": listed}
    return json.dumps(line, separators=(",", ":"))


def parsed(line: str) -> Checkpoint:
    """One line; raises ValueError if it is none."""
    try:
        raw = json.loads(line)
        if set(raw) != _KEYS:
            raise ValueError("a checkpoint has exactly its six entries")
        heads = tuple(Head(UUID(chain), int(seq), bytes.fromhex(head)) for chain, seq, head in raw["heads"])
        root = bytes.fromhex(raw["root"])
        return Checkpoint(int(raw["number"]), str(raw["at"]), int(raw["chains"]), int(raw["events"]), heads, root)
    except (TypeError, KeyError, AttributeError) as broken:
        raise ValueError("this is no checkpoint") from broken


def examined(lines: Iterable[str], key: bytes) -> Iterator[Checkpoint | Broken]:
    """Every line in order; before one that does not follow from what is before it, how it is broken.

    After a break the line's own root is taken as given: one cut is one finding and not one for every line after.
    """
    number, previous = 1, FIRST_ROOT
    for line in lines:
        try:
            found = parsed(line)
        except ValueError:
            yield Broken(number, "checkpoint_unreadable")
            number += 1
            continue
        if found.number != number:
            yield Broken(number, "checkpoint_missing")
        elif not _follows(found, line, previous, key):
            yield Broken(number, "checkpoint_changed")
        yield found
        number, previous = found.number + 1, found.root


def _follows(found: Checkpoint, line: str, previous: bytes, key: bytes) -> bool:
    body = _body(found.number, found.at, found.chains, found.events, found.heads)
    right = root_of(body, previous, key)
    return hmac.compare_digest(right, found.root) and line.rstrip("\n") == body[:-1] + f',"root":"{right.hex()}"}}'
