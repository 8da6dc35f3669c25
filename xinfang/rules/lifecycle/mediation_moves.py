"""The mediation file as moves: offered, answered, begun, held, agreed, signed, performed, confirmed (domain 3.1, 3.2).

They stand beside the stages: no mediation moves a matter, stops a clock of it or keeps anybody from another way.
"""

from xinfang.rules.lifecycle.intake_moves import DIRECTORS, MOST_YUAN, PETITIONER, UNIT_PEOPLE
from xinfang.rules.lifecycle.move import Move, Need, choice, code, day, number, stay, user, words, yes_no
from xinfang.rules.matters.codes import LEDGER_OPEN, Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.mediation.codes import (
    AgreementForm,
    AnsweredHow,
    CourtWord,
    MediationEnd,
    MediationKind,
    MediationSource,
    MediatorWhy,
    PartyAnswer,
    Performance,
    Signer,
)
from xinfang.rules.mediation.file import MOST_OTHERS
from xinfang.rules.people.seats import Role

_OFFERERS = DIRECTORS | UNIT_PEOPLE | {Role.WINDOW_CLERK, Role.STATION_HEAD, Role.STATION_MEMBER, Role.PETITION_BUREAU}
_COMMITTEE = frozenset({Role.CENTRE_DEPUTY, Role.STATION_HEAD, Role.MEDIATOR})
_AT_DESK = _COMMITTEE | {Role.CENTRE_DIRECTOR, Role.WINDOW_CLERK, Role.STATION_MEMBER}
_BEFORE_END = tuple(sorted(LEDGER_OPEN))
_EVER = (*_BEFORE_END, Stage.STRUCK_OFF, Stage.ARCHIVED)
_PARTY = number("party", 1, MOST_OTHERS + 1)

OFFER_MEDIATION = Move(
    "offer_mediation",
    EventType.MEDIATION_OFFERED,
    stay(*_BEFORE_END),
    _OFFERERS,
    (Need.MEDIABLE,),
    (
        choice("mediation_kind", MediationKind),
        choice("source", MediationSource),
        words("other_parties", most=1000),
        words("dispute"),
        yes_no("civil"),
        yes_no("taken_elsewhere"),
        yes_no("violence"),
    ),
)
ANSWER_MEDIATION = Move(
    "answer_mediation",
    EventType.MEDIATION_ANSWERED,
    stay(*_BEFORE_END),
    _AT_DESK | PETITIONER,
    (Need.PARTY_UNASKED,),
    (_PARTY, choice("party_answer", PartyAnswer), choice("answered_how", AnsweredHow), day("answered_on")),
)
NAME_MEDIATOR = Move(
    "name_mediator",
    EventType.MEDIATOR_NAMED,
    stay(*_BEFORE_END),
    _COMMITTEE,
    (Need.ALL_CONSENT,),
    (user("mediator"), choice("mediator_why", MediatorWhy), yes_no("no_conflict")),
)
TELL_MEDIATION_RIGHTS = Move(
    "tell_mediation_rights",
    EventType.MEDIATION_RIGHTS_TOLD,
    stay(*_BEFORE_END),
    _AT_DESK,
    (Need.RIGHTS_UNTOLD,),
    (_PARTY, day("told_on")),
)
HOLD_MEDIATION = Move(
    "hold_mediation",
    EventType.MEDIATION_HELD,
    stay(*_BEFORE_END),
    _COMMITTEE,
    (Need.MEDIATION_BEGUN,),
    (
        day("held_on"),
        words("place", most=200),
        yes_no("open_doors"),
        words("present_people", required=False, most=500),
        words("statements"),
        words("checked", required=False),
        yes_no("danger_seen"),
        words("danger_measures", required=False),
        words("outcome_words"),
    ),
)
PROLONG_MEDIATION = Move(
    "prolong_mediation",
    EventType.MEDIATION_PROLONGED,
    stay(*_BEFORE_END),
    _COMMITTEE,
    (Need.MEDIATION_BEGUN,),
    (day("prolonged_to"), yes_no("all_agree")),
)
END_MEDIATION = Move(
    "end_mediation",
    EventType.MEDIATION_ENDED,
    stay(*_BEFORE_END),
    _COMMITTEE,
    (Need.MEDIATION_OPEN,),
    (choice("mediation_end", MediationEnd), words("routes_told")),
)
DRAFT_AGREEMENT = Move(
    "draft_agreement",
    EventType.AGREEMENT_DRAFTED,
    stay(*_BEFORE_END),
    _COMMITTEE,
    (Need.AGREEMENT_UNSIGNED,),
    (
        choice("agreement_form", AgreementForm),
        yes_no("nobody_wants_paper"),
        words("agreed_facts"),
        words("responsibility"),
        words("content"),
        words("performed_how", most=1000),
        words("performed_where", most=200),
        code("document"),
    ),
)
ADD_PERFORMANCE = Move(
    "add_performance",
    EventType.PERFORMANCE_PROMISED,
    stay(*_BEFORE_END),
    _COMMITTEE,
    (Need.AGREEMENT_OPEN,),
    (_PARTY, day("due_on"), number("yuan", 1, MOST_YUAN, required=False), words("promised", most=500)),
)
SIGN_AGREEMENT = Move(
    "sign_agreement",
    EventType.AGREEMENT_SIGNED,
    stay(*_BEFORE_END),
    _COMMITTEE,
    (Need.AGREEMENT_OPEN,),
    (choice("signer", Signer), number("party", 1, MOST_OTHERS + 1, required=False), day("signed_on")),
)
RECORD_PERFORMANCE = Move(
    "record_performance",
    EventType.PERFORMANCE_RECORDED,
    stay(*_EVER),
    _AT_DESK,
    (Need.PERFORMANCE_OPEN,),
    (number("k", 1, 99), choice("performance", Performance), day("seen_on"), words("evidence_words")),
)
VISIT_PARTIES = Move(
    "visit_parties",
    EventType.PARTIES_VISITED,
    stay(*_EVER),
    _AT_DESK,
    (Need.AGREEMENT_HOLDS,),
    (day("visited_on"), words("found"), words("next_steps", required=False)),
)
ASK_CONFIRMATION = Move(
    "ask_confirmation",
    EventType.CONFIRMATION_ASKED,
    stay(*_EVER),
    _AT_DESK,
    (Need.CONFIRMABLE,),
    (day("asked_on"), words("court", most=200), yes_no("all_apply"), words("why_late", required=False, most=500)),
)
RECORD_CONFIRMATION = Move(
    "record_confirmation",
    EventType.CONFIRMATION_DECIDED,
    stay(*_EVER),
    _AT_DESK,
    (Need.CONFIRMATION_WAITS,),
    (choice("court_word", CourtWord), day("decided_on"), code("document")),
)

MEDIATION_MOVES: tuple[Move, ...] = (
    OFFER_MEDIATION, ANSWER_MEDIATION, NAME_MEDIATOR, TELL_MEDIATION_RIGHTS, HOLD_MEDIATION, PROLONG_MEDIATION,
    END_MEDIATION, DRAFT_AGREEMENT, ADD_PERFORMANCE, SIGN_AGREEMENT, RECORD_PERFORMANCE, VISIT_PARTIES,
    ASK_CONFIRMATION, RECORD_CONFIRMATION,
)  # fmt: skip
