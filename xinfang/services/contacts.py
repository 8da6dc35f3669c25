"""Somebody stands at the window: a matter of its own, the same one again, or one more petitioner of it (2.11, 9.6, B5).

A person decided that; what the house had offered and what was decided stand in the event, as codes. Whatever was told
is kept with the matter that it belongs to, nobody is turned away, and no clock starts anew. Who joins has a query
code of their own, and reads with it what becomes of the matter and their own part in it. What repeats a finished
matter is registered and tied to it, so that its own clocks run.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from xinfang.gateways.files import Upload
from xinfang.models import Contact, Matter, Party, Person
from xinfang.models.protection import code_hash, keyed_digest
from xinfang.queries.alike import offerable
from xinfang.queries.reaching import came_with_of
from xinfang.rules.intake.alike import OFFERED_MOST, Choice
from xinfang.rules.intake.registration import PersonEntry, Registration, registration
from xinfang.rules.lifecycle.allowed import why_not
from xinfang.rules.lifecycle.contact_moves import COME_AGAIN, JOIN, REGISTRARS
from xinfang.rules.lifecycle.situation import situation
from xinfang.rules.matters.codes import UNFINISHED, LinkKind
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.numbers import read_number
from xinfang.rules.matters.pairs import require_same_sight
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.intake import Receipt, decided, new_code, person_row
from xinfang.services.ledger import Draft, When
from xinfang.services.linking import mirror
from xinfang.services.materials import add_material, register_with_files
from xinfang.services.matters import perform
from xinfang.services.turns import Turn, take, take_all

_SAME = ("id_number", "phone", "name")


@dataclass(frozen=True)
class Decision:
    """What a person decided about a visit: which of the offered matters it belongs to, if any.

    `visit` is another matter that was brought in the same visit; what becomes a matter of its own is tied to it.
    """

    choice: Choice = Choice.NEW
    number: str = ""
    offered: tuple[str, ...] = ()
    visit: UUID | None = None


@dataclass(frozen=True)
class Received:
    """What came of a visit: the receipt, and the contact in that matter. `seq` is 1 where it opened the matter."""

    receipt: Receipt
    seq: int = 1


@dataclass(frozen=True)
class _Visit:
    """One visit as it was told, cleaned; `offered` are the matters that were really there to be chosen from."""

    entry: Registration
    values: Mapping[str, Any]
    decision: Decision
    files: Sequence[Upload]
    key: UUID
    by: Actor
    when: When
    seen: Mapping[str, Matter]

    @property
    def offered(self) -> list[UUID]:
        shown = (read_number(number) or "" for number in self.decision.offered[:OFFERED_MOST])
        return [self.seen[number].pk for number in dict.fromkeys(shown) if number in self.seen]

    @property
    def chosen(self) -> Matter | None:
        return self.seen.get(read_number(self.decision.number) or "")

    @property
    def body(self) -> bytes:
        """A keyed hash of what was told and decided, to know the same visit again."""
        told = [asdict(self.entry), self.decision.choice.value, read_number(self.decision.number)]
        return keyed_digest(json.dumps(told, sort_keys=True, default=str, ensure_ascii=False), "contact")


@transaction.atomic
def receive(
    *,
    values: Mapping[str, Any],
    decision: Decision,
    by: Actor,
    at: datetime,
    submission_key: UUID,
    files: Sequence[Upload] = (),
    recorded_at: datetime | None = None,
    late_reason: str = "",
) -> Received:
    """Take down one visit as a person decided; sent twice it is one. `values` are those of a registration.

    Raises `matter_unknown` for a matter that may not be chosen, `join_finished` for joining what is finished, and
    `submission_key_reused` where the same key came with something else.
    """
    when = When(at, recorded_at or at, late_reason)
    numbers = [read_number(number) or "" for number in (*decision.offered[:OFFERED_MOST], decision.number)]
    seen = offerable(by, filter(None, numbers), when.recorded_at)
    visit = _Visit(registration(values), values, decision, files, submission_key, by, when, seen)
    _one_at_a_time(submission_key)
    known = Contact.objects.filter(submission_key=submission_key).select_related("matter").first()
    if known is not None:
        return _repeated(known, visit)
    if decision.choice is Choice.NEW:
        return Received(_registered(visit))
    if visit.chosen is None:
        raise RuleBroken("matter_unknown", field="same_as")
    if visit.chosen.stage not in UNFINISHED:
        return _tied(visit, visit.chosen.pk)
    if Matter.objects.filter(submission_key=submission_key).exists():
        raise RuleBroken("submission_key_reused")
    return _added(visit, visit.chosen.pk)


def _one_at_a_time(key: UUID) -> None:
    """Two windows of one browser that send the same form wait for each other, whatever each of them chose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int >> 65])


def _repeated(known: Contact, visit: _Visit) -> Received:
    if bytes(known.body_hash or b"") != visit.body:
        raise RuleBroken("submission_key_reused")
    return Received(Receipt(known.matter_id, known.matter.number, "", repeated=True), known.seq)


def _registered(visit: _Visit) -> Receipt:
    return register_with_files(
        values={**visit.values, "offered": visit.offered},
        files=visit.files,
        by=visit.by,
        at=visit.when.occurred_at,
        recorded_at=visit.when.recorded_at,
        late_reason=visit.when.late_reason,
        submission_key=visit.key,
        visit=visit.decision.visit,
    )


def _tied(visit: _Visit, finished: UUID) -> Received:
    """What repeats a finished matter is a matter of its own, with its own clocks; each file names the other."""
    if visit.decision.choice is Choice.JOIN:
        raise RuleBroken("join_finished", field="same_as")
    receipt = _registered(visit)
    if receipt.repeated:
        return Received(receipt)
    now = When.now(visit.when.recorded_at)
    turns = take_all(receipt.matter, finished)
    require_same_sight(turns[receipt.matter].state, turns[finished].state)
    payload = {"move": "link", "link": LinkKind.REPEATS.value, "other": str(finished)}
    draft = Draft(EventType.LINKED, payload | decided(visit.decision.choice, visit.offered))
    turns[receipt.matter].record(draft, now, visit.by, REGISTRARS)
    turns[receipt.matter].finish()
    mirror(turns[finished], draft, matter=receipt.matter, when=now, by=visit.by, roles=REGISTRARS)
    return Received(receipt)


def _added(visit: _Visit, matter: UUID) -> Received:
    """Record the visit in the matter: who came, what was said, which papers were left."""
    turn = take(matter)
    _require_open_walls(visit.entry, turn)
    fresh = _strangers(matter, visit.entry.people)
    part = _part(matter, visit.entry.people)
    if visit.decision.choice is Choice.JOIN and not visit.entry.people:
        raise RuleBroken("field_required", field="name")
    move = JOIN if visit.decision.choice is Choice.JOIN and fresh else COME_AGAIN
    broken = why_not(move, situation(turn.state, visit.by, visit.when.occurred_at, turn.counting))
    if broken is not None:
        raise broken
    rows = [person_row(person) for person in fresh]
    words = {name: text for name, text in visit.entry.words.items() if name != "title"}
    draft = Draft(move.event, {"move": move.name, **_facts(visit, turn, rows)}, words)
    joins = move is JOIN
    turn.record(draft, visit.when, visit.by if joins else visit.by.on_part_of(part), move.roles)
    code = new_code() if joins else ""
    _keep(visit, turn, rows, code)
    state = turn.finish()
    for_them = visit.by.on_part_of(state.seq if joins else part)
    _limits(visit, matter, for_them)
    if visit.files:
        add_material(matter=matter, by=for_them, at=visit.when.recorded_at, files=visit.files, shown=True)
    return Received(Receipt(matter, state.number, code), state.seq)


def _part(matter: UUID, people: Sequence[PersonEntry]) -> int:
    """Whose part of the matter somebody comes to again: with which event those came into it who are like them."""
    names, numbers = ({getattr(one, column) for one in people} - {""} for column in ("name", "id_number"))
    groups = came_with_of(matter)
    parties = Party.objects.filter(matter_id=matter, seq__in=groups).select_related("person").order_by("id")
    like = (p for p in parties if p.person.opened("name") in names or p.person.opened("id_number") in numbers)
    found = {groups[party.seq] for party in like}
    return found.pop() if len(found) == 1 else 1


def _require_open_walls(entry: Registration, turn: Turn) -> None:
    """What was told in confidence does not go into a file that others read."""
    closed = entry.restricted or entry.concerns_own_people or entry.recused_users or entry.recused_units
    state = turn.state
    if closed or state.restricted or state.recused_users or state.recused_units:
        raise RuleBroken("pair_sight_differs", field="same_as")


def _strangers(matter: UUID, people: Sequence[PersonEntry]) -> list[PersonEntry]:
    """Whoever is not yet in the file, or gave a number that is not: nothing that was typed gets lost."""
    parties = list(Party.objects.filter(matter_id=matter).select_related("person"))
    here = [{name: party.person.opened(name) for name in _SAME} for party in parties]
    return [one for one in people if not any(_agrees(one, known) for known in here)]


def _agrees(one: PersonEntry, known: Mapping[str, str]) -> bool:
    given = [name for name in _SAME if getattr(one, name)]
    return bool(given) and all(getattr(one, name) == known[name] for name in given)


def _facts(visit: _Visit, turn: Turn, rows: list[tuple[Person, str]]) -> dict[str, Any]:
    entry, parts = visit.entry, [part for _person, part in rows]
    present = max(entry.present, len(entry.people))
    named = Party.objects.filter(matter_id=turn.state.id).exclude(part=Party.Part.AGENT).count()
    return {
        "channel": entry.channel.value,
        "present": present,
        "concerned": max(entry.concerned, present, named + len(parts) - parts.count(Party.Part.AGENT)),
        "parties": [{"person": str(person.pk), "part": part} for person, part in rows],
        "decided": visit.decision.choice.value,
        "offered": [str(matter) for matter in visit.offered],
    }


def _keep(visit: _Visit, turn: Turn, rows: list[tuple[Person, str]], code: str) -> None:
    matter, seq = turn.state.id, turn.state.seq
    Person.objects.bulk_create([person for person, _part in rows])
    Party.objects.bulk_create([Party(matter_id=matter, person=person, part=part, seq=seq) for person, part in rows])
    Contact.objects.create(
        matter_id=matter,
        seq=seq,
        channel=visit.entry.channel.value,
        received_at=visit.when.occurred_at,
        postmarked_on=visit.entry.postmarked_on,
        submission_key=visit.key,
        body_hash=visit.body,
        code_hash=code_hash(code, turn.state.number) if code else None,
    )


def _limits(visit: _Visit, matter: UUID, by: Actor) -> None:
    """Rights that the petitioner spoke of this time begin to be watched like those of the first visit."""
    for rule, began in visit.entry.limits:
        values = {"rule": rule, "from_on": began.isoformat()}
        perform("note_limit", matter=matter, by=by, at=visit.when.recorded_at, values=values)
