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
}
FORMS: dict[PetitionPaper, str] = {
    PetitionPaper.ROUTE: "F-06",
    PetitionPaper.NOT_ACCEPTED: "F-04",
    PetitionPaper.NO_LONGER: "F-05",
}
ARTICLES: dict[RefusalGround, Words] = {
    RefusalGround.N1_IN_HANDLING_BELOW: _("《信访工作条例》第十九条"),
    RefusalGround.N2_REVIEWED_SAME_FACTS: _("《信访工作条例》第三十六条"),
    RefusalGround.N3_LITIGATION: _("《信访工作条例》第二十条、第二十二条、第二十八条"),
    RefusalGround.N4_OTHER_PROCEDURE: _("《信访工作条例》第三十一条第二项至第四项"),
    RefusalGround.N5_OUTSIDE_POWER: _("《信访工作条例》第二十三条"),
}
