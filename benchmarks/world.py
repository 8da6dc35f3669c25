"""A synthetic district: matters in every stage, their events truly chained, written in bulk by the rules alone.

Nothing here is a real message. The rows are those that the services write, save that the figures know only the newest
version of each matter; `rebuild --check` names those versions and nothing else.
"""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import AutoField
from uuid_utils.compat import uuid7

from xinfang.models import Chain, Contact, Deadline, Event, Matter, Party, Person, ProtectedText, Task
from xinfang.models.ledger import text_place
from xinfang.models.protection import blind_index, code_hash, protect, searchable
from xinfang.queries.clocks import counting
from xinfang.rules.clocks.duties import Counting, clocks_of
from xinfang.rules.figures.marks import standing_with
from xinfang.rules.ledger.chain import GENESIS, digest, salted
from xinfang.rules.ledger.chain import Event as PlainEvent
from xinfang.rules.matters.apply import apply, born
from xinfang.rules.matters.numbers import ledger_number, public_number
from xinfang.rules.matters.state import MatterState
from xinfang.services.projections import deadline_rows, matter_columns, task_rows
from xinfang.services.standings import standing_columns

PLACES = ("村口", "桥头", "学校门前", "老街", "新区", "河堤", "市场", "小区北门")
THINGS = ("路灯不亮", "水管漏水", "垃圾没人清", "夜里噪声大", "工钱没结", "电梯停运", "路面塌陷", "宅基地界线不清")
WISHES = ("请尽快处理", "希望有人来看看", "请给个说法", "要求修好")
TELL = [("triaged", 0.9), ("assigned", 0.75), ("accepted", 0.5), ("closed", 0.35), ("struck_off", 0.25)]


class Bulk:
    """Rows waiting to be copied into one table."""

    def __init__(self, model: type[Any]) -> None:
        self.model, self.rows = model, []
        columns = model._meta.local_concrete_fields  # noqa: SLF001  -- what the table has
        self.fields = [field for field in columns if field.column and not isinstance(field, AutoField)]

    def add(self, **values: Any) -> None:
        self.rows.append(self.model(**values))

    def flush(self) -> None:
        """COPY: the only way to a hundred thousand matters in minutes."""
        if not self.rows:
            return
        names = ", ".join(connection.ops.quote_name(field.column) for field in self.fields)
        table = connection.ops.quote_name(self.model._meta.db_table)  # noqa: SLF001
        with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in self.rows:
                copy.write_row([_plain(field, row) for field in self.fields])
        self.rows = []


def _plain(field: Any, row: Any) -> Any:
    value = getattr(row, field.attname)
    if field.get_internal_type() == "JSONField":
        return json.dumps(value, ensure_ascii=False)
    return bytes(value) if isinstance(value, memoryview) else value


class World:
    """Builds matters into the database that Django is connected to."""

    def __init__(self, units: list[tuple[str, str, str]], seed: int = 13710) -> None:
        self.units, self.random = units, random.Random(seed)
        self.count: Counting = counting()
        self.key = settings.XINFANG_KEYS["chain_key"]
        from xinfang.models import Standing  # noqa: PLC0415  -- a projection of the figures

        order = (Chain, Event, ProtectedText, Matter, Person, Party, Contact, Task, Deadline, Standing)
        self.bulk = {model: Bulk(model) for model in order}
        self.numbers: set[str] = set()
        self.next = 0

    def build(self, total: int, first: datetime, last: datetime) -> Iterator[int]:
        """Write `total` matters received between two moments; yields how many are there so far."""
        span = (last - first).total_seconds()
        for n in range(total):
            self._matter(first + timedelta(seconds=span * n / total))
            if n % 2000 == 1999 or n == total - 1:
                self.flush()
                yield n + 1
        with connection.cursor() as cursor:
            for model in self.bulk:
                cursor.execute(f'ANALYZE "{model._meta.db_table}"')  # noqa: SLF001

    def flush(self) -> None:
        """Write what waits."""
        for bulk in self.bulk.values():
            bulk.flush()

    def write(self, received: datetime, words: dict[str, str]) -> UUID:
        """One matter that tells this story; it is there with the next `flush`."""
        return self._matter(received, words)

    def _number(self) -> str:
        while (number := public_number(self.random.randbytes(7))) in self.numbers:
            pass
        self.numbers.add(number)
        return number

    def _matter(self, received: datetime, told: dict[str, str] | None = None) -> UUID:
        chain, number = UUID(bytes=uuid7().bytes), self._number()
        code, path, area = self.random.choice(self.units)
        self.next += 1
        pick = self.random.choice
        words = told or {
            "title": f"{pick(PLACES)}{pick(THINGS)}",
            "original_words": f"{pick(PLACES)}{pick(THINGS)}，{pick(WISHES)}。",
        }
        person = Person(id=UUID(bytes=self.random.randbytes(16), version=4))
        payload = {
            "number": number, "ledger_number": ledger_number(area[:9].ljust(9, "0"), received.year, self.next),
            "channel": pick(("visit", "web", "phone", "letter")), "area": area, "holder": code, "holder_path": path,
            "day_mode": "calendar", "present": 1, "concerned": 1, "anonymous": False, "stage": "registered",
            "parties": [{"person": str(person.id), "part": "petitioner"}],
        }  # fmt: skip
        state, head, seq = self._events(chain, received, payload, words)
        clocks = clocks_of(state, self.count)
        self.bulk[Chain].add(pk=chain, kind="matter", seq=seq, head=head)
        self.bulk[Matter].add(
            chain_id=chain, submission_key=chain, code_hash=code_hash("123456789012", number),
            **searchable(words), **matter_columns(state, clocks),
        )  # fmt: skip
        self._people(chain, person, received, payload["channel"])
        for row in task_rows(state):
            self.bulk[Task].add(matter_id=chain, **row)
        for row in deadline_rows(state, clocks, self.count):
            self.bulk[Deadline].add(matter_id=chain, **row)
        standing = next(model for model in self.bulk if model.__name__ == "Standing")
        columns = standing_columns(standing_with(state, clocks))
        self.bulk[standing].add(matter_id=chain, seq=state.seq, since=state.last_at, **columns)
        return chain

    def _people(self, chain: UUID, person: Person, received: datetime, channel: str) -> None:
        phone = f"199{self.next:08d}"
        person.name_sealed = person.sealed("name", "张某")
        person.phone_sealed, person.phone_index = person.sealed("phone", phone), blind_index(phone, "phone")
        self.bulk[Person].rows.append(person)
        self.bulk[Party].rows.append(Party(matter_id=chain, person_id=person.id, part="petitioner", seq=1))
        self.bulk[Contact].add(matter_id=chain, seq=1, channel=channel, received_at=received)

    def _events(
        self, chain: UUID, received: datetime, payload: dict[str, Any], words: dict[str, str]
    ) -> tuple[MatterState, bytes, int]:
        state: MatterState | None = None
        head = GENESIS
        for seq, (kind, at, facts, text) in enumerate(self._life(received, payload, words), start=1):
            salts = {name: self.random.randbytes(16) for name in text}
            facts = dict(facts)  # noqa: PLW2901  -- the hashes are this event's own
            if text:
                facts["texts"] = {name: salted(line, salts[name]) for name, line in text.items()}
            event = PlainEvent(chain, seq, kind, at, at, 1, "centre_director", payload["holder"], facts)
            previous, head = head, digest(event, head, self.key)
            self.bulk[Event].add(
                chain_id=chain, seq=seq, type=kind, occurred_at=at, recorded_at=at, actor=1, role=event.role,
                unit=event.unit, payload=facts, rule_version=event.rule_version, previous=previous, hash=head,
            )  # fmt: skip
            for name, line in text.items():
                sealed = protect(line.encode(), text_place(chain, seq, name))
                self.bulk[ProtectedText].add(chain_id=chain, seq=seq, field=name, salt=salts[name], sealed=sealed)
            state = born(event) if state is None else apply(state, event)
        assert state is not None
        return state, head, seq

    def _life(
        self, received: datetime, payload: dict[str, Any], words: dict[str, str]
    ) -> Iterator[tuple[str, datetime, dict[str, Any], dict[str, str]]]:
        yield "registered", received, payload, words
        luck, at = self.random.random(), received
        steps: list[tuple[str, dict[str, Any]]] = [
            (
                "triaged",
                {"kind": "dispute", "nature": "general", "solvable": True, "lane": "disposal", "stage": "triaged"},
            ),
            ("assigned", {"mode": "transfer", "lead": payload["holder"], "stage": "assigned"}),
            ("implemented", {"result": "supported_done", "stage": "implemented"}),
            ("closed", {"stage": "closed"}),
            ("struck_off", {"stage": "struck_off"}),
        ]
        for (kind, facts), (_name, chance) in zip(steps, TELL, strict=True):
            if luck > chance:
                return
            at += timedelta(hours=self.random.randint(1, 60))
            yield kind, at, facts, {}
