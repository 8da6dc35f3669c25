"""Writing down the heads of all chains outside the database, so that a cut tail or a rewritten chain is noticed."""

import logging
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Sum
from django.db.models.aggregates import Count

from xinfang.gateways import checkpoint_files
from xinfang.models import Chain
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.ledger.checkpoint import FIRST_ROOT, Broken, Head, examined, parsed, written

HEADS_IN_A_LINE = 1000
log = logging.getLogger(__name__)
_MARK = """
    UPDATE xinfang_chain AS chain SET checkpointed_seq = head.seq
    FROM unnest(%s::uuid[], %s::int[]) AS head(id, seq)
    WHERE chain.id = head.id AND chain.checkpointed_seq < head.seq
"""


def checkpoint(*, at: datetime) -> int:
    """Write the heads that changed since the last checkpoint; returns how many heads were written.

    The line is on the disk before the chains are marked: whoever dies in between writes the same heads once more.
    Chains that somebody works on right now wait for the next time.
    """
    written_heads = 0
    with checkpoint_files.locked():
        while True:
            count = _one_line(at)
            written_heads += count
            if count < HEADS_IN_A_LINE:
                return written_heads


@transaction.atomic
def _one_line(at: datetime) -> int:
    waiting = Chain.objects.exclude(seq=F("checkpointed_seq")).select_for_update(skip_locked=True).order_by("id")
    heads = [Head(chain.pk, chain.seq, bytes(chain.head)) for chain in waiting[:HEADS_IN_A_LINE]]
    if not heads:
        return 0
    number, root = _following()
    total = Chain.objects.aggregate(chains=Count("id"), events=Sum("seq"))
    key = settings.XINFANG_KEYS["chain_key"]
    line = written(number, at, total["chains"], total["events"], heads, root, key)
    checkpoint_files.append(f"{local_day(at):%Y-%m}", line)
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [[head.chain for head in heads], [head.seq for head in heads]])
    return len(heads)


def trust_files() -> int:
    """After a restore: mark no chain beyond what the files that came with the backup hold; returns how many were.

    A backup copies the files first and the database after them. What was marked in between is written down anew.
    """
    covered: dict[UUID, int] = {}
    with checkpoint_files.locked():
        for found in examined(checkpoint_files.lines(checkpoint_files.sizes()), settings.XINFANG_KEYS["chain_key"]):
            for head in () if isinstance(found, Broken) else found.heads:
                covered[head.chain] = max(covered.get(head.chain, 0), head.seq)
        marked = Chain.objects.filter(checkpointed_seq__gt=0).values_list("pk", "checkpointed_seq")
        beyond = [chain for chain, seq in marked.iterator() if seq > covered.get(chain, 0)]
        for chain in beyond:
            Chain.objects.filter(pk=chain).update(checkpointed_seq=covered.get(chain, 0))
    return len(beyond)


def _following() -> tuple[int, bytes]:
    """The next number and the root to stand on. A last line that was spoilt is for `verify` to report; we go on."""
    last = checkpoint_files.last_line()
    try:
        before = parsed(last) if last else None
    except ValueError:
        log.exception("the newest checkpoint cannot be read", extra={"job": "checkpoints"})
        before = None
    return (before.number + 1, before.root) if before else (1, FIRST_ROOT)
