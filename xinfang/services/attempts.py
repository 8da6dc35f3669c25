"""Which wrong codes were typed lately? Counted under keyed hashes, so that the next try waits (product, "Proofs")."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from xinfang.models import CodeFailure
from xinfang.models.protection import blind_index
from xinfang.rules.access.delays import ADDRESS, FORGOTTEN_AFTER, NUMBER, PAIR, Patience, remaining
from xinfang.rules.clocks.duties import local_day

Subjects = Mapping[bytes, Patience]


def subjects_of(*, what: str, number: str, address: str, at: datetime) -> dict[bytes, Patience]:
    """What one try is counted under: the number from this address, the number, and the address (anew each day)."""
    place = f"{local_day(at)}|{address}"
    return {
        blind_index(f"{what}|{number}|{place}", "tried-pair"): PAIR,
        blind_index(f"{what}|{number}", "tried-number"): NUMBER,
        blind_index(f"{what}|{place}", "tried-address"): ADDRESS,
    }


def locked(subjects: Subjects, *, at: datetime) -> dict[bytes, CodeFailure]:
    """The rows of these subjects under lock, so that a hundred tries at once count as a hundred."""
    CodeFailure.objects.bulk_create([CodeFailure(subject=s, last_at=at) for s in subjects], ignore_conflicts=True)
    rows = CodeFailure.objects.select_for_update().filter(subject__in=list(subjects)).order_by("subject")
    return {bytes(row.subject): row for row in rows}


def seconds_left(subjects: Subjects, rows: Mapping[bytes, CodeFailure], at: datetime) -> int:
    """How long the next try still waits."""
    return max(remaining(subjects[s], row.count, row.last_at, at) for s, row in rows.items())


def failed(rows: Mapping[bytes, CodeFailure], *, at: datetime) -> None:
    """Count one failure under every subject; what is older than a day no longer counts."""
    for row in rows.values():
        stale = at - row.last_at >= FORGOTTEN_AFTER
        CodeFailure.objects.filter(pk=row.subject).update(count=1 if stale else row.count + 1, last_at=at)


def succeeded(subjects: Subjects) -> None:
    """The right code: this number is no longer slowed down; the address keeps its count."""
    kept = [s for s, patience in subjects.items() if patience is not ADDRESS]
    CodeFailure.objects.filter(pk__in=kept).delete()


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Remove failures that no longer count; returns how many rows went."""
    return CodeFailure.objects.filter(last_at__lte=at - FORGOTTEN_AFTER).delete()[0]
