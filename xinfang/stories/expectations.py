"""Is it as the story says? Each expectation compared as of its own moment, from the events recorded by then."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from xinfang.models import Event, Notice, User
from xinfang.queries.access import matters_for
from xinfang.queries.clocks import counting, rules
from xinfang.queries.figures import figures_as_of
from xinfang.queries.people import actor_of
from xinfang.rules.clocks.duties import Clock, clocks_of, local_day
from xinfang.rules.clocks.hints import hint_of
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.state import MatterState
from xinfang.stories.player import Played
from xinfang.stories.story import SHANGHAI, Expectation, NotAStory

FACTS: dict[str, str] = {
    "closed": "closed_at",
    "resolved": "resolved_at",
    "at_rest": "at_rest_at",
    "struck_off": "struck_off_at",
    "triaged": "triaged_at",
    "told": "told_at",
    "accepted": "accepted_at",
    "implemented": "implemented_at",
    "opinion_served": "opinion_served_at",
    "extended": "extended_at",
    "reopened": "reopened_at",
    "contested": "contested_at",
}
PLAIN_FACTS = frozenset(
    {"result", "nature", "solvable", "kind", "channel", "lead", "holder", "organ", "outcome", "present", "concerned",
     "extended_days", "refusal_ground", "route", "on_the_spot", "restricted", "sealed", "imported", "merged", "batch"},
)  # fmt: skip


def check(expectation: Expectation, played: Played) -> list[str]:
    """Every difference between an expectation and what is; none when all is as expected."""
    found: list[str] = []
    if expectation.matter:
        state = _state_at(expectation, played)
        if state is None:
            return [f"{expectation.place}: {expectation.matter} is not registered by then"]
        found += _stage(expectation, state)
        found += _facts(expectation, state)
        found += _deadlines(expectation, state)
        found += _events(expectation, played)
    found += _notices(expectation, played)
    found += _figures(expectation)
    found += _sight(expectation, played)
    return found


def _state_at(expectation: Expectation, played: Played) -> MatterState | None:
    if expectation.matter in played.named - set(played.matters):
        return None
    matter = _matter(expectation, played)
    events = [e.plain() for e in Event.objects.filter(chain_id=matter, recorded_at__lte=expectation.at).order_by("seq")]
    return fold(events) if events else None


def _matter(expectation: Expectation, played: Played) -> UUID:
    if expectation.matter not in played.matters:
        raise NotAStory(f"{expectation.place}.matter: no matter is called {expectation.matter!r}")
    return played.matters[expectation.matter]


def _stage(expectation: Expectation, state: MatterState) -> list[str]:
    if not expectation.stage or expectation.stage == state.stage.value:
        return []
    return [f"{expectation.place}: stage is {state.stage.value}, expected {expectation.stage}"]


def _facts(expectation: Expectation, state: MatterState) -> list[str]:
    found = []
    for name, wanted in expectation.facts.items():
        actual, expected = _fact(name, state, expectation.place), wanted
        if name in FACTS and not isinstance(wanted, bool):
            actual = local_day(actual).isoformat() if isinstance(actual, datetime) else None
            expected = wanted.isoformat() if isinstance(wanted, date) else wanted
        elif name in FACTS:
            actual = actual is not None
        if actual != expected:
            found.append(f"{expectation.place}: {name} is {actual!r}, expected {expected!r}")
    return found


def _fact(name: str, state: MatterState, place: str) -> Any:
    if name in FACTS:
        return getattr(state, FACTS[name])
    if name not in PLAIN_FACTS:
        raise NotAStory(f"{place}.facts: unknown fact {name!r} (known: {', '.join(sorted({*FACTS, *PLAIN_FACTS}))})")
    if name == "lead":
        return state.lead.unit if state.lead else ""
    if name == "merged":
        return state.merged_into is not None
    value = getattr(state, name)
    return getattr(value, "value", value)


def _deadlines(expectation: Expectation, state: MatterState) -> list[str]:
    if not expectation.deadlines:
        return []
    clocks = {clock.key: clock for clock in clocks_of(state, counting())}
    found = []
    for key, wanted in expectation.deadlines.items():
        place = f"{expectation.place}.deadlines.{key}"
        clock = clocks.get(key) or next((c for c in reversed(clocks.values()) if c.code == key), None)
        if wanted is None or wanted == "none":
            if clock is not None and clock.applies:
                found.append(f"{place}: runs until {clock.due and clock.due.due}, expected none")
            continue
        if clock is None:
            found.append(f"{place}: there is no such clock (there are: {', '.join(sorted(clocks))})")
            continue
        found += _one_deadline(place, clock, wanted if isinstance(wanted, Mapping) else {"due": wanted}, expectation.at)
    return found


def _one_deadline(place: str, clock: Clock, wanted: Mapping[str, Any], at: datetime) -> list[str]:
    found = []
    for name, value in wanted.items():
        actual = _clock_value(place, clock, name, at)
        if isinstance(value, bool) and name == "met":
            actual = actual is not None
        expected = value.isoformat() if isinstance(value, date) else None if value == "none" else value
        if actual != expected:
            found.append(f"{place}.{name} is {actual!r}, expected {expected!r}")
    return found


def _clock_value(place: str, clock: Clock, name: str, at: datetime) -> Any:
    if name in {"raw", "due", "prudent"}:
        return getattr(clock.due, name).isoformat() if clock.due else None
    hint = hint_of(clock, counting())
    values = {
        "provisional": clock.due.provisional if clock.due else False,
        "met": local_day(clock.met_at).isoformat() if clock.met_at else None,
        "ended": clock.ended_at is not None,
        "late": clock.is_late(at),
        "rule": rule_of(clock),
        "hint": hint.on.isoformat() if hint else None,
        "until": f"{clock.until.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if clock.until else None,
        "applies": clock.applies,
        "why_not": clock.why_not,
        "running": clock.is_running,
        "reason_given": clock.reason_given,
    }
    if name not in values:
        raise NotAStory(f"{place}: unknown key {name!r} (known: raw, due, prudent, {', '.join(values)})")
    return values[name]


def rule_of(clock: Clock) -> str | None:
    """The id of the deadline rule by which a clock runs; none where people set the date, or there is no date."""
    known = rules().get(clock.rule or clock.code.value)
    return known.id if known else None


def _events(expectation: Expectation, played: Played) -> list[str]:
    found = []
    for name, wanted in expectation.events.items():
        if name not in EventType._value2member_map_:
            raise NotAStory(f"{expectation.place}.events: {name!r} is no event")
        recorded = Event.objects.filter(
            chain_id=_matter(expectation, played), recorded_at__lte=expectation.at, type=name
        ).count()
        if recorded != wanted:
            found.append(f"{expectation.place}: {name} was recorded {recorded} times, expected {wanted}")
    return found


def _notices(expectation: Expectation, played: Played) -> list[str]:
    found = []
    for row in expectation.notices:
        if row.get("to") not in played.actors:
            raise NotAStory(f"{expectation.place}.notices: {row.get('to')!r} is not in the cast")
        rows = Notice.objects.filter(user=played.actors[row["to"]], at__lte=expectation.at)
        if row.get("of"):
            rows = rows.filter(code=row["of"])
        if expectation.matter:
            rows = rows.filter(matter=_matter(expectation, played))
        count = rows.count()
        if "count" in row and count != row["count"]:
            found.append(
                f"{expectation.place}: {row['to']} has {count} notices of {row.get('of')}, expected {row['count']}"
            )
        elif "count" not in row and count == 0:
            found.append(f"{expectation.place}: {row['to']} has no notice of {row.get('of')}")
    return found


def _sight(expectation: Expectation, played: Played) -> list[str]:
    """Exactly these matters are in sight of a person: as rows, as hits of a search, as numbers."""
    called = {matter: name for name, matter in played.matters.items()}
    found = []
    for who, names in expectation.sees.items():
        if who not in played.actors:
            raise NotAStory(f"{expectation.place}.sees: {who!r} is not in the cast")
        actor = actor_of(User.objects.get(pk=played.actors[who]), local_day(expectation.at))
        seen = {called.get(matter.pk, matter.number) for matter in matters_for(actor, expectation.at)}
        if seen != set(names):
            found.append(f"{expectation.place}: {who} sees {sorted(seen)}, expected {sorted(names)}")
    return found


def _figures(expectation: Expectation) -> list[str]:
    if not expectation.figures:
        return []
    figures = {figure.code: figure for figure in figures_as_of(expectation.at)}
    found = []
    for code, wanted in expectation.figures.items():
        if code not in figures:
            raise NotAStory(f"{expectation.place}.figures: unknown figure {code!r} (known: {', '.join(figures)})")
        figure = figures[code]
        fraction = f"{figure.numerator}/{figure.denominator}"
        if str(wanted) not in {fraction, str(figure.value), str(figure.numerator)}:
            found.append(f"{expectation.place}: {code} is {fraction} = {figure.value}, expected {wanted}")
    return found
