"""Who is told of an event: in-app notices in its own transaction, each once by effect key; and the petitioner."""

from collections.abc import Sequence
from datetime import date, datetime

from xinfang.models import Notice
from xinfang.queries.people import Held, posts_held
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.state import MatterState
from xinfang.rules.notices.recipients import Group, is_told_blindly, recipients
from xinfang.rules.people.seats import Role, within
from xinfang.services.gathering import gathered
from xinfang.services.reminding import speak_of


def tell_of(event: Event, before: MatterState, after: MatterState) -> None:
    """Write the notices that an event causes; imported rows and sealed matters tell nobody."""
    if after.imported or after.sealed:
        return
    speak_of(event, after)
    today, groups = local_day(event.recorded_at), recipients(event, before, after)
    # Whoever sits in a recused unit is recused, also where another seat would be told.
    kept_away = Group(frozenset(Role) if after.recused_units else frozenset(), after.recused_units)
    posts = _posts(today, kept_away.roles.union(*(group.roles for group in groups)))
    told = {user for group in groups for user in (*group.users, *_on_posts(group, posts))}
    told -= {event.actor, *after.recused_users, *_on_posts(kept_away, posts)}
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


def _posts(today: date, roles: frozenset[Role]) -> list[Held]:
    """Who holds these roles that day; asked once where many matters are written together."""
    gathering = gathered()
    return gathering.posts(today, roles) if gathering is not None else posts_held(today, roles)


def _on_posts(group: Group, posts: list[Held]) -> set[int]:
    return {
        post.user
        for post in posts
        if post.role in group.roles and (post.unit in group.units or (group.over and within(group.over, post.scope)))
    }


def mark_read(*, user: int, notices: Sequence[int], at: datetime) -> int:
    """Mark one's own notices as read; returns how many were unread before."""
    return Notice.objects.filter(user_id=user, pk__in=notices, read_at__isnull=True).update(read_at=at)
