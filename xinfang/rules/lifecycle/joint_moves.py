"""Joint handling 集成联办: parts of units, objections and rulings, up to the centre above (articles 23, 24; B-04).

One unit leads, others work along, each with its own task and day; nothing here pauses a clock or gives one back.
"""

from xinfang.rules.lifecycle.intake_moves import BUREAU, DIRECTORS, ORGAN, STATION, UNIT_PEOPLE, WITH_UNIT
from xinfang.rules.lifecycle.move import Field, FieldKind, Move, Need, choice, code, day, number, stay, to, unit, words
from xinfang.rules.matters.codes import RuledBy, Ruling, Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role

MOST_PARTS = 999
_AT_WORK = (Stage.ASSIGNED, Stage.ACCEPTED, Stage.HANDLING, Stage.EXECUTING)
_RULED = (choice("ruled_by", RuledBy), code("document", required=False))

ADD_CO_UNIT = Move(
    "add_co_unit",
    EventType.ASSIGNED,
    stay(*_AT_WORK),
    DIRECTORS | BUREAU | ORGAN,
    (Need.LEADS_OR_ROUTES,),
    (Field("co_units", FieldKind.TASKS), words("reason", required=False)),
)
ESCALATE = Move(
    "escalate",
    EventType.ESCALATED,
    {Stage.REGISTERED: Stage.REGISTERED, Stage.TRIAGED: Stage.TRIAGED, Stage.ASSIGNED: Stage.TRIAGED},
    STATION | DIRECTORS,
    (Need.HOLDS,),
    (words("reason"),),
)
OBJECT = Move(
    "object",
    EventType.OBJECTED,
    to(Stage.OBJECTED, Stage.ASSIGNED),
    ORGAN | {Role.CENTRE_DIRECTOR},
    (Need.OWN_LEAD, Need.LEAD_NOT_RULED, Need.WITHIN_OBJECTION_LIMIT),
    (words("reason"), unit("suggested", required=False), code("document", required=False)),
)
UPHOLD_OBJECTION = Move(
    "uphold_objection",
    EventType.OBJECTION_UPHELD,
    to(Stage.TRIAGED, Stage.OBJECTED),
    BUREAU,
    (),
    (words("reason"), *_RULED, unit("instead", required=False), day("due_on", required=False)),
)
REJECT_OBJECTION = Move(
    "reject_objection",
    EventType.OBJECTION_REJECTED,
    to(Stage.ASSIGNED, Stage.OBJECTED),
    BUREAU,
    (),
    (words("reason"), *_RULED),
)
OBJECT_PART = Move(
    "object_part",
    EventType.PART_OBJECTED,
    stay(*WITH_UNIT),
    ORGAN | {Role.CENTRE_DIRECTOR},
    (Need.OWN_CO_TASK, Need.PART_OBJECTABLE),
    (words("reason"), unit("suggested", required=False), code("document", required=False)),
)
RULE_ON_PART = Move(
    "rule_on_part",
    EventType.PART_RULED,
    stay(*WITH_UNIT),
    BUREAU,
    (Need.PART_OBJECTED,),
    (
        number("k", 1, MOST_PARTS),
        choice("ruling", Ruling),
        words("reason"),
        *_RULED,
        unit("instead", required=False),
        day("due_on", required=False),
    ),
)
FINISH_TASK = Move(
    "finish_task",
    EventType.TASK_DONE,
    stay(*WITH_UNIT),
    UNIT_PEOPLE | STATION | DIRECTORS,
    (Need.OWN_CO_TASK, Need.NO_OWN_OBJECTION),
    (words("result_words"),),
)
RETURN_TASK = Move(
    "return_task",
    EventType.TASK_RETURNED,
    stay(*_AT_WORK),
    DIRECTORS | BUREAU | ORGAN | {Role.HANDLER},
    (Need.LEADS_OR_ROUTES, Need.PART_RETURNABLE),
    (number("k", 1, MOST_PARTS), words("reason"), day("due_on", required=False)),
)
URGE_TASK = Move(
    "urge_task",
    EventType.TASK_URGED,
    stay(*WITH_UNIT),
    DIRECTORS | BUREAU | ORGAN | {Role.SUPERVISOR, Role.HANDLER},
    (Need.MAY_URGE,),
    (number("k", 1, MOST_PARTS), words("note", required=False)),
)
CALL_OFF_TASK = Move(
    "call_off_task",
    EventType.TASK_CALLED_OFF,
    stay(*WITH_UNIT),
    DIRECTORS | BUREAU | ORGAN,
    (Need.LEADS_OR_ROUTES, Need.OPEN_CO_TASK),
    (number("k", 1, MOST_PARTS), words("reason")),
)

JOINT_MOVES: tuple[Move, ...] = (
    ADD_CO_UNIT, ESCALATE, OBJECT, UPHOLD_OBJECTION, REJECT_OBJECTION, OBJECT_PART, RULE_ON_PART, FINISH_TASK,
    RETURN_TASK, URGE_TASK, CALL_OFF_TASK,
)  # fmt: skip
