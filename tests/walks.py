"""Random walks of a matter through the services: any seat of the cast, any move it is offered, any fitting values."""

from datetime import timedelta
from random import Random

from xinfang.models import Matter, User
from xinfang.queries.clocks import counting
from xinfang.rules.access.sight import may_see
from xinfang.rules.lifecycle.allowed import allowed_moves
from xinfang.rules.lifecycle.move import FieldKind
from xinfang.rules.lifecycle.situation import situation
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.clocks import sweep
from xinfang.services.matters import perform, state_of

UNITS = ("999901001-ZF", "999901001-ZH", "999901-RS", "999901-ZJ", "999901001", "999901001201", "999901002")
WORDS = "核实情况后答复"


ASIDE = frozenset({"urge", "link", "unlink", "correct", "recuse", "ask_recusal", "tell_result", "record_progress"})


def _weight(move, state):
    """What brings a matter on is drawn more often than what is said aside."""
    if move.targets[state.stage] is not state.stage:
        return 12
    return 1 if move.name in ASIDE else 4


class Walk:
    """One matter, pushed on by chance. `steps` are the moves that were made; `time` is shared by walks side by side."""

    def __init__(self, cast, matter, seed, time):
        self.cast, self.matter, self.time = cast, matter, time
        self.chance = Random(seed)  # noqa: S311  -- a repeatable draw, not a secret
        self.steps = []
        self.people = [getattr(cast, name) for name in cast.users] + [Actor(None, petitioner=True, proof="phone_code")]

    @property
    def now(self):
        return self.time[0]

    def step(self):
        """Make one move if anybody is offered one; time goes on by minutes or by days."""
        hours = self.chance.choice((0.1, 0.1, 0.1, 1, 5, 30))
        self.time[0] += timedelta(hours=hours)
        if self.chance.random() < 0.3:
            sweep(self.now)
        state = state_of(self.matter)
        self.chance.shuffle(self.people)
        for who in self.people:
            if not may_see(state, who, self.now):
                continue
            moves = allowed_moves(situation(state, who, self.now, counting()))
            weights = [_weight(move, state) for move in moves]
            if moves and self._make(self.chance.choices(moves, weights)[0], who, state):
                return

    def _make(self, move, who, state):
        values = {spec.name: self._value(spec, state) for spec in move.fields}
        given = {name: value for name, value in values.items() if value is not None}
        if not {"explicit_on", "explicit_source", "explicit_document"} <= set(given):
            given = {name: value for name, value in given.items() if not name.startswith("explicit")}
        try:
            perform(move.name, matter=self.matter, by=who, at=self.now, values=given)
        except RuleBroken as broken:
            self.steps.append((move.name, broken.code))
            return False
        self.steps.append((move.name, ""))
        return True

    def _value(self, spec, state):
        draw = self.chance
        if not spec.required and draw.random() < 0.5:
            return None
        if spec.kind is FieldKind.CHOICE:
            return draw.choice(spec.only or tuple(spec.choices))
        if spec.kind is FieldKind.NUMBER:
            return draw.choice((spec.least, spec.least + 1, min(spec.most, spec.least + 2)))
        if spec.kind in {FieldKind.TASKS, FieldKind.STEPS}:
            due = (self.now + timedelta(days=draw.randrange(1, 40))).date().isoformat()
            return [{"unit": unit, "due_on": due} for unit in draw.sample(UNITS, draw.randrange(1, 3))]
        return self._plain(spec, state)

    def _plain(self, spec, state):
        draw = self.chance
        if spec.kind is FieldKind.DATE:
            past = spec.name in {"signed_on", "final_on", "result_on"}
            days = -draw.randrange(0, 5) if past else draw.randrange(0, 40)
            return (self.now + timedelta(days=days)).date().isoformat()
        if spec.kind is FieldKind.UNIT:
            return draw.choice(UNITS)
        if spec.kind is FieldKind.USER:
            names = ["deputy"] if spec.name == "reviewed_by" else ["town_handler", "labour_officer", "member", "clerk"]
            return User.objects.get(username=draw.choice(names)).pk
        if spec.kind is FieldKind.MATTER:
            return draw.choice(list(Matter.objects.values_list("number", flat=True)))
        if spec.kind is FieldKind.CODE:
            own = {"compared": "1"}.get(spec.name, "文〔2026〕1号")
            return draw.choice(sorted(state.breached) or ["x"]) if spec.name == "clock" else own
        return draw.choice((True, False)) if spec.kind is FieldKind.YES_NO else WORDS
