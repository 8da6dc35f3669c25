"""Words for the limits that somebody notes: each rule in a few words, whom it binds, what pauses it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.clocks.catalogue import PauseGround, Whose

Words = str | Promise

RULES: dict[str, Words] = {
    "XF-FC-REQ30": _("请求复查"),
    "XF-FC30": _("作出复查意见"),
    "XF-FH-REQ30": _("请求复核"),
    "XF-FH30": _("作出复核意见"),
    "XF-SIMPLE3": _("简易办理：决定是否受理"),
    "XF-SIMPLE10": _("简易办理：作出处理意见"),
    "XF-SUG30": _("反馈建议采纳情况"),
    "XF-SUG60": _("回复意见建议"),
    "ME-1M": _("人民调解一般调结"),
    "ME-JC30": _("共同申请司法确认"),
    "ME-MED30W": _("医疗纠纷人民调解"),
    "ME-LAB15": _("劳动争议调解"),
    "HF-FUP1": _("约定履行日后回访"),
    "HF-FUP30": _("履行完毕后再次回访"),
    "HF-FUP6M": _("分期履行的半年回访"),
    "EX-FY60": _("申请行政复议"),
    "EX-SS6M": _("直接提起行政诉讼"),
    "EX-SS15": _("不服复议决定起诉"),
    "EX-LAB1Y": _("申请劳动仲裁"),
    "EX-LAND2Y": _("申请农村土地承包仲裁"),
    "EX-TD30": _("不服土地权属处理决定起诉"),
    "EX-CIV3Y": _("提起民事诉讼"),
    "EX-LS60W": _("劳动保障监察调查"),
    "EX-FLYZ7": _("法律援助审查"),
    "ME-COURT3": _("法院决定是否受理司法确认申请"),
    "ME-COURT15": _("法院对司法确认申请作出裁定"),
    "ME-ENF2Y": _("申请强制执行"),
    "ME-WSJK5": _("卫生健康部门决定是否受理医疗纠纷行政调解"),
    "ME-WSJK30": _("医疗纠纷行政调解"),
    "ME-WPTJ30": _("法院委派调解"),
    "ME-WTTJ15": _("法院委托调解（普通程序）"),
    "ME-WTTJ7": _("法院委托调解（简易程序）"),
    "EX-LSTS2Y": _("劳动保障监察投诉"),
    "EX-LABACC5": _("劳动争议仲裁委员会决定是否受理"),
    "EX-LABAW45": _("劳动争议仲裁裁决"),
    "EX-LABSUE15": _("不服劳动争议仲裁裁决起诉"),
    "EX-LANDAW60": _("农村土地承包仲裁裁决"),
    "EX-LANDS30": _("不服农村土地承包仲裁裁决起诉"),
    "EX-FYACC5": _("行政复议机关审查是否受理"),
    "EX-FYDEC60": _("行政复议决定（普通程序）"),
    "EX-FY1Y": _("申请行政复议（未告知复议权利的最长期限）"),
    "EX-SSDUTY2M": _("行政机关履行法定职责（期满可以起诉）"),
    "EX-INFO20": _("政府信息公开答复"),
    "EX-JW15": _("纪检监察机关处理检举控告"),
    "EX-FLASN3": _("法律援助指派"),
}
WHOSE: dict[Whose, Words] = {
    Whose.PETITIONER: _("信访人的权利"),
    Whose.ORGAN: _("机关、单位的法定期限"),
    Whose.HOUSE: _("内部期限"),
    Whose.OTHER: _("其他机关、机构的期限"),
}
PAUSES: dict[PauseGround, Words] = {
    PauseGround.HEARING: _("听证"),
    PauseGround.EXPERTISE: _("鉴定"),
}
