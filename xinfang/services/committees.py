"""The register of mediation committees as directors keep it; each change is an event of the house (人民调解法 10)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xinfang.models import Committee
from xinfang.queries.people import unit_of
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.hall.tickets import sits_in
from xinfang.rules.lifecycle.values import parse_day, parse_number
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.mediation.committee import KEEPERS, MOST_COUNTED, CommitteeKind
from xinfang.rules.people.seats import Actor
from xinfang.rules.people.units import plain_name
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import record


@dataclass(frozen=True)
class CommitteeEntry:
    """One committee as typed. `registered_on` may be empty until the county has it."""

    unit: str
    name: str
    kind: str
    mark: str
    from_on: date | str
    members: str
    women: str
    registered_on: date | str | None = None
    is_active: bool = True


@transaction.atomic
def set_committee(entry: CommitteeEntry, *, by: Actor, at: datetime) -> Committee:
    """Enter the committee of a unit or change it.

    Raises for a unit that is neither one's own centre nor a station under it, and for facts that cannot be.
    """
    where = unit_of(entry.unit, field="unit")
    if not any(sits_in(by, centre, KEEPERS) for centre in (where.code, where.parent_id or "")):
        raise RuleBroken("committee_elsewhere", field="unit")
    facts = _facts(entry, local_day(at))
    if Committee.objects.filter(mark=facts["mark"]).exclude(unit=where).exists():
        raise RuleBroken("mark_taken", field="mark")
    row, _created = Committee.objects.update_or_create(unit=where, defaults=facts)
    dates = {key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()}
    record(HouseEvent.COMMITTEE_SET, {"unit": where.code, **dates}, by=by, at=at, roles=KEEPERS)
    return row


def _facts(entry: CommitteeEntry, today: date) -> dict[str, Any]:
    if entry.kind not in set(CommitteeKind):
        raise RuleBroken("choice_unknown", field="kind")
    members = parse_number("members", entry.members, least=1, most=MOST_COUNTED)
    women = parse_number("women", entry.women, least=0, most=MOST_COUNTED)
    if women > members:
        raise RuleBroken("more_women_than_members", field="women")
    registered = entry.registered_on
    return {
        "name": plain_name(entry.name, "name", most=60),
        "kind": entry.kind,
        "mark": plain_name(entry.mark, "mark", most=12),
        "from_on": _past("from_on", entry.from_on, today),
        "members": members,
        "women": women,
        "registered_on": _past("registered_on", registered, today) if registered else None,
        "is_active": entry.is_active,
    }


def _past(name: str, value: date | str, today: date) -> date:
    on = parse_day(name, value)
    if on > today:
        raise RuleBroken("date_in_the_future", field=name)
    return on
