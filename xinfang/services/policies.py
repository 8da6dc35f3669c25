"""Versions of the 13710 parameters: entered by one person, published by another, never changed and never backdated.

Source: the founding text ("原则上") leaves the digits to the house; the two persons are those of the calendar. No
matter is touched: each keeps the version that held on the day on which it was received.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xinfang.models import Installation, PolicyVersion
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.policy_versions import check_effective, checked
from xinfang.rules.lifecycle.values import parse_day
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people import administration as may
from xinfang.rules.people.seats import Actor
from xinfang.rules.people.units import plain_name
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import record

NOTE_MOST = 200


@transaction.atomic
def propose(*, values: Mapping[str, Any], by: Actor, at: datetime) -> PolicyVersion:
    """Enter the one draft, or enter it anew; who entered it last is the one who may not publish it.

    `values` are those of `rules.clocks.policy_versions.PARAMETERS` as they were typed, `effective_on` and `note`.
    """
    may.require(may.may_propose_policy(by))
    document = _document(values)
    effective_on = parse_day("effective_on", values.get("effective_on"))
    note = plain_name(values.get("note", ""), "note", most=NOTE_MOST)
    last = _last_published()
    check_effective(effective_on, local_day(at), last.effective_on if last else None)
    draft, _created = PolicyVersion.objects.update_or_create(
        number=last.number + 1 if last else 1,
        defaults={
            "document": document,
            "effective_on": effective_on,
            "note": note,
            "proposed_by": by.user_id or 0,
            "proposed_at": at,
        },
    )
    record(HouseEvent.POLICY_PROPOSED, _shape(draft), by=by, at=at)
    return draft


@transaction.atomic
def withdraw(*, number: int, by: Actor, at: datetime) -> None:
    """Take the draft back; what it said stays in the chain of the house."""
    may.require(may.may_propose_policy(by))
    draft = _draft(number)
    draft.delete()
    record(HouseEvent.POLICY_WITHDRAWN, {"policy": number}, by=by, at=at)


@transaction.atomic
def publish(*, number: int, seen: str, by: Actor, at: datetime) -> PolicyVersion:
    """Publish the draft that somebody else entered; `seen` is the `mark` of what was read before saying yes."""
    may.require(bool(by.roles & may.APPROVERS))
    draft = _draft(number)
    if not may.may_publish_policy(by, draft.proposed_by):
        raise RuleBroken("policy_own_proposal")
    if seen != draft.mark:
        raise RuleBroken("draft_changed")
    last = _last_published()
    check_effective(draft.effective_on, local_day(at), last.effective_on if last else None)
    return _publish(draft, by, at)


@transaction.atomic
def publish_first(*, values: Mapping[str, Any], effective_on: date, by: Actor, at: datetime) -> PolicyVersion:
    """The parameters with which an installation is set up, before anything was received in it."""
    may.require(may.is_system(by))
    who = by.user_id or 0
    row = PolicyVersion(
        number=1, document=_document(values), effective_on=effective_on, proposed_by=who, proposed_at=at
    )
    return _publish(row, by, at)


def _document(values: Mapping[str, Any]) -> dict[str, int | str]:
    read = checked(values)
    if read.refusals:
        raise read.refusals[0]
    return read.document


def _last_published() -> PolicyVersion | None:
    """The newest published version, with the house locked: two who propose or publish at once come one by one."""
    Installation.objects.select_for_update().get(pk=1)
    return PolicyVersion.objects.filter(published_at__isnull=False).order_by("-number").first()


def _draft(number: int) -> PolicyVersion:
    Installation.objects.select_for_update().get(pk=1)
    draft = PolicyVersion.objects.filter(pk=number, published_at__isnull=True).first()
    if draft is None:
        raise RuleBroken("policy_not_proposed")
    return draft


def _publish(row: PolicyVersion, by: Actor, at: datetime) -> PolicyVersion:
    row.published_by, row.published_at = by.user_id or 0, at
    row.save()
    record(HouseEvent.POLICY_PUBLISHED, _shape(row), by=by, at=at)
    return row


def _shape(row: PolicyVersion) -> dict[str, Any]:
    return {"policy": row.number, "effective_on": row.effective_on.isoformat(), **row.document}
