"""The closed lists of a matter: channels, kinds, natures, routes, results, grounds (domain 2–4, product "Decided")."""

from enum import StrEnum


class Stage(StrEnum):
    """The one stage a matter is in; the four closing facts are not stages."""

    REGISTERED = "registered"
    TRIAGED = "triaged"
    ASSIGNED = "assigned"
    OBJECTED = "objected"
    INFORMED = "informed"
    CHANNELLED = "channelled"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    NO_LONGER = "no_longer"
    HANDLING = "handling"
    OPINION_SERVED = "opinion_served"
    EXECUTING = "executing"
    AWAITING_EXTERNAL = "awaiting_external"
    IMPLEMENTED = "implemented"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    STRUCK_OFF = "struck_off"
    ARCHIVED = "archived"


class Channel(StrEnum):
    """How it came in (信访形式)."""

    VISIT = "visit"
    LETTER = "letter"
    WEB = "web"
    PHONE = "phone"
    FAX = "fax"
    LEADER_MAILBOX = "leader_mailbox"
    LEADER_RECEPTION = "leader_reception"
    FIELD_VISIT = "field_visit"
    ASSIGNED = "assigned"
    OTHER = "other"


class Level(StrEnum):
    """The level a matter comes from or the addressee sits at (信访来源, 受信人)."""

    STATE = "state"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Kind(StrEnum):
    """What it is in law; a dispute between neighbours is no petition, nor is an enquiry."""

    CLAIM = "claim"
    DISPUTE = "dispute"
    SUGGESTION = "suggestion"
    ENQUIRY = "enquiry"


class Nature(StrEnum):
    """The nature that 13710 asks for at triage."""

    GENERAL = "general"
    COMPLEX = "complex"
    MAJOR = "major"


class Lane(StrEnum):
    """The four service lanes: reception, mediation, litigation link, disposal."""

    RECEPTION = "reception"
    MEDIATION = "mediation"
    LITIGATION = "litigation"
    DISPOSAL = "disposal"


class DayMode(StrEnum):
    """How 13710 counts days; frozen on the matter at registration (C-R4)."""

    CALENDAR = "calendar"
    WORKING = "working"


class ExplicitSource(StrEnum):
    """What an explicit time node stands on (C-R1)."""

    ASSIGNMENT_LETTER = "assignment_letter"
    LEADER_INSTRUCTION = "leader_instruction"
    APPROVED_PLAN = "approved_plan"


class Route(StrEnum):
    """The six routes of article 31."""

    JUDICIAL = "judicial"
    ARBITRATION = "arbitration"
    PARTY_APPEAL = "party_appeal"
    ADMINISTRATIVE = "administrative"
    DUTY = "duty"
    PETITION = "petition"


class RefusalGround(StrEnum):
    """The closed list of grounds for not accepting (domain 2.4)."""

    N1_IN_HANDLING_BELOW = "n1"
    N2_REVIEWED_SAME_FACTS = "n2"
    N3_LITIGATION = "n3"
    N4_OTHER_PROCEDURE = "n4"
    N5_OUTSIDE_POWER = "n5"


class Outcome(StrEnum):
    """The three outcomes of an opinion (article 32)."""

    SUPPORTED = "supported"
    EXPLAINED = "explained"
    NOT_SUPPORTED = "not_supported"


class Result(StrEnum):
    """How a matter was closed (办结类型)."""

    SUPPORTED_DONE = "supported_done"
    PARTLY_DONE = "partly_done"
    AGREEMENT_PERFORMED = "agreement_performed"
    SETTLEMENT_PERFORMED = "settlement_performed"
    EXPLAINED = "explained"
    NOT_SUPPORTED = "not_supported"
    CHANNELLED = "channelled"
    INFORMED = "informed"
    NOT_ACCEPTED = "not_accepted"
    NO_LONGER = "no_longer"
    WITHDRAWN = "withdrawn"
    UNREACHABLE = "unreachable"
    MERGED = "merged"
    SUGGESTION_ADOPTED = "suggestion_adopted"
    SUGGESTION_PARTLY = "suggestion_partly"
    SUGGESTION_NOT_ADOPTED = "suggestion_not_adopted"
    REPLIED_DIRECTLY = "replied_directly"


class TaskPart(StrEnum):
    """A unit leads a matter or works along."""

    LEAD = "lead"
    CO = "co"


class RuledBy(StrEnum):
    """Who decides where units disagree: the bureau, the common superior or the joint conference (article 24)."""

    BUREAU = "bureau"
    SUPERIOR = "superior"
    JOINT_CONFERENCE = "joint_conference"


class Ruling(StrEnum):
    """What was decided about the objection of a co-unit."""

    UPHELD = "upheld"
    REJECTED = "rejected"


class AssignMode(StrEnum):
    """Transfer asks for no report, assignment does (article 22)."""

    TRANSFER = "transfer"
    ASSIGNMENT = "assignment"


class DocumentKind(StrEnum):
    """The documents of domain 5.1 that the lifecycle names."""

    TRANSFER_LETTER = "transfer_letter"
    ASSIGNMENT_LETTER = "assignment_letter"
    OBJECTION_LETTER = "objection_letter"
    ACCEPTANCE_NOTICE = "acceptance_notice"
    NON_ACCEPTANCE_NOTICE = "non_acceptance_notice"
    NO_LONGER_NOTICE = "no_longer_notice"
    ROUTE_NOTICE = "route_notice"
    DESTINATION_NOTICE = "destination_notice"
    EXTENSION_NOTICE = "extension_notice"
    OPINION = "opinion"
    FIRST_REVIEW_OPINION = "first_review_opinion"
    SECOND_REVIEW_OPINION = "second_review_opinion"
    SUGGESTION_REPLY = "suggestion_reply"
    DIRECT_REPLY = "direct_reply"


class ServiceWay(StrEnum):
    """How a document reached the petitioner (送达方式)."""

    IN_PERSON = "in_person"
    LEFT = "left"
    POST = "post"
    ELECTRONIC = "electronic"
    ENTRUSTED = "entrusted"
    PUBLIC_NOTICE = "public_notice"


class CallOutcome(StrEnum):
    """What came of a call-back."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"


class Grade(StrEnum):
    """The three grades of satisfaction."""

    SATISFIED = "satisfied"
    FAIRLY = "fairly"
    DISSATISFIED = "dissatisfied"


class RatedOrgan(StrEnum):
    """Both organs are rated, apart."""

    PETITION_BUREAU = "petition_bureau"
    RESPONSIBLE_UNIT = "responsible_unit"


class Proof(StrEnum):
    """A proof of the petitioner that staff never see."""

    PHONE_CODE = "phone_code"
    SEALED_SLIP = "sealed_slip"
    SIGNED_FORM = "signed_form"


class ReopenGround(StrEnum):
    """Why a closed matter lives again (domain 9.2)."""

    NEW_FACTS = "new_facts"
    BREACH = "breach"
    NOT_EXECUTED = "not_executed"
    ERROR = "error"
    PETITIONER_OBJECTS = "petitioner_objects"


class LinkKind(StrEnum):
    """How two matters belong together."""

    SAME = "same"
    REPEATS = "repeats"
    REPEATED_BY = "repeated_by"
    SPLIT_FROM = "split_from"
    SPLIT_INTO = "split_into"
    MERGED_INTO = "merged_into"
    ABSORBED = "absorbed"
    RELATED = "related"
    SAME_VISIT = "same_visit"


INVERSE: dict[LinkKind, LinkKind] = {
    LinkKind.SAME: LinkKind.SAME,
    LinkKind.RELATED: LinkKind.RELATED,
    LinkKind.SAME_VISIT: LinkKind.SAME_VISIT,
    LinkKind.REPEATS: LinkKind.REPEATED_BY,
    LinkKind.REPEATED_BY: LinkKind.REPEATS,
    LinkKind.SPLIT_FROM: LinkKind.SPLIT_INTO,
    LinkKind.SPLIT_INTO: LinkKind.SPLIT_FROM,
    LinkKind.MERGED_INTO: LinkKind.ABSORBED,
    LinkKind.ABSORBED: LinkKind.MERGED_INTO,
}
# Ties that people make and undo by themselves; splits and merges are undone by their own moves or not at all, and that
# two matters were brought in one visit is a fact that nobody undoes: visits are counted by it.
LOOSE_LINKS = frozenset({LinkKind.SAME, LinkKind.RELATED, LinkKind.REPEATS, LinkKind.REPEATED_BY})


class ReportedTo(StrEnum):
    """Whom a grave or urgent matter is reported to (article 25); the first of them is what the hour asks for."""

    COMMITTEE = "committee"
    COMPETENT_UNIT = "competent_unit"
    JOINT_OFFICE = "joint_office"
    UPPER_BUREAU = "upper_bureau"
    NATIONAL_BUREAU = "national_bureau"


class ReportWay(StrEnum):
    """How it was reported; what is told by word of mouth is told as well."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    IN_WRITING = "in_writing"
    SYSTEM = "system"


class InDanger(StrEnum):
    """Who is in danger where a safety concern is noted; never who is a danger."""

    VISITOR = "visitor"
    SOMEBODY_ELSE = "somebody_else"
    STAFF_OR_PLACE = "staff_or_place"


class ReportVerdict(StrEnum):
    """What the supervision office says of a report."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class ClockCode(StrEnum):
    """The clocks of a matter; the names are the rule ids of the shipped deadline rules, where one rule has one clock.

    RIGHT, LIMIT, OWN_LIMIT and ELSEWHERE stand for many rules: a right of the petitioner, a limit of the law for the
    organ, one that the house set itself, and one of a court or an authority beside us. TELL_RIGHT is the duty to tell
    the petitioner in writing of a right that is about to lapse; SHADOW60 runs where acceptance was silent. URG is the
    hour in which a grave or urgent matter is reported, CALL the day in which a bad rating is called about, RULING the
    days in which an objection is decided, RESTUDY the year after which a hard matter is studied anew.
    """

    C1 = "13710-1"
    C3 = "13710-3"
    C7 = "13710-7"
    CM = "13710-1M"
    CMF = "13710-MF"
    CP = "13710-P"
    C0 = "13710-0"
    EXPLICIT = "EXPLICIT"
    TASK = "TASK"
    REG15 = "XF-REG15"
    TELL15 = "XF-TELL15"
    TELL15T = "XF-TELL15T"
    OBJ5 = "XF-OBJ5"
    DO60 = "XF-DO60"
    EXT30 = "XF-EXT30"
    SHADOW60 = "XF-DO60S"
    URG = "XF-URG"
    CALL = "HF-BAD1"
    RULING = "HF-RUL5"
    RESTUDY = "HF-RST12"
    RIGHT = "RIGHT"
    TELL_RIGHT = "TELL-RIGHT"
    LIMIT = "LIMIT"
    OWN_LIMIT = "OWN-LIMIT"
    ELSEWHERE = "ELSEWHERE"


HOUSE_CLOCKS = frozenset(
    {ClockCode.C1, ClockCode.C3, ClockCode.C7, ClockCode.CM, ClockCode.CMF, ClockCode.CP, ClockCode.C0},
)
STATUTORY_CLOCKS = frozenset(
    {
        ClockCode.REG15,
        ClockCode.TELL15,
        ClockCode.TELL15T,
        ClockCode.OBJ5,
        ClockCode.DO60,
        ClockCode.EXT30,
        ClockCode.SHADOW60,
        ClockCode.URG,
        ClockCode.LIMIT,
    },
)
# What is counted from a moment to a moment, not in days.
BY_THE_HOUR = frozenset({ClockCode.URG})
# What lapses instead of being broken: a right of somebody, or what an authority beside us should have done.
NOT_OURS = frozenset({ClockCode.OBJ5, ClockCode.RIGHT, ClockCode.ELSEWHERE})

LEDGER_OPEN = frozenset(Stage) - {Stage.STRUCK_OFF, Stage.ARCHIVED}
UNFINISHED = LEDGER_OPEN - {Stage.CLOSED, Stage.WITHDRAWN}
