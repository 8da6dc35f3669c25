"""Which version of the 13710 parameters holds on a day, may this one follow, and what would it change?

Source: the founding text says "原则上" of its digits, so that a district may set them; the bounds are the house's. What
the law sets stands in no version. A day that has begun keeps the version it began with, so that the day on which a
matter was received says under which version it is counted, whenever it is written down.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from xinfang.rules.clocks.policy import WARNINGS, HousePolicy, document_of, in_force
from xinfang.rules.lifecycle.values import parse_number
from xinfang.rules.matters.codes import DayMode
from xinfang.rules.refusals import RuleBroken

BOUNDS: dict[str, tuple[int, int]] = {
    "report_days": (1, 30),
    "solve_days": (2, 60),
    "hard_months": (1, 6),
    "report_months": (1, 3),
    "warn_yellow": (1, 99),
    "warn_orange": (1, 99),
    "warn_red": (1, 99),
    "leader_after": (1, 30),
}
PARAMETERS = ("report_days", "solve_days", "day_mode", "hard_months", "report_months", *WARNINGS, "leader_after")
TELLING = frozenset({*WARNINGS, "leader_after"})


MOST_AHEAD = timedelta(days=366)


class VersionStanding(StrEnum):
    """Where a version stands on a day: not published, not begun, in force, followed by another one."""

    DRAFT = "draft"
    COMING = "coming"
    IN_FORCE = "in_force"
    PAST = "past"


@dataclass(frozen=True)
class Difference:
    """One parameter in two versions."""

    name: str
    before: int | str
    after: int | str

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Checked:
    """What was typed for the parameters, as far as it is sound, and one refusal for each that is not."""

    document: dict[str, int | str]
    refusals: tuple[RuleBroken, ...]


def checked(values: Mapping[str, Any]) -> Checked:
    """Read the parameters as they were typed; every one that cannot be is refused on its own, naming its field."""
    document: dict[str, int | str] = {}
    refusals: list[RuleBroken] = []
    for name in PARAMETERS:
        try:
            document[name] = _read(name, values.get(name))
        except RuleBroken as refusal:
            refusals.append(refusal)
    return Checked(document, (*refusals, *_contradictions(document)))


def _read(name: str, value: Any) -> int | str:
    text = unicodedata.normalize("NFKC", str("" if value is None else value)).strip()
    if not text:
        raise RuleBroken("field_required", field=name)
    if name == "day_mode":
        if text not in set(DayMode):
            raise RuleBroken("choice_unknown", field=name)
        return text
    least, most = BOUNDS[name]
    return parse_number(name, text, least=least, most=most)


def _contradictions(document: Mapping[str, Any]) -> list[RuleBroken]:
    """Reporting comes before solving, and each warning after the one before it; only of what could be read."""
    orders = (
        ("report_days", "solve_days", "policy_solve_after_report"),
        ("warn_yellow", "warn_orange", "policy_warnings_rise"),
        ("warn_orange", "warn_red", "policy_warnings_rise"),
    )
    return [
        RuleBroken(code, field=later)
        for earlier, later, code in orders
        if earlier in document and later in document and document[earlier] >= document[later]
    ]


def check_effective(effective_on: date, today: date, last_on: date | None) -> None:
    """A version begins tomorrow at the earliest, within a year, and after every version that was published."""
    if effective_on <= today:
        raise RuleBroken("policy_from_tomorrow", field="effective_on", day=(today + timedelta(days=1)).isoformat())
    if effective_on > today + MOST_AHEAD:
        raise RuleBroken("policy_too_far", field="effective_on", day=(today + MOST_AHEAD).isoformat())
    if last_on is not None and effective_on <= last_on:
        raise RuleBroken("policy_after_last", field="effective_on", day=last_on.isoformat())


def differences(before: HousePolicy, after: HousePolicy) -> tuple[Difference, ...]:
    """Every parameter in both versions, those that stay the same too."""
    old, new = document_of(before), document_of(after)
    return tuple(Difference(name, old[name], new[name]) for name in PARAMETERS)


def moves_dates(before: HousePolicy, after: HousePolicy) -> bool:
    """Does anything differ that dates are counted with, and not only when somebody is told?"""
    return any(row.changed for row in differences(before, after) if row.name not in TELLING)


def before(policies: Iterable[HousePolicy], policy: HousePolicy) -> HousePolicy:
    """The version that this one follows or would follow."""
    return in_force((known for known in policies if known.number != policy.number), policy.effective_on)


def standing(policy: HousePolicy, published: Mapping[int, HousePolicy], day: date) -> VersionStanding:
    """Where a version stands on a day among the published ones."""
    if policy.number not in published:
        return VersionStanding.DRAFT
    if policy.effective_on > day:
        return VersionStanding.COMING
    holds = in_force(published.values(), day)
    return VersionStanding.IN_FORCE if policy.number == holds.number else VersionStanding.PAST
