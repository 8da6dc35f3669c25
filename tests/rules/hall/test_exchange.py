"""An exchange of duties: who sits where afterwards, and what cannot be."""

from datetime import date, timedelta
from itertools import product

import pytest

from xinfang.rules.hall.exchange import Sitting, exchanged, require_free
from xinfang.rules.refusals import RuleBroken

TODAY = date(2026, 3, 16)
TOMORROW = TODAY + timedelta(days=1)
WANG, QIAN, ZHAO = 1, 2, 3
MINE = Sitting(TODAY, 1, WANG)


def test_a_stand_in_takes_the_duty_and_gives_nothing():
    assert exchanged(MINE, QIAN, None, TODAY) == [Sitting(TODAY, 1, QIAN)]


def test_two_exchange_one_for_one():
    theirs = Sitting(TOMORROW, 2, QIAN)
    assert exchanged(MINE, QIAN, theirs, TODAY) == [Sitting(TODAY, 1, QIAN), Sitting(TOMORROW, 2, WANG)]


@pytest.mark.parametrize(
    ("mine", "of", "theirs", "code"),
    [
        (MINE, WANG, None, "exchange_with_oneself"),
        (MINE, QIAN, Sitting(TOMORROW, 2, ZHAO), "exchange_moved_on"),
        (Sitting(TODAY - timedelta(days=1), 1, WANG), QIAN, None, "duty_in_the_past"),
        (MINE, QIAN, Sitting(TODAY - timedelta(days=1), 2, QIAN), "duty_in_the_past"),
    ],
)
def test_what_cannot_be_exchanged(mine, of, theirs, code):
    with pytest.raises(RuleBroken, match=code):
        exchanged(mine, of, theirs, TODAY)


def test_nobody_ever_sits_at_two_windows_on_a_day_in_all_rosters_of_three_people_two_windows_and_two_days():
    """Every roster against a look at its outcome: it is refused exactly when somebody would sit twice on a day."""
    people, places = (None, WANG, QIAN, ZHAO), [(TODAY, 1), (TODAY, 2), (TOMORROW, 1), (TOMORROW, 2)]
    refused = allowed = 0
    for held in product(people, repeat=4):
        roster = {place: who for place, who in zip(places, held, strict=True) if who}
        if not sits_once(roster) or roster.get((TODAY, 1)) != WANG:
            continue
        for theirs in [None, *(place for place, who in roster.items() if who == QIAN)]:
            outcome = {**roster, (TODAY, 1): QIAN} | ({} if theirs is None else {theirs: WANG})
            given = Sitting(*theirs, QIAN) if theirs else None
            after = exchanged(MINE, QIAN, given, TODAY)
            others = [Sitting(*place, who) for place, who in roster.items() if place not in {(TODAY, 1), theirs}]
            if sits_once(outcome):
                require_free(after, others)
                allowed += 1
            else:
                with pytest.raises(RuleBroken, match="sits_elsewhere"):
                    require_free(after, others)
                refused += 1
    assert refused > 0
    assert allowed > 0


def sits_once(roster):
    seen = [(day, who) for (day, _window), who in roster.items()]
    return len(seen) == len(set(seen))
