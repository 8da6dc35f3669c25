"""Until when must a matter be studied and assigned, given the moment at which it came in?

Source: the first "1" of 13710 (研究工作不隔夜, 1天内要研究部署): the same day if received in working time, else the
next working day.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from xinfang.rules.clocks.calendar import ONE_DAY, PAST_THE_END, Calendar
from xinfang.rules.clocks.due import Due

# China has kept this one offset since 1991: no time zone table has to be read to know when a day ends.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True)
class OfficeHours:
    """When a centre receives people, in Shanghai time.

    `closed_on` are days on which this centre is closed although the country works. They move no period: they only
    mean that nothing was received within office hours on them.
    """

    opens: time = time(8, 30)
    closes: time = time(17, 30)
    closed_on: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("the office must open before it closes")


def day_one(received_at: datetime, calendar: Calendar, hours: OfficeHours) -> Due:
    """The last day for studying and assigning a matter that was received at this moment.

    Received on a working day up to and including closing time (also before opening): that day. Later, on a day off or
    on a local closing day: the next working day of the country. raw, due and prudent are the same day.
    """
    moment = local(received_at)
    day = moment.date()
    if not calendar.is_working(day) or day in hours.closed_on or moment.time() > hours.closes:
        last = calendar.nth_working_after(day, 1)
    else:
        last = day
    return Due(raw=last, due=last, prudent=last, provisional=not calendar.covers(day, last))


def hours_after(moment: datetime, n: int) -> datetime:
    """The end of n hours in Shanghai: an hour is an hour, also at night and on days off; nothing rolls."""
    return local(moment) + timedelta(hours=n)


def on_the_day_of(moment: datetime) -> Due:
    """The dates of what runs out at a moment: the day on which that is, and no calendar decides anything."""
    day = local(moment).date()
    return Due(raw=day, due=day, prudent=day, provisional=False)


def start_of(day: date) -> datetime:
    """00:00 of the day in Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)


def end_of(day: date) -> datetime:
    """24:00 of the day in Shanghai, which is 00:00 of the next: the first moment that is too late."""
    if day == date.max:
        raise ValueError(PAST_THE_END)
    return start_of(day + ONE_DAY)


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Shanghai; raises ValueError if the moment has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(SHANGHAI)
