"""The demo: an invented district with its people, sixty matters of all stages, and the ledgers of the founding text.

Everything is played through the services with its own dates; a second run finds all of it and changes nothing.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from xinfang.models import Area, BatchItem, Installation, Matter
from xinfang.policies import shipped
from xinfang.rules.intake.batch_cells import Cell
from xinfang.rules.matters.codes import Level
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import founding
from xinfang.services.batches import FileRow, settle_link, take_in
from xinfang.services.demo import give_demo_passwords, leave_old_messages, read_old_notices
from xinfang.services.gathering import together
from xinfang.services.intake import register
from xinfang.services.matters import perform
from xinfang.stories.demo_courses import at_hour, course_of_row, course_of_sample, kind_of, start_of_sample
from xinfang.stories.demo_hall import open_halls
from xinfang.stories.demo_mediation import mediate_some
from xinfang.stories.demo_sessions import open_rooms
from xinfang.stories.demo_troupe import BUREAU, DISTRICT, Step, Troupe
from xinfang.stories.ledger_rows import LedgerRow, rows_of

NAMESPACE = UUID("2b1c7f64-3f0e-5b7a-9a55-0d4c6a1e9f02")
TOGETHER, NEWS = 50, 5
HALLS = ("999901", "999901101")
FOUNDED = at_hour(datetime(2021, 1, 4).date(), 9)  # noqa: DTZ001  # only its day is used
PURPOSES = {"request": "求决", "appeal": "申诉", "suggestion": "意见建议", "enquiry": "咨询"}
Tell = Callable[[str, int, int], None]


def load(*, now: datetime, tell: Tell) -> None:
    """Found the demo district and play everything that is not there yet; refuses a database in real use.

    `tell(what, done, of)` hears how far it has come.
    """
    _found(now)
    troupe = Troupe(now.date())
    ledgers = rows_of(shipped("ledgers.yaml"), _villages())
    _play_ledgers([row for row in ledgers if row.ledger != "second_batch"], troupe, tell)
    _play_batch([row for row in ledgers if row.ledger == "second_batch"], troupe)
    tell("batch", 1, 1)
    _play_samples(shipped("samples.yaml")["matters"], troupe, now, tell)
    read_old_notices(before=now - timedelta(days=NEWS), at=now)
    leave_old_messages(before=now - timedelta(days=NEWS))
    open_halls(centres=HALLS, now=now)
    open_rooms(centres=HALLS, now=now)
    mediate_some(centres=HALLS, troupe=troupe, now=now)


def _found(now: datetime) -> None:
    row = Installation.objects.filter(pk=1).first()
    if (row is None and (Matter.objects.exists() or Area.objects.exists())) or (row is not None and not row.is_demo):
        raise RuleBroken("not_a_demo_database")
    district, people = shipped("demo_district.yaml"), shipped("demo_people.yaml")
    hours = district["hours"]
    founding.found(district=DISTRICT, is_demo=True, at=FOUNDED, settings=dict(hours))
    if Matter.objects.exists():
        return
    with transaction.atomic():
        founding.load_areas(rows=district["areas"])
        founding.load_calendar(at=FOUNDED)
        founding.load_units(rows=district["units"], at=FOUNDED)
        founding.load_people(rows=people["people"], at=FOUNDED, from_on=people["posts_valid_from"], is_demo=True)
        founding.load_rollout(rows=district["rollout"], at=now)
        founding.load_exemptions(rows=district["exemptions"], at=now)
        give_demo_passwords()


def _villages() -> dict[str, str]:
    return {code: name for code, name in Area.objects.values_list("code", "name") if len(code) == 12}


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


def _known(keys: list[UUID]) -> set[UUID]:
    return set(Matter.objects.filter(submission_key__in=keys).values_list("submission_key", flat=True))


def _play_ledgers(rows: list[LedgerRow], troupe: Troupe, tell: Tell) -> None:
    known = _known([_key(row.key) for row in rows])
    waiting, done = iter([row for row in rows if _key(row.key) not in known]), len(known)
    while chunk := list(islice(waiting, TOGETHER)):
        with together():
            for row in chunk:
                steps = course_of_row(row, troupe, assigned=False)
                troupe.play(_register_row(row, troupe), [step for step in steps if not _after_the_batch(row, step)])
        done += len(chunk)
        tell("ledgers", done, len(rows))


def _after_the_batch(row: LedgerRow, step: Step) -> bool:
    """The matter to which an item of the batch is linked goes on only after the batch came in."""
    return row.key == LINKED and step.at.date() >= BATCH_DAY


LINKED = "JF-001"
BATCH_DAY = datetime(2026, 3, 16).date()  # noqa: DTZ001  # only its day is used


def _register_row(row: LedgerRow, troupe: Troupe) -> UUID:
    moment = at_hour(row.received_on, 9 + row.line % 4, row.line * 7 % 60)
    values = {
        "unit": BUREAU,
        "channel": row.channel,
        "addressee": Level(row.level),
        "level": Level(row.level),
        "area": row.village,
        "purpose": row.purpose,
        "category": row.category,
        "original_words": row.summary,
        "demand": row.demand,
        "people": [{"name": row.petitioner, "phone": row.phone, "id_number": row.id_number or ""}],
    }
    by = troupe.player(BUREAU, frozenset({Role.PETITION_BUREAU}))
    return register(values=values, by=by, at=moment, submission_key=_key(row.key)).matter


def _play_batch(rows: list[LedgerRow], troupe: Troupe) -> None:
    if BatchItem.objects.exists():
        return
    by, moment = troupe.player(BUREAU, frozenset({Role.PETITION_BUREAU})), at_hour(BATCH_DAY, 10)
    with transaction.atomic():
        linked = Matter.objects.get(submission_key=_key(LINKED)).pk
        with together():
            batch = _enter_batch(rows, by, moment)
            items = dict(BatchItem.objects.filter(matter__isnull=False).values_list("row", "matter_id"))
            for row in rows:
                if row.line in items:
                    troupe.play(items[row.line], course_of_row(row, troupe, assigned=True))
        for row in rows:
            if row.item == "linked":
                settle_link(batch=batch, row=row.line, same=True, by=by, at=at_hour(BATCH_DAY, 17))
        _finish_linked(linked, troupe)


def _finish_linked(matter: UUID, troupe: Troupe) -> None:
    row = next(row for row in rows_of(shipped("ledgers.yaml"), _villages()) if row.key == LINKED)
    rest = [step for step in course_of_row(row, troupe, assigned=False) if _after_the_batch(row, step)]
    troupe.play(matter, [step if step.at > at_hour(BATCH_DAY, 17) else _later(step) for step in rest])


def _later(step: Step) -> Step:
    return Step(step.at + timedelta(hours=9), step.unit, step.move, step.values)


def _enter_batch(rows: list[LedgerRow], by: Actor, at: datetime) -> UUID:
    batch = next(ledger for ledger in shipped("ledgers.yaml")["ledgers"] if ledger["key"] == "second_batch")["batch"]
    head: dict[str, Cell] = {
        "name": batch["name"],
        "number": batch["number"],
        "assigned_by": batch["assigner"],
        "document": batch["document"],
        "assigned_on": batch["assigned_on"],
        "default_due_on": batch["due_on"],
        "level": "市",
        "note": "演示数据",
    }
    lines = [FileRow(line, _cells(row)) for line, row in enumerate(rows, start=2)]
    file_hash = hashlib.sha256(b"ledgers.yaml").digest()
    taken = take_in(head=head, rows=lines, file_hash=file_hash, file_name="ledgers.yaml", by=by, at=at)
    if taken.batch is None:
        raise RuleBroken("demo_batch_unfit")
    matter_batch: UUID = taken.batch.pk
    return matter_batch


def _cells(row: LedgerRow) -> dict[str, Cell]:
    return {
        "row": row.line,
        "name": row.petitioner,
        "id_number": row.id_number or "",
        "phone": row.phone,
        "channel": "上级交办",
        "petitioned_on": row.received_on - timedelta(days=20 + row.line % 9),
        "purpose": PURPOSES[row.purpose],
        "category": row.category,
        "area": row.village,
        "summary": row.summary,
        "demand": row.demand,
        "unit": row.lead,
        "due_on": row.due_on,
    }


def _play_samples(samples: list[dict[str, Any]], troupe: Troupe, now: datetime, tell: Tell) -> None:
    known = _known([_key(sample["key"]) for sample in samples])
    order = sorted(enumerate(samples), key=lambda pair: -pair[1]["course"]["days_ago"])
    for done, (place, sample) in enumerate(order, start=1):
        if _key(sample["key"]) not in known:
            with transaction.atomic():
                _play_sample(sample, place, troupe, now)
        if done % 20 == 0:
            tell("samples", done, len(samples))


def _play_sample(sample: dict[str, Any], place: int, troupe: Troupe, now: datetime) -> None:
    start = start_of_sample(sample["course"]["days_ago"], place, now)
    steps = course_of_sample(sample, troupe, start, now, place)
    with together():
        matter = register(
            values=_sample_values(sample),
            by=troupe.registrar(sample["where"]["at"], sample["where"]["channel"]),
            at=start,
            submission_key=_key(sample["key"]),
        ).matter
        troupe.play(matter, steps)
    repeated = sample["course"].get("repeats")
    if repeated:
        number = Matter.objects.get(submission_key=_key(repeated)).number
        by, at = troupe.player(BUREAU, frozenset({Role.PETITION_BUREAU})), steps[-1].at + timedelta(minutes=5)
        perform("link", matter=matter, by=by, at=at, values={"other": number, "link": "repeats"})


def _sample_values(sample: dict[str, Any]) -> dict[str, Any]:
    where, about, person = sample["where"], sample["about"], sample["by"]
    people = (
        [{"name": person["name"], "id_number": person.get("id", ""), "phone": person.get("phone", "")}]
        if person
        else []
    )
    return {
        "unit": where["at"],
        "channel": where["channel"],
        "addressee": Level(where["level"]) if where.get("level") else None,
        "area": where["village"],
        "title": sample["title"],
        "original_words": sample["words"],
        "demand": sample["demand"],
        "kind": kind_of(about),
        "purpose": about["purpose"],
        "category": about["category"],
        "present": sample.get("people", 1),
        "people": people,
        "recused_units": tuple(sample["course"].get("recused", ())),
    }
