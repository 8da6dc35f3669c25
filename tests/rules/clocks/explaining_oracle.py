"""A second, slow answer to the question of `explain`: one reason a day, by the facts of the notices alone.

It shares no code with the house on purpose; whoever changes one must not "repair" the other to match.
"""

from datetime import timedelta

from calendar_oracle import DAY, FACTS

WEEKEND = ("Saturday", "Sunday")
FIXED = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")


def kind(day):
    """What a day is in the calendar, and whether it is worked."""
    text, name = day.isoformat(), day.strftime("%A")
    if day.year in FACTS["covered_years"]:
        if text in FACTS["makeup"]:
            return "makeup", True
        if text in FACTS["off"]:
            return "holiday", False
    elif text in FACTS["statutory"] or text[5:] in FIXED:
        return "statutory", False
    return ("weekend", False) if name in WEEKEND else ("working", True)


def in_a_pause(day, pauses):
    """Whether a pause that is over holds it: from the day after it began to the day on which it ended."""
    for since, until in pauses:
        paused = since
        while until is not None and paused < until:
            paused += DAY
            if paused == day:
                return True
    return False


def days_of(rule, n, start, pauses):
    """(reasons by day, numbers by day, raw, due, prudent, years that decided)"""
    reasons, numbers, day = {start: "start"}, {}, start
    while len(numbers) < n:
        day += DAY
        if in_a_pause(day, pauses):
            reasons[day] = "paused"
        elif rule == "CAL-D" or kind(day)[1]:
            numbers[day] = len(numbers) + 1
            reasons[day] = "counted" if rule == "CAL-D" else kind(day)[0]
        else:
            reasons[day] = kind(day)[0]
    raw = prudent = day
    while prudent > start and not kind(prudent)[1]:
        prudent -= timedelta(1)
    while not kind(day)[1]:
        day += DAY
        reasons[day] = "rolled" if kind(day)[1] else kind(day)[0]
    decided = start + DAY if rule == "WD" else prudent
    years = sorted({decided.year, *(d.year for d in reasons if d >= decided)})
    return reasons, numbers, raw, day, prudent, years
