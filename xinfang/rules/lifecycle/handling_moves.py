"""Handling: progress, extension, opinion, execution, plan and reports (articles 32–34; C-3, C-7, C-M, C-MF, C-P)."""

from xinfang.rules.lifecycle.intake_moves import BUREAU, DIRECTORS, ORGAN, SERVERS, STATION, UNIT_PEOPLE
from xinfang.rules.lifecycle.move import (
    Field,
    FieldKind,
    Move,
    Need,
    choice,
    code,
    day,
    number,
    stay,
    to,
    user,
    words,
    yes_no,
)
from xinfang.rules.matters.codes import (
    UNFINISHED,
    ClockCode,
    Outcome,
    ReportVerdict,
    Result,
    ServiceWay,
    Stage,
)
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

_REPORTERS = DIRECTORS | BUREAU | UNIT_PEOPLE | STATION
_DONE = (
    Result.SUPPORTED_DONE,
    Result.PARTLY_DONE,
    Result.AGREEMENT_PERFORMED,
    Result.SETTLEMENT_PERFORMED,
)
_REPLIES = (
    Result.SUGGESTION_ADOPTED,
    Result.SUGGESTION_PARTLY,
    Result.SUGGESTION_NOT_ADOPTED,
    Result.REPLIED_DIRECTLY,
)
_RUNNING = tuple(sorted(UNFINISHED - {Stage.REGISTERED}))

START_HANDLING = Move(
    "start_handling",
    EventType.HANDLING_STARTED,
    to(Stage.HANDLING, Stage.ACCEPTED),
    ORGAN | {Role.HANDLER},
    (Need.OWN_LEAD,),
    (words("note", required=False),),
)
RECORD_PROGRESS = Move(
    "record_progress",
    EventType.PROGRESS_RECORDED,
    stay(*_RUNNING),
    _REPORTERS | {Role.STATION_MEMBER},
    (),
    (words("note"), yes_no("shown_to_petitioner")),
)
EXTEND = Move(
    "extend",
    EventType.EXTENDED,
    stay(Stage.ACCEPTED, Stage.HANDLING),
    ORGAN,
    (Need.OWN_LEAD, Need.NOT_EXTENDED, Need.STATUTORY_LIMIT_RUNS),
    (number("days", 1, 30), words("reason"), code("document")),
)
APPROVE_OVERRUN = Move(
    "approve_overrun",
    EventType.OVERRUN_APPROVED,
    stay(*_RUNNING),
    frozenset({Role.CENTRE_DIRECTOR}),
    (),
    (choice("clock", ClockCode, ClockCode.C7, ClockCode.CM), words("reason")),
)
SIGN_OPINION = Move(
    "sign_opinion",
    EventType.OPINION_SIGNED,
    stay(Stage.HANDLING),
    ORGAN,
    (Need.OWN_LEAD, Need.NO_SIGNED_OPINION),
    (
        choice("outcome", Outcome),
        words("findings"),
        words("legal_basis"),
        words("opinion"),
        words("review_organ", most=200),
        user("reviewed_by", required=False),
        code("document"),
    ),
)
SERVE_OPINION = Move(
    "serve_opinion",
    EventType.OPINION_SERVED,
    to(Stage.OPINION_SERVED, Stage.HANDLING),
    SERVERS,
    (Need.OPINION_SIGNED, Need.NO_OPEN_CO_TASK),
    (choice("way", ServiceWay), day("noticed_on", required=False), code("slip", required=False)),
)
BEGIN_EXECUTION = Move(
    "begin_execution",
    EventType.EXECUTION_STARTED,
    to(Stage.EXECUTING, Stage.OPINION_SERVED),
    ORGAN | {Role.HANDLER},
    (Need.OWN_LEAD, Need.SUPPORTED, Need.NOT_IMPLEMENTED),
    (day("execute_by", required=False), words("note", required=False)),
)
SOLVE_ON_THE_SPOT = Move(
    "solve_on_the_spot",
    EventType.IMPLEMENTED,
    to(Stage.IMPLEMENTED, Stage.TRIAGED),
    DIRECTORS | STATION | {Role.MEMBER_OFFICER, Role.HANDLER},
    (Need.NOT_IMPLEMENTED,),
    (words("result_words"), choice("result", Result, *_DONE), words("petitioner_told"), yes_no("evidence")),
)
IMPLEMENT = Move(
    "implement",
    EventType.IMPLEMENTED,
    {
        Stage.ASSIGNED: Stage.IMPLEMENTED,
        Stage.ACCEPTED: Stage.ACCEPTED,
        Stage.HANDLING: Stage.HANDLING,
        Stage.OPINION_SERVED: Stage.IMPLEMENTED,
        Stage.EXECUTING: Stage.IMPLEMENTED,
    },
    UNIT_PEOPLE | STATION | DIRECTORS,
    (Need.OWN_LEAD, Need.NOT_IMPLEMENTED, Need.NO_OPEN_CO_TASK),
    (words("result_words"), choice("result", Result, *_DONE), words("petitioner_told"), yes_no("evidence")),
)
REPLY_DIRECTLY = Move(
    "reply_directly",
    EventType.REPLIED_DIRECTLY,
    to(Stage.CLOSED, Stage.TRIAGED, Stage.ASSIGNED, Stage.ACCEPTED, Stage.HANDLING),
    DIRECTORS | BUREAU | ORGAN,
    (Need.LEADS_OR_ROUTES, Need.NOT_A_CLAIM, Need.NO_OPEN_CO_TASK, Need.NO_WITHDRAWAL),
    (words("reply"), choice("result", Result, *_REPLIES), choice("way", ServiceWay), code("document", required=False)),
)
REPORT_PRELIMINARY = Move(
    "report_preliminary",
    EventType.PRELIM_REPORTED,
    stay(*_RUNNING, Stage.CLOSED),
    _REPORTERS,
    (),
    (words("done"), yes_no("contacted"), words("next_steps"), day("expected_on", required=False)),
)
READ_REPORT = Move(
    "read_report",
    EventType.REPORT_READ,
    stay(*_RUNNING, Stage.CLOSED),
    frozenset({Role.SUPERVISOR}),
    (Need.REPORT_UNREAD,),
    (
        number("k", 0, 600),
        choice("verdict", ReportVerdict),
        words("reason", required=False),
        day("again_by", required=False),
    ),
)
FILE_PLAN = Move(
    "file_plan",
    EventType.PLAN_FILED,
    stay(*_RUNNING),
    frozenset({Role.CENTRE_DIRECTOR}) | ORGAN,
    (Need.NEEDS_PLAN,),
    (words("why"), Field("steps", FieldKind.STEPS), words("interim", required=False)),
)
APPROVE_PLAN = Move(
    "approve_plan",
    EventType.PLAN_APPROVED,
    stay(*_RUNNING),
    BUREAU | {Role.SUPERVISOR},
    (Need.PLAN_WAITS,),
    (words("note", required=False),),
)
RETURN_PLAN = Move(
    "return_plan",
    EventType.PLAN_RETURNED,
    stay(*_RUNNING),
    BUREAU | {Role.SUPERVISOR},
    (Need.PLAN_WAITS,),
    (words("reason"),),
)
FINISH_STEP = Move(
    "finish_step",
    EventType.STEP_DONE,
    stay(*_RUNNING),
    UNIT_PEOPLE | DIRECTORS,
    (Need.PLAN_RUNS,),
    (number("k", 1, 200), words("evidence_words")),
)
RESTUDY = Move(
    "restudy",
    EventType.RESTUDIED,
    stay(*_RUNNING),
    DIRECTORS | BUREAU,
    (Need.HARD, Need.IN_CHARGE),
    (words("findings"), words("first_step"), day("met_on", required=False), words("not_met", required=False)),
)
REPORT_MONTHLY = Move(
    "report_monthly",
    EventType.MONTHLY_REPORTED,
    stay(*_RUNNING, Stage.CLOSED),
    _REPORTERS,
    (Need.PLAN_RUNS,),
    (number("k", 1, 600), words("steps_words"), yes_no("contacted"), words("for_petitioner")),
)
EXPLAIN_BREACH = Move(
    "explain_breach",
    EventType.BREACH_EXPLAINED,
    stay(*_RUNNING, Stage.CLOSED),
    DIRECTORS | ORGAN | BUREAU,
    (Need.BREACH_UNEXPLAINED,),
    (code("clock"), words("reason")),
)

HANDLING_MOVES: tuple[Move, ...] = (
    START_HANDLING, RECORD_PROGRESS, EXTEND, APPROVE_OVERRUN, SIGN_OPINION, SERVE_OPINION, BEGIN_EXECUTION,
    SOLVE_ON_THE_SPOT, IMPLEMENT, REPLY_DIRECTLY, REPORT_PRELIMINARY, READ_REPORT, FILE_PLAN, APPROVE_PLAN,
    RETURN_PLAN, FINISH_STEP, RESTUDY, REPORT_MONTHLY, EXPLAIN_BREACH,
)  # fmt: skip
