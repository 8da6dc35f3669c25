"""Many whole matters at once: the verbs stay the same, their rows are gathered in memory and inserted together.

Only matters that are registered inside `together` are gathered; everything else is written as always. Nobody else can
see or move such a matter before the transaction ends, so nothing is lost by waiting.
"""

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models, transaction

from xinfang.models import Chain, Deadline, LedgerCounter, Matter, Standing, Task, Unit
from xinfang.queries.clocks import installation_settings
from xinfang.queries.people import unit_of
from xinfang.rules.clocks.duties import Clock, Counting, clocks_of
from xinfang.rules.matters.state import MatterState
from xinfang.services.counting_days import counting_held
from xinfang.services.projections import deadline_rows, matter_columns, task_rows
from xinfang.services.standings import standing_columns_of

AT_ONCE = 500


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


@dataclass
class Gathering:
    """The rows of one transaction that have not been written yet."""

    counting: Counting
    chains: dict[UUID, Chain] = field(default_factory=dict)
    matters: dict[UUID, Matter] = field(default_factory=dict)
    states: dict[UUID, MatterState] = field(default_factory=dict)
    clocks: dict[UUID, tuple[Clock, ...]] = field(default_factory=dict)
    standings: dict[UUID, list[Standing]] = field(default_factory=dict)
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    counters: dict[tuple[str, int], LedgerCounter] = field(default_factory=dict)
    keys: dict[UUID, Submission] = field(default_factory=dict)
    asked: set[UUID] = field(default_factory=set)
    units: dict[str, Unit] = field(default_factory=dict)
    on_posts: dict[Hashable, set[int]] = field(default_factory=dict)

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

    def add(self, *rows: models.Model) -> None:
        """Keep rows to be inserted with the others of their table."""
        for row in rows:
            self.rows.setdefault(type(row), []).append(row)

    def project(self, state: MatterState) -> None:
        """Where a gathered matter stands now; a new version of its standing if it counts as something else."""
        clocks = clocks_of(state, self.counting)
        self.states[state.id], self.clocks[state.id] = state, clocks
        columns, versions = standing_columns_of(state, clocks), self.standings.setdefault(state.id, [])
        since = state.last_at or state.registered_at
        if versions and all(getattr(versions[-1], name) == value for name, value in columns.items()):
            return
        if versions:
            versions[-1].until = since
        versions.append(Standing(matter_id=state.id, seq=state.seq, since=since, **columns))

    def write(self) -> None:
        """Insert everything that was gathered."""
        _insert(Chain, self.chains.values())
        for table, rows in self.rows.items():
            _insert(table, rows)
        _insert(Matter, [self._matter(matter) for matter in self.matters.values()])
        _insert(Standing, [version for versions in self.standings.values() for version in versions])
        _insert(Task, [Task(matter_id=s.id, **row) for s in self.states.values() for row in task_rows(s)])
        deadlines = [
            Deadline(matter_id=state.id, **row)
            for state in self.states.values()
            for row in deadline_rows(state, self.clocks[state.id], self.counting)
        ]
        _insert(Deadline, deadlines)
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
