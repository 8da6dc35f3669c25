"""A world of matters that went random ways through the services: every move that somebody may make, in any order."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from tests.cast import Cast
from xinfang.queries.clocks import counting
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.lifecycle.allowed import allowed_moves
from xinfang.rules.lifecycle.move import Field, FieldKind, Move
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import Channel, Level
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.intake import Receipt, register
from xinfang.services.matters import perform, state_of

PLAYERS = (
    "director", "deputy", "town_head", "town_handler", "station", "labour_head", "labour_officer", "bureau",
    "second_bureau", "supervisor", "caller", "leader", "archivist",
)  # fmt: skip
ORGANS = ("999901001-ZF", "999901-RS")
RARE = {"correct": 0.05, "recuse": 0.0, "link": 0.1, "unlink": 0.1, "record_progress": 0.2, "urge": 0.1}
ORIGINS = (
    (Channel.LEADER_RECEPTION, Level.PROVINCE), (Channel.LETTER, Level.PROVINCE),
    (Channel.LEADER_MAILBOX, Level.PROVINCE), (Channel.LETTER, None), (Channel.VISIT, None),
)  # fmt: skip

PAST = {"signed_on", "final_on", "result_on", "from_on", "since", "until"}


class World:
    """Matters, the clock of the world, and who plays in it."""

    def __init__(self, cast: Cast, seed: int, start: datetime) -> None:
        self.cast, self.random, self.now = cast, Random(seed), start  # noqa: S311  # a world, not a secret
        self.receipts: list[Receipt] = []
        self.moments: list[datetime] = []
        self.counting = counting()
        proved = Actor(user_id=None, petitioner=True, proof="phone_code")
        self.players = [*(getattr(cast, name) for name in PLAYERS), proved]

    def register(self, matters: int) -> None:
        for n in range(matters):
            channel, level = self.random.choice(ORIGINS)
            self._later(8)
            values = {"unit": "999901001", "channel": channel, "addressee": level, "original_words": f"第{n}件事",
                      "people": [{"name": "张一", "phone": "19900000001"}]}  # fmt: skip
            self.receipts.append(register(values=values, by=self.cast.bureau, at=self.now))

    def walk(self, steps: int) -> None:
        for _ in range(steps):
            self._later(60)
            matter = self.random.choice(self.receipts).matter
            state = state_of(matter)
            clocks = clocks_of(state, self.counting)
            options = [
                (who, move)
                for who in self.players
                for move in allowed_moves(Situation(state, who, self.now, self.counting, clocks))
            ]
            if options:
                who, move = self.random.choices(options, [RARE.get(move.name, 1.0) for _who, move in options])[0]
                self._try(matter, who, move)
            self.moments.append(self.now)

    def _later(self, hours: int) -> None:
        self.now += timedelta(minutes=self.random.randrange(1, hours * 60))

    def _try(self, matter: UUID, who: Actor, move: Move) -> None:
        values = {spec.name: self._value(spec) for spec in move.fields if spec.required or self.random.random() < 0.3}
        late = timedelta(hours=self.random.choice((0, 0, 0, 1, 20, 70)))
        try:
            perform(
                move.name, matter=matter, by=who, at=max(self.now - late, self._last(matter)), recorded_at=self.now,
                values=values, late_reason="停电",
            )  # fmt: skip
        except RuleBroken:
            return

    def _last(self, matter: UUID) -> datetime:
        last = state_of(matter).last_at
        assert last is not None
        return last

    def _value(self, spec: Field) -> Any:
        today: date = self.now.date()
        makers = {
            FieldKind.WORDS: lambda: "说明",
            FieldKind.CODE: lambda: "文〔2026〕1号",
            FieldKind.CHOICE: lambda: self.random.choice(spec.only or tuple(spec.choices or ())),
            FieldKind.NUMBER: lambda: self.random.randint(spec.least, min(spec.most, spec.least + 2)),
            FieldKind.YES_NO: lambda: self.random.random() < 0.7,
            FieldKind.UNIT: lambda: self.random.choice(ORGANS),
            FieldKind.USER: lambda: self.cast.users["deputy"].pk,
            FieldKind.MATTER: lambda: self.random.choice(self.receipts).number,
            FieldKind.TASKS: lambda: [{"unit": "999901-ZJ"}],
            FieldKind.STEPS: lambda: [{"unit": "999901001-ZF", "due_on": (today + timedelta(days=20)).isoformat()}],
            FieldKind.RULE: lambda: self.random.choice(["EX-FY60", "XF-SIMPLE3", "ME-MED30W"]),
            FieldKind.DATE: lambda: today if spec.name in PAST else today + timedelta(days=9),
        }
        return makers[spec.kind]()
