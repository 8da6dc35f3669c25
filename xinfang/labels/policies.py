"""Words for the parameters of 13710: their names, what each decides, a value with its unit, where a version stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.labels.codes import DAY_MODES
from xinfang.rules.clocks.policy_versions import VersionStanding
from xinfang.rules.matters.codes import DayMode

Words = str | Promise

PARAMETERS: dict[str, Words] = {
    "report_days": _("几天反馈初步情况"),
    "solve_days": _("几天落实解决"),
    "day_mode": _("怎样数天"),
    "hard_months": _("几个月解决或报方案"),
    "report_months": _("几个月报一次进展"),
    "warn_yellow": _("第一次提醒（黄）"),
    "warn_orange": _("第二次提醒（橙）"),
    "warn_red": _("第三次提醒（红）"),
    "leader_after": _("超期几个工作日报区领导"),
}
EXPLAINED: dict[str, Words] = {
    "report_days": _("一般性事项收到后，几天内向督查考核办反馈初步办理情况。填 1 到 30。"),
    "solve_days": _("一般性、能解决的事项收到后，几天内解决。要比反馈的天数多，最多 60。"),
    "hard_months": _("重大、复杂或暂时不能解决的事项，几个月内解决，或报出时间节点和方案。填 1 到 6。"),
    "report_months": _("方案批准以后，每几个月报一次进展。填 1 到 3。"),
    "warn_yellow": _("期限用去百分之几时第一次提醒承办人。填 1 到 99。"),
    "warn_orange": _("用去百分之几时第二次提醒。要比第一次大。"),
    "warn_red": _("用去百分之几时第三次提醒。要比第二次大。最后一个工作日总会提醒。"),
    "leader_after": _("超期后一直没有办结，过几个工作日报告区领导。填 1 到 30。"),
}
_DAYS, _MONTHS, _SHARE, _WORKING = _("%(n)s 天"), _("%(n)s 个月"), _("%(n)s%%"), _("%(n)s 个工作日")
UNITS: dict[str, Words] = {
    "report_days": _DAYS,
    "solve_days": _DAYS,
    "hard_months": _MONTHS,
    "report_months": _MONTHS,
    "warn_yellow": _SHARE,
    "warn_orange": _SHARE,
    "warn_red": _SHARE,
    "leader_after": _WORKING,
}
STANDINGS: dict[VersionStanding, Words] = {
    VersionStanding.DRAFT: _("草案，等待发布"),
    VersionStanding.COMING: _("已发布，还没有生效"),
    VersionStanding.IN_FORCE: _("现在用的"),
    VersionStanding.PAST: _("以前的"),
}


def value(name: str, of: int | str) -> str:
    """A value as people say it."""
    return str(DAY_MODES[DayMode(str(of))]) if name == "day_mode" else str(UNITS[name]) % {"n": of}
