"""Opening what is masked: who looked, from which seat, when and why; append-only, shown to the petitioner (6.2, A9)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xinfang.models import Look
from xinfang.models.protection import protect
from xinfang.queries.access import state_for
from xinfang.rules.access.sight import IDENTITY_ROLES, may_open_parties
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services.ledger import seat_of

IDENTITY, SEARCHED, DUPLICATE = "identity", "id_search", "duplicate_check"
SEARCHERS = frozenset({Role.CENTRE_DIRECTOR, Role.PETITION_BUREAU})
REASON_LEAST, REASON_MOST = 4, 200


def reason_of(text: str) -> str:
    """A reason that says something; refuses an empty or a too long one."""
    reason = tidy(text)
    if len(reason) < REASON_LEAST:
        raise RuleBroken("reason_too_short", field="reason", least=REASON_LEAST)
    if len(reason) > REASON_MOST:
        raise RuleBroken("text_too_long", field="reason", most=REASON_MOST)
    return reason


@transaction.atomic
def open_identity(*, matter: UUID, by: Actor, reason: str, at: datetime) -> Look:
    """Note that this person opens the identity data of a matter; refuses who may not, as if it were not there."""
    state = state_for(by, matter, at)
    if state is None or not may_open_parties(state, by, at):
        raise RuleBroken("not_found")
    return _write([matter], IDENTITY, by, reason_of(reason), at, IDENTITY_ROLES | {Role.MEDIATOR})[0]


@transaction.atomic
def note_search(*, found: list[UUID], by: Actor, reason: str, at: datetime) -> None:
    """Note a search by identity number: once for itself and once for every matter that it showed."""
    if not by.roles & SEARCHERS:
        raise RuleBroken("not_found")
    _write([None, *found], SEARCHED, by, reason_of(reason), at, SEARCHERS)


@transaction.atomic
def note_duplicate_check(*, by: Actor, at: datetime) -> None:
    """Note that a window asked whether the same matter is already there; the answer names nothing."""
    if Role.WINDOW_CLERK not in by.roles:
        raise RuleBroken("not_found")
    _write([None], DUPLICATE, by, "", at, frozenset({Role.WINDOW_CLERK}))


def _write(
    matters: Sequence[UUID | None], what: str, by: Actor, reason: str, at: datetime, roles: frozenset[Role]
) -> list[Look]:
    seat = seat_of(by, roles)
    sealed = protect(reason.encode(), Look.place)
    return Look.objects.bulk_create(
        [
            Look(
                matter_id=matter,
                user=seat.actor or 0,
                role=seat.role,
                unit=seat.unit,
                what=what,
                reason_sealed=sealed,
                at=at,
            )
            for matter in matters
        ]
    )
