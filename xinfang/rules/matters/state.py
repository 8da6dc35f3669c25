"""Where a matter stands: the frozen state that its events add up to. Every rule is asked with it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from xinfang.rules.clocks.due import Pause
from xinfang.rules.matters.codes import (
    CallOutcome,
    Channel,
    DayMode,
    ExplicitSource,
    Grade,
    Kind,
    Lane,
    Level,
    Nature,
    Outcome,
    RefusalGround,
    Result,
    Route,
    Stage,
    TaskPart,
)
from xinfang.rules.matters.parts import Objection, Task
from xinfang.rules.mediation.file import Mediation
from xinfang.rules.review.ladder import Review
from xinfang.rules.routes.taken import TakenRoute
from xinfang.rules.sessions.session import Session


@dataclass(frozen=True)
class ExplicitDate:
    """A date of its own (明确时间节点) with the document that it stands on."""

    on: date
    source: ExplicitSource
    document: str
    set_at: datetime


@dataclass(frozen=True)
class DocumentFact:
    """A document that was issued: its kind, number, issuer and, once it reached the petitioner, when."""

    kind: str
    number: str
    issuer: str
    issued_at: datetime
    served_at: datetime | None = None
    way: str = ""


@dataclass(frozen=True)
class PlanStep:
    """One step of a plan (C-P)."""

    k: int
    due_on: date
    unit: str
    done_at: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """Time nodes and plan for what cannot be solved in a month (C-M)."""

    filed_at: datetime
    steps: tuple[PlanStep, ...]
    approved_at: datetime | None = None
    returned_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Filed, and neither approved nor returned."""
        return self.approved_at is None and self.returned_at is None


@dataclass(frozen=True)
class Classing:
    """How a matter was classified from a moment on: what decides which clocks of 13710 run."""

    at: datetime
    nature: Nature | None
    solvable: bool | None
    explicit: bool


@dataclass(frozen=True)
class Report:
    """A report to the supervision office: preliminary (k = 0) or the k-th monthly one."""

    k: int
    reported_at: datetime
    verdict: str = ""


@dataclass(frozen=True)
class CallBack:
    """One recorded attempt to reach the petitioner by somebody outside the handling unit."""

    at: datetime
    by: int
    unit: str
    outcome: CallOutcome
    told: bool
    role: str = ""


@dataclass(frozen=True)
class PoorRating:
    """The worst grade was given to these organs: somebody outside calls and listens; nothing takes the grade back.

    `k` counts from 1. What is rated so while a call is owed already belongs to the same call.
    """

    k: int
    at: datetime
    organs: frozenset[str]


@dataclass(frozen=True)
class Withdrawal:
    """The petitioner's wish to withdraw, not yet confirmed by a neutral caller."""

    asked_at: datetime


@dataclass(frozen=True)
class Link:
    """A tie to another matter; merges and splits keep both histories."""

    kind: str
    other: UUID
    at: datetime


@dataclass(frozen=True)
class Limit:
    """A limit that began on a day which somebody noted: which rule, from when, what paused it, met or ended it.

    `k` counts from 1 and is never used again. `told_at`: when the petitioner was told of it in writing. `came_with`:
    the event with which those came whose right it is (`rules.access.petitioner_sight.whose`).
    """

    k: int
    rule: str
    from_on: date
    noted_at: datetime
    pauses: tuple[Pause, ...] = ()
    met_at: datetime | None = None
    ended_at: datetime | None = None
    told_at: tuple[datetime, ...] = ()
    came_with: int = 1

    @property
    def runs(self) -> bool:
        return self.met_at is None and self.ended_at is None

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until is None


@dataclass(frozen=True)
class Urgency:
    """One mark 重大紧急: a word about the matter, never about a person.

    `k` counts from 1. `reported_at`: when the own Party committee and government first heard of it. `ended_at`: the
    mark was taken off again, which only a mark that was reported can be.
    """

    k: int
    marked_at: datetime
    reported_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Concern:
    """One safety concern (安全关切): about what was said in this matter, for some hours; a person carries none.

    `lines`: the events in which its words stand. `until`: when it lapses by itself. `ended_at`: somebody ended it.
    """

    noted_at: datetime
    until: datetime
    lines: frozenset[int]
    ended_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.until


@dataclass(frozen=True)
class MatterState:
    """Everything that the rules need to know about one matter. Built by `apply.fold` alone."""

    id: UUID
    stage: Stage
    received_at: datetime
    registered_at: datetime
    number: str
    ledger_number: str
    channel: Channel
    area: str
    origin_unit: str
    holder: str
    holder_path: str
    day_mode: DayMode
    policy: int = 0
    opens: str = ""
    closes: str = ""
    closed_then: bool = False
    origin_path: str = ""
    seq: int = 0
    last_at: datetime | None = None
    kind: Kind | None = None
    purpose: str = ""
    category: str = ""
    lane: Lane | None = None
    level: Level | None = None
    addressee: Level | None = None
    registered_by: int | None = None
    present: int = 1
    concerned: int = 1
    joined: int = 0  # how often somebody joined whom the others need not know
    anonymous: bool = False
    restricted: bool = False
    imported: bool = False
    sealed: bool = False
    batch: str = ""
    recused_users: frozenset[int] = frozenset()
    recused_units: frozenset[str] = frozenset()
    nature: Nature | None = None
    solvable: bool | None = None
    triaged_at: datetime | None = None
    triaged_by: int | None = None
    item: str = ""
    explicits: tuple[ExplicitDate, ...] = ()
    classings: tuple[Classing, ...] = ()
    tasks: tuple[Task, ...] = ()
    objections: tuple[Objection, ...] = ()
    sessions: tuple[Session, ...] = ()
    escalated_to: str = ""
    documents: tuple[DocumentFact, ...] = ()
    organ: str = ""
    handled_by: frozenset[str] = frozenset()
    decided_by_bureau: bool = False
    told_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_on: date | None = None
    extended_days: int = 0
    extended_at: datetime | None = None
    refusal_ground: RefusalGround | None = None
    refused_at: datetime | None = None
    contested_at: datetime | None = None
    route: Route | None = None
    external_result_at: datetime | None = None
    outcome: Outcome | None = None
    opinion_signed_at: datetime | None = None
    opinion_served_at: datetime | None = None
    implemented_at: datetime | None = None
    on_the_spot: bool = False
    evidence: bool = False
    reports: tuple[Report, ...] = ()
    plan: Plan | None = None
    restudied: tuple[datetime, ...] = ()
    former_plans: tuple[Plan, ...] = ()
    overruns: frozenset[str] = frozenset()
    breached: frozenset[str] = frozenset()
    explained: frozenset[str] = frozenset()
    warned: dict[str, int] = field(default_factory=dict)
    result: Result | None = None
    result_told_at: datetime | None = None
    calls: tuple[CallBack, ...] = ()
    resolution_proposed_at: datetime | None = None
    resolution_proposed_by: int | None = None
    closed_at: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: int | None = None
    at_rest_at: datetime | None = None
    struck_off_at: datetime | None = None
    ratings: dict[str, Grade] = field(default_factory=dict)
    poor_ratings: tuple[PoorRating, ...] = ()
    withdrawal: Withdrawal | None = None
    strike_off_proposed_at: datetime | None = None
    reopened_at: datetime | None = None
    first_implemented_at: datetime | None = None
    first_opinion_at: datetime | None = None
    first_closed_at: datetime | None = None
    limits: tuple[Limit, ...] = ()
    reviews: tuple[Review, ...] = ()
    routes: tuple[TakenRoute, ...] = ()
    mediations: tuple[Mediation, ...] = ()
    papers_asked: bool = False
    amount: int = 0  # yuan at stake, as told
    danger_at: datetime | None = None  # a text asked for a look at once, and nobody has answered
    urgencies: tuple[Urgency, ...] = ()
    concerns: tuple[Concern, ...] = ()
    address_kept_at: datetime | None = None
    received_by: frozenset[int] = frozenset()
    in_charge: int | None = None
    links: tuple[Link, ...] = ()
    merged_into: UUID | None = None
    merged_from: Stage | None = None
    slip: str = ""
    revoked_at: datetime | None = None

    @property
    def explicit(self) -> ExplicitDate | None:
        """The date of its own that holds now."""
        return self.explicits[-1] if self.explicits else None

    @property
    def is_hard(self) -> bool:
        """Major, complex, or not to be solved at once: what the register of hard matters holds."""
        return self.nature in {Nature.COMPLEX, Nature.MAJOR} or self.solvable is False

    @property
    def urgency(self) -> Urgency | None:
        """The mark 重大紧急 that stands now."""
        return self.urgencies[-1] if self.urgencies and self.urgencies[-1].ended_at is None else None

    @property
    def safety_until(self) -> datetime | None:
        """When the last safety concern lapses that nobody has ended."""
        return max((concern.until for concern in self.concerns if concern.ended_at is None), default=None)

    def has_concern(self, now: datetime) -> bool:
        """Is a safety concern open at this moment?"""
        return any(concern.is_open(now) for concern in self.concerns)

    @property
    def leaders(self) -> frozenset[int]:
        """The leaders who received it, and the one in charge of it."""
        return self.received_by | ({self.in_charge} if self.in_charge else set())

    @property
    def lead(self) -> Task | None:
        """The open or last task of the lead unit."""
        leads = [task for task in self.tasks if task.part is TaskPart.LEAD and task.returned_at is None]
        return leads[-1] if leads else None

    @property
    def handling_units(self) -> frozenset[str]:
        """Every unit that has or had a part in handling; who calls back or strikes off stands outside them."""
        units = {task.unit for task in self.tasks} | self.handled_by
        if self.organ:
            units.add(self.organ)
        if self.on_the_spot or not units:
            units.add(self.holder)
        return frozenset(units)

    @property
    def handlers(self) -> frozenset[int]:
        """Whoever was named to handle it or proposed its solution, wherever that person sits now."""
        named = {task.handler for task in self.tasks} | {self.resolution_proposed_by}
        return frozenset(user for user in named if user is not None)

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.is_open)

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Those that wait for a ruling; a part that is over asks for none."""
        at_work = {task.k for task in self.open_tasks}
        return tuple(one for one in self.objections if one.is_open and one.task in at_work)

    @property
    def unserved(self) -> tuple[DocumentFact, ...]:
        """Documents meant for the petitioner that have not reached them."""
        return tuple(document for document in self.documents if document.served_at is None)

    @property
    def review_from(self) -> datetime | None:
        """When the last opinion reached the petitioner; reopening the matter does not take their review away."""
        served = (d.served_at for d in self.documents if d.kind == "opinion" and d.served_at is not None)
        return self.opinion_served_at or max(served, default=None)

    @property
    def approved_plans(self) -> tuple[Plan, ...]:
        """Every plan that was ever approved, oldest first; the last one may still run."""
        plans = (*self.former_plans, *([self.plan] if self.plan else []))
        return tuple(plan for plan in plans if plan.approved_at is not None)

    @property
    def monthly(self) -> tuple[Report, ...]:
        return tuple(report for report in self.reports if report.k > 0)

    @property
    def preliminary(self) -> Report | None:
        return next((report for report in reversed(self.reports) if report.k == 0), None)
