"""The standing of a matter in the figures: a new version whenever what it counts as changes (domain 9.4, 9.5)."""

from typing import Any

from xinfang.models import Standing
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.figures import marks as rules
from xinfang.rules.matters.state import MatterState


def standing_columns(now: rules.Standing) -> dict[str, Any]:
    """The columns of `Standing` that say what a matter counts as."""
    return {
        "received_at": now.received_at,
        "marks": int(now.marks),
        "merged_into": now.merged_into,
        **{f"{duty.name}_due_at": now.due.get(duty.name) for duty in rules.DUTIES},
    }


def standing_columns_of(state: MatterState, clocks: tuple[Clock, ...]) -> dict[str, Any]:
    """The same columns, from where a matter stands."""
    return standing_columns(rules.standing_with(state, clocks))


def write_standing(state: MatterState, clocks: tuple[Clock, ...]) -> None:
    """Close the version that no longer holds and open the one that does, as of the matter's newest event."""
    columns = standing_columns_of(state, clocks)
    since = state.last_at or state.registered_at
    current = Standing.objects.filter(matter_id=state.id, until__isnull=True)
    last = current.values("seq", *columns).first()
    if last is None:
        Standing.objects.create(matter_id=state.id, seq=state.seq, since=since, **columns)
        return
    seq = last.pop("seq")
    if last == columns:
        return
    if seq == state.seq:
        current.update(**columns)
        return
    current.update(until=since)
    Standing.objects.create(matter_id=state.id, seq=state.seq, since=since, **columns)
