"""What days are counted with here and now: the published calendar and the office hours of this installation."""

from datetime import date, time
from functools import cache, lru_cache
from typing import Any

from xinfang.models import CalendarYear, Installation, PolicyVersion
from xinfang.policies import shipped
from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.catalogue import DeadlineRule, read
from xinfang.rules.clocks.duties import Counting
from xinfang.rules.clocks.hours import OfficeHours
from xinfang.rules.clocks.policy import HousePolicy, shipped_policy

Version = tuple[tuple[int, str], ...]


@lru_cache(maxsize=8)
def _calendar(_version: Version) -> Calendar:
    document: dict[str, Any] = dict(shipped("calendar_cn.json"))
    document["covered_years"], document["off"], document["makeup"] = [], [], []
    for year in CalendarYear.objects.order_by("year"):
        document["covered_years"].append(year.year)
        document["off"] += year.document["off"]
        document["makeup"] += year.document["makeup"]
    return Calendar.of(document)


@cache
def rules() -> dict[str, DeadlineRule]:
    """The deadline rules, by id."""
    return read(shipped("deadline_rules.json"))


def calendar() -> Calendar:
    """The calendar as published in this installation."""
    rows = CalendarYear.objects.order_by("year").values_list("year", "published_at")
    return _calendar(tuple((year, at.isoformat()) for year, at in rows))


def installation_settings() -> dict[str, Any]:
    """The settings of the installation, with the defaults of `product.md` where nothing is set."""
    row = Installation.objects.filter(pk=1).values_list("settings", flat=True).first() or {}
    return {"opens": "08:30", "closes": "17:30", "closed_on": [], **row}


def policies() -> dict[int, HousePolicy]:
    """The versions of the 13710 parameters by number: the shipped one and every published one; a few small rows."""
    first = shipped_policy(rules())
    rows = PolicyVersion.objects.filter(published_at__isnull=False)
    return {first.number: first, **{row.number: row.policy for row in rows}}


def counting() -> Counting:
    """Calendar, office hours, rules and policies together, as the clocks of a matter need them."""
    settings = installation_settings()
    closed = frozenset(date.fromisoformat(day) for day in settings["closed_on"])
    hours = OfficeHours(time.fromisoformat(settings["opens"]), time.fromisoformat(settings["closes"]), closed)
    return Counting(calendar(), hours, rules(), policies())
