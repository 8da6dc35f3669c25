"""Words for what a clock stands on: trigger, who set its date, rule, article of law, versions."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinfang.labels.clocks import WHY_NOT
from xinfang.labels.codes import EXPLICIT_SOURCES
from xinfang.labels.explaining import (
    Line,
    Notices,
    at_moment,
    beginning,
    calendars,
    ending,
    hours,
    lines,
    on_day,
    provisional,
)
from xinfang.rules.clocks.catalogue import DeadlineRule, Whose
from xinfang.rules.clocks.grounds import Given, Grounds, Trigger
from xinfang.rules.clocks.hints import Hint
from xinfang.rules.clocks.limits import TELL_AGAIN
from xinfang.rules.clocks.policy import SHIPPED, HousePolicy
from xinfang.rules.ledger.chain import RULE_VERSION
from xinfang.rules.matters.codes import ClockCode, DayMode

Words = str | Promise

TRIGGERS: dict[Trigger, Words] = {
    Trigger.RECEIVED: _("收到信访事项"),
    Trigger.ASSIGNED: _("转送、交办给承办单位"),
    Trigger.ACCEPTED: _("受理"),
    Trigger.DATE_SET: _("明确时间节点写入"),
    Trigger.PLAN_APPROVED: _("方案批准"),
    Trigger.OPINION_SERVED: _("处理意见书送达"),
    Trigger.REVIEW_ASKED: _("收到复查、复核请求"),
    Trigger.REVIEW_SERVED: _("复查、复核意见送达"),
    Trigger.NOTED: _("记入的起算日"),
    Trigger.SILENCE: _("书面告知的期限届满而没有告知"),
    Trigger.RIGHT_NEARS: _("信访人的权利临近期满"),
    Trigger.MARKED_URGENT: _("标为重大紧急"),
    Trigger.RATED_POORLY: _("信访人评价为不满意"),
}
CONFIDENCES: dict[str, Words] = {
    "article": _("可信程度：几天、几个月出自“13710”原文；从哪天数、怎样顺延，原文没有规定，是本系统的设计。"),
    "knowledge-medium": _("可信程度：这一条还没有与现行文本核对，引用之前请先核对。"),
    "design": _("可信程度：内部要求，不是法定期限。"),
}
LENGTH_BY_DESIGN = _("可信程度：这项义务是法规规定的，法规没有写明多长时间，时间长短是本系统的设计。")


@dataclass(frozen=True)
class Section:
    """One part of an explanation: sentences, and rows of days."""

    title: str
    sentences: tuple[str, ...]
    lines: tuple[Line, ...] = ()


def sections(grounds: Grounds, notices: Notices) -> list[Section]:
    """The whole explanation of a clock, in the order in which a clerk reads it."""
    versions = Section(gettext("版本"), tuple(_versions(grounds, notices)))
    return [*counted_sections(grounds, notices), *([versions] if versions.sentences else [])]


def counted_sections(grounds: Grounds, notices: Notices) -> list[Section]:
    """The part that a petitioner reads on paper: cause, days, result and law, without the versions of our rules."""
    pause = grounds.rule.pauses_for if grounds.rule else None
    days = grounds.days
    parts = [
        Section(gettext("起因"), tuple(_cause(grounds))),
        Section(
            gettext("逐日推算"),
            tuple(beginning(days)) if days else (),
            tuple(lines(days, notices, pause)) if days else (),
        ),
        Section(gettext("结果"), tuple(_result(grounds))),
        Section(gettext("依据"), tuple(_basis(grounds))),
    ]
    return [part for part in parts if part.sentences or part.lines]


def _cause(grounds: Grounds) -> Iterator[str]:
    clock = grounds.clock
    if not clock.applies:
        yield gettext("这个期限不适用：%(why)s。") % {"why": WHY_NOT[clock.why_not]}
        return
    began = at_moment(clock.trigger_at) if clock.until else on_day(grounds.trigger_on)
    yield gettext("%(what)s：%(day)s。") % {"day": began, "what": TRIGGERS[grounds.trigger]}
    if grounds.given:
        yield _given(clock.code, clock.k, grounds.given)
    if clock.code is ClockCode.CMF and grounds.days and grounds.days.found.term:
        facts = {"k": clock.k, "n": grounds.days.found.term.n}
        yield gettext("第 %(k)d 次反馈：从批准之日起数 %(n)d 个月，不从上一次的日期接着数。") % facts
    if clock.code is ClockCode.SHADOW60:
        yield gettext("没有告知是否受理，不因此推迟：60 天从告知期限的应到日起算，与受理后的 60 天并行。")
        yield gettext("法规没有写明这种情况从哪天起算，这样算是本系统的设计。")
    if clock.code is ClockCode.TELL_RIGHT:
        yield gettext("从权利的稳妥日之前第 %(n)d 天起到稳妥日为止，要书面提醒信访人（内部要求，不是法定期限）。") % {
            "n": TELL_AGAIN
        }
    if grounds.is_overtaken:
        yield gettext("记入时已经过了稳妥日，当天就要提醒。")
    if grounds.extended_by:
        yield _extended(grounds)


def _extended(grounds: Grounds) -> str:
    term = grounds.days.found.term if grounds.days else None
    whole = term.n if term else grounds.extended_by
    facts = {"n": whole - grounds.extended_by, "k": grounds.extended_by, "whole": whole}
    return gettext("%(n)d 天加批准延长的 %(k)d 天，共 %(whole)d 天，从受理之日起一次数到底，只顺延一次。") % facts


def _given(code: ClockCode, k: int, given: Given) -> str:
    facts = {"day": on_day(given.on), "document": given.document, "k": k}
    if given.source:
        source = EXPLICIT_SOURCES[given.source]
        return gettext("%(source)s（%(document)s）写明的日期：%(day)s。") % {"source": source, **facts}
    if code is ClockCode.CP:
        return gettext("方案第 %(k)d 步写明的日期：%(day)s。") % facts
    if given.document:
        return gettext("交办函（%(document)s）给承办单位定的日期：%(day)s。") % facts
    return gettext("交办时给承办单位定的日期：%(day)s。") % facts


def _result(grounds: Grounds) -> Iterator[str]:
    clock, days = grounds.clock, grounds.days
    if not clock.applies:
        return
    if clock.due is None:
        yield gettext("没有日期：一直跟踪到销号为止。")
    elif clock.until is not None:
        yield from hours(clock.trigger_at, clock.until)
    elif clock.code is ClockCode.TELL_RIGHT and days:
        yield from ending(days, grounds.rule.pauses_for if grounds.rule else None)
        yield gettext("以上是这项权利的日期；最晚在%(day)s当天提醒。") % {"day": on_day(clock.due.due)}
    elif days:
        yield from ending(days, grounds.rule.pauses_for if grounds.rule else None)
    else:
        yield gettext("写明的日期不数天、不顺延：应到日、稳妥日、截止日都是这一天，截止到当天 24 时。")
        yield from provisional(grounds.unpublished)
    if grounds.hint:
        yield _hint(grounds.hint)


def _hint(hint: Hint) -> str:
    rule = hint.rule
    facts = {"n": rule.n, "day": on_day(hint.on), "name": rule.name, "title": rule.basis.title, "note": rule.note}
    return gettext("%(day)s结束时先提示一次：《%(title)s》里“%(name)s”为 %(n)d 日。%(note)s") % facts


def _basis(grounds: Grounds) -> Iterator[str]:
    rule = grounds.rule
    if rule is not None:
        yield from _rule(rule)
    elif grounds.clock.code is not ClockCode.TASK:
        yield gettext("出处：“13710”工作法。")
    if grounds.days and not grounds.days.received:
        yield gettext("怎样数：参照《民法典》第二百零一条至第二百零三条和《民事诉讼法》第八十五条。")


def _rule(rule: DeadlineRule) -> Iterator[str]:
    facts = {
        "id": rule.id,
        "name": rule.name,
        "trigger": rule.trigger,
        "scope": rule.scope,
        "title": rule.basis.title,
        "article": rule.basis.article,
        "note": rule.note,
    }
    yield gettext("规则 %(id)s：%(name)s。起算：%(trigger)s。对象：%(scope)s。") % facts
    if rule.id.startswith("13710"):
        yield gettext("出处：“13710”工作法原文中的“%(article)s”。") % facts
    elif rule.basis.article:
        yield gettext("依据：《%(title)s》%(article)s。") % facts
    else:
        yield gettext("依据：《%(title)s》，条款未核对。") % facts
    if rule.valid_from:
        yield gettext("适用于%(day)s以后（含当天）起算的期限。") % {"day": on_day(rule.valid_from)}
    if rule.confidence == "design" and rule.whose is Whose.ORGAN:
        yield str(LENGTH_BY_DESIGN)
    elif rule.confidence in CONFIDENCES:
        yield str(CONFIDENCES[rule.confidence])
    if rule.note:
        yield gettext("说明：%(note)s") % facts


def _versions(grounds: Grounds, notices: Notices) -> Iterator[str]:
    yield gettext("规则和算法：%(version)s 版。") % {"version": RULE_VERSION}
    if grounds.policy:
        yield _policy(grounds.policy)
    if grounds.day_mode is DayMode.WORKING:
        yield gettext("计算方式：工作日，登记时确定，以后不变。")
    elif grounds.day_mode is DayMode.CALENDAR:
        yield gettext("计算方式：自然日，登记时确定，以后不变。")
    yield from calendars(grounds.years, grounds.unpublished, notices)


def _policy(policy: HousePolicy) -> str:
    if policy.number == SHIPPED:
        return gettext("时限版本：“13710”原定时限（第 0 版），登记时确定，以后不变。")
    facts = {"number": policy.number, "day": on_day(policy.effective_on)}
    return gettext("时限版本：第 %(number)d 版（%(day)s起施行），登记时确定，以后不变。") % facts
