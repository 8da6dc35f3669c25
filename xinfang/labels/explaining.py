"""Words for how a date was counted: days in a row, the end, the roll, the prudent date, the calendar that decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from xinfang.labels.limits import PAUSES
from xinfang.rules.clocks.catalogue import PauseGround
from xinfang.rules.clocks.due import Count, Term
from xinfang.rules.clocks.explaining import DayWhy, Explanation, Received, Reception, Run
from xinfang.rules.clocks.hours import local

Words = str | Promise
Notices = Mapping[int, str]

WHY: dict[DayWhy, Words] = {
    DayWhy.START: _("起算日，当天不算"),
    DayWhy.COUNTED: _("自然日，休息日也算"),
    DayWhy.MONTHS: _("按月数，不逐日数"),
    DayWhy.WORKING: _("工作日"),
    DayWhy.MAKEUP: _("调休上班，算工作日"),
    DayWhy.WEEKEND: _("周末，不算"),
    DayWhy.HOLIDAY: _("放假，不算"),
    DayWhy.STATUTORY: _("法定节假日（当年放假安排尚未公布），不算"),
    DayWhy.PAUSED: _("依法扣除的时间，不算"),
    DayWhy.ROLLED: _("应到日逢休息日，顺延到这一天"),
}
ANNOUNCED: dict[DayWhy, Words] = {
    DayWhy.MAKEUP: _("调休上班（%(notice)s），算工作日"),
    DayWhy.HOLIDAY: _("放假（%(notice)s），不算"),
}
RECEPTIONS: dict[Reception, Words] = {
    Reception.BEFORE_OPENING: _("工作日上班之前收到，当天就是第 1 天"),
    Reception.WITHIN: _("工作日下班之前收到，当天就是第 1 天"),
    Reception.AFTER_CLOSING: _("工作日下班以后收到，从下一个工作日算"),
    Reception.DAY_OFF: _("休息日收到，从下一个工作日算"),
    Reception.LOCALLY_CLOSED: _("本地临时关门的日子收到，从下一个工作日算"),
}
ROLLS: dict[DayWhy, Words] = {
    DayWhy.WEEKEND: _("应到日%(raw)s是周末，按《民法典》第二百零三条顺延到其后第一个工作日%(due)s，截止到当天 24 时。"),
    DayWhy.HOLIDAY: _("应到日%(raw)s放假，按《民法典》第二百零三条顺延到其后第一个工作日%(due)s，截止到当天 24 时。"),
    DayWhy.STATUTORY: _(
        "应到日%(raw)s是法定节假日，按《民法典》第二百零三条顺延到其后第一个工作日%(due)s，截止到当天 24 时。"
    ),
}


@dataclass(frozen=True)
class Line:
    """Days in a row, as a row of a table; `number` is empty for days that have none."""

    days: str
    number: str
    reason: str

    @property
    def sentence(self) -> str:
        facts = {"days": self.days, "number": self.number, "reason": self.reason}
        if not self.number:
            return gettext("%(days)s：%(reason)s。") % facts
        return gettext("%(days)s：%(number)s，%(reason)s。") % facts


def on_day(day: date, *, worked_weekend: bool = False) -> str:
    """For example 2026年9月25日（星期五）."""
    return date_format(day, gettext("Y年n月j日（l，调休上班）") if worked_weekend else gettext("Y年n月j日（l）"))


def at_moment(moment: datetime) -> str:
    """For example 2026年5月11日（星期一）9:05, in Shanghai."""
    return date_format(local(moment), gettext("Y年n月j日（l）H:i"))


def hours(began: datetime, until: datetime) -> list[str]:
    """How a limit of hours was counted: from a moment to a moment."""
    n = (until - began) // timedelta(hours=1)
    facts = {"n": n, "began": at_moment(began), "until": at_moment(until)}
    return [
        ngettext("从%(began)s起数 %(n)d 小时，到%(until)s为止。", "从%(began)s起数 %(n)d 小时，到%(until)s为止。", n)
        % facts,
        gettext("夜里、休息日照算，不顺延，也不看工作日历。"),
    ]


def lines(days: Explanation, notices: Notices, pause: PauseGround | None = None) -> list[Line]:
    """Every day from the start to the due date, in rows; `pause` is what the rule lets pause it."""
    return [_line(run, days, notices, pause) for run in days.runs]


def beginning(days: Explanation) -> list[str]:
    """How it is counted, and from which day."""
    if days.received:
        return [_received(days.received)]
    return [_beginning(days.found.term)] if days.found.term else []


def ending(days: Explanation, pause: PauseGround | None = None) -> list[str]:
    """Where the count ends, where it rolls, which day is safe, and what is not certain yet."""
    return [*_ending(days), *paused(days, pause), *provisional(days.unpublished)]


def provisional(unpublished: tuple[int, ...]) -> list[str]:
    if not unpublished:
        return []
    years = gettext("、").join(str(year) for year in unpublished)
    return [gettext("暂算：%(years)s 年的放假安排尚未公布，公布后重新推算。") % {"years": years}]


def paused(days: Explanation, pause: PauseGround | None) -> list[str]:
    lasting = days.open_pause
    if lasting is None:
        return []
    facts = {"day": on_day(lasting.since), "ground": _ground(pause)}
    return [gettext("%(day)s起不计%(ground)s，还没有结束；以上日期按立即结束推算，结束后重新推算。") % facts]


def calendars(years: tuple[int, ...], unpublished: tuple[int, ...], notices: Notices) -> list[str]:
    """Which calendar decided, year by year, with the number of its notice."""
    return [_calendar(year, notices.get(year, ""), is_published=year not in unpublished) for year in years]


def sentences(days: Explanation, notices: Notices) -> list[str]:
    """The whole count in sentences, without a matter around it."""
    return [
        *beginning(days),
        *(line.sentence for line in lines(days, notices)),
        *ending(days),
        *calendars(days.years, days.unpublished, notices),
    ]


def _calendar(year: int, notice: str, *, is_published: bool) -> str:
    facts = {"year": year, "notice": notice}
    if not is_published:
        return gettext("%(year)d 年的日历：放假安排尚未公布，只按周末和法定节假日推算。") % facts
    if not notice:
        return gettext("%(year)d 年的日历：按已公布的放假安排，没有登记文号。") % facts
    return gettext("%(year)d 年的日历：按%(notice)s。") % facts


def _line(run: Run, days: Explanation, notices: Notices, pause: PauseGround | None) -> Line:
    return Line(_span(run.first, run.last, days.start.year), _number(run), _reason(run, days, notices, pause))


def _reason(run: Run, days: Explanation, notices: Notices, pause: PauseGround | None) -> str:
    notice = notices.get(run.first.year)
    if notice and run.why in ANNOUNCED:
        return str(ANNOUNCED[run.why]) % {"notice": notice}
    if run.why is DayWhy.PAUSED and pause:
        return gettext("扣除%(ground)s，不算") % {"ground": _ground(pause)}
    if run.why is DayWhy.START and days.received:
        return str(RECEPTIONS[days.received.how])
    return str(WHY[run.why])


def _ground(pause: PauseGround | None) -> str:
    return gettext("%(ground)s时间") % {"ground": PAUSES[pause]} if pause else gettext("依法扣除的时间")


def _number(run: Run) -> str:
    if run.numbers is None:
        return ""
    first, last = run.numbers
    if first == last:
        return gettext("第 %(first)d 天") % {"first": first}
    return gettext("第 %(first)d 至 %(last)d 天") % {"first": first, "last": last}


def _span(first: date, last: date, year: int) -> str:
    """Days in a row; the year is said where it is not that of the start, or where it changes."""
    whole = first.year != year or first.year != last.year
    if first == last:
        return date_format(first, gettext("Y年n月j日（l）") if whole else gettext("n月j日（l）"))
    begin = gettext("Y年n月j日") if whole else gettext("n月j日")
    end = gettext("Y年n月j日") if first.year != last.year else gettext("n月j日")
    if (first.year, first.month) == (last.year, last.month):
        end = gettext("j日")
    return gettext("%(first)s至%(last)s") % {"first": date_format(first, begin), "last": date_format(last, end)}


def _received(received: Received) -> str:
    facts = {
        "at": at_moment(received.moment),
        "opens": f"{received.hours.opens:%H:%M}",
        "closes": f"{received.hours.closes:%H:%M}",
        "how": RECEPTIONS[received.how],
    }
    return gettext("%(at)s收到，办公时间 %(opens)s 至 %(closes)s：%(how)s。") % facts


def _beginning(term: Term) -> str:
    facts = {"day": on_day(term.start), "n": term.n}
    if term.count is Count.CAL_D:
        said = ngettext(
            "起算日%(day)s，当天不算；从次日起数 %(n)d 天，休息日也算在内。",
            "起算日%(day)s，当天不算；从次日起数 %(n)d 天，休息日也算在内。",
            term.n,
        )
    elif term.count is Count.WD:
        said = ngettext(
            "起算日%(day)s，当天不算；从次日起数 %(n)d 个工作日，休息日不算。",
            "起算日%(day)s，当天不算；从次日起数 %(n)d 个工作日，休息日不算。",
            term.n,
        )
    elif term.count is Count.CAL_M:
        said = ngettext(
            "起算日%(day)s，当天不算；数 %(n)d 个月，到最后一个月的对应日为止。",
            "起算日%(day)s，当天不算；数 %(n)d 个月，到最后一个月的对应日为止。",
            term.n,
        )
    else:
        said = ngettext(
            "起算日%(day)s，当天不算；数 %(n)d 年，到最后一年的对应日为止。",
            "起算日%(day)s，当天不算；数 %(n)d 年，到最后一年的对应日为止。",
            term.n,
        )
    return said % facts


def _ending(days: Explanation) -> Iterator[str]:
    found, term = days.found, days.found.term
    ends = {"raw": found.raw, "due": found.due, "prudent": found.prudent}
    facts = {name: on_day(day, worked_weekend=day in days.worked_weekends) for name, day in ends.items()}
    if term is None or term.count is Count.WD:
        yield gettext("数到%(raw)s：应到日、稳妥日、截止日都是这一天，截止到当天 24 时。") % facts
        return
    yield _landing(days, term) % facts
    yield str(ROLLS[days.raw_off] if days.raw_off else gettext("应到日是工作日，不顺延，截止到当天 24 时。")) % facts
    if found.prudent == found.raw:
        yield gettext("稳妥日也是这一天。")
    elif found.prudent == term.start:
        yield gettext("稳妥日是%(prudent)s，就是起算日：从次日到应到日没有工作日。") % facts
    else:
        yield gettext("稳妥日是%(prudent)s：应到日之前最后一个工作日；提醒按这一天算，不依赖顺延。") % facts


def _landing(days: Explanation, term: Term) -> str:
    if days.no_such_day:
        return gettext("最后一个月没有起算日的对应日，按《民法典》第二百零二条数到月末%(raw)s。")
    if term.count is Count.CAL_D:
        return gettext("数满，应到日是%(raw)s。")
    return gettext("应到日是%(raw)s，即起算日的对应日。")
