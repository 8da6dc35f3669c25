"""Words for the other closed lists: what people choose from and what events carry."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.labels import mediation, review, routes
from xinfang.labels.limits import PAUSES
from xinfang.labels.matters import CHANNELS, STAGES
from xinfang.labels.people import ROLES, TIERS
from xinfang.rules.clocks.catalogue import PauseGround
from xinfang.rules.matters.codes import (
    AssignMode,
    CallOutcome,
    Channel,
    DayMode,
    DocumentKind,
    ExplicitSource,
    Grade,
    InDanger,
    Kind,
    Lane,
    Level,
    LinkKind,
    Nature,
    Outcome,
    Proof,
    RatedOrgan,
    RefusalGround,
    ReopenGround,
    ReportedTo,
    ReportVerdict,
    ReportWay,
    Result,
    Route,
    RuledBy,
    Ruling,
    ServiceWay,
    Stage,
    TaskPart,
)
from xinfang.rules.mediation.codes import (
    AgreementForm,
    AnsweredHow,
    CourtWord,
    Doubt,
    MediationEnd,
    MediationKind,
    MediationPaper,
    MediationSource,
    MediatorWhy,
    PartyAnswer,
    Performance,
    Signer,
)
from xinfang.rules.mediation.committee import CommitteeGap, CommitteeKind
from xinfang.rules.people.seats import Role, Tier
from xinfang.rules.review.codes import LatenessWord, ReviewDecision, ReviewLevel
from xinfang.rules.routes.codes import ExternalOutcome

Words = str | Promise

LEVELS: dict[Level, Words] = {
    Level.STATE: _("国家级"),
    Level.PROVINCE: _("省级"),
    Level.CITY: _("市级"),
    Level.COUNTY: _("区县级"),
    Level.TOWNSHIP: _("乡镇级"),
}
KINDS: dict[Kind, Words] = {
    Kind.CLAIM: _("申诉求决"),
    Kind.DISPUTE: _("矛盾纠纷（只调解）"),
    Kind.SUGGESTION: _("意见建议"),
    Kind.ENQUIRY: _("咨询求助"),
}
NATURES: dict[Nature, Words] = {
    Nature.GENERAL: _("一般"),
    Nature.COMPLEX: _("复杂"),
    Nature.MAJOR: _("重大"),
}
LANES: dict[Lane, Words] = {
    Lane.RECEPTION: _("访：接待登记"),
    Lane.MEDIATION: _("调：调解"),
    Lane.LITIGATION: _("诉：诉讼与仲裁衔接"),
    Lane.DISPOSAL: _("处：办理处置"),
}
DAY_MODES: dict[DayMode, Words] = {DayMode.CALENDAR: _("自然日"), DayMode.WORKING: _("工作日")}
EXPLICIT_SOURCES: dict[ExplicitSource, Words] = {
    ExplicitSource.ASSIGNMENT_LETTER: _("交办函限期"),
    ExplicitSource.LEADER_INSTRUCTION: _("领导批示限期"),
    ExplicitSource.APPROVED_PLAN: _("已批准的方案"),
}
ROUTES: dict[Route, Words] = {
    Route.JUDICIAL: _("诉讼、检察监督或公安程序"),
    Route.ARBITRATION: _("仲裁"),
    Route.PARTY_APPEAL: _("党员申诉、申请复审"),
    Route.ADMINISTRATIVE: _("行政复议、裁决、确认、许可、处罚等"),
    Route.DUTY: _("申请履行法定职责"),
    Route.PETITION: _("信访程序"),
}
REFUSAL_GROUNDS: dict[RefusalGround, Words] = {
    RefusalGround.N1_IN_HANDLING_BELOW: _("下级机关已受理且在规定期限内办理"),
    RefusalGround.N2_REVIEWED_SAME_FACTS: _("已有复核意见，仍以同一事实和理由提出"),
    RefusalGround.N3_LITIGATION: _("属于诉讼权利救济事项"),
    RefusalGround.N4_OTHER_PROCEDURE: _("应当导入其他法定程序"),
    RefusalGround.N5_OUTSIDE_POWER: _("不属于本机关、本系统职权范围"),
}
OUTCOMES: dict[Outcome, Words] = {
    Outcome.SUPPORTED: _("支持"),
    Outcome.EXPLAINED: _("合理但缺乏法律依据，解释说明"),
    Outcome.NOT_SUPPORTED: _("不予支持"),
}
RESULTS: dict[Result, Words] = {
    Result.SUPPORTED_DONE: _("诉求支持并已落实"),
    Result.PARTLY_DONE: _("部分支持并已落实"),
    Result.AGREEMENT_PERFORMED: _("调解协议履行完毕"),
    Result.SETTLEMENT_PERFORMED: _("和解履行完毕"),
    Result.EXPLAINED: _("解释说明"),
    Result.NOT_SUPPORTED: _("不予支持"),
    Result.CHANNELLED: _("导入法定途径"),
    Result.INFORMED: _("已告知有权机关"),
    Result.NOT_ACCEPTED: _("不予受理"),
    Result.NO_LONGER: _("不再受理"),
    Result.WITHDRAWN: _("信访人撤回"),
    Result.UNREACHABLE: _("无法联系（程序办结）"),
    Result.MERGED: _("并入原事项"),
    Result.SUGGESTION_ADOPTED: _("建议采纳"),
    Result.SUGGESTION_PARTLY: _("建议部分采纳"),
    Result.SUGGESTION_NOT_ADOPTED: _("建议未采纳（已回复）"),
    Result.REPLIED_DIRECTLY: _("直接回复"),
}
TASK_PARTS: dict[TaskPart, Words] = {TaskPart.LEAD: _("牵头（主办）"), TaskPart.CO: _("协办")}
ASSIGN_MODES: dict[AssignMode, Words] = {
    AssignMode.TRANSFER: _("转送（不要求反馈）"),
    AssignMode.ASSIGNMENT: _("交办（限期反馈）"),
}
RULED_BY: dict[RuledBy, Words] = {
    RuledBy.BUREAU: _("信访局"),
    RuledBy.SUPERIOR: _("共同的上一级机关"),
    RuledBy.JOINT_CONFERENCE: _("信访工作联席会议"),
}
RULINGS: dict[Ruling, Words] = {Ruling.UPHELD: _("异议成立"), Ruling.REJECTED: _("异议不成立，接着办")}
DOCUMENT_KINDS: dict[DocumentKind, Words] = {
    DocumentKind.TRANSFER_LETTER: _("转送函"),
    DocumentKind.ASSIGNMENT_LETTER: _("交办函"),
    DocumentKind.OBJECTION_LETTER: _("异议函"),
    DocumentKind.ACCEPTANCE_NOTICE: _("受理告知书"),
    DocumentKind.NON_ACCEPTANCE_NOTICE: _("不予受理告知书"),
    DocumentKind.NO_LONGER_NOTICE: _("不再受理告知书"),
    DocumentKind.ROUTE_NOTICE: _("法定途径告知书"),
    DocumentKind.DESTINATION_NOTICE: _("去向告知书"),
    DocumentKind.EXTENSION_NOTICE: _("延期办理告知书"),
    DocumentKind.OPINION: _("信访处理意见书"),
    DocumentKind.FIRST_REVIEW_OPINION: _("复查意见书"),
    DocumentKind.SECOND_REVIEW_OPINION: _("复核意见书"),
    DocumentKind.SUGGESTION_REPLY: _("建议意见回复"),
    DocumentKind.DIRECT_REPLY: _("直接回复"),
}
SERVICE_WAYS: dict[ServiceWay, Words] = {
    ServiceWay.IN_PERSON: _("直接送达"),
    ServiceWay.LEFT: _("留置送达"),
    ServiceWay.POST: _("邮寄送达"),
    ServiceWay.ELECTRONIC: _("电子送达（经同意）"),
    ServiceWay.ENTRUSTED: _("委托送达"),
    ServiceWay.PUBLIC_NOTICE: _("公告送达"),
}
CALL_OUTCOMES: dict[CallOutcome, Words] = {
    CallOutcome.REACHED: _("已联系上"),
    CallOutcome.NOT_REACHED: _("未联系上"),
    CallOutcome.REFUSED: _("不愿接受回访"),
}
GRADES: dict[Grade, Words] = {
    Grade.SATISFIED: _("满意"),
    Grade.FAIRLY: _("基本满意"),
    Grade.DISSATISFIED: _("不满意"),
}
RATED_ORGANS: dict[RatedOrgan, Words] = {
    RatedOrgan.PETITION_BUREAU: _("信访部门"),
    RatedOrgan.RESPONSIBLE_UNIT: _("责任单位"),
}
PROOFS: dict[Proof, Words] = {
    Proof.PHONE_CODE: _("本人手机验证码"),
    Proof.SEALED_SLIP: _("密封确认码"),
    Proof.SIGNED_FORM: _("本人签名的确认书"),
}
REOPEN_GROUNDS: dict[ReopenGround, Words] = {
    ReopenGround.NEW_FACTS: _("有新的事实"),
    ReopenGround.BREACH: _("未按约定履行"),
    ReopenGround.NOT_EXECUTED: _("处理意见未落实"),
    ReopenGround.ERROR: _("办理有误"),
    ReopenGround.PETITIONER_OBJECTS: _("信访人提出异议"),
}
LINK_KINDS: dict[LinkKind, Words] = {
    LinkKind.SAME: _("同一事项"),
    LinkKind.REPEATS: _("再次反映"),
    LinkKind.REPEATED_BY: _("又被反映"),
    LinkKind.SPLIT_FROM: _("由其拆分而来"),
    LinkKind.SPLIT_INTO: _("拆分出"),
    LinkKind.MERGED_INTO: _("并入"),
    LinkKind.ABSORBED: _("并入本件"),
    LinkKind.RELATED: _("有关联"),
    LinkKind.SAME_VISIT: _("同一次来访"),
}
REPORTED_TO: dict[ReportedTo, Words] = {
    ReportedTo.COMMITTEE: _("本级党委和政府"),
    ReportedTo.COMPETENT_UNIT: _("主管部门"),
    ReportedTo.JOINT_OFFICE: _("信访工作联席会议办公室"),
    ReportedTo.UPPER_BUREAU: _("上一级信访部门"),
    ReportedTo.NATIONAL_BUREAU: _("国家信访局"),
}
IN_DANGER: dict[InDanger, Words] = {
    InDanger.VISITOR: _("来访人自己"),
    InDanger.SOMEBODY_ELSE: _("别人"),
    InDanger.STAFF_OR_PLACE: _("工作人员或者场所"),
}
REPORT_WAYS: dict[ReportWay, Words] = {
    ReportWay.PHONE: _("电话"),
    ReportWay.IN_PERSON: _("当面"),
    ReportWay.IN_WRITING: _("书面"),
    ReportWay.SYSTEM: _("信访信息系统"),
}
REPORT_VERDICTS: dict[ReportVerdict, Words] = {
    ReportVerdict.ACCEPTED: _("采信"),
    ReportVerdict.RETURNED: _("退回补正"),
}

BY_ENUM: dict[type[StrEnum], Mapping[Any, Words]] = {
    Stage: STAGES,
    Channel: CHANNELS,
    Role: ROLES,
    Tier: TIERS,
    Level: LEVELS,
    Kind: KINDS,
    Nature: NATURES,
    Lane: LANES,
    DayMode: DAY_MODES,
    ExplicitSource: EXPLICIT_SOURCES,
    Route: ROUTES,
    RefusalGround: REFUSAL_GROUNDS,
    Outcome: OUTCOMES,
    Result: RESULTS,
    TaskPart: TASK_PARTS,
    AssignMode: ASSIGN_MODES,
    RuledBy: RULED_BY,
    Ruling: RULINGS,
    DocumentKind: DOCUMENT_KINDS,
    ServiceWay: SERVICE_WAYS,
    CallOutcome: CALL_OUTCOMES,
    Grade: GRADES,
    RatedOrgan: RATED_ORGANS,
    Proof: PROOFS,
    ReopenGround: REOPEN_GROUNDS,
    LinkKind: LINK_KINDS,
    ReportedTo: REPORTED_TO,
    ReportVerdict: REPORT_VERDICTS,
    ReportWay: REPORT_WAYS,
    PauseGround: PAUSES,
    InDanger: IN_DANGER,
    ReviewLevel: review.LEVELS,
    ReviewDecision: review.DECISIONS,
    LatenessWord: review.LATENESS,
    ExternalOutcome: routes.OUTCOMES,
    CommitteeKind: mediation.COMMITTEE_KINDS,
    CommitteeGap: mediation.COMMITTEE_GAPS,
    MediationKind: mediation.KINDS,
    MediationSource: mediation.SOURCES,
    PartyAnswer: mediation.ANSWERS,
    AnsweredHow: mediation.HOW,
    MediatorWhy: mediation.WHY,
    AgreementForm: mediation.FORMS,
    Signer: mediation.SIGNERS,
    MediationEnd: mediation.ENDS,
    Performance: mediation.PERFORMED,
    CourtWord: mediation.COURT,
    Doubt: mediation.DOUBTS,
    MediationPaper: mediation.PAPERS,
}


def word(member: StrEnum) -> Words:
    """The words of one member of a closed list."""
    return BY_ENUM[type(member)][member]
