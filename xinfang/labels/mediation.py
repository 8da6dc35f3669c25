"""Words for the mediation file: its kinds, answers, signatures and ends, what a court says and may doubt."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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

Words = str | Promise

COMMITTEE_KINDS: dict[CommitteeKind, Words] = {
    CommitteeKind.VILLAGE: _("村（居）民委员会设立"),
    CommitteeKind.TOWNSHIP: _("乡镇、街道设立"),
    CommitteeKind.TRADE: _("行业性、专业性"),
}
COMMITTEE_GAPS: dict[CommitteeGap, Words] = {
    CommitteeGap.TERM_OVER: _("本届已满三年，应当换届"),
    CommitteeGap.TOO_FEW: _("委员不足三人"),
    CommitteeGap.TOO_MANY: _("委员超过九人"),
    CommitteeGap.NO_WOMAN: _("没有女委员"),
    CommitteeGap.UNREGISTERED: _("还没有向司法行政机关报备"),
    CommitteeGap.NO_MEDIATOR: _("没有在任的调解员"),
}
KINDS: dict[MediationKind, Words] = {
    MediationKind.PEOPLE: _("人民调解"),
    MediationKind.MEDICAL: _("医疗纠纷调解"),
    MediationKind.LABOUR: _("劳动争议调解"),
}
SOURCES: dict[MediationSource, Words] = {
    MediationSource.APPLIED: _("当事人申请"),
    MediationSource.OFFERED: _("调解委员会主动调解"),
    MediationSource.REFERRED: _("信访部门或者其他单位移送"),
    MediationSource.COURT: _("法院委派、委托"),
}
ANSWERS: dict[PartyAnswer, Words] = {PartyAnswer.CONSENTS: _("同意调解"), PartyAnswer.DECLINES: _("不参加调解")}
HOW: dict[AnsweredHow, Words] = {
    AnsweredHow.IN_PERSON: _("当面"),
    AnsweredHow.TELEPHONE: _("打电话"),
    AnsweredHow.WRITTEN: _("书面"),
    AnsweredHow.ONLINE: _("凭查询码在网上"),
}
WHY: dict[MediatorWhy, Words] = {
    MediatorWhy.APPOINTED: _("调解委员会指定"),
    MediatorWhy.CHOSEN: _("当事人选定"),
    MediatorWhy.CHANGE_ASKED: _("当事人要求更换"),
    MediatorWhy.CONFLICT: _("原调解员有利害关系"),
    MediatorWhy.ABSENT: _("原调解员不能到场"),
}
FORMS: dict[AgreementForm, Words] = {AgreementForm.WRITTEN: _("书面协议"), AgreementForm.ORAL: _("口头协议")}
SIGNERS: dict[Signer, Words] = {
    Signer.PARTY: _("当事人"),
    Signer.MEDIATOR: _("人民调解员"),
    Signer.COMMITTEE: _("调解委员会印章"),
}
ENDS: dict[MediationEnd, Words] = {
    MediationEnd.NO_AGREEMENT: _("没有达成协议"),
    MediationEnd.PARTY_STOPS: _("当事人不再调解"),
    MediationEnd.COURT_TOOK: _("法院已经受理"),
    MediationEnd.UNFIT: _("不适宜调解"),
    MediationEnd.TIME_OVER: _("期限已到，当事人不同意延长"),
}
PERFORMED: dict[Performance, Words] = {Performance.KEPT: _("已经履行"), Performance.BROKEN: _("到期没有履行")}
COURT: dict[CourtWord, Words] = {
    CourtWord.CONFIRMED: _("裁定协议有效"),
    CourtWord.REFUSED: _("裁定驳回申请"),
    CourtWord.NOT_TAKEN: _("裁定不予受理"),
}
PAPERS: dict[MediationPaper, Words] = {
    MediationPaper.REQUEST: _("人民调解申请书"),
    MediationPaper.RIGHTS: _("当事人权利义务告知书"),
    MediationPaper.RECORD: _("人民调解记录"),
    MediationPaper.AGREEMENT: _("人民调解协议书"),
    MediationPaper.COURT: _("司法确认申请书"),
    MediationPaper.VISIT: _("调解回访记录"),
    MediationPaper.END: _("终止调解告知书"),
}
DOUBTS: dict[Doubt, Words] = {
    Doubt.PROPERTY: _("协议里有确认物权归属的字样，法院不予确认；权属要由政府处理或者起诉"),
    Doubt.IDENTITY: _("协议涉及婚姻、亲子、收养关系是否有效，法院不予受理"),
    Doubt.UNCLEAR: _("协议里看不出什么时候做、做到什么程度，内容不明确的法院会驳回"),
}
