"""What the house itself does in a story: versions of 13710, calendar years, closing days; each through its service."""

import json
import zlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from xinfang.models import CalendarDraft, PolicyVersion
from xinfang.queries.clocks import policies
from xinfang.rules.clocks.policy import document_of
from xinfang.rules.clocks.policy_versions import PARAMETERS
from xinfang.rules.clocks.year_notices import YearNotice, year_notices
from xinfang.rules.refusals import RuleBroken
from xinfang.services import clocks, house
from xinfang.services.policies import propose, publish
from xinfang.stories.story import NotAStory
from xinfang.stories.verbs import Doing, Verb


def _propose_policy(doing: Doing) -> list[UUID]:
    """What the story leaves out stays as the newest version has it."""
    _only(doing, {*PARAMETERS, "effective_on", "note"})
    newest = max(policies().values(), key=lambda policy: policy.effective_on)
    propose(values={**document_of(newest), **doing.values}, by=doing.by, at=doing.at)
    return []


def _publish_policy(doing: Doing) -> list[UUID]:
    """The one draft, read as it stands."""
    _only(doing, set())
    draft = PolicyVersion.objects.filter(published_at__isnull=True).first()
    if draft is None:
        raise RuleBroken("policy_not_proposed")
    publish(number=draft.number, seen=draft.mark, by=doing.by, at=doing.at)
    return []


def _propose_calendar_year(doing: Doing) -> list[UUID]:
    house.propose_calendar_year(notice=_notice(doing), by=doing.by, at=doing.at)
    return []


def _notice(doing: Doing) -> YearNotice:
    """One year in the form of the calendar files."""
    _only(doing, {"year", "notice", "off", "makeup"})
    given = json.loads(json.dumps(dict(doing.values), default=str))
    year = given.get("year")
    document = {
        "covered_years": [year],
        "notices": [{"year": year, "number": given.get("notice", "")}],
        "off": given.get("off", []),
        "makeup": given.get("makeup", []),
    }
    try:
        return year_notices(document)[0]
    except (ValueError, TypeError) as broken:
        raise NotAStory(f"propose_calendar_year: {broken}") from None


def _approve_calendar_year(doing: Doing) -> list[UUID]:
    """Published, and every date that leans on it is counted again at once, as the worker does in the background."""
    _only(doing, {"year"})
    year = int(doing.values.get("year", 0))
    draft = CalendarDraft.objects.filter(pk=year).first()
    # Calendars are kept by their time of publication, so every other calendar gets another one, within the second.
    shift = zlib.crc32(repr(draft and draft.document).encode()) % 1_000_000
    house.approve_calendar_year(
        year=year, seen=draft.mark if draft else "", by=doing.by, at=doing.at + timedelta(microseconds=shift)
    )
    while clocks.recount(doing.recorded_at):
        pass
    return []


def _set_closing_days(doing: Doing) -> list[UUID]:
    _only(doing, {"days"})
    days = "\n".join(str(day) for day in doing.values.get("days") or ())
    house.set_closing_days(days=days, by=doing.by, at=doing.at)
    return []


def _only(doing: Doing, known: set[str]) -> None:
    values: Mapping[str, Any] = doing.values
    unknown = sorted(set(values) - known)
    if unknown:
        raise NotAStory(f"unknown key {unknown[0]!r} (known: {', '.join(sorted(known)) or 'none'})")


HOUSE_VERBS: tuple[Verb, ...] = (
    Verb(
        "propose_policy",
        (
            "effective_on: day, from tomorrow on    note: words",
            "report_days?: 1..30    solve_days?: 2..60    day_mode?: calendar|working",
            "hard_months?: 1..6    report_months?: 1..3    leader_after?: 1..30",
            "warn_yellow?: 1..99    warn_orange?: 1..99    warn_red?: 1..99",
            "what is left out stays as the newest version has it",
        ),
        False,
        _propose_policy,
    ),
    Verb("publish_policy", ("by: another one than who proposed it",), False, _publish_policy),
    Verb(
        "propose_calendar_year",
        ("year: 2027", "notice: number of the notice", "off: list of days", "makeup?: list of weekend days worked"),
        False,
        _propose_calendar_year,
    ),
    Verb(
        "approve_calendar_year", ("year: 2027", "by: another one than who proposed it"), False, _approve_calendar_year
    ),
    Verb("set_closing_days", ("days: list of days",), False, _set_closing_days),
)
