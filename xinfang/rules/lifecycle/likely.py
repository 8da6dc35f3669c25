"""Which of the allowed moves is the likeliest next one? Only an order for screens; it allows and forbids nothing."""

from collections.abc import Callable, Iterable

from xinfang.rules.lifecycle.move import Move
from xinfang.rules.matters.codes import CallOutcome, ReportVerdict
from xinfang.rules.matters.state import MatterState

# What usually comes next, the likeliest first; everything else follows in the order of MOVES.
_FIRST = (
    "report_urgent",
    "uphold_objection", "reject_objection", "triage", "sign_for", "confirm_withdrawal", "read_report", "approve_plan",
    "return_plan", "uphold_refusal", "overturn_refusal", "verify_resolved", "strike_off", "tell_limit",
    "explain_breach", "rule_on_part",
    "name_handler", "assign", "solve_on_the_spot", "accept", "finish_task", "start_handling", "report_preliminary",
    "close_hearing", "note_lateness", "decide_review", "serve_review",
    "answer_mediation", "tell_mediation_rights", "name_mediator", "hold_mediation", "draft_agreement",
    "add_performance", "sign_agreement", "record_performance", "visit_parties", "record_confirmation",
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
        "unmerge", "correct", "add_co_unit", "escalate", "object_part", "return_task", "urge_task", "call_off_task",
 "approve_overrun", "extend", "note_limit", "meet_limit", "pause_limit",
        "resume_limit", "drop_limit", "ask_legal_aid", "mark_urgent", "withdraw_urgent",
        "note_safety", "show_address",
        "record_reception", "take_charge", "register_review", "open_hearing", "leave_charge", "ask_papers",
        "restudy", "offer_mediation", "prolong_mediation", "end_mediation", "ask_confirmation",
    }
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_FIRST)}


def is_rare(move: Move, state: MatterState) -> bool:
    """Is this move hardly meant now? What was reported, told or called about already counts as well."""
    again = _DONE.get(move.name)
    return move.name in RARE or (again is not None and again(state))


_DONE: dict[str, Callable[[MatterState], bool]] = {
    "report_urgent": lambda state: state.urgency is not None and state.urgency.reported_at is not None,
    "report_preliminary": lambda state: (
        (state.preliminary is not None and state.preliminary.verdict != ReportVerdict.RETURNED)
        or state.closed_at is not None
    ),
    "tell_result": lambda state: state.result_told_at is not None,
    "call_back": lambda state: any(call.outcome is not CallOutcome.NOT_REACHED for call in state.calls),
    "propose_strike_off": lambda state: state.strike_off_proposed_at is not None,
}


def likeliest_first(moves: Iterable[Move], state: MatterState) -> list[Move]:
    """The moves in the order in which a person will look for them."""
    return sorted(moves, key=lambda move: (is_rare(move, state), _RANK.get(move.name, len(_RANK))))
