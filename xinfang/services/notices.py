"""Who in the house is told of an event: in-app notices in the event's own transaction, each once by effect key."""

from collections.abc import Sequence
from datetime import date, datetime

from xinfang.models import Notice
from xinfang.queries.people import holders, overseers
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.state import MatterState
from xinfang.rules.notices.recipients import Group, is_told_blindly, recipients
from xinfang.rules.people.seats import Role
from xinfang.services.gathering import gathered


def tell_of(event: Event, before: MatterState, after: MatterState) -> None:
    """Write the notices that an event causes; imported rows and sealed matters tell nobody."""
    if after.imported or after.sealed:
        return
    told: set[int] = set()
    today = local_day(event.recorded_at)
    for group in recipients(event, before, after):
        told |= set(group.users) | _on_posts(group, today)
    told -= {event.actor} | after.recused_users if event.actor else after.recused_users
    if told and after.recused_units:
        # Whoever sits in a recused unit is recused, also where another seat would be told.
        told -= _on_posts(Group(frozenset(Role), after.recused_units), today)
    blind = is_told_blindly(event, after)
    rows = [
        Notice(
            user_id=user,
            matter=None if blind else event.chain,
            code=event.type,
            facts={"number": "" if blind else after.number, "clock": event.payload.get("clock", "")},
            effect_key=f"{event.chain}:{event.seq}:{user}",
            at=event.recorded_at,
        )
        for user in sorted(told)
    ]
    gathering = gathered()
    if gathering is not None and event.chain in gathering.chains:
        gathering.add(*rows)
    else:
        Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _on_posts(group: Group, today: date) -> set[int]:
    """Who holds these posts that day; asked once a day where many matters are written together."""
    gathering = gathered()
    asked = (group.units, group.roles, group.over, today)
    if gathering is not None and asked in gathering.on_posts:
        return gathering.on_posts[asked]
    found = set(holders(set(group.units), set(group.roles), today))
    if group.over:
        found |= set(overseers(group.over, set(group.roles), today))
    if gathering is not None:
        gathering.on_posts[asked] = found
    return found


def mark_read(*, user: int, notices: Sequence[int], at: datetime) -> int:
    """Mark one's own notices as read; returns how many were unread before."""
    return Notice.objects.filter(user_id=user, pk__in=notices, read_at__isnull=True).update(read_at=at)
