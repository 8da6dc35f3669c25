"""A story played through the real services: the same rules, the same clocks, the worker always awake between steps."""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from xinfang.models import Deadline, Matter, Unit, User
from xinfang.policies import shipped
from xinfang.queries.clocks import rules
from xinfang.queries.people import actor_of
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.policy import document_of, shipped_policy
from xinfang.rules.clocks.year_notices import year_notices
from xinfang.rules.lifecycle.allowed import BY_NAME
from xinfang.rules.lifecycle.move import FieldKind
from xinfang.rules.matters.codes import DayMode, Proof
from xinfang.rules.people.seats import SYSTEM, Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import clocks, founding
from xinfang.services.house import publish_calendar_year
from xinfang.services.matters import perform
from xinfang.services.policies import publish_first
from xinfang.stories.services_of_stories import OTHERS
from xinfang.stories.story import Expectation, NotAStory, Step, Story
from xinfang.stories.verbs import Doing

OPENED = datetime(2019, 1, 1, tzinfo=UTC)
PETITIONER_NAMES = frozenset({"petitioner", "信访人"})


@dataclass
class Played:
    """What is known so far: matters by the names that the story gave them, and what went otherwise.

    `named`: every name that the story gives to a matter, whether or not it is registered yet.
    """

    named: frozenset[str] = frozenset()
    matters: dict[str, UUID] = field(default_factory=dict)
    mismatches: list[str] = field(default_factory=list)
    actors: dict[str, int] = field(default_factory=dict)


Check = Callable[[Expectation, Played], list[str]]


class Player:
    """Plays one story in the database that it is given; whoever calls decides what happens to that database."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.played = Played(frozenset(name for step in story.steps for name in _names(step)))
        self.petitioners: dict[str, Mapping[str, Any]] = {}

    def play(self, check: Check) -> Played:
        """Found the district, then let time pass: do every step, and look at every expectation at its moment.

        So a later calendar or version cannot colour what was told before. A refusal that the story does not expect is
        a mismatch.
        """
        self._found()
        self._seat_cast()
        waiting = sorted(self.story.expect, key=lambda expectation: expectation.at)
        for step in self.story.steps:
            while waiting and waiting[0].at < step.recorded_at:
                self._look(waiting.pop(0), check)
            awake_until(step.recorded_at)
            self._do(step)
        for expectation in waiting:
            self._look(expectation, check)
        return self.played

    def _look(self, expectation: Expectation, check: Check) -> None:
        awake_until(expectation.at)
        self.played.mismatches += check(expectation, self.played)

    def _found(self) -> None:
        document = shipped("demo_district.yaml")
        founding.found(district="999901", is_demo=True, at=OPENED, settings=self._hours())
        founding.load_areas(rows=document["areas"])
        founding.load_units(rows=document["units"], at=OPENED)
        self._publish(self.story.settings.get("calendar", "shipped"))
        self._set_day_mode(self.story.settings.get("day_mode", DayMode.CALENDAR))

    def _hours(self) -> dict[str, str]:
        if "hours" not in self.story.settings:
            return {}
        spans = [part.strip() for part in str(self.story.settings["hours"]).split("-")]
        try:
            return {
                "opens": f"{time.fromisoformat(spans[0]):%H:%M}",
                "closes": f"{time.fromisoformat(spans[1]):%H:%M}",
            }
        except (ValueError, IndexError):
            raise NotAStory("settings.hours: write e.g. 08:30-17:30") from None

    def _set_day_mode(self, mode: Any) -> None:
        """Other days than the shipped policy counts are a version of their own, there before anything is received."""
        if mode not in DayMode._value2member_map_:
            raise NotAStory(f"settings.day_mode: {mode!r} is not calendar or working")
        first = shipped_policy(rules())
        if mode != first.day_mode:
            values = {**document_of(first), "day_mode": mode}
            publish_first(values=values, effective_on=OPENED.date(), by=SYSTEM, at=OPENED)

    def _publish(self, calendar: Any) -> None:
        """The shipped years, some of them (a list of years), or a calendar of the story's own (in the file's form)."""
        documents = [shipped(name) for name in founding.CALENDARS]
        wanted: set[int] | None = None
        if isinstance(calendar, list):
            wanted = {int(year) for year in calendar}
        elif isinstance(calendar, Mapping):
            documents = [json.loads(json.dumps(calendar, default=str))]
        elif calendar != "shipped":
            raise NotAStory("settings.calendar: shipped, a list of years, or {covered_years, off, makeup}")
        # Calendars are kept by their time of publication, so every other calendar gets another one.
        shift = timedelta(microseconds=zlib.crc32(repr(calendar).encode()))
        try:
            notices = [notice for document in documents for notice in year_notices(document)]
        except (ValueError, KeyError, TypeError) as broken:
            raise NotAStory(f"settings.calendar: {broken}") from None
        for notice in notices:
            if wanted is None or notice.year in wanted:
                publish_calendar_year(notice=notice, by=SYSTEM, at=OPENED + shift)

    def _seat_cast(self) -> None:
        for name, who in self.story.cast.items():
            if who.get("petitioner"):
                self.petitioners[name] = who
                continue
            unit = unit_by_name(str(who.get("unit", "")), f"cast.{name}.unit")
            role = who.get("role")
            if role not in Role._value2member_map_:
                raise NotAStory(f"cast.{name}.role: {role!r} is not a role")
            row = {"login": name, "name": who.get("name") or name, "posts": [{"unit": unit, "role": role}]}
            founding.load_people(rows=[row], at=OPENED, from_on=OPENED.date())
            self.played.actors[name] = User.objects.get(username=name).pk

    def actor(self, name: str, today: date, values: dict[str, Any]) -> Actor:
        """Whoever the story calls by this name; a petitioner may bring a proof in the values."""
        if name in PETITIONER_NAMES or name in self.petitioners:
            proof = values.pop("proof", None)
            if proof is not None and proof not in Proof._value2member_map_:
                raise NotAStory(f"{proof!r} is not a proof")
            return Actor(user_id=None, petitioner=True, proof=proof)
        if name not in self.played.actors:
            raise NotAStory(f"{name!r} is not in the cast")
        return actor_of(User.objects.get(pk=self.played.actors[name]), today)

    def _do(self, step: Step) -> None:
        values = dict(step.values)
        late_reason = str(values.pop("late_reason", ""))
        actor = self.actor(step.by, local_day(step.recorded_at), values)
        matter = self._matter(step)
        values = self._resolve(step, values)
        doing = Doing(matter, actor, step.at, step.recorded_at, values, late_reason)
        try:
            with transaction.atomic():
                made = self._run(step, doing)
        except RuleBroken as broken:
            self._refused(step, broken)
            return
        if step.refused:
            self.played.mismatches.append(f"{step.place} ({step.do}): expected refusal {step.refused}, it was done")
        for name, new in zip(_names(step), made, strict=False):
            self.played.matters[name] = new

    def _run(self, step: Step, doing: Doing) -> list[UUID]:
        other = OTHERS.get(step.do)
        if other is not None:
            return other.run(doing)
        if step.do not in BY_NAME:
            raise NotAStory(f"{step.place}: {step.do!r} is no verb (see: xinfang scenario --verbs)")
        if doing.matter is None:
            raise NotAStory(f"{step.place}: 'on' is missing")
        perform(
            step.do,
            matter=doing.matter,
            by=doing.by,
            at=doing.at,
            values=doing.values,
            recorded_at=doing.recorded_at,
            late_reason=doing.late_reason,
        )
        return []

    def _refused(self, step: Step, broken: RuleBroken) -> None:
        if not step.refused:
            self.played.mismatches.append(f"{step.place} ({step.do}): refused: {broken} field={broken.field}")
        elif step.refused not in {"any", broken.code}:
            self.played.mismatches.append(
                f"{step.place} ({step.do}): expected refusal {step.refused}, got {broken.code}"
            )

    def _matter(self, step: Step) -> UUID | None:
        if not step.on:
            return None
        if step.on not in self.played.matters:
            raise NotAStory(f"{step.place}.on: no matter is called {step.on!r}")
        return self.played.matters[step.on]

    def _resolve(self, step: Step, values: dict[str, Any]) -> dict[str, Any]:
        """Names of the story become what services take: cast names user ids, unit names codes, matter names numbers."""
        move = BY_NAME.get(step.do)
        if "unit" in values:
            values["unit"] = unit_by_name(str(values["unit"]), f"{step.place}.with.unit")
        for spec in move.fields if move else ():
            value = values.get(spec.name)
            if value is None:
                continue
            place = f"{step.place}.with.{spec.name}"
            if spec.kind is FieldKind.UNIT:
                values[spec.name] = unit_by_name(str(value), place)
            elif spec.kind in {FieldKind.TASKS, FieldKind.STEPS} and isinstance(value, list):
                values[spec.name] = [
                    {**row, "unit": unit_by_name(str(row.get("unit", "")), place)} if isinstance(row, dict) else row
                    for row in value
                ]
            elif spec.kind is FieldKind.USER:
                values[spec.name] = self.played.actors.get(str(value), value)
            elif spec.kind is FieldKind.MATTER and value in self.played.matters:
                values[spec.name] = Matter.objects.get(pk=self.played.matters[value]).number
        return values


def _names(step: Step) -> list[str]:
    """What the story calls the matters that a step makes."""
    return [part.strip() for part in step.name.split(",") if part.strip()]


def unit_by_name(name: str, place: str) -> str:
    """The code of a unit that a story names by code, name or short name."""
    found = Unit.objects.filter(pk=name).first() or Unit.objects.filter(short_name=name).first()
    found = found or Unit.objects.filter(name=name).first()
    if found is None:
        raise NotAStory(f"{place}: no unit is called {name!r}")
    return found.code


def awake_until(moment: datetime) -> None:
    """Let the watcher look at every moment at which a clock asked for it, in order, up to this one."""
    for _round in range(10_000):
        waiting = Deadline.objects.filter(look_at__lte=moment).order_by("look_at").values_list("look_at", flat=True)
        following = waiting.first()
        if following is None:
            return
        latest = _latest_record()
        clocks.sweep(at=min(max(following, latest), moment) if latest else following)


def _latest_record() -> datetime | None:
    return Matter.objects.order_by("-last_at").values_list("last_at", flat=True).first()
