"""Words for the papers of a petition: what each is called, its form, and the articles behind a refusal."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.matters.codes import RefusalGround
from xinfang.rules.matters.papers import PetitionPaper

Words = str | Promise

PAPERS: dict[PetitionPaper, Words] = {
    PetitionPaper.ROUTE: _("法定途径告知书"),
    PetitionPaper.NOT_ACCEPTED: _("不予受理告知书"),
    PetitionPaper.NO_LONGER: _("不再受理告知书"),
    PetitionPaper.OBJECTION: _("异议函"),
    PetitionPaper.OBJECTION_REPLY: _("退件异议复函"),
    PetitionPaper.REVIEW_FORM: _("复查（复核）申请书（空白）"),
    PetitionPaper.REVIEW_REQUEST: _("复查（复核）申请书"),
    PetitionPaper.REVIEW_TAKEN: _("复查（复核）受理通知书"),
    PetitionPaper.REVIEW_SUPPLEMENT: _("复查（复核）补正通知书"),
    PetitionPaper.HEARING_NOTICE: _("听证通知书"),
    PetitionPaper.HEARING_RECORD: _("听证笔录"),
    PetitionPaper.REVIEW_OPINION: _("复查（复核）意见书"),
}
_FIRST = {PetitionPaper.ROUTE: "F-06", PetitionPaper.NOT_ACCEPTED: "F-04", PetitionPaper.NO_LONGER: "F-05"}
_LETTERS = dict.fromkeys((PetitionPaper.OBJECTION, PetitionPaper.OBJECTION_REPLY), "F-10")
FORMS: dict[PetitionPaper, str] = {kind: (_FIRST | _LETTERS).get(kind, "F-17") for kind in PetitionPaper}
ARTICLES: dict[RefusalGround, Words] = {
    RefusalGround.N1_IN_HANDLING_BELOW: _("《信访工作条例》第十九条"),
    RefusalGround.N2_REVIEWED_SAME_FACTS: _("《信访工作条例》第三十六条"),
    RefusalGround.N3_LITIGATION: _("《信访工作条例》第二十条、第二十二条、第二十八条"),
    RefusalGround.N4_OTHER_PROCEDURE: _("《信访工作条例》第三十一条第二项至第四项"),
    RefusalGround.N5_OUTSIDE_POWER: _("《信访工作条例》第二十三条"),
}
