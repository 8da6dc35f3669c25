"""Words for clocks, their states and why one does not apply."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.clocks.alarms import Level
from xinfang.rules.matters.codes import ClockCode

Words = str | Promise

CLOCKS: dict[ClockCode, Words] = {
    ClockCode.C1: _("1天研究部署"),
    ClockCode.C3: _("3天反馈初步情况"),
    ClockCode.C7: _("7天落实解决"),
    ClockCode.CM: _("1个月解决或报方案"),
    ClockCode.CMF: _("按月反馈进展"),
    ClockCode.CP: _("方案节点"),
    ClockCode.C0: _("清零销号"),
    ClockCode.EXPLICIT: _("明确时间节点"),
    ClockCode.TASK: _("单位办理期限"),
    ClockCode.REG15: _("15日登记分流"),
    ClockCode.TELL15: _("15日书面告知"),
    ClockCode.TELL15T: _("15日书面告知（转送交办）"),
    ClockCode.OBJ5: _("5个工作日内可提异议"),
    ClockCode.DO60: _("60日办结"),
    ClockCode.EXT30: _("延期后办结"),
    ClockCode.SHADOW60: _("未按时告知受理，第15日起60日办结"),
    ClockCode.URG: _("1小时报告重大紧急事项"),
    ClockCode.CALL: _("1个工作日回访不满意评价"),
    ClockCode.RULING: _("5个工作日裁定异议"),
    ClockCode.RESTUDY: _("满12个月重新研究"),
    ClockCode.RIGHT: _("信访人的权利期限"),
    ClockCode.TELL_RIGHT: _("期满前书面提醒信访人"),
    ClockCode.LIMIT: _("其他法定期限"),
    ClockCode.OWN_LIMIT: _("其他内部期限"),
    ClockCode.ELSEWHERE: _("其他机关的期限"),
}
SHORT: dict[ClockCode, Words] = {
    ClockCode.C1: _("1天"),
    ClockCode.C3: _("3天"),
    ClockCode.C7: _("7天"),
    ClockCode.CM: _("1月"),
    ClockCode.C0: _("清零"),
}
NAMES: dict[ClockCode, Words] = {
    ClockCode.C1: _("研究部署"),
    ClockCode.C3: _("初步反馈"),
    ClockCode.C7: _("落实解决"),
    ClockCode.CM: _("限期或方案"),
    ClockCode.C0: _("销号"),
}
WHY_NOT: dict[str, Words] = {
    "explicit_date": _("有明确时间节点，按该日期办理"),
    "not_general": _("不属于一般性事项"),
    "not_solvable": _("研判为暂时不能解决"),
    "general_and_solvable": _("一般且可以解决的事项，按7天办理"),
    "not_a_petition": _("不属于信访事项，不适用信访期限"),
    "no_address": _("没有姓名或住址，无法书面告知"),
}
STATES: dict[str, Words] = {
    "met": _("按时完成"),
    "met_late": _("迟后完成"),
    "running": _("进行中"),
    "overdue": _("已超期"),
    "ended": _("已终止"),
    "not_applicable": _("不适用"),
    "open": _("跟踪中"),
}
LEVELS: dict[Level, Words] = {
    Level.GREEN: _("正常"),
    Level.YELLOW: _("过半"),
    Level.ORANGE: _("临近"),
    Level.RED: _("紧急"),
    Level.BLACK: _("超期"),
    Level.LEADER: _("超期已报区领导"),
}
