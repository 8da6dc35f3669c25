"""Which of the allowed moves is the likeliest next one? Only an order for screens; it allows and forbids nothing."""

from collections.abc import Iterable

from xinfang.rules.lifecycle.move import Move

# What usually comes next, the likeliest first; everything else follows in the order of MOVES.
_FIRST = (
    "uphold_objection", "reject_objection", "triage", "sign_for", "confirm_withdrawal", "read_report", "approve_plan",
    "return_plan", "uphold_refusal", "overturn_refusal", "strike_off", "verify_resolved", "explain_breach",
    "name_handler", "assign", "solve_on_the_spot", "accept", "finish_task", "start_handling", "report_preliminary",
    "serve_opinion", "tell_channelled", "serve_document", "sign_opinion", "implement", "begin_execution",
    "reply_directly", "call_back", "propose_resolved", "close", "propose_strike_off", "record_progress",
    "report_monthly", "finish_step", "file_plan", "record_external_result", "await_external", "tell_result",
    "enter_rest_form", "enter_rating_form", "archive",
)  # fmt: skip
# What is there at any time and rarely meant: shown apart.
RARE = frozenset(
    {
        "reclassify", "set_explicit_date", "object", "inform", "channel", "not_accept", "no_longer_accept",
        "withdraw_resolved", "revoke_rest", "enter_withdrawal_form", "reopen", "recuse", "link", "unlink", "merge",
        "unmerge", "correct", "add_co_unit", "approve_overrun", "extend",
    }
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_FIRST)}


def likeliest_first(moves: Iterable[Move]) -> list[Move]:
    """The moves in the order in which a person will look for them."""
    return sorted(moves, key=lambda move: (move.name in RARE, _RANK.get(move.name, len(_RANK))))
