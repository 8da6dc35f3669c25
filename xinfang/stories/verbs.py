"""What can be done in a story: every move of the lifecycle, and the services that are no move, with their fields."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from xinfang.rules.lifecycle.allowed import MOVES
from xinfang.rules.lifecycle.move import Field, FieldKind
from xinfang.rules.people.seats import Actor


@dataclass(frozen=True)
class Doing:
    """One step about to be done: on which matter, by whom, when, with which values."""

    matter: UUID | None
    by: Actor
    at: datetime
    recorded_at: datetime
    values: Mapping[str, Any]
    late_reason: str


@dataclass(frozen=True)
class Verb:
    """A service as stories call it. `run` returns the new matters that it made, if any."""

    name: str
    fields: tuple[str, ...]
    opens: bool
    run: Callable[[Doing], list[UUID]]


def field_text(field: Field) -> str:
    """One field of a move as `--verbs` prints it."""
    kind: str = field.kind.value
    if field.kind is FieldKind.CHOICE:
        kind = "|".join(str(member.value) for member in (field.only or tuple(field.choices or ())))
    if field.kind is FieldKind.NUMBER:
        kind = f"{field.least}..{field.most}"
    if field.kind in {FieldKind.TASKS, FieldKind.STEPS}:
        kind = "list of {unit, due_on}"
    optional = "" if field.required else "?"
    return f"{field.name}{optional}: {kind}"


def listing(others: Mapping[str, Verb]) -> Iterator[str]:
    """The lines of `xinfang scenario --verbs`: who may, from which stages, with which fields."""
    for verb in others.values():
        yield f"{verb.name}"
        yield from (f"    {field}" for field in verb.fields)
    for move in MOVES:
        roles = ", ".join(sorted(role.value for role in move.roles))
        yield f"{move.name}    by: {roles}"
        yield f"    from: {', '.join(sorted(stage.value for stage in move.targets))}"
        yield from (f"    {field_text(field)}" for field in move.fields)
