"""Many matters at once: the verbs stay the same, their rows are gathered in memory and written together.

Gathered are the matters that are registered inside `together`, which nobody else can see before the transaction ends,
and those that are brought into it, which it holds locked. Everything else is written as always.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import models, transaction

from xinfang.models import Chain, Deadline, Event, LedgerCounter, Matter, Standing, Unit
from xinfang.queries.clocks import installation_settings
from xinfang.queries.people import Held, posts_held, unit_of
from xinfang.rules.clocks.duties import Clock, Counting, clocks_of
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Role
from xinfang.services.counting_days import counting_held
from xinfang.services.projections import AT_ONCE, matter_columns, put, write_projections
from xinfang.services.standings import VERSION, versions, versions_now


@dataclass(frozen=True)
class Submission:
    """What a submission key stands for already: the matter that it made, and the hash of its content."""

    matter: UUID
    number: str
    body: bytes


def known_submissions(keys: set[UUID]) -> dict[UUID, Submission]:
    """Which of these submissions made a matter, in one statement."""
    rows = Matter.objects.filter(submission_key__in=keys)
    found = rows.values_list("submission_key", "pk", "number", "body_hash")
    return {key: Submission(matter, number, bytes(body or b"")) for key, matter, number, body in found}


def marked_days(matters: Iterable[UUID]) -> dict[UUID, dict[str, date | None]]:
    """The days by clock that wait to be counted again because a calendar has changed, in one statement."""
    found: dict[UUID, dict[str, date | None]] = {}
    rows = Deadline.objects.filter(matter_id__in=list(matters), stale=True, due_on__isnull=False)
    for matter, key, due_on in rows.values_list("matter_id", "key", "due_on"):
        found.setdefault(matter, {})[key] = due_on
    return found


@dataclass
class Gathering:
    """The rows of one transaction that have not been written yet."""

    counting: Counting
    chains: dict[UUID, Chain] = field(default_factory=dict)
    matters: dict[UUID, Matter] = field(default_factory=dict)
    states: dict[UUID, MatterState] = field(default_factory=dict)
    clocks: dict[UUID, tuple[Clock, ...]] = field(default_factory=dict)
    known: dict[UUID, int] = field(default_factory=dict)
    marked: dict[UUID, dict[str, date | None]] = field(default_factory=dict)
    counted_as: dict[UUID, Standing] = field(default_factory=dict)
    standings: dict[tuple[UUID, int], Standing] = field(default_factory=dict)
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    counters: dict[tuple[str, int], LedgerCounter] = field(default_factory=dict)
    keys: dict[UUID, Submission] = field(default_factory=dict)
    asked: set[UUID] = field(default_factory=set)
    units: dict[str, Unit] = field(default_factory=dict)
    held: dict[tuple[date, Role], list[Held]] = field(default_factory=dict)

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The settings of the installation, read once."""
        return installation_settings()

    def unit(self, code: str) -> Unit:
        """The unit of that code, read once."""
        if code not in self.units:
            self.units[code] = unit_of(code, field="unit")
        return self.units[code]

    def expect(self, keys: Iterable[UUID]) -> None:
        """Look up in one statement which of these submissions are known already."""
        fresh = set(keys)
        self.asked |= fresh
        self.keys |= known_submissions(fresh)

    def posts(self, today: date, roles: Collection[Role]) -> list[Held]:
        """The posts in which these roles are held on a day, read once."""
        if fresh := [role for role in roles if (today, role) not in self.held]:
            self.held |= {(today, role): [] for role in fresh}
            for post in posts_held(today, fresh):
                self.held[today, post.role].append(post)
        return [post for role in roles for post in self.held[today, role]]

    def know(self, *chains: Chain) -> None:
        """Take in matters that have rows already, and whose chains are locked."""
        self.known |= {chain.pk: chain.seq for chain in chains}
        self.counted_as |= versions_now(self.known)

    def bring(self, matters: Collection[UUID]) -> list[UUID]:
        """Lock matters in the order of their ids and read where they stand; whatever somebody works on stays theirs."""
        free = Chain.objects.select_for_update(skip_locked=True).filter(pk__in=matters).order_by("pk")
        chains = {chain.pk: chain for chain in free}
        events = Event.objects.filter(chain_id__in=chains).order_by("chain_id", "seq")
        for matter, rows in groupby(events, key=lambda event: event.chain_id):
            self.states[matter] = fold(event.plain() for event in rows)
        self.chains |= chains
        self.marked |= marked_days(chains)
        self.know(*chains.values())
        return list(chains)

    def add(self, *rows: models.Model) -> None:
        """Keep rows to be inserted with the others of their table."""
        for row in rows:
            self.rows.setdefault(type(row), []).append(row)

    def project(self, state: MatterState) -> None:
        """Where a gathered matter stands now; a new version of its standing if it counts as something else."""
        clocks = clocks_of(state, self.counting)
        self.states[state.id], self.clocks[state.id] = state, clocks
        for version in versions(self.counted_as.get(state.id), state, clocks):
            self.standings[state.id, version.seq] = self.counted_as[state.id] = version

    def write(self) -> None:
        """Write everything that was gathered."""
        _insert(Chain, [chain for chain in self.chains.values() if chain.pk not in self.known])
        moved = [chain for chain in self.chains.values() if chain.seq != self.known.get(chain.pk, chain.seq)]
        put(Chain, ("id",), ("seq", "head"), moved)
        for table, rows in self.rows.items():
            _insert(table, rows)
        _insert(Matter, [self._matter(matter) for matter in self.matters.values()])
        put(Standing, ("matter_id", "seq"), VERSION, list(self.standings.values()))
        stands = [(self.states[matter], clocks) for matter, clocks in self.clocks.items()]
        write_projections(stands, self.counting, self.known)
        for counter in self.counters.values():
            counter.save(update_fields=["last"])

    def _matter(self, matter: Matter) -> Matter:
        for name, value in matter_columns(self.states[matter.pk], self.clocks[matter.pk]).items():
            setattr(matter, name, value)
        return matter


def _insert(table: type[models.Model], rows: Iterable[Any]) -> None:
    table._default_manager.bulk_create(list(rows), batch_size=AT_ONCE, ignore_conflicts=table.__name__ == "Notice")  # noqa: SLF001  # the documented way to any model's manager


_NOW: ContextVar[Gathering] = ContextVar("gathering")


def gathered() -> Gathering | None:
    """The gathering of this transaction, if there is one."""
    return _NOW.get(None)


def gathering_now() -> Gathering:
    """The gathering of this transaction; a matter is only ever registered inside one."""
    return _NOW.get()


@contextmanager
def together() -> Iterator[Gathering]:
    """One transaction at whose end the matters registered in it, and all that was done to them, are written."""
    with transaction.atomic():
        gathering = Gathering(counting_held())
        token = _NOW.set(gathering)
        try:
            yield gathering
        finally:
            _NOW.reset(token)
        gathering.write()
