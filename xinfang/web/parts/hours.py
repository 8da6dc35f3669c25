"""How a clock of hours stands, in words: minutes and hours instead of days, and the moment beside the word."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.rules.clocks.duties import Clock

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def standing(clock: Clock, until: datetime, now: datetime, level: str) -> dict[str, Any]:
    """The state, word and moment of a clock that runs out at `until`."""
    stopped = clock.stopped_at
    late = clock.is_late(now)
    if stopped is None:
        word = _("超 %(time)s") if late else _("剩 %(time)s")
        return {
            "state": "overdue" if late else "running", "level": level,
            "word": word % {"time": span(abs(until - now))}, "date_words": minute(until),
        }  # fmt: skip
    said = {"date_words": minute(stopped)}
    if clock.met_at is None or clock.met_at > stopped:
        return said | {"state": "overdue" if late else "not_applicable", "word": _("已终止")}
    if late:
        return said | {"state": "late_met", "word": _("迟 %(time)s") % {"time": span(stopped - until)}}
    return said | {"state": "met", "word": _("按时")}


def span(length: timedelta) -> str:
    """A length as people say it, at least a minute."""
    if length < _HOUR:
        return _("%(n)d 分钟") % {"n": max(length // _MINUTE, 1)}
    if length < 2 * _DAY:
        return _("%(n)d 小时") % {"n": length // _HOUR}
    return _("%(n)d 天") % {"n": length // _DAY}


def minute(moment: datetime) -> str:
    """The minute of a moment, here."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
