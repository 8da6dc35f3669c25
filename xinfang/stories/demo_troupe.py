"""Who plays in the demo: the people of the invented district by the unit they sit in and by what they may do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from xinfang.models import Post, Unit, User
from xinfang.queries.people import actor_of
from xinfang.rules.lifecycle.allowed import BY_NAME
from xinfang.rules.people.seats import PETITIONER, Actor, Role
from xinfang.rules.supervision.strike_off import striker_roles
from xinfang.services.gathering import gathered
from xinfang.services.matters import perform
from xinfang.services.turns import state_of

DISTRICT = "999901"
BUREAU, SUPERVISION, CALLERS, ARCHIVE = "999901-XFJ", "999901-DC", "999901-HF", "999901-XFJ"
JUSTICE = "999901-SF"
STRIKER = "striker"


@dataclass(frozen=True)
class Step:
    """One move of the demo: when, from which unit, what, and the values entered."""

    at: datetime
    unit: str
    move: str
    values: dict[str, Any] = field(default_factory=dict)


class Troupe:
    """Everybody on a post, found by unit."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.actors: dict[int, Actor] = {}
        self.holders: dict[str, list[User]] = {}
        for post in Post.objects.filter(to_on__isnull=True).select_related("holder").order_by("id"):
            self.holders.setdefault(post.unit_id, []).append(post.holder)
        self.units = {unit.code: unit for unit in Unit.objects.select_related("parent")}
        self.reviewer = User.objects.get(posts__role=Role.LEGAL_REVIEWER.value, posts__unit=JUSTICE).pk

    def people(self, unit: str) -> Iterator[Actor]:
        """Everybody in a unit, in the order in which the posts were filled."""
        for user in self.holders.get(unit, ()):
            if user.pk not in self.actors:
                self.actors[user.pk] = actor_of(user, self.today)
            yield self.actors[user.pk]

    def player(self, unit: str, roles: frozenset[Role]) -> Actor:
        """The first person who holds one of these roles in a unit."""
        return next(actor for actor in self.people(unit) if _holds(actor, unit, roles))

    def can(self, unit: str, move: str) -> bool:
        """Does anybody in this unit hold a role that may make that move?"""
        return any(_holds(actor, unit, BY_NAME[move].roles) for actor in self.people(unit))

    def registrar(self, unit: str, channel: str) -> Actor:
        """Who registers: the petitioner on the web, otherwise whoever sits at the window of that unit."""
        if channel == "web":
            return PETITIONER
        window = frozenset({Role.WINDOW_CLERK, Role.STATION_HEAD, Role.PETITION_BUREAU})
        return self.player(unit, window)

    def leads_as_organ(self, unit: str) -> bool:
        """May this unit accept and sign? A centre or a village station is no organ."""
        return self.units[unit].is_organ

    def play(self, matter: Any, steps: list[Step]) -> None:
        """Make the moves of one matter in their order, each by somebody who may."""
        for step in steps:
            unit, roles = step.unit, BY_NAME[step.move].roles
            if unit == STRIKER:
                roles = striker_roles(self._state(matter))
                unit = SUPERVISION if Role.SUPERVISOR in roles else BUREAU
            perform(step.move, matter=matter, by=self.player(unit, roles), at=step.at, values=step.values)

    @staticmethod
    def _state(matter: Any) -> Any:
        gathering = gathered()
        if gathering is not None and matter in gathering.states:
            return gathering.states[matter]
        return state_of(matter)


def _holds(actor: Actor, unit: str, roles: frozenset[Role]) -> bool:
    return any(seat.unit == unit and seat.role in roles for seat in actor.seats)
