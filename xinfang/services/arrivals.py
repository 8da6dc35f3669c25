"""Did it arrive? What the carrier's network says of messages it took, and who learns that nobody was reached.

A number that does not exist becomes a letter to post where there is an address; where there is none, whoever has the
matter is told once that no message reaches this petitioner, until the contact details change.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from xinfang.gateways.messages import NotDelivered, Report, Reporting
from xinfang.models import Event, Matter, OutgoingMessage
from xinfang.queries.reaching import addressee_of
from xinfang.rules.matters.events import EventType
from xinfang.rules.notices.messages import NOT_ARRIVED, MessageKind, MessageState
from xinfang.rules.people.seats import SYSTEM
from xinfang.services.ledger import Draft, When
from xinfang.services.outbox import give_up
from xinfang.services.turns import take

TOLD_OF = timedelta(days=30)


def take_reports(*, gateway: Reporting, at: datetime) -> int:
    """Ask the carrier what became of its messages, note it, and return how many reports came."""
    try:
        reports = gateway.reports(at)
    except NotDelivered:
        return 0
    for report in reports:
        _take(report)
    return len(reports)


def _take(report: Report) -> None:
    """One report about one message, noted once; of a message that is not ours, or known already, nothing is noted."""
    with transaction.atomic():
        rows = OutgoingMessage.objects.select_for_update().filter(state=MessageState.SENT)
        row = rows.filter(provider_id=report.provider_id).first() if report.provider_id else None
        if row is None:
            return
        if report.arrived:
            OutgoingMessage.objects.filter(pk=row.pk).update(
                state=MessageState.ARRIVED, arrived_at=report.at, report=report.code
            )
            return
        addressee = addressee_of(row.matter) if row.matter else None
        give_up(row, addressee, failure=NOT_ARRIVED, report=report.code)


def tell_of_lost(*, at: datetime, most: int = 50) -> int:
    """Say in the matter that nobody was reached, so that somebody calls; returns how many were looked at."""
    lost = OutgoingMessage.objects.filter(state=MessageState.FAILED, staff_told=False, at__gt=at - TOLD_OF)
    rows = list(lost.order_by("at")[:most])
    for row in rows:
        with transaction.atomic():
            if OutgoingMessage.objects.filter(pk=row.pk, staff_told=False).update(staff_told=True):
                _say(row, at)
    return len(rows)


def _say(row: OutgoingMessage, at: datetime) -> None:
    if row.matter is None or row.kind == MessageKind.PHONE_CODE or _is_known(row.matter):
        return
    if not Matter.objects.filter(pk=row.matter, sealed=False).exists():
        return
    turn = take(row.matter)
    turn.record(Draft(EventType.UNREACHED, {"kind": row.kind}), When.now(at), SYSTEM)
    turn.finish()


def _is_known(matter: UUID) -> bool:
    """Was it said already, and nothing about how to reach them has changed since?"""
    said = [EventType.UNREACHED, EventType.PARTY_CORRECTED, EventType.PARTY_ADDED]
    newest = Event.objects.filter(chain_id=matter, type__in=said).order_by("-seq").first()
    return newest is not None and newest.type == EventType.UNREACHED
