"""Which days does a notice of the State Council give, in its own words? Pasted or typed, a sentence or a line each.

A sentence that says 放假 gives days off, one that says 上班 gives weekend days that are worked. What stands in brackets
(days of the week, the lunar calendar) is passed over; a range may leave out the year and, in its end, the month.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from xinfang.rules.clocks.year_notices import YearNotice, year_notices
from xinfang.rules.refusals import RuleBroken

OFF, WORKED = "放假", "上班"
_BRACKETS = re.compile(r"\([^()]*\)")
_SENTENCES = re.compile(r"[。;；\n]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})"
_RANGE = re.compile(rf"(?<!\d){_DAY}(?:日?[至到~—–-]+{_DAY})?日")
_LONGEST = timedelta(days=15)  # no notice has ever given more in a row: a longer one is a slip


def notice_of(year: int, number: str, words: str) -> YearNotice:
    """The year as these words announce it; raises RuleBroken beside the field `words` for what cannot be meant."""
    off: set[date] = set()
    worked: set[date] = set()
    for sentence in _sentences(words):
        days = set(_days(sentence, year))
        if (OFF in sentence) != (WORKED in sentence):
            (off if OFF in sentence else worked).update(_of_the_year(days, year))
        elif any(day.year == year for day in days):
            raise RuleBroken("notice_sentence_unclear", field="words", sentence=sentence[:60])
    if not off:
        raise RuleBroken("notice_without_days", field="words")
    _check(off, worked)
    document = {
        "covered_years": [year],
        "notices": [{"year": year, "number": number.strip()}],
        "off": sorted(day.isoformat() for day in off),
        "makeup": sorted(day.isoformat() for day in worked),
    }
    return year_notices(document)[0]


def year_of(text: str) -> int:
    """The year that was typed; raises RuleBroken beside the field `year`."""
    typed = unicodedata.normalize("NFKC", text).strip().removesuffix("年")
    if not re.fullmatch("20[0-9]{2}", typed):
        raise RuleBroken("notice_year_unreal", field="year")
    return int(typed)


def _sentences(words: str) -> list[str]:
    plain = _ISO.sub(r"\1年\2月\3日", unicodedata.normalize("NFKC", words).replace(" ", ""))
    while (without := _BRACKETS.sub("", plain)) != plain:
        plain = without
    return [sentence for sentence in _SENTENCES.split(plain) if sentence]


def _of_the_year(days: set[date], year: int) -> set[date]:
    """Days of another year belong to the notice of that year; weekends among them change nothing there."""
    stray = min((day for day in days if day.year != year and day.weekday() < 5), default=None)
    if stray is not None:
        raise RuleBroken("notice_other_year", field="words", day=stray.isoformat())
    return {day for day in days if day.year == year}


def _days(sentence: str, year: int) -> Iterator[date]:
    """Every day that a sentence names; a day without a month lies in the month that was named before it."""
    month = ""
    for found in _RANGE.finditer(sentence):
        own_year, own_month, day, last_year, last_month, last_day = found.groups()
        month = own_month or month
        first = last = _real(own_year or year, month, day, sentence)
        if last_day:
            last = _real(last_year or own_year or year, last_month or month, last_day, sentence)
        if not first <= last <= first + _LONGEST:
            raise RuleBroken("notice_range_wrong", field="words", first=first.isoformat(), last=last.isoformat())
        month = str(last.month)
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _real(year: int | str, month: str, day: str, sentence: str) -> date:
    try:
        return date(int(year), int(month or 0), int(day))
    except ValueError:
        raise RuleBroken("notice_day_unreal", field="words", sentence=sentence[:60]) from None


def _check(off: set[date], worked: set[date]) -> None:
    both = min(off & worked, default=None)
    if both is not None:
        raise RuleBroken("notice_day_both", field="words", day=both.isoformat())
    weekday = min((day for day in worked if day.weekday() < 5), default=None)
    if weekday is not None:
        raise RuleBroken("notice_not_weekend", field="words", day=weekday.isoformat())
