"""A second, slow answer to the question which dates a whole history of a matter has; it reads the bare events.

It shares no code with the house on purpose: no state, no fold, no rules file. Lengths are written down here again, from
the acts and from the founding text, and days are walked one by one.
"""

from datetime import date, datetime, time, timedelta, timezone

from calendar_oracle import DAY, WORKED, oracle

ZONE = timezone(timedelta(hours=8))
CLOSING = time(17, 30)
LIMITS = {  # rule: (counted in, how many, whose)
    "EX-FY60": ("CAL-D", 60, "RIGHT"), "EX-SS6M": ("CAL-M", 6, "RIGHT"), "EX-SS15": ("CAL-D", 15, "RIGHT"),
    "ME-JC30": ("CAL-D", 30, "RIGHT"), "ME-ENF2Y": ("CAL-Y", 2, "RIGHT"), "EX-LAND2Y": ("CAL-M", 24, "RIGHT"),
    "XF-FC30": ("CAL-D", 30, "LIMIT"), "XF-FH30": ("CAL-D", 30, "LIMIT"), "XF-SUG30": ("CAL-D", 30, "OWN-LIMIT"),
    "ME-MED30W": ("WD", 30, "ELSEWHERE"), "EX-LS60W": ("WD", 60, "ELSEWHERE"), "ME-1M": ("CAL-M", 1, "ELSEWHERE"),
}  # fmt: skip


def _day(moment):
    return moment.astimezone(ZONE).date()


def _first_day(moment):
    day = _day(moment)
    if WORKED[day] and moment.astimezone(ZONE).time() <= CLOSING:
        return day
    day += DAY
    while not WORKED[day]:
        day += DAY
    return day


def _walk(counted_in, n, start, pauses):
    """A period of days from which the days of its pauses are left out."""
    if not pauses or counted_in not in ("CAL-D", "WD"):
        return oracle(counted_in, n, start)[:3]
    day = start
    while n:
        day += DAY
        paused = any(since < day <= until for since, until in pauses)
        if not paused and (counted_in == "CAL-D" or WORKED[day]):
            n -= 1
    later = earlier = day
    while not WORKED[later]:
        later += DAY
    while earlier > start and not WORKED[earlier]:
        earlier -= DAY
    return day, later, earlier


def _class_at(events, moment):
    """(general, solvable, has a date of its own) as far as it was said before this moment."""
    general, solvable, explicit = True, True, False
    for kind, when, said in events:
        if when >= moment:
            continue
        if kind in ("triaged", "reclassified"):
            general, solvable = said["nature"] == "general", said["solvable"]
        if said.get("explicit_on"):
            explicit = True
    return general, solvable, explicit


def _midnight_after(day):
    return datetime.combine(day + DAY, time(), ZONE)


def dates(registered, day_mode, events):
    """{key: (raw, due, prudent)} of every clock of 13710 and of the Regulation that has a date, and of noted limits."""
    start, forever = _day(registered), datetime.max.replace(tzinfo=ZONE)
    house = "WD" if day_mode == "working" else "CAL-D"
    found = {"13710-1": (_first_day(registered),) * 3, "XF-REG15": oracle("CAL-D", 15, start)[:3]}
    three, seven, month = oracle(house, 3, start)[:3], oracle(house, 7, start)[:3], oracle("CAL-M", 1, start)[:3]
    general, _solvable, explicit = _class_at(events, _midnight_after(three[1]))
    if general and not explicit:
        found["13710-3"] = three
    general, solvable, explicit = _class_at(events, _midnight_after(seven[1]))
    quick = general and solvable
    if quick and not explicit:
        found["13710-7"] = seven
    now = _class_at(events, forever)
    if not quick or not (now[0] and now[1]):
        found["13710-1M"] = month
    found |= _sixty(events) | _noted(events)
    return found


def urgencies(events):
    """{key: (until, reported or None)} of every mark 重大紧急: an hour by the clock, whatever else happens."""
    found, standing = [], False
    for kind, when, said in events:
        if kind == "urgent_marked":
            found.append([when.astimezone(ZONE) + timedelta(minutes=60), None])
            standing = True
        elif kind == "urgent_ended":
            standing = False
        elif kind == "urgent_reported" and standing and said["reported_to"] == "committee" and not found[-1][1]:
            found[-1][1] = when
    return {f"XF-URG#{k}" if k > 1 else "XF-URG": tuple(row) for k, row in enumerate(found, start=1)}


def _sixty(events):
    accepted = next((when for kind, when, _said in events if kind == "accepted"), None)
    if accepted is None:
        return {}
    longer = next((said["days"] for kind, _when, said in events if kind == "extended"), 0)
    return {"XF-EXT30" if longer else "XF-DO60": oracle("CAL-D", 60 + longer, _day(accepted))[:3]}


def _noted(events):
    found, limits = {}, [(said, when) for kind, when, said in events if kind == "limit_noted"]
    for k, (said, when) in enumerate(limits, start=1):
        counted_in, n, whose = LIMITS[said["rule"]]
        own = [(kind, more) for kind, _when, more in events if more.get("k") == k]
        begun = [date.fromisoformat(more["since"]) for kind, more in own if kind == "limit_paused"]
        over = [date.fromisoformat(more["until"]) for kind, more in own if kind == "limit_resumed"]
        ends = _walk(counted_in, n, date.fromisoformat(said["from_on"]), list(zip(begun, over, strict=False)))
        found[f"{whose}#{k}"] = ends
        if whose == "RIGHT" and when < _midnight_after(ends[1]):
            found[f"TELL-RIGHT#{k}"] = (max(ends[2], _day(when)),) * 3
    return found
