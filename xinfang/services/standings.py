"""The standing of a matter in the figures: a new version whenever what it counts as changes (domain 9.4, 9.5)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from xinfang.models import Standing
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.figures import marks as rules
from xinfang.rules.matters.state import MatterState

# What a version says, beside which one it is.
VERSION = ("since", "until", "received_at", "marks", "merged_into", *(f"{duty.name}_due_at" for duty in rules.DUTIES))


def standing_columns(now: rules.Standing) -> dict[str, Any]:
    """The columns of `Standing` that say what a matter counts as."""
    return {
        "received_at": now.received_at,
        "marks": int(now.marks),
        "merged_into": now.merged_into,
        **{f"{duty.name}_due_at": now.due.get(duty.name) for duty in rules.DUTIES},
    }


def versions(last: Standing | None, state: MatterState, clocks: tuple[Clock, ...]) -> list[Standing]:
    """The rows to write once a matter stands so, after the version `last`; none while it counts as before.

    Else the version that no longer holds, closed, and the one that does, as of the newest event. What changes without
    an event, because the calendar did, changes the version of the newest one.
    """
    columns = standing_columns(rules.standing_with(state, clocks))
    new = Standing(matter_id=state.id, seq=state.seq, since=state.last_at or state.registered_at, **columns)
    if last is None:
        return [new]
    if all(getattr(last, name) == value for name, value in columns.items()):
        return []
    if last.seq == state.seq:
        new.since = last.since
        return [new]
    last.until = new.since
    return [last, new]


def versions_now(matters: Collection[UUID]) -> dict[UUID, Standing]:
    """The version of each matter that holds now."""
    rows = Standing.objects.filter(matter_id__in=matters, until__isnull=True)
    return {row.matter_id: row for row in rows}
