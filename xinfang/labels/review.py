"""Words for the review ladder: its steps, what a review decides, what is noted about a late request."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.review.codes import LatenessWord, ReviewDecision, ReviewLevel

Words = str | Promise

LEVELS: dict[ReviewLevel, Words] = {ReviewLevel.FIRST: _("复查"), ReviewLevel.SECOND: _("复核")}
DECISIONS: dict[ReviewDecision, Words] = {
    ReviewDecision.MAINTAINED: _("维持原处理意见"),
    ReviewDecision.CHANGED: _("变更原处理意见"),
    ReviewDecision.ANNULLED: _("撤销原处理意见，由原办理机关重新办理"),
}
LATENESS: dict[LatenessWord, Words] = {
    LatenessWord.EXCUSED: _("有正当理由（不可抗力等），按期内请求审查"),
    LatenessWord.EXPLAINED: _("没有正当理由，登记审查并说明"),
}
