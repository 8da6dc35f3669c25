"""A second, slow answer to the question of `due`: walks from day to day over the facts of the notices.

It shares no code with the house on purpose; whoever changes one must not "repair" the other to match.
"""

import json
from datetime import date, timedelta
from pathlib import Path

FACTS = json.loads(Path(__file__).parents[3].joinpath("xinfang/policies/calendar_cn.json").read_text("utf-8"))
DAY = timedelta(days=1)


def _worked(day):
    text = day.isoformat()
    if day.year not in FACTS["covered_years"]:
        return not (text in FACTS["statutory"] or day.strftime("%A") in ("Saturday", "Sunday") or _fixed(text[5:]))
    if text in FACTS["makeup"]:
        return True
    return text not in FACTS["off"] and day.strftime("%A") not in ("Saturday", "Sunday")


def _fixed(month_and_day):
    return month_and_day in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")


def _from_2023_to_2030():
    day = date(2023, 1, 1)
    while day < date(2031, 1, 1):
        yield day, _worked(day)
        day += DAY


WORKED = dict(_from_2023_to_2030())


def oracle(rule, n, start):
    """(raw, due, prudent, provisional)"""
    if rule == "WD":
        return _by_working_days(n, start)
    raw = {"CAL-D": _after_days, "CAL-M": _after_months, "CAL-Y": _after_years}[rule](n, start)
    seen = [raw]
    later = raw
    while not WORKED[later]:
        later += DAY
        seen.append(later)
    earlier = raw
    while earlier > start and not WORKED[earlier]:
        earlier -= DAY
        seen.append(earlier)
    return raw, later, earlier, _unannounced(seen)


def _by_working_days(n, start):
    day, seen = start, []
    while n:
        day += DAY
        seen.append(day)
        if WORKED[day]:
            n -= 1
    return day, day, day, _unannounced(seen)


def _after_days(n, start):
    day = start
    for _ in range(n):
        day += DAY
    return day


def _after_months(n, start):
    """Into the n-th following month, there to the same number, or to the end if the month is too short."""
    day = start
    while n:
        day += DAY
        if day.day == 1:
            n -= 1
    while day.day != start.day and (day + DAY).month == day.month:
        day += DAY
    return day


def _after_years(n, start):
    day = start
    while day.year < start.year + n or day.month < start.month:
        day += DAY
    while day.day != start.day and (day + DAY).month == day.month:
        day += DAY
    return day


def _unannounced(days):
    return any(day.year not in FACTS["covered_years"] for day in days)
