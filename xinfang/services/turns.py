"""A turn of a matter: its chain locked, its state read, events appended, projections written, in one transaction."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from xinfang.models import Chain
from xinfang.rules.clocks.duties import Counting, clocks_of
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.apply import apply, fold
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import SYSTEM, Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import notices
from xinfang.services.counting_days import counting_held
from xinfang.services.danger import asks_for_a_look
from xinfang.services.gathering import Gathering, gathered, marked_days
from xinfang.services.ledger import Draft, When, append, check_times, events_of, lock_chain, seat_of

# Whoever waited for the lock, or sits at a machine whose clock is a little slow, comes after and is not turned away.
WAITED = timedelta(minutes=2)


@dataclass
class Turn:
    """One locked matter during one transaction: its chain, its state, and what is appended to it.

    `marked` are the days that were told by a calendar which has changed since.
    """

    chain: Chain
    state: MatterState
    counting: Counting
    marked: dict[str, date | None] = field(default_factory=dict)

    def record(self, draft: Draft, when: When, by: Actor, roles: frozenset[Role] | None = None) -> Event:
        """Append one event and move the state on; projections follow with `finish`."""
        self.count_again(when.recorded_at)
        return self._append(draft, when, by, roles)

    def count_again(self, at: datetime) -> None:
        """Say which dates a changed calendar moved, before anything else moves them; each is said once."""
        told = dict(self.marked)
        self.marked.clear()
        if not told:
            return
        when = When.now(max(at, self.state.last_at or at))
        for clock in clocks_of(self.state, self.counting):
            before, now = told.get(clock.key), clock.due.due if clock.due else None
            if before is not None and now is not None and before != now:
                payload = {"clock": clock.key, "from": before.isoformat(), "to": now.isoformat()}
                self._append(Draft(EventType.RECOMPUTED, payload), when, SYSTEM)

    def _append(self, draft: Draft, when: When, by: Actor, roles: frozenset[Role] | None = None) -> Event:
        when = _after(when, self.state.last_at)
        check_times(when, self.state.last_at)
        if when.occurred_at < self.state.received_at:
            raise RuleBroken("occurs_before_registration", field="occurred_at")
        if by.joined:
            # What is said by or for somebody who joined is theirs alone to read.
            draft = replace(draft, payload={**draft.payload, "came_with": by.came_with})
        if asks_for_a_look(draft.type, draft.words, by):
            draft = replace(draft, payload={**draft.payload, "danger": True})
        event = append(self.chain, draft, when, seat_of(by, roles, self.state.handling_units))
        before, self.state = self.state, apply(self.state, event)
        notices.tell_of(event, before, self.state)
        return event

    def finish(self) -> MatterState:
        """Bring the projections to where the matter stands: a gathered one's together with the others'."""
        gathering = gathered()
        if gathering is not None and self.state.id in gathering.states:
            gathering.project(self.state)
            return self.state
        alone = Gathering(self.counting)
        alone.know(self.chain)
        alone.project(self.state)
        alone.write()
        return self.state


def _after(when: When, last: datetime | None) -> When:
    """Recorded no earlier than what is already there, if it is only the wait that made it so."""
    if last is None or not when.recorded_at < last <= when.recorded_at + WAITED:
        return when
    return replace(when, recorded_at=last)


def take(matter: UUID, count: Counting | None = None) -> Turn:
    """Lock a matter for this transaction and read where it stands; refuses one that is not there."""
    gathering = gathered()
    if gathering is not None and matter in gathering.states:
        marked = gathering.marked.setdefault(matter, {})
        return Turn(gathering.chains[matter], gathering.states[matter], gathering.counting, marked)
    try:
        chain = lock_chain(matter)
    except Chain.DoesNotExist:
        raise RuleBroken("not_found") from None
    count = count or counting_held()
    return Turn(chain, fold(events_of(chain.pk)), count, marked_days([matter]).get(matter, {}))


def take_all(*matters: UUID) -> dict[UUID, Turn]:
    """Lock several matters, always in the order of their ids: two such turns wait for each other, they never block."""
    gathering = gathered()
    count = gathering.counting if gathering is not None else counting_held()
    return {matter: take(matter, count) for matter in sorted(set(matters))}


def state_of(matter: UUID) -> MatterState:
    """Where a matter stands now, read from its events without a lock."""
    return fold(events_of(matter))
