"""From registration to the unit that must act: triage, assignment, objection, other doors (articles 22–24, 31; C-1)."""

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
    unit,
    user,
    words,
    yes_no,
)
from xinfang.rules.matters.codes import (
    LEDGER_OPEN,
    UNFINISHED,
    AssignMode,
    DocumentKind,
    ExplicitSource,
    Kind,
    Lane,
    Nature,
    RefusalGround,
    Route,
    ServiceWay,
    Stage,
)
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role
from xinfang.rules.routes.codes import ExternalOutcome

DIRECTORS = frozenset({Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY})
BUREAU = frozenset({Role.PETITION_BUREAU})
ORGAN = frozenset({Role.ORGAN_HEAD})
STATION = frozenset({Role.STATION_HEAD})
UNIT_PEOPLE = frozenset({Role.HANDLER, Role.ORGAN_HEAD, Role.MEMBER_OFFICER})
SERVERS = frozenset({Role.WINDOW_CLERK, Role.STATION_HEAD, Role.HANDLER, Role.PETITION_BUREAU, Role.ORGAN_HEAD})
PETITIONER = frozenset({Role.PETITIONER})

# The opinion, those of its reviews and the notice of another route have moves and consequences of their own.
_BY_OWN_MOVE = {
    DocumentKind.OPINION, DocumentKind.ROUTE_NOTICE, DocumentKind.FIRST_REVIEW_OPINION,
    DocumentKind.SECOND_REVIEW_OPINION,
}  # fmt: skip
SERVED_APART = tuple(kind for kind in DocumentKind if kind not in _BY_OWN_MOVE)
WITH_UNIT = (Stage.ASSIGNED, Stage.OBJECTED, Stage.ACCEPTED, Stage.HANDLING, Stage.EXECUTING)
MOST_YUAN = 10**12
OFFERED_MOST = 200  # up to three codes that the house suggested, beside what a person decided
_EXPLICIT = (
    day("explicit_on", required=False),
    choice("explicit_source", ExplicitSource, required=False),
    code("explicit_document", required=False),
)

TRIAGE = Move(
    "triage",
    EventType.TRIAGED,
    to(Stage.TRIAGED, Stage.REGISTERED),
    DIRECTORS | STATION | BUREAU,
    (),
    (
        choice("kind", Kind),
        choice("nature", Nature),
        yes_no("solvable"),
        choice("lane", Lane),
        code("item", required=False),
        code("category", required=False),
        number("amount", 1, MOST_YUAN, required=False),
        choice("route", Route, required=False),
        code("offered", required=False, most=OFFERED_MOST),
        words("first_step"),
        *_EXPLICIT,
    ),
)
RECLASSIFY = Move(
    "reclassify",
    EventType.RECLASSIFIED,
    stay(*sorted(UNFINISHED - {Stage.REGISTERED})),
    DIRECTORS | BUREAU,
    (Need.TRIAGED_ONCE, Need.BEFORE_RUNNING_DUE),
    (choice("nature", Nature), yes_no("solvable"), words("reason")),
)
SET_EXPLICIT_DATE = Move(
    "set_explicit_date",
    EventType.EXPLICIT_DATE_SET,
    stay(*sorted(UNFINISHED - {Stage.REGISTERED})),
    DIRECTORS | BUREAU | {Role.LEADER},
    (Need.TRIAGED_ONCE, Need.BEFORE_RUNNING_DUE),
    (day("explicit_on"), choice("explicit_source", ExplicitSource), code("explicit_document")),
)
ASSIGN = Move(
    "assign",
    EventType.ASSIGNED,
    to(Stage.ASSIGNED, Stage.TRIAGED, Stage.ASSIGNED),
    DIRECTORS | BUREAU | ORGAN,
    (Need.LEADS_OR_ROUTES,),
    (
        choice("mode", AssignMode),
        unit("lead"),
        day("due_on", required=False),
        Field("co_units", FieldKind.TASKS, required=False),
        code("document", required=False),
        code("offered", required=False, most=OFFERED_MOST),
        words("reason", required=False),
    ),
)
SIGN_FOR = Move(
    "sign_for",
    EventType.RECEIPT_SIGNED,
    stay(*WITH_UNIT),
    UNIT_PEOPLE | DIRECTORS | STATION,
    (Need.OWN_TASK_UNSIGNED,),
)
NAME_HANDLER = Move(
    "name_handler",
    EventType.HANDLER_NAMED,
    stay(*WITH_UNIT),
    ORGAN | DIRECTORS,
    (Need.OWN_PART,),
    (user("handler"),),
)
INFORM = Move(
    "inform",
    EventType.INFORMED,
    to(Stage.INFORMED, Stage.TRIAGED),
    DIRECTORS | BUREAU | ORGAN,
    (Need.LEADS_OR_ROUTES, Need.NO_OPEN_CO_TASK),
    (words("competent_body"), code("document"), choice("way", ServiceWay), yes_no("forwarded")),
)
CHANNEL = Move(
    "channel",
    EventType.CHANNELLED,
    to(Stage.CHANNELLED, Stage.TRIAGED, Stage.ASSIGNED, Stage.ACCEPTED, Stage.HANDLING, Stage.AWAITING_EXTERNAL),
    ORGAN | BUREAU,
    (Need.LEADS_OR_ROUTES, Need.NO_OPEN_CO_TASK, Need.EXTERNAL_DONE),
    (
        code("procedure"),
        code("unmet", required=False),
        words("reason"),
        words("competent_body"),
        words("how_to_apply"),
        day("trigger_on", required=False),
        code("case_number", required=False),
        yes_no("aid_offered"),
        user("reviewed_by"),
        code("document"),
    ),
)
TELL_CHANNELLED = Move(
    "tell_channelled",
    EventType.CHANNELLING_TOLD,
    stay(Stage.CHANNELLED),
    SERVERS,
    (Need.UNSERVED_DOCUMENT,),
    (choice("way", ServiceWay),),
)
AWAIT_EXTERNAL = Move(
    "await_external",
    EventType.PROGRESS_RECORDED,
    to(Stage.AWAITING_EXTERNAL, Stage.CHANNELLED),
    ORGAN | BUREAU | DIRECTORS | {Role.HANDLER},
    (Need.TOLD,),
    (code("case_number", required=False), words("note", required=False)),
)
RECORD_EXTERNAL_RESULT = Move(
    "record_external_result",
    EventType.EXTERNAL_RESULT_RECORDED,
    stay(Stage.AWAITING_EXTERNAL),
    ORGAN | BUREAU | DIRECTORS | {Role.HANDLER},
    (),
    (
        code("case_number"),
        choice("external_outcome", ExternalOutcome),
        day("result_on"),
        day("received_on", required=False),
        words("result_words"),
    ),
)
ACCEPT = Move(
    "accept",
    EventType.ACCEPTED,
    to(Stage.ACCEPTED, Stage.TRIAGED, Stage.ASSIGNED),
    ORGAN,
    (Need.OWN_LEAD,),
    (code("document"), words("accepted_demands", required=False)),
)
NOT_ACCEPT = Move(
    "not_accept",
    EventType.NOT_ACCEPTED,
    to(Stage.NOT_ACCEPTED, Stage.TRIAGED, Stage.ASSIGNED),
    ORGAN | BUREAU,
    (Need.LEADS_OR_ROUTES, Need.NO_OPEN_CO_TASK),
    (
        choice("ground", RefusalGround, *(g for g in RefusalGround if g is not RefusalGround.N2_REVIEWED_SAME_FACTS)),
        words("competent_body"),
        day("handled_until", required=False),
        user("reviewed_by"),
        code("document"),
    ),
)
NO_LONGER_ACCEPT = Move(
    "no_longer_accept",
    EventType.NO_LONGER_ACCEPTED,
    to(Stage.NO_LONGER, Stage.TRIAGED, Stage.ASSIGNED),
    ORGAN | BUREAU,
    (Need.LEADS_OR_ROUTES, Need.NO_OPEN_CO_TASK),
    (
        Field("reviewed_matter", FieldKind.MATTER, required=False),
        yes_no("from_outside"),
        code("final_document", required=False),
        day("final_on", required=False),
        code("final_organ", required=False, most=120),
        code("compared", most=OFFERED_MOST),
        words("comparison"),
        user("reviewed_by"),
        code("document"),
    ),
)
SERVE_DOCUMENT = Move(
    "serve_document",
    EventType.DOCUMENT_SERVED,
    stay(*sorted(LEDGER_OPEN - {Stage.REGISTERED})),
    SERVERS,
    (Need.UNSERVED_DOCUMENT,),
    (
        choice("document_kind", DocumentKind, *SERVED_APART),
        choice("way", ServiceWay),
        day("noticed_on", required=False),
    ),
)
CONTEST_REFUSAL = Move(
    "contest_refusal",
    EventType.REFUSAL_CONTESTED,
    stay(Stage.NOT_ACCEPTED, Stage.NO_LONGER, Stage.CLOSED, Stage.STRUCK_OFF),
    PETITIONER,
    (Need.REFUSED, Need.NO_CONTEST),
    (words("reason"),),
)
UPHOLD_REFUSAL = Move(
    "uphold_refusal",
    EventType.REFUSAL_UPHELD,
    stay(Stage.NOT_ACCEPTED, Stage.NO_LONGER, Stage.CLOSED, Stage.STRUCK_OFF),
    BUREAU | {Role.REVIEW_ORGAN},
    (Need.CONTEST_OPEN, Need.OUTSIDE_ORGAN),
    (words("reason"),),
)
OVERTURN_REFUSAL = Move(
    "overturn_refusal",
    EventType.REFUSAL_OVERTURNED,
    to(Stage.TRIAGED, Stage.NOT_ACCEPTED, Stage.NO_LONGER, Stage.CLOSED, Stage.STRUCK_OFF),
    BUREAU | {Role.REVIEW_ORGAN},
    (Need.CONTEST_OPEN, Need.OUTSIDE_ORGAN),
    (words("reason"),),
)

INTAKE_MOVES: tuple[Move, ...] = (
    TRIAGE, RECLASSIFY, SET_EXPLICIT_DATE, ASSIGN, SIGN_FOR, NAME_HANDLER, INFORM, CHANNEL, TELL_CHANNELLED,
    AWAIT_EXTERNAL, RECORD_EXTERNAL_RESULT, ACCEPT, NOT_ACCEPT, NO_LONGER_ACCEPT, SERVE_DOCUMENT, CONTEST_REFUSAL,
    UPHOLD_REFUSAL, OVERTURN_REFUSAL,
)  # fmt: skip
