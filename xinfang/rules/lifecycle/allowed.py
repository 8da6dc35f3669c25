"""Which moves may this person make now? One answer feeds buttons, services and tests (domain 6.2, 6.3, 9.2)."""

from xinfang.rules.lifecycle.closing_moves import CLOSING_MOVES
from xinfang.rules.lifecycle.handling_moves import HANDLING_MOVES
from xinfang.rules.lifecycle.intake_moves import INTAKE_MOVES
from xinfang.rules.lifecycle.joint_moves import JOINT_MOVES
from xinfang.rules.lifecycle.leader_moves import LEADER_MOVES
from xinfang.rules.lifecycle.limit_moves import LIMIT_MOVES
from xinfang.rules.lifecycle.mediation_moves import MEDIATION_MOVES
from xinfang.rules.lifecycle.move import Move
from xinfang.rules.lifecycle.needs import ANSWERS
from xinfang.rules.lifecycle.paper_moves import PAPER_MOVES
from xinfang.rules.lifecycle.review_moves import REVIEW_MOVES
from xinfang.rules.lifecycle.safety_moves import SAFETY_MOVES
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.lifecycle.urgent_moves import URGENT_MOVES
from xinfang.rules.matters.state import MatterState
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken

# Whoever joined speaks for themselves; what ends, rates or settles the matter is said by whoever brought it.
MAY_WHO_JOINED = frozenset({"urge", "ask_recusal", "contest_refusal"})

MOVES: tuple[Move, ...] = (
    *INTAKE_MOVES, *JOINT_MOVES, *HANDLING_MOVES, *PAPER_MOVES, *LIMIT_MOVES, *REVIEW_MOVES, *MEDIATION_MOVES,
    *URGENT_MOVES, *SAFETY_MOVES, *LEADER_MOVES, *CLOSING_MOVES,
)  # fmt: skip
BY_NAME: dict[str, Move] = {move.name: move for move in MOVES}


def is_recused(state: MatterState, actor: Actor) -> bool:
    """Is this person, or any unit this person sits in, kept away from the matter (RC-2..RC-4)?

    A second seat elsewhere opens no second door: whoever sits in the unit concerned is concerned.
    """
    return actor.user_id in state.recused_users or bool(actor.units & state.recused_units)


def why_not(move: Move, asked: Situation) -> RuleBroken | None:
    """The first rule that forbids the move now, or None. A sealed matter can no longer move at all."""
    state, actor = asked.state, asked.actor
    if state.sealed or is_recused(state, actor):
        return RuleBroken("not_found")
    if not actor.roles & move.roles:
        return RuleBroken("role_may_not", move=move.name)
    if actor.petitioner and actor.joined and move.name not in MAY_WHO_JOINED:
        return RuleBroken("joined_may_not", move=move.name)
    if state.stage not in move.targets:
        return RuleBroken("stage_does_not_allow", move=move.name, stage=state.stage.value)
    for need in move.needs:
        if not ANSWERS[need](asked):
            return RuleBroken(f"need_{need.value}", move=move.name)
    return None


def require(name: str, asked: Situation) -> Move:
    """The move of that name, or the refusal that stands against it."""
    move = BY_NAME.get(name)
    if move is None:
        raise RuleBroken("no_such_move", move=name)
    broken = why_not(move, asked)
    if broken is not None:
        raise broken
    return move


def allowed_moves(asked: Situation) -> tuple[Move, ...]:
    """Every move that this person may make now, in the order of `MOVES`."""
    return tuple(move for move in MOVES if why_not(move, asked) is None)
