"""Words for the risk board: its rules with what exactly they ask, levels, subjects and what became of a signal."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.risk.codes import RiskLevel, RiskRule, SignalState, Subject

Words = str | Promise


@dataclass(frozen=True)
class RuleWords:
    """The name of a rule, and how it decides: published beside every signal."""

    name: Words
    how: Words


RULES: dict[RiskRule, RuleWords] = {
    RiskRule.GROWTH_TOWN: RuleWords(
        _("乡镇（街道）同类增多"),
        _(
            "同一乡镇（街道）、同一内容分类，近7天的件数与本地此前一年相比。方法：两个泊松计数的精确条件检验"
            "（Przyborowski、Wilenski 1940），再对所有一起比较的格子控制错误发现率（Benjamini、Hochberg 1995）。"
            "至少3件，q ≤ 0.05 为黄，q ≤ 0.001 为红。只和自己比，不和别处比。"
        ),
    ),
    RiskRule.GROWTH_VILLAGE: RuleWords(
        _("村（社区）同类增多"), _("同一村（社区）、同一内容分类，方法和界限与乡镇（街道）同类增多相同。")
    ),
    RiskRule.GROUP: RuleWords(_("人数多"), _("没有办结的事项，来访5人以上为黄，30人以上或者涉及100人以上为红。")),
    RiskRule.MONEY: RuleWords(_("金额大"), _("没有办结的事项，研判时填的涉及金额50万元以上为黄，500万元以上为红。")),
    RiskRule.DANGER_WORDS: RuleWords(
        _("有紧急字样"),
        _(
            "来文里有公布的词表中的词，还没有人标为重大紧急，也没有登记安全关切。词表不判断任何人，"
            "看到了什么不另存；是不是紧急由人看原文后决定。"
        ),
    ),
    RiskRule.AGAIN: RuleWords(
        _("反复来"), _("没有办结的事项，30天内来访、来信、来电3次以上为黄，6次以上为红：说明我们没有办到位。")
    ),
    RiskRule.BACKLOG: RuleWords(_("积压"), _("一个中心或站手上逾期的事项至少5件，占在办的20%以上为黄，40%以上为红。")),
}
LEVELS: dict[RiskLevel, Words] = {RiskLevel.RED: _("红"), RiskLevel.YELLOW: _("黄")}
SUBJECTS: dict[Subject, Words] = {
    Subject.MATTER: _("按事项"),
    Subject.PLACE: _("按地方"),
    Subject.UNIT: _("按单位"),
}
STATES: dict[SignalState, Words] = {
    SignalState.OPEN: _("待处置"),
    SignalState.HANDLED: _("已处置"),
    SignalState.FALSE_ALARM: _("误报"),
    SignalState.PASSED: _("已消退"),
}
