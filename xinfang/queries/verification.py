"""Is the ledger what was written? Every event against its keyed hash, its chain, its words and the checkpoints outside.

Reads the whole ledger once, in the order of its primary keys, in one snapshot; memory does not grow with it. A finding
names a chain, a seq and a code, never a word of the matter.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, transaction

from xinfang.gateways import checkpoint_files, files
from xinfang.models import Attachment, Event, Matter
from xinfang.models.ledger import text_place
from xinfang.models.protection import reveal
from xinfang.rules.ledger import chain as rules
from xinfang.rules.ledger.checkpoint import Broken, Head, examined
from xinfang.rules.matters.events import EventType

FETCH = 5000
HEADS_AT_ONCE = 5000
MASKING = frozenset({EventType.MASKED.value, EventType.SEALED_LATE.value})
_CHAINS = "SELECT id, seq, head, checkpointed_seq FROM xinfang_chain ORDER BY id"
# The moments come as the text that is hashed (`rules.stamp`): reading and writing a million of them takes its time.
_STAMP = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_EVENTS = f"""
    SELECT chain_id, seq, type, {_STAMP.format("occurred_at")}, {_STAMP.format("recorded_at")},
        coalesce(actor::text, 'None'), role, unit, rule_version, payload::text, previous, hash
    FROM xinfang_event ORDER BY chain_id, seq
"""  # noqa: S608  -- made of nothing but the lines above
_TEXTS = """
    SELECT chain_id, seq, field, sealed, salt, masked_by FROM xinfang_protectedtext ORDER BY chain_id, seq, field
"""
_FILES = """
    SELECT event.chain_id, event.seq, file->>'id', file->>'hash'
    FROM xinfang_event AS event, jsonb_array_elements(event.payload->'files') AS file
    WHERE event.type = 'material_added' AND jsonb_typeof(event.payload->'files') = 'array'
"""
_HEADS = """
    SELECT head.id, head.seq, event.hash IS NOT NULL
    FROM unnest(%s::uuid[], %s::int[], %s::bytea[]) AS head(id, seq, hash)
    LEFT JOIN xinfang_event AS event ON event.chain_id = head.id AND event.seq = head.seq
    WHERE event.hash IS DISTINCT FROM head.hash
"""

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Finding:
    """One thing that is not what was written: `code`, the chain and seq that it is about, if any."""

    code: str
    chain: UUID | None = None
    seq: int = 0
    field: str = ""


@dataclass
class Verdict:
    """What was looked at and what was found. `masked` are texts that the law removed: (chain, seq, field, by event)."""

    chains: int = 0
    events: int = 0
    texts: int = 0
    files: int = 0
    checkpoints: int = 0
    uncovered: int = 0
    findings: list[Finding] = field(default_factory=list)
    masked: list[tuple[UUID, int, str, int]] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.findings


def verify(*, with_files: bool = False) -> Verdict:
    """Check everything, in a snapshot of its own if it is called outside a transaction."""
    verdict = Verdict()
    with ExitStack() as stack:
        # No checkpoint may appear between the snapshot and the sizes of the files.
        with checkpoint_files.locked():
            stack.enter_context(_snapshot())
            sizes = checkpoint_files.sizes()
        covered = _check_checkpoints(sizes, verdict)
        _Reading(verdict, covered).run()
        if with_files:
            _check_files(verdict)
    return verdict


@contextmanager
def _snapshot() -> Iterator[None]:
    """One unchanging view of the database; inside a transaction of somebody else, the view that this one has."""
    own = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if own:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT 1 FROM xinfang_chain LIMIT 1")  # the first query takes the snapshot
        yield


def numbers_of(chains: Iterable[UUID]) -> dict[UUID, str]:
    """The public numbers of matters; what was sealed has none here."""
    return dict(Matter.objects.filter(pk__in=set(chains), sealed=False).values_list("pk", "number"))


def _check_checkpoints(sizes: dict[Any, int], verdict: Verdict) -> dict[UUID, int]:
    """Compare every head that was ever written down; returns how far each chain is covered."""
    covered: dict[UUID, int] = {}
    waiting: list[Head] = []
    for found in examined(checkpoint_files.lines(sizes), settings.XINFANG_KEYS["chain_key"]):
        if isinstance(found, Broken):
            verdict.findings.append(Finding(found.code, seq=found.number))
            continue
        verdict.checkpoints += 1
        waiting += found.heads
        for head in found.heads:
            covered[head.chain] = max(covered.get(head.chain, 0), head.seq)
        if len(waiting) >= HEADS_AT_ONCE:
            verdict.findings += _lost_heads(waiting)
            waiting = []
    verdict.findings += _lost_heads(waiting)
    return covered


def _lost_heads(heads: list[Head]) -> list[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [[h.chain for h in heads], [h.seq for h in heads], [h.hash for h in heads]])
        return [Finding("rechained" if there else "tail_cut", chain, seq) for chain, seq, there in cursor.fetchall()]


def _event(row: Row) -> rules.Event:
    """The event in a row, its payload as the text that the database holds."""
    chain, seq, kind, occurred_at, recorded_at, actor, role, unit, payload, version = row[:10]
    return rules.Event(chain, seq, kind, occurred_at, recorded_at, actor, role, unit, json.loads(payload), version)


def _stream(name: str, query: str) -> Iterator[Row]:
    """Rows through a server-side cursor of the running transaction."""
    connection.ensure_connection()
    with connection.connection.cursor(name=name) as cursor:
        cursor.itersize = FETCH
        cursor.execute(query)
        yield from cursor


class _Reading:
    """One walk over chains, events and texts, side by side in the order of their keys."""

    def __init__(self, verdict: Verdict, covered: dict[UUID, int]) -> None:
        self.verdict = verdict
        self.covered = covered
        self.key: bytes = settings.XINFANG_KEYS["chain_key"]
        self.chains = _Ahead(_stream("verify_chains", _CHAINS))
        self.texts = _Ahead(_stream("verify_texts", _TEXTS))

    def run(self) -> None:
        for chain, events in groupby(_stream("verify_events", _EVENTS), key=itemgetter(0)):
            for empty in self.chains.before((chain,)):
                self._close(empty, 0, rules.GENESIS)
            head = next(iter(self.chains.at((chain,))), None)
            seq, last = self._walk(chain, events)
            if head is None:
                self._find("chain_missing", chain)
                self._count_uncovered(chain, seq)
            else:
                self._close(head, seq, last)
        for empty in self.chains.rest():
            self._close(empty, 0, rules.GENESIS)
        self._stray_texts(self.texts.rest())

    def _find(self, code: str, chain: UUID, seq: int = 0, name: str = "") -> None:
        self.verdict.findings.append(Finding(code, chain, seq, name))

    def _walk(self, chain: UUID, events: Iterator[Row]) -> tuple[int, bytes]:
        """One chain: no holes, each event on the one before, each with its words; returns its last seq and hash."""
        last, previous = 0, rules.GENESIS
        masks: list[tuple[int, int, str]] = []
        masking: dict[int, tuple[str, dict[str, Any]]] = {}
        name = str(chain)
        for row in events:
            seq, payload, head = row[1], json.loads(row[9]), row[11]
            self.verdict.events += 1
            if seq != last + 1:
                self._find("event_missing", chain, last + 1)
            elif row[10] != previous or self._digest((name, str(seq), *row[2:9]), payload, previous) != head:
                self._find("event_changed", chain, seq)
            self._words(chain, seq, payload, masks)
            if row[2] in MASKING:
                masking[seq] = (row[2], payload)
            last, previous = seq, head
        self._masks(chain, masks, masking)
        self.verdict.chains += 1
        return last, previous

    def _digest(self, facts: tuple[str, ...], payload: dict[str, Any], previous: bytes) -> bytes:
        return rules.digest_of(facts, payload, previous, self.key)

    def _words(self, chain: UUID, seq: int, payload: dict[str, Any], masks: list[tuple[int, int, str]]) -> None:
        """The words beside an event against the hashes in it."""
        self._stray_texts(self.texts.before((chain, seq)))
        texts = {row[2]: row for row in self.texts.at((chain, seq))}
        named: dict[str, str] = payload.get("texts", {})
        for name, wanted in named.items():
            self.verdict.texts += 1
            row = texts.pop(name, None)
            if row is None:
                self._find("text_missing", chain, seq, name)
            elif row[3] is None:
                masks.append((row[5] or 0, seq, name))
            elif not _same_text(row, wanted):
                self._find("text_changed", chain, seq, name)
        self._stray_texts(texts.values())

    def _stray_texts(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._find("text_unknown", row[0], row[1], row[2])

    def _masks(
        self, chain: UUID, masks: list[tuple[int, int, str]], masking: dict[int, tuple[str, dict[str, Any]]]
    ) -> None:
        """A text is gone lawfully if an event of the chain says so of this very text, or of everything."""
        for by, seq, name in masks:
            if by in masking and _masks_text(*masking[by], seq, name):
                self.verdict.masked.append((chain, seq, name, by))
            else:
                self._find("text_missing", chain, seq, name)

    def _close(self, head: Row, seq: int, last: bytes) -> None:
        """The chain's own row against its last event, and its mark against the checkpoints."""
        chain, known, hashed, marked = head[0], head[1], bytes(head[2]), head[3]
        if known > seq:
            self._find("tail_cut", chain, known)
        elif known != seq or hashed != last:
            self._find("head_differs", chain, seq)
        if marked > self.covered.get(chain, 0):
            self._find("checkpoint_cut", chain, marked)
        if seq == 0:
            self.verdict.chains += 1
        self._count_uncovered(chain, seq)

    def _count_uncovered(self, chain: UUID, seq: int) -> None:
        self.verdict.uncovered += max(0, seq - self.covered.get(chain, 0))


class _Ahead:
    """Rows in the order of their first columns, taken up to a key or at it."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.rows = rows
        self.next = next(rows, None)

    def _take(self) -> Row:
        row, self.next = self.next, next(self.rows, None)
        assert row is not None  # noqa: S101  -- for the type checker; the caller has asked
        return row

    def before(self, key: Row) -> list[Row]:
        found = []
        while self.next is not None and self.next[: len(key)] < key:
            found.append(self._take())
        return found

    def at(self, key: Row) -> list[Row]:
        found = []
        while self.next is not None and self.next[: len(key)] == key:
            found.append(self._take())
        return found

    def rest(self) -> Iterator[Row]:
        while self.next is not None:
            yield self._take()


def _same_text(row: Row, wanted: str) -> bool:
    try:
        text = reveal(row[3], text_place(row[0], row[1], row[2])).decode()
    except (InvalidTag, ValueError):
        return False
    return rules.salted(text, bytes(row[4])) == wanted


def _masks_text(kind: str, payload: dict[str, Any], seq: int, name: str) -> bool:
    named = payload.get("seq") == seq and payload.get("field") == name
    return named or kind == EventType.SEALED_LATE


def _check_files(verdict: Verdict) -> None:
    """The bytes of every file against the hash in the event that brought it."""
    rows = _stream("verify_files", _FILES)
    while batch := list(islice(rows, 500)):
        known = {str(row.pk): row for row in Attachment.objects.filter(pk__in=[file for _c, _s, file, _h in batch])}
        for chain, seq, file, wanted in batch:
            verdict.files += 1
            code = _file_state(known.get(file), wanted)
            if code:
                verdict.findings.append(Finding(code, chain, seq))


def _file_state(row: Attachment | None, wanted: str) -> str:
    """What is wrong with a file, "" if nothing is or an event took it away by law."""
    if row is None:
        return "file_missing"
    if row.masked_by is not None:
        masked = Event.objects.filter(chain_id=row.matter_id, seq=row.masked_by, type__in=MASKING).first()
        lawful = masked is not None and masked.payload.get("file", str(row.pk)) == str(row.pk)
        return "" if lawful else "file_missing"
    try:
        content = files.read(row.pk, row.stored)
    except OSError:
        return "file_missing"
    except (InvalidTag, ValueError):
        return "file_changed"
    return "" if rules.salted_bytes(content, bytes(row.salt)) == wanted else "file_changed"
