"""What is a valid story? The form that a clerk writes (YAML), read strictly: an unknown key is an error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import yaml

SHANGHAI = ZoneInfo("Asia/Shanghai")
STORY_KEYS = {"id", "title", "settings", "cast", "steps", "expect"}
SETTING_KEYS = {"calendar", "day_mode", "hours"}
CAST_KEYS = {"role", "unit", "name", "petitioner"}
STEP_KEYS = {"at", "recorded_at", "by", "do", "on", "with", "as", "refused"}
EXPECT_KEYS = {"at", "matter", "stage", "facts", "deadlines", "events", "notices", "figures", "sees"}


class _Loader(yaml.SafeLoader):
    """YAML as people read it: `on` and `no` are words, not truth values, and a key written twice is an error."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _unique_keys(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _value in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.YAMLError(f"the key {key!r} stands twice, line {key_node.start_mark.line + 1}")
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _unique_keys)


class NotAStory(Exception):
    """The file is not a valid story; the message names the place."""


@dataclass(frozen=True)
class Step:
    """One thing that somebody does. `at` is when it happens, `recorded_at` when it is written down."""

    place: str
    at: datetime
    recorded_at: datetime
    by: str
    do: str
    on: str
    values: Mapping[str, Any]
    name: str
    refused: str


@dataclass(frozen=True)
class Expectation:
    """What must be true as of a moment; it is looked at when that moment comes, before anything later is done."""

    place: str
    at: datetime
    matter: str
    stage: str
    facts: Mapping[str, Any]
    deadlines: Mapping[str, Any]
    events: Mapping[str, Any]
    notices: tuple[Mapping[str, Any], ...]
    figures: Mapping[str, Any]
    sees: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Story:
    """A whole story, ready to be played."""

    id: str
    title: str
    settings: Mapping[str, Any]
    cast: Mapping[str, Mapping[str, Any]]
    steps: tuple[Step, ...]
    expect: tuple[Expectation, ...]
    source: str = field(default="")


def _mapping(value: Any, place: str, keys: set[str] | None = None) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise NotAStory(f"{place}: a mapping is expected")
    for key in value:
        if keys is not None and key not in keys:
            raise NotAStory(f"{place}: unknown key {key!r} (known: {', '.join(sorted(keys))})")
    return {str(key): item for key, item in value.items()}


def _rows(value: Any, place: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise NotAStory(f"{place}: a list is expected")
    return value


def moment(value: Any, place: str) -> datetime:
    """`2025-10-09 09:00`, `2025-10-09` (start of the day) or `2026-10-31T24:00`; Shanghai without an offset."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=SHANGHAI)
    if isinstance(value, date):
        return datetime.combine(value, time(), SHANGHAI)
    text = str(value).strip()
    midnight = text.replace("T", " ").endswith(" 24:00")
    try:
        read = datetime.fromisoformat(text[: -len("24:00")] + "23:59:59.999999" if midnight else text)
    except (ValueError, TypeError):
        raise NotAStory(f"{place}: {value!r} is not a real moment, write e.g. 2026-03-16 09:30") from None
    return read if read.tzinfo else read.replace(tzinfo=SHANGHAI)


def _step(row: Any, place: str) -> Step:
    raw = _mapping(row, place, STEP_KEYS)
    for key in ("at", "by", "do"):
        if not raw.get(key):
            raise NotAStory(f"{place}: {key!r} is missing")
    at = moment(raw["at"], f"{place}.at")
    recorded = moment(raw["recorded_at"], f"{place}.recorded_at") if raw.get("recorded_at") else at
    refused = raw.get("refused") or ""
    return Step(
        place=place,
        at=at,
        recorded_at=recorded,
        by=str(raw["by"]),
        do=str(raw["do"]),
        on=str(raw.get("on") or ""),
        values=_mapping(raw.get("with"), f"{place}.with"),
        name=str(raw.get("as") or ""),
        refused="any" if refused is True else str(refused),
    )


def _expectation(row: Any, place: str) -> Expectation:
    raw = _mapping(row, place, EXPECT_KEYS)
    if not raw.get("at"):
        raise NotAStory(f"{place}: 'at' is missing")
    needs_matter = any(key in raw for key in ("stage", "facts", "deadlines", "events"))
    if needs_matter and not raw.get("matter"):
        raise NotAStory(f"{place}: 'matter' is missing")
    return Expectation(
        place=place,
        at=moment(raw["at"], f"{place}.at"),
        matter=str(raw.get("matter") or ""),
        stage=str(raw.get("stage") or ""),
        facts=_mapping(raw.get("facts"), f"{place}.facts"),
        deadlines=_mapping(raw.get("deadlines"), f"{place}.deadlines"),
        events=_mapping(raw.get("events"), f"{place}.events"),
        notices=tuple(
            _mapping(notice, f"{place}.notices[{n}]", {"to", "of", "count"})
            for n, notice in enumerate(_rows(raw.get("notices"), f"{place}.notices"))
        ),
        figures=_mapping(raw.get("figures"), f"{place}.figures"),
        sees={
            who: tuple(str(name) for name in _rows(names, f"{place}.sees.{who}"))
            for who, names in _mapping(raw.get("sees"), f"{place}.sees").items()
        },
    )


def read(text: str, source: str = "") -> Story:
    """A story from its YAML text; raises `NotAStory`."""
    try:
        document = yaml.load(text, Loader=_Loader)  # noqa: S506  -- a SafeLoader, stricter
    except (yaml.YAMLError, RecursionError, TypeError, ValueError) as broken:
        first = str(broken).splitlines()[0] if str(broken) else "too deep"
        raise NotAStory(f"not YAML: {first}") from None
    if not isinstance(document, dict):
        raise NotAStory("a story is a mapping with id, title, cast, steps and expect")
    raw = _mapping(document, "story", STORY_KEYS)
    for key in ("id", "title", "steps"):
        if not raw.get(key):
            raise NotAStory(f"story: {key!r} is missing")
    cast = {name: _mapping(who, f"cast.{name}", CAST_KEYS) for name, who in _mapping(raw.get("cast"), "cast").items()}
    steps = tuple(_step(row, f"steps[{n}]") for n, row in enumerate(_rows(raw["steps"], "steps")))
    for before, after in pairwise(steps):
        if after.recorded_at < before.recorded_at:
            raise NotAStory(f"{after.place}: earlier than the step before it; steps are in order of recording")
    expect = tuple(_expectation(row, f"expect[{n}]") for n, row in enumerate(_rows(raw.get("expect"), "expect")))
    settings = _mapping(raw.get("settings"), "settings", SETTING_KEYS)
    return Story(str(raw["id"]), str(raw["title"]), settings, cast, steps, expect, source)
