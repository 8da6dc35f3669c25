"""What a move is: the shape of one row of `MOVES` and of the values that a person enters for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from xinfang.rules.matters.codes import Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role


class FieldKind(StrEnum):
    """How a value is entered, checked and kept.

    WORDS are encrypted beside the event (only their hash is in it); everything else stands in the event.
    """

    WORDS = "words"
    CHOICE = "choice"
    CODE = "code"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    UNIT = "unit"
    USER = "user"
    MATTER = "matter"
    TASKS = "tasks"
    STEPS = "steps"
    RULE = "rule"


@dataclass(frozen=True)
class Field:
    """One value of a move. `choices` for CHOICE, `least`/`most` for NUMBER, `most` characters for WORDS and CODE."""

    name: str
    kind: FieldKind
    required: bool = True
    choices: type[Enum] | None = None
    only: tuple[Enum, ...] = ()
    least: int = 0
    most: int = 0


class Need(StrEnum):
    """What must be true of the matter, beside stage and role; each is one function in `needs`."""

    OWN_TASK_UNSIGNED = "own_task_unsigned"
    OWN_LEAD = "own_lead"
    OWN_PART = "own_part"
    LEADS_OR_ROUTES = "leads_or_routes"
    OWN_CO_TASK = "own_co_task"
    TRIAGED_ONCE = "triaged_once"
    WITHIN_OBJECTION_LIMIT = "within_objection_limit"
    BEFORE_RUNNING_DUE = "before_running_due"
    STATUTORY_LIMIT_RUNS = "statutory_limit_runs"
    NOT_EXTENDED = "not_extended"
    OPINION_SIGNED = "opinion_signed"
    NO_SIGNED_OPINION = "no_signed_opinion"
    NO_OPEN_CO_TASK = "no_open_co_task"
    OPEN_CO_TASK = "open_co_task"
    HOLDS = "holds"
    LEAD_NOT_RULED = "lead_not_ruled"
    PART_OBJECTABLE = "part_objectable"
    PART_OBJECTED = "part_objected"
    NO_OWN_OBJECTION = "no_own_objection"
    PART_RETURNABLE = "part_returnable"
    MAY_URGE = "may_urge"
    SUPPORTED = "supported"
    NOT_A_CLAIM = "not_a_claim"
    NOT_IMPLEMENTED = "not_implemented"
    UNSERVED_DOCUMENT = "unserved_document"
    NEEDS_PLAN = "needs_plan"
    PLAN_WAITS = "plan_waits"
    PLAN_RUNS = "plan_runs"
    REPORT_UNREAD = "report_unread"
    BREACH_UNEXPLAINED = "breach_unexplained"
    OUTSIDE_HANDLING = "outside_handling"
    OUTSIDE_ORGAN = "outside_organ"
    HAS_RESULT = "has_result"
    IMPLEMENTED = "implemented"
    NOT_RESOLVED = "not_resolved"
    RESOLVED = "resolved"
    RESOLUTION_PROPOSED = "resolution_proposed"
    NOT_PROPOSER = "not_proposer"
    COOLED = "cooled"
    NOT_AT_REST = "not_at_rest"
    AT_REST = "at_rest"
    NO_WITHDRAWAL = "no_withdrawal"
    NOBODY_JOINED = "nobody_joined"
    WITHDRAWAL_ASKED = "withdrawal_asked"
    WITHDRAWAL_RIPE = "withdrawal_ripe"
    CONTEST_OPEN = "contest_open"
    NO_CONTEST = "no_contest"
    REFUSED = "refused"
    TOLD = "told"
    NOT_TOLD = "not_told"
    EXTERNAL_DONE = "external_done"
    NOTHING_OPEN = "nothing_open"
    RIGHT_STRIKER = "right_striker"
    STRIKE_OFF_READY = "strike_off_ready"
    STRONG_PROOF = "strong_proof"
    MERGED_AWAY = "merged_away"
    NOT_MERGED = "not_merged"
    RATED = "rated"
    URGENT = "urgent"
    NOT_URGENT = "not_urgent"
    URGENT_REPORTED = "urgent_reported"
    LIMIT_RUNS = "limit_runs"
    LIMIT_PAUSABLE = "limit_pausable"
    LIMIT_PAUSED = "limit_paused"
    REVIEW_ASKABLE = "review_askable"
    OWN_REVIEW = "own_review"
    REVIEW_LATE = "review_late"
    LATENESS_SETTLED = "lateness_settled"
    HEARING = "hearing"
    NO_HEARING = "no_hearing"
    REVIEW_DECIDED = "review_decided"
    MEDIABLE = "mediable"
    PARTY_UNASKED = "party_unasked"
    ALL_CONSENT = "all_consent"
    RIGHTS_UNTOLD = "rights_untold"
    MEDIATION_BEGUN = "mediation_begun"
    MEDIATION_OPEN = "mediation_open"
    AGREEMENT_UNSIGNED = "agreement_unsigned"
    AGREEMENT_OPEN = "agreement_open"
    PERFORMANCE_OPEN = "performance_open"
    AGREEMENT_HOLDS = "agreement_holds"
    CONFIRMABLE = "confirmable"
    CONFIRMATION_WAITS = "confirmation_waits"
    IN_CHARGE = "in_charge"
    HARD = "hard"
    SAFETY_OPEN = "safety_open"
    ADDRESS_KEPT = "address_kept"


@dataclass(frozen=True)
class Move:
    """One verb of the lifecycle.

    `targets` maps each source stage to the stage afterwards (the same stage where the move only records).
    `roles` may ask; recusal and restricted sight are cut beforehand. `needs` are asked in order.
    """

    name: str
    event: EventType
    targets: Mapping[Stage, Stage]
    roles: frozenset[Role]
    needs: tuple[Need, ...] = ()
    fields: tuple[Field, ...] = field(default_factory=tuple)


def to(target: Stage, *sources: Stage) -> dict[Stage, Stage]:
    """Every source leads to one target."""
    return dict.fromkeys(sources, target)


def stay(*sources: Stage) -> dict[Stage, Stage]:
    """The move records a fact and leaves the stage as it is."""
    return {source: source for source in sources}


def words(name: str, *, required: bool = True, most: int = 4000) -> Field:
    return Field(name, FieldKind.WORDS, required, most=most)


def choice(name: str, choices: type[Enum], *only: Enum, required: bool = True) -> Field:
    return Field(name, FieldKind.CHOICE, required, choices, only)


def code(name: str, *, required: bool = True, most: int = 60) -> Field:
    return Field(name, FieldKind.CODE, required, most=most)


def day(name: str, *, required: bool = True) -> Field:
    return Field(name, FieldKind.DATE, required)


def number(name: str, least: int, most: int, *, required: bool = True) -> Field:
    return Field(name, FieldKind.NUMBER, required, least=least, most=most)


def yes_no(name: str) -> Field:
    return Field(name, FieldKind.YES_NO, required=False)


def unit(name: str, *, required: bool = True) -> Field:
    return Field(name, FieldKind.UNIT, required)


def user(name: str, *, required: bool = True) -> Field:
    return Field(name, FieldKind.USER, required)


def matter(name: str) -> Field:
    return Field(name, FieldKind.MATTER)
