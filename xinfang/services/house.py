"""Running the house: units, hours, calendar years, roll-out; each change is an event in the installation's own chain.

Sources: domain 1.1 (three tiers, roll-out A-13, exemptions A-14), 6.2 (last rows).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xinfang.models import Area, CalendarDraft, CalendarYear, Exemption, Installation, Matter, Rollout, Unit
from xinfang.queries.clocks import installation_settings
from xinfang.queries.people import unit_of
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.year_notices import YearNotice
from xinfang.rules.hall.attendance import LEAST_MINUTES, MOST_MINUTES
from xinfang.rules.lifecycle.values import parse_day
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people import administration as may
from xinfang.rules.people.rollout import RolloutStatus
from xinfang.rules.people.seats import Actor, Role, Tier, UnitKind
from xinfang.rules.people.units import clock_time, plain_name, unit_code, unit_path
from xinfang.rules.refusals import RuleBroken
from xinfang.services.clocks import call_in
from xinfang.services.counting_days import hold_all_counting
from xinfang.services.ledger import Draft, When, append, lock_chain, seat_of

MOST_CLOSING_DAYS = 60


def record(
    event: HouseEvent,
    payload: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
    roles: frozenset[Role] = may.OFFICE_ROLES,
) -> None:
    """Append one event to the chain of the house, from a seat in one of `roles`; codes, ids and dates only."""
    chain = lock_chain(Installation.objects.values_list("chain", flat=True).get(pk=1))
    append(chain, Draft(event, payload), When.now(at), seat_of(by, roles))


@dataclass(frozen=True)
class UnitEntry:
    """One unit as entered or as a row of a policy file says."""

    code: str
    name: str
    short_name: str
    tier: Tier
    kind: UnitKind
    area: str
    parent: str = ""
    is_organ: bool = False
    function: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""
    team_resident: bool = True


@transaction.atomic
def open_unit(*, entry: UnitEntry, by: Actor, at: datetime, open_from: date | None = None) -> Unit:
    """Add a unit below another one (or at the top of the district) from a day on."""
    may.require(may.may_administer(by))
    code = unit_code(entry.code)
    if Unit.objects.filter(pk=code).exists():
        raise RuleBroken("unit_code_taken", field="code")
    if not Area.objects.filter(pk=entry.area).exists():
        raise RuleBroken("area_unknown", field="area")
    above = unit_of(entry.parent, field="parent") if entry.parent else None
    if above is not None and above.open_to is not None:
        raise RuleBroken("unit_closed", field="parent")
    row = Unit.objects.create(
        code=code,
        name=plain_name(entry.name, "name"),
        short_name=plain_name(entry.short_name or entry.name, "short_name", most=40),
        tier=entry.tier.value,
        kind=entry.kind.value,
        area_id=entry.area,
        parent=above,
        path=unit_path(above.path if above else "", code),
        is_organ=entry.is_organ,
        function=entry.function,
        place=entry.place,
        address=entry.address,
        phone=entry.phone,
        team_resident=entry.team_resident,
        open_from=open_from,
    )
    opened = {"unit": code, "name": row.name, "kind": row.kind, "tier": row.tier, "parent": entry.parent}
    record(HouseEvent.UNIT_OPENED, {**opened, "is_organ": row.is_organ}, by=by, at=at)
    return row


@transaction.atomic
def rename_unit(*, unit: str, name: str, short_name: str, from_on: date, by: Actor, at: datetime) -> Unit:
    """Give a unit another name from a day on; what happened before keeps the name of its time (A-14)."""
    may.require(may.may_administer(by))
    row = _locked_unit(unit)
    if from_on > local_day(at):
        raise RuleBroken("date_in_the_future", field="from_on")
    before, row.name, row.short_name = row.name, plain_name(name, "name"), plain_name(short_name, "short_name", most=40)
    row.save(update_fields=["name", "short_name"])
    change = {"unit": row.code, "name": row.name, "before": before, "from_on": from_on.isoformat()}
    record(HouseEvent.UNIT_CHANGED, change, by=by, at=at)
    return row


UNIT_DETAILS = ("address", "phone", "place", "function", "leading_organ")


@transaction.atomic
def change_unit(*, unit: str, details: dict[str, Any], by: Actor, at: datetime) -> Unit:
    """Correct where a unit works and how it is reached: any of `UNIT_DETAILS` and `team_resident`."""
    may.require(may.may_administer(by))
    row = _locked_unit(unit)
    known = {name: str(details[name] or "").strip() for name in UNIT_DETAILS if name in details}
    changed: dict[str, Any] = {name: text for name, text in known.items() if getattr(row, name) != text}
    if "team_resident" in details and row.team_resident != bool(details["team_resident"]):
        changed["team_resident"] = bool(details["team_resident"])
    if changed:
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(update_fields=list(changed))
        record(HouseEvent.UNIT_CHANGED, {"unit": row.code, **changed}, by=by, at=at)
    return row


@transaction.atomic
def close_unit(*, unit: str, last_on: date, by: Actor, at: datetime) -> Unit:
    """Close a unit after a day; refused while it holds matters or has open units below it. Its posts end with it."""
    may.require(may.may_administer(by))
    row = _locked_unit(unit)
    if row.open_to is not None:
        raise RuleBroken("unit_closed", field="unit")
    may.check_span(row.open_from or last_on, last_on, "last_on")
    _refuse_busy(row)
    row.open_to = last_on
    row.save(update_fields=["open_to"])
    row.posts.filter(to_on__isnull=True).update(to_on=last_on)
    row.posts.filter(to_on__gt=last_on).update(to_on=last_on)
    record(HouseEvent.UNIT_CHANGED, {"unit": row.code, "open_to": last_on.isoformat()}, by=by, at=at)
    return row


def _refuse_busy(row: Unit) -> None:
    below = Unit.objects.filter(parent=row, open_to__isnull=True).count()
    if below:
        raise RuleBroken("unit_has_open_units", field="unit", count=below)
    held = Matter.objects.filter(is_open=True, holder=row.code).count()
    led = Matter.objects.filter(is_open=True, lead=row.code).exclude(holder=row.code).count()
    if held + led:
        raise RuleBroken("unit_has_open_matters", field="unit", count=held + led)


def _locked_unit(code: str) -> Unit:
    row = Unit.objects.select_for_update().filter(pk=code).first()
    if row is None:
        raise RuleBroken("unit_unknown", field="unit")
    return row


@transaction.atomic
def set_opening_hours(*, opens: str, closes: str, by: Actor, at: datetime) -> None:
    """Set when the centres receive people (Shanghai time); it decides on which day "within one day" begins (C-1)."""
    may.require(may.may_set_hours(by))
    first, last = clock_time(opens, "opens"), clock_time(closes, "closes")
    if first >= last:
        raise RuleBroken("hours_reversed", field="closes")
    hours = {"opens": f"{first:%H:%M}", "closes": f"{last:%H:%M}"}
    _set(hours)
    record(HouseEvent.OPENING_HOURS_SET, hours, by=by, at=at)


@transaction.atomic
def set_helpline(*, helpline: str, by: Actor, at: datetime) -> None:
    """The number that receipts and pages give for questions."""
    may.require(may.may_set_hours(by))
    text = plain_name(helpline, "helpline", most=40) if helpline else ""
    _set({"helpline": text})
    record(HouseEvent.SETTING_CHANGED, {"setting": "helpline", "value": text}, by=by, at=at)


@transaction.atomic
def set_unattended_after(*, minutes: str, by: Actor, at: datetime) -> None:
    """After how many minutes the directors of a hall are told that nobody is at a window."""
    may.require(may.may_set_hours(by))
    number = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 4 else 0
    if not LEAST_MINUTES <= number <= MOST_MINUTES:
        raise RuleBroken("number_out_of_range", field="minutes", least=LEAST_MINUTES, most=MOST_MINUTES)
    _set({"unattended_after": number})
    record(HouseEvent.SETTING_CHANGED, {"setting": "unattended_after", "value": str(number)}, by=by, at=at)


@transaction.atomic
def set_closing_days(*, days: str, by: Actor, at: datetime) -> None:
    """On which days the centres stay closed though the country works, one a line.

    They move no period of the law: what comes in on such a day came in out of hours (C-1). Days that are over go.
    """
    may.require(may.may_set_hours(by))
    entered = {parse_day("days", line) for line in days.split()}
    if len(entered) > MOST_CLOSING_DAYS:
        raise RuleBroken("too_many_days", field="days", most=MOST_CLOSING_DAYS)
    ahead = sorted(day.isoformat() for day in entered if day >= local_day(at))
    _set({"closed_on": ahead})
    record(HouseEvent.SETTING_CHANGED, {"setting": "closed_on", "value": ", ".join(ahead)}, by=by, at=at)


def _set(values: dict[str, Any]) -> None:
    row = Installation.objects.select_for_update().get(pk=1)
    row.settings = {**installation_settings(), **row.settings, **values}
    row.save(update_fields=["settings"])


@transaction.atomic
def propose_calendar_year(*, notice: YearNotice, by: Actor, at: datetime) -> CalendarDraft:
    """Enter a year as announced; nothing counts with it until somebody else approves it."""
    may.require(may.may_propose_calendar(by))
    if not notice.number:
        raise RuleBroken("notice_number_needed", field="number")
    draft, _created = CalendarDraft.objects.update_or_create(
        year=notice.year,
        defaults={
            "notice": notice.number,
            "document": notice.document,
            "proposed_by": by.user_id or 0,
            "proposed_at": at,
        },
    )
    record(HouseEvent.CALENDAR_PROPOSED, _shape(notice.year, notice.number, notice.document), by=by, at=at)
    return draft


@transaction.atomic
def approve_calendar_year(*, year: int, seen: str, by: Actor, at: datetime) -> int:
    """Publish a proposed year; returns how many matters will be counted again, by the worker.

    `seen` is the `mark` of the draft that was checked month by month before saying yes.
    """
    draft = CalendarDraft.objects.select_for_update().filter(pk=year).first()
    if draft is None:
        raise RuleBroken("calendar_not_proposed", field="year")
    may.require(bool(by.roles & may.APPROVERS))
    if not may.may_approve_calendar(by, draft.proposed_by):
        raise RuleBroken("calendar_own_proposal", field="year")
    if seen != draft.mark:
        raise RuleBroken("draft_changed")
    changed = _publish(draft.year, draft.notice, draft.document, by=by, at=at)
    draft.delete()
    return changed


@transaction.atomic
def publish_calendar_year(*, notice: YearNotice, by: Actor, at: datetime) -> int:
    """Publish a shipped year while an installation is set up; returns how many matters will be counted again."""
    may.require(may.is_system(by))
    return _publish(notice.year, notice.number, notice.document, by=by, at=at)


def _publish(year: int, number: str, document: dict[str, Any], *, by: Actor, at: datetime) -> int:
    hold_all_counting()
    CalendarYear.objects.update_or_create(
        year=year, defaults={"notice": number, "document": document, "published_at": at}
    )
    record(HouseEvent.CALENDAR_PUBLISHED, _shape(year, number, document), by=by, at=at)
    return call_in(year)


def _shape(year: int, number: str, document: dict[str, Any]) -> dict[str, Any]:
    return {"year": year, "notice": number, **{name: list(document[name]) for name in ("off", "makeup")}}


@transaction.atomic
def record_rollout(*, area: str, status: str, on: Any, note: str, by: Actor, at: datetime) -> Rollout:
    """How far a township has come with its centre (A-13): one row a change, the newest counts."""
    may.require(may.may_set_hours(by))
    if status not in set(RolloutStatus):
        raise RuleBroken("choice_unknown", field="status")
    day = parse_day("on", on)
    if day > local_day(at):
        raise RuleBroken("date_in_the_future", field="on")
    if not Area.objects.filter(pk=area).exists():
        raise RuleBroken("area_unknown", field="area")
    row = Rollout.objects.create(area_id=area, status=status, on=day, note=note.strip()[:200])
    record(HouseEvent.ROLLOUT_RECORDED, {"area": area, "status": status, "on": day.isoformat()}, by=by, at=at)
    return row


@transaction.atomic
def note_exemption(
    *, unit: str, rule: str, about: str, from_on: date, until_on: date | None, note: str, by: Actor, at: datetime
) -> Exemption:
    """Explain a gap in the composition of a unit for a time; the gap stays visible beside the note (A-14)."""
    may.require(may.may_set_hours(by))
    may.check_span(from_on, until_on, "until_on")
    words = plain_name(note, "note", most=200)
    row = Exemption.objects.create(
        unit=unit_of(unit, field="unit"), rule=rule, about=about, from_on=from_on, until_on=until_on, note=words
    )
    until = until_on.isoformat() if until_on else ""
    span = {"unit": unit, "rule": rule, "about": about, "from_on": from_on.isoformat(), "until_on": until}
    record(HouseEvent.EXEMPTION_NOTED, span, by=by, at=at)
    return row
